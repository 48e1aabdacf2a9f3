"""What became of a run, source by source, and whether it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import DealgraphError, FetchError
from pipeline.sources import Source
from schemas.records import Article, Page, SourceRun

REASONS = 50  # kept of each run


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page or article that the ledger holds as it is."""

    subject: str


class Dark(FetchError):
    """A source that yielded nothing but failures to fetch: all of them, as `errors`."""

    def __init__(self, errors: Sequence[FetchError]) -> None:
        super().__init__(errors[0].message, subject=errors[0].subject, remedy=errors[0].remedy)
        self.errors = tuple(errors)

    def __reduce__(self) -> tuple[object, ...]:
        return (Dark, (self.errors,))


Item = Page | Article | Unchanged | DealgraphError
"""What a source yields."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An article that was read and is in the ledger now, with the number of deals it tells. is_new: for the first time."""

    article: Article
    deals: int
    is_new: bool


Outcome = Recorded | Unchanged | DealgraphError


class BelowFloor(DealgraphError):
    """A source offered fewer articles than it should: it may be dark, or its pages may look different now."""

    def __init__(self, message: str, *, tallies: Sequence[Tally] = ()) -> None:
        super().__init__(message, remedy="look at the source, or lower its floor")
        self.tallies = tuple(tallies)

    def __reduce__(self) -> tuple[object, ...]:
        return (_below_floor, (self.message, self.tallies))


@dataclass
class Tally:
    """One source in one run. fetched: pages and articles it offered; articles: read now, of which some are new."""

    source: str
    floor: int = 0
    fetched: int = 0
    new: int = 0
    unchanged: int = 0
    articles: int = 0
    deals: int = 0
    set_aside: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Take in what became of one item."""
        if isinstance(outcome, DealgraphError):
            self.set_aside.append(str(outcome))
            return
        self.fetched += 1
        if isinstance(outcome, Unchanged):
            self.unchanged += 1
        else:
            self.articles += 1
            self.new += outcome.is_new
            self.deals += outcome.deals

    @property
    def is_below_floor(self) -> bool:
        """See `SourceRun`."""
        return self.at("").is_below_floor

    def at(self, when: str) -> SourceRun:
        """What the ledger keeps of it. when: ISO 8601."""
        return SourceRun(
            self.source,
            when,
            fetched=self.fetched,
            new=self.new,
            unchanged=self.unchanged,
            articles=self.articles,
            deals=self.deals,
            floor=self.floor,
            set_aside=len(self.set_aside),
            reasons=tuple(self.set_aside[:REASONS]),
        )

    def row(self) -> dict[str, Any]:
        """A line of the table that people look at."""
        return {
            "source": self.source,
            "fetched": self.fetched,
            "new": self.new,
            "unchanged": self.unchanged,
            "set aside": len(self.set_aside),
            "articles": self.articles,
            "deals": self.deals,
            "floor": f"below {self.floor}" if self.is_below_floor else "",
        }


def tallies_of(sources: Iterable[Source]) -> dict[str, Tally]:
    """An empty tally for each source, by name."""
    return {source.name: Tally(source.name, source.floor) for source in sources}


def check_floors(tallies: Iterable[Tally]) -> None:
    """`BelowFloor` when a source offered too little."""
    known = list(tallies)
    low = [tally for tally in known if tally.is_below_floor]
    if low:
        raise BelowFloor("; ".join(map(told_low, low)), tallies=known)


def told_low(tally: Tally) -> str:
    """How far a source is below its floor."""
    return f"{tally.source}: {tally.articles + tally.unchanged} articles, its floor is {tally.floor}"


def _below_floor(message: str, tallies: tuple[Tally, ...]) -> BelowFloor:
    return BelowFloor(message, tallies=tallies)
