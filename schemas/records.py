"""The records that pass between the rooms. All are frozen; none knows how it is stored.

Left of the ledger stands what one article says (claims); right of it what we hold true (entities, deals, relations).
Dates are text as precise as they are known: "2016", "2016-05" or "2016-05-14".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page as fetched, untouched.

    url: the address asked for, or the path of a file. content: the bytes. content_type: as the server said, or None.
    fetched_at: ISO 8601 with a time zone. final_url: after redirects. name: what the source calls a page that may have
    no address (the path of a file within its folder).
    """

    url: str
    content: bytes
    content_type: str | None = None
    fetched_at: str | None = None
    final_url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page as read.

    id: of its canonical address, or as given. text: body paragraphs separated by a blank line.
    published_at: ISO 8601, a date or a moment with its time zone. language: ISO 639-1.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    language: str | None = None
    fetched_at: str | None = None

    @property
    def content(self) -> str:
        """Title and body as one text: what all character offsets count in."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @property
    def date(self) -> str | None:
        """The day of publication, which relative words such as "yesterday" are resolved against."""
        return self.published_at[:10] if self.published_at else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that states a claim; `start` and `end` are characters in `Article.content`."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of an ISO 4217 currency, with the words it was read from."""

    value: float
    currency: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. kind: company, product, asset, organization or person; offsets as in Evidence."""

    text: str
    kind: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class NameClaim:
    """A company or product that an article names: its forms, fullest first, and how often it is named."""

    kind: str
    names: tuple[str, ...]
    count: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in a deal, in which role. names: the forms in this article, fullest first."""

    role: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealClaim:
    """A deal as one article tells it. kind: acquisition, divestiture...; confidence: 0 to 1, calibrated."""

    kind: str
    status: str
    parties: tuple[Party, ...]
    evidence: Evidence
    amount: Money | None = None
    stake_percent: float | None = None
    date: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """A standing fact as one article tells it. type: SUBSIDIARY_OF, SHAREHOLDER_OF, PRODUCES or COMPETES_WITH."""

    type: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    evidence: Evidence
    subject_kind: str = "company"
    object_kind: str = "company"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one article says."""

    article_id: str
    names: tuple[NameClaim, ...] = ()
    deals: tuple[DealClaim, ...] = ()
    relations: tuple[RelationClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two names: verdict is "same" or "different". It wins over every score."""

    verdict: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one source yielded in one run. at: when the run ended, ISO 8601 in UTC.

    fetched: pages and articles it offered; articles: those read now, of which some are new; deals: those they tell.
    floor: the least articles it should have offered. set_aside: inputs that could not be read; reasons: one line each,
    of the first of them.
    """

    source: str
    at: str
    fetched: int = 0
    new: int = 0
    unchanged: int = 0
    articles: int = 0
    deals: int = 0
    floor: int = 0
    set_aside: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def is_below_floor(self) -> bool:
        """Whether it offered too little. What it offered before counts: a quiet hour is no failure."""
        return self.articles + self.unchanged < self.floor


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that we hold to be one. label: a node label of the ontology."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of a deal: what it said, and where. copy_of: the article whose words it repeats, or None."""

    article_id: str
    claim: DealClaim
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal that we hold to be one, however many articles tell of it.

    parties: (entity id, role), sorted. announced_on, completed_on: with their own precision.
    """

    id: str
    kind: str
    status: str
    parties: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]
    announced_on: str | None = None
    completed_on: str | None = None
    amount: Money | None = None
    stake_percent: float | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing fact that we hold true, between two entity ids, with the articles and sentences behind it."""

    type: str
    source: str
    target: str
    articles: tuple[str, ...]
    sentences: tuple[str, ...]
    confidence: float = 1.0
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node for the store: identity and properties kept apart. extra_label: the kind of a deal, in PascalCase."""

    label: str
    id: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    extra_label: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge for the store, between (label, id) and (label, id)."""

    type: str
    source: tuple[str, str]
    target: tuple[str, str]
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """What the store should hold: nodes and edges, each once, in a fixed order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
