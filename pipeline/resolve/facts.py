"""What holds of a deal when its reports disagree. Each report keeps what it said; these rules pick the deal's value.

- status: the furthest stage that any report tells (rumored, announced, completed); `terminated` ends it, unless a
  report published later tells it announced or completed again.
- dates: the day that most reports support, a coarser date supporting any finer one within it; of equals the finest.
- amount, stake: of the latest report that tells one; of several on that day the value that most of them tell, then
  the one told with most confidence, then the larger.
- confidence: the chance that not all reports are wrong.

Copies of one report (wire stories) speak once: as the report that they copy, on its day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import TypeVar

from pipeline.resolve.reports import Telling
from pipeline.resolve.timing import within
from schemas.records import Money

Value = TypeVar("Value")
STAGES = ("rumored", "announced", "completed")


def status(tellings: Sequence[Telling]) -> str:
    """The stage that a deal has reached."""
    ended = [_day(telling) for telling in tellings if telling.claim.status == "terminated"]
    alive = [telling for telling in tellings if telling.claim.status != "terminated"]
    if ended:
        revived = [t for t in alive if t.claim.status != "rumored" and _day(t) > max(ended)]
        if not revived:
            return "terminated"
        alive = revived
    return max((telling.claim.status for telling in alive), key=STAGES.index)


def told_on(tellings: Iterable[Telling], stage: str) -> str | None:
    """When a deal reached a stage, as precisely as its reports tell."""
    dates = {(t.report, t.claim.date) for t in tellings if t.claim.status == stage and t.claim.date and t.told}
    if not dates:
        return None
    support = {date: len({by for by, other in dates if within(other, date)}) for _, date in dates}
    return min(support, key=lambda date: (-support[date], -len(date), date))


def amount(tellings: Sequence[Telling]) -> Money | None:
    """The price or size."""
    chosen = _latest(tellings, lambda t: (t.claim.amount.value, t.claim.amount.currency) if t.claim.amount else None)
    if chosen is None:
        return None
    words = [t.claim.amount.text for t in tellings if t.claim.amount and _pair(t.claim.amount) == chosen]
    return Money(chosen[0], chosen[1], min(words))


def stake(tellings: Sequence[Telling]) -> float | None:
    """The share bought or sold, in percent."""
    return _latest(tellings, lambda telling: telling.claim.stake_percent)


def confidence(each: Iterable[tuple[str, float]]) -> float:
    """The chance that at least one report is right, were they wrong independently. each: (report, its confidence); what
    one report says twice counts once, as sure as the surer.

    >>> confidence([("a", 0.5), ("b", 0.5), ("b", 0.4)])
    0.75
    """
    surest: dict[str, float] = {}
    for report, one in each:
        surest[report] = max(surest.get(report, 0.0), min(max(one, 0.0), 1.0))
    return round(1 - prod(sorted(1 - one for one in surest.values())), 4)


def kind(tellings: Sequence[Telling]) -> str:
    """A sale where any report names the seller, else the kind that most reports give."""
    votes = Counter(kind for _, kind in {(telling.report, telling.claim.kind) for telling in tellings})
    if votes["divestiture"]:
        return "divestiture"
    return min(votes, key=lambda one: (-votes[one], one))


def _pair(money: Money) -> tuple[float, str]:
    return money.value, money.currency


def _day(telling: Telling) -> int:
    return telling.published.first if telling.published else 0


def _latest(tellings: Sequence[Telling], value: Callable[[Telling], Value | None]) -> Value | None:
    telling_it = [telling for telling in tellings if value(telling) is not None]
    if not telling_it:
        return None
    last = max(map(_day, telling_it))
    weights: dict[Value, dict[str, float]] = defaultdict(dict)
    for telling in telling_it:
        told = value(telling)
        if _day(telling) == last and told is not None:
            weight = max(weights[told].get(telling.report, 0.0), telling.claim.confidence)
            weights[told][telling.report] = weight
    return max(weights, key=lambda told: (len(weights[told]), round(sum(sorted(weights[told].values())), 6), told))
