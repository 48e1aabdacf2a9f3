"""Whether two tellings are of one deal: the parties by role, then the time.

A missing seller or buyer is compatible with any. Two tellings of one article are two deals, unless they agree wholly.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.assets import alike
from pipeline.resolve.reports import Telling
from pipeline.resolve.timing import Span, gap


@dataclass(frozen=True, slots=True)
class Window:
    """Days by which tellings of one deal may lie apart.

    same: told dates of one status. other: told dates of two statuses (announced, then completed). later: how long
    after the event an article without a date may still mean it; None for what happens but once between the same firms.
    """

    same: int
    other: int
    later: int | None


WINDOWS = {
    "control": Window(180, 730, None),
    "investment": Window(60, 180, 180),
    "joint_venture": Window(180, 730, None),
    "partnership": Window(120, 365, 365),
    "licensing": Window(120, 365, 365),
    "supply": Window(31, 365, 90),
}
EARLY = 31
"""Days by which an article may tell of an event before it happens."""
STAGE = {"rumored": 0, "announced": 1, "completed": 2, "terminated": 2}
SETTLED = 2


def one_deal(a: Telling, b: Telling) -> bool:
    """Whether two tellings may be of one deal."""
    if a.article == b.article:
        return a.agrees_wholly(b)
    return a.family == b.family and same_parties(a, b) and same_time(a, b) and _same_size(a, b)


def same_parties(a: Telling, b: Telling) -> bool:
    """Whether the main parties agree, role by role."""
    if a.family == "control" and "merger" not in {a.claim.kind, b.claim.kind}:
        return _same_control(a, b)
    if a.family == "investment":
        return _same_target(a, b) and (_share(a, b, "investor") or (_meet(a, b, "investor") and _same_round(a, b)))
    if a.family == "supply":
        return _share(a, b, "supplier") and _share(a, b, "customer") and _meet(a, b, "subject")
    if a.family == "joint_venture" and _share(a, b, "target") and a.firms & b.firms - a.of("target"):
        return True
    common, fewer, more = len(a.firms & b.firms), *sorted((len(a.firms), len(b.firms)))
    return common > 1 and common == fewer and 2 * fewer >= more


def _same_round(a: Telling, b: Telling) -> bool:
    """A round without named investors is known by its size or its day."""
    sized = a.claim.amount is not None and b.claim.amount is not None and _same_size(a, b)
    return sized or (a.told is not None and b.told is not None and gap(a.told, b.told) <= EARLY)


def _same_control(a: Telling, b: Telling) -> bool:
    if not _meet(a, b, "buyer") or a.of("buyer") & b.of("seller") or a.of("seller") & b.of("buyer"):
        return False
    both_ends = _share(a, b, "buyer") and _share(a, b, "seller")
    if _share(a, b, "target"):
        return _share(a, b, "buyer") or _meet(a, b, "seller")
    if not _meet(a, b, "seller") or not _same_target(a, b):
        # Two names for what is sold ("handset unit", "Devices business"): one deal where both ends agree.
        return both_ends and _one_target(a) and _one_target(b)
    return _share(a, b, "buyer") or _share(a, b, "seller")


def _same_target(a: Telling, b: Telling) -> bool:
    ours, theirs = a.assets.get("target", ()), b.assets.get("target", ())
    return _share(a, b, "target") or any(alike(x, y) for x in ours for y in theirs)


def _one_target(telling: Telling) -> bool:
    return len(telling.of("target")) + len(telling.assets.get("target", ())) < 2


def _share(a: Telling, b: Telling, role: str) -> bool:
    return bool(a.of(role) & b.of(role))


def _meet(a: Telling, b: Telling, role: str) -> bool:
    """Whether a role is shared, or open in one of them."""
    return not a.of(role) or not b.of(role) or _share(a, b, role)


def same_time(a: Telling, b: Telling) -> bool:
    """Whether both may be of one event, given what is told and when."""
    window = WINDOWS[a.family]
    if a.told and b.told:
        return gap(a.told, b.told) <= (window.other if _goes_on(a, b) else window.same)
    if a.told is None and b.told is None:
        return _near(a.published, b.published, _patience(a, b, window))
    dated, undated = (a, b) if a.told else (b, a)
    if dated.told is None or undated.published is None:
        return True
    before, after = dated.told.first - undated.published.last, undated.published.first - dated.told.last
    patience = _patience(a, b, window)
    earlier_stage = STAGE[undated.claim.status] < STAGE[dated.claim.status]
    return before <= (window.other if earlier_stage else EARLY) and (patience is None or after <= patience)


def _goes_on(a: Telling, b: Telling) -> bool:
    """Whether the later of two dated tellings tells a later stage: a deal does not go back."""
    if a.told is None or b.told is None:
        return False
    first, then = (a, b) if (a.told, STAGE[a.claim.status]) <= (b.told, STAGE[b.claim.status]) else (b, a)
    return STAGE[first.claim.status] < STAGE[then.claim.status]


def _patience(a: Telling, b: Telling, window: Window) -> int | None:
    """A deal told as settled may lie any time back; a bid or talk is near its report."""
    undated = [telling for telling in (a, b) if telling.told is None]
    if window.later is None and any(STAGE[telling.claim.status] == SETTLED for telling in undated):
        return None
    return window.other if window.later is None else window.later


def _near(a: Span | None, b: Span | None, most: int | None) -> bool:
    return a is None or b is None or most is None or gap(a, b) <= most


def _same_size(a: Telling, b: Telling) -> bool:
    """Rounds and orders of clearly different size are different ones; a price for control may be raised."""
    x, y = a.claim.amount, b.claim.amount
    if a.family == "control" or not x or not y or x.currency != y.currency or not x.value or not y.value:
        return True
    return max(x.value, y.value) <= 1.5 * min(x.value, y.value)


def distance(a: Telling, b: Telling) -> int:
    """Days between two tellings, for choosing the nearest deal."""
    x, y = a.told or a.published, b.told or b.published
    return gap(x, y) if x and y else 10**6
