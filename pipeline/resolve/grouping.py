"""Which tellings are of one deal: dated ones first, in order of time, each to the deal it agrees with best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from pipeline.resolve.matching import distance, one_deal
from pipeline.resolve.reports import Telling


class Bundle:
    """Tellings of one deal, as they come together. A story told a thousand times alike is compared once."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.tellings: list[Telling] = []
        self._unlike: dict[Hashable, Telling] = {}
        self._by_article: dict[str, list[Telling]] = defaultdict(list)
        self._parties: frozenset[str] = frozenset()

    def add(self, telling: Telling) -> None:
        """Take a telling in."""
        self.tellings.append(telling)
        self._unlike.setdefault(telling.gist, telling)
        self._by_article[telling.article].append(telling)
        self._parties |= telling.firms | telling.of("seller")

    def takes(self, telling: Telling) -> bool:
        """Whether a telling may be of this deal: every one of its own article must agree, and the deal as a whole."""
        mine = self._by_article.get(telling.article)
        if mine:
            return all(one_deal(other, telling) for other in mine)
        others = self._unlike.values()
        told = [other for other in others if other.told is not None]
        if telling.told is not None and told and not all(one_deal(other, telling) for other in told):
            return False
        return any(one_deal(other, telling) for other in others)

    def closeness(self, telling: Telling) -> tuple[int, int, int]:
        """How well a telling fits, best first: parties in common, days between, age of the deal."""
        common = len(self._parties & (telling.firms | telling.of("seller")))
        return (-common, min(distance(other, telling) for other in self._unlike.values()), self.number)


def bundles(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """The tellings of each deal, worked out in the order of events: the order of reading has no effect."""
    found: list[Bundle] = []
    index: dict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for telling in sorted(tellings, key=_when):
        near = {bundle.number: bundle for block in _blocks(telling) for bundle in index[block]}
        fitting = [bundle for bundle in near.values() if bundle.takes(telling)]
        if fitting:
            bundle = min(fitting, key=lambda bundle: bundle.closeness(telling))
        else:
            bundle = Bundle(len(found))
            found.append(bundle)
        bundle.add(telling)
        for block in _blocks(telling):
            if bundle not in index[block]:
                index[block].append(bundle)
    return [bundle.tellings for bundle in found]


def _when(telling: Telling) -> tuple[bool, int, int, tuple[str, str, int]]:
    time = telling.told or telling.published
    if time is None:
        return (True, 10**7, 0, telling.order)
    return (telling.told is None, time.first, time.last - time.first, telling.order)


def _blocks(telling: Telling) -> Iterator[tuple[str, str]]:
    """Where to look for the same deal: under its targets, or else under each of its parties."""
    if telling.family == "control" and telling.claim.kind != "merger" and telling.of("target"):
        chosen = telling.of("target") | (telling.of("buyer") if telling.of("seller") else frozenset())
    elif telling.family == "supply":
        chosen = telling.of("customer") or telling.of("supplier")
    elif telling.family == "investment":
        chosen = telling.of("target") or telling.of("investor")
    else:
        chosen = telling.firms | telling.of("seller")
    yield from ((telling.family, id_) for id_ in sorted(chosen))
