"""Links that rule each other out: of two that can hardly both hold, the weaker is a slip."""

from __future__ import annotations

from collections import defaultdict

from pipeline.models.links import Link, Links

# How far, in log odds, a link may fall behind the strongest of its label at that end, as measured on articles that were
# not learned from (docs/accuracy.md). Of those who are said to buy one target, few are right; a buyer may have several.
# Two makers of one product, and two owners of one unit, are so rare that only the strongest stands.
_BEHIND = {
    "acquisition:buyer:target": {"second": 2.0},
    "supply:supplier:customer": {"second": 2.0},
    "joint_venture:partner:partner": {"first": 2.0, "second": 2.0},
    "PRODUCES": {"second": 0.0},
    "SUBSIDIARY_OF": {"first": 0.0},
}
# Two who are bound by one of these are hardly bound by the other as well: it is another reading of the same words.
_STRONGER = {
    "merger:partner:partner": ("acquisition:buyer:target",),
    "partnership:partner:partner": (
        "acquisition:buyer:target",
        "merger:partner:partner",
        "investment:investor:target",
        "joint_venture:partner:partner",
    ),
}
_EITHER_WAY = ":partner:partner"  # said of both, from either end


def without_rivals(links: Links) -> Links:
    """Links without those that stronger ones rule out: between the same two, the other way, or of others at that end."""
    standing = {at: link for at, link in links.items() if not _is_outdone(link, links)}
    tops: dict[tuple[str, str, int], float] = defaultdict(lambda: float("-inf"))
    for link in standing.values():
        for end in _BEHIND.get(link.label, ()):
            tops[link.label, end, getattr(link, end)] = max(tops[link.label, end, getattr(link, end)], link.score)

    def is_behind(link: Link) -> bool:
        ends = _BEHIND.get(link.label, {})
        return any(link.score < tops[link.label, end, getattr(link, end)] - least for end, least in ends.items())

    return {at: link for at, link in standing.items() if not is_behind(link)}


def _is_outdone(link: Link, links: Links) -> bool:
    """Whether the same two are bound better by another reading of it, or the other way round."""
    if link.second is None:
        return False
    there, back = (link.first, link.second), (link.second, link.first)
    rivals = [links.get((*pair, label)) for label in _STRONGER.get(link.label, ()) for pair in (there, back)]
    if not link.label.endswith(_EITHER_WAY):
        rivals.append(links.get((*back, link.label)))
    return any(other is not None and (other.score, other.first) > (link.score, link.first) for other in rivals)
