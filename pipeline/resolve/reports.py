"""A deal as one article tells it, with its parties known as entities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.resolve.groups import Labels, Reading
from pipeline.resolve.keys import is_name
from pipeline.resolve.timing import Span, span
from schemas.records import DealClaim

FAMILIES = {"acquisition": "control", "divestiture": "control", "merger": "control"}
"""Kinds that articles take for one another; any other kind is a family of its own."""

Names = tuple[str, ...]
Find = Callable[[Reading, str, Names], str | None]
"""The entity id of a name in an article: (reading, label, names) -> id."""


@dataclass(frozen=True)
class Telling:
    """One article's telling. parties: entity ids by role; assets: names of what has no identity of its own, by role.

    published, told: the days of publication and of the event as the article tells it. copy_of: the article whose words
    this one repeats; its day of publication is this one's too.
    """

    article: str
    place: int
    claim: DealClaim
    parties: dict[str, frozenset[str]]
    assets: dict[str, tuple[Names, ...]]
    published: Span | None
    told: Span | None
    copy_of: str | None = None

    @property
    def report(self) -> str:
        """The article that speaks: a copy lends it no second voice."""
        return self.copy_of or self.article

    @property
    def order(self) -> tuple[str, str, int]:
        """By article and place: the same whatever the order of reading."""
        return (self.claim.date or "", self.article, self.place)

    @cached_property
    def family(self) -> str:
        """Kinds that may be one deal."""
        return FAMILIES.get(self.claim.kind, self.claim.kind)

    @cached_property
    def gist(self) -> Hashable:
        """All that decides whether another telling is of the same deal, but the article."""
        when = self.claim.date if self.told else self.published
        size = (self.claim.amount.value, self.claim.amount.currency) if self.claim.amount else None
        return self.claim.kind, self.claim.status, when, size, _fixed(self.parties), _fixed(self.assets)

    @cached_property
    def firms(self) -> frozenset[str]:
        """The parties that a partnership or merger would name: of an acquisition its buyer and target."""
        aside = {"subject", "seller"} if self.family == "control" else {"subject"}
        return frozenset().union(*(ids for role, ids in self.parties.items() if role not in aside))

    def of(self, role: str) -> frozenset[str]:
        """The entities in a role."""
        return self.parties.get(role, frozenset())

    def agrees_wholly(self, other: Telling) -> bool:
        """Whether two tellings of one article say the same of the same parties: one deal in two places."""
        a, b = self.claim, other.claim
        facts = [(a.date, b.date), (a.amount and a.amount.value, b.amount and b.amount.value)]
        facts.append((a.stake_percent, b.stake_percent))
        return (a.kind, a.status, self.parties, self.assets) == (b.kind, b.status, other.parties, other.assets) and all(
            x is None or y is None or x == y for x, y in facts
        )


def tellings(readings: Iterable[Reading], labels: Labels, find: Find) -> list[Telling]:
    """All tellings of deals that name at least one party."""
    found = (
        _telling(reading, place, claim, labels, find)
        for reading in readings
        for place, claim in enumerate(reading.claims.deals)
    )
    return [telling for telling in found if telling.parties or telling.assets]


def _telling(reading: Reading, place: int, claim: DealClaim, labels: Labels, find: Find) -> Telling:
    parties: dict[str, set[str]] = {}
    assets: dict[str, list[Names]] = {}
    for party in claim.parties:
        label = labels.of_party(party)
        names = tuple(name for name in party.names if label == "Asset" or is_name(name))
        if label == "Asset" and names:
            assets.setdefault(party.role, []).append(names)
        elif names and (id_ := find(reading, label, names)) is not None:
            parties.setdefault(party.role, set()).add(id_)
    return Telling(
        reading.article.id,
        place,
        claim,
        {role: frozenset(ids) for role, ids in parties.items()},
        {role: tuple(sorted(names)) for role, names in assets.items()},
        span(reading.article.date),
        span(claim.date),
    )


def _fixed(roles: Mapping[str, Hashable]) -> Hashable:
    return tuple(sorted(roles.items(), key=lambda item: item[0]))
