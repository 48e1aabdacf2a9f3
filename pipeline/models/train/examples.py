"""Training examples: annotated news, and passages and whole articles of our own (CORE's are made in `core.py`).

`news.jsonl` holds annotations only, and `held.jsonl` those of articles that no network learns from; the articles' text
is joined from a file of JSON lines and checked by its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.models.train.passages import ARTICLES, PASSAGES, read_folder
from pipeline.models.windows import NAME_KINDS
from pipeline.models.words import find_name
from pipeline.score import read_lines

HERE = Path(__file__).parent
SETTINGS = HERE / "settings.json"  # thresholds, as `fit.py` found them on the articles held out
TERMS = HERE / "terms.json"  # weights of the cues of amounts, shares and dates, as `terms.py` fitted them


@dataclass(frozen=True, slots=True)
class Event:
    """A deal of an example. parties: (role, entity number); evidence: its characters, if the sentence was found."""

    kind: str
    status: str
    parties: tuple[tuple[str, int], ...]
    evidence: tuple[int, int] | None
    amount: tuple[float, str] | None
    stake: float | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its entities, their places, deals and standing relations (type, entity, entity).

    listed: how many entities, from the first, are noted as names; the rest only take part in deals and relations.
    forms: one place of each form of each name, also within a longer form ("737" in "Boeing 737").
    """

    id: str
    text: str
    title_length: int
    date: str | None
    kinds: tuple[str, ...]
    listed: int
    places: tuple[tuple[int, int, int], ...]
    events: tuple[Event, ...]
    relations: tuple[tuple[str, int, int], ...]
    forms: tuple[tuple[int, int, int], ...]


def content(article: dict[str, Any]) -> str:
    """Title and text as `Article.content` joins them."""
    return f"{article['title']}\n\n{article['text']}" if article.get("title") else article["text"]


def from_gold(article: dict[str, Any], gold: dict[str, Any]) -> Example:
    """An example from an annotation in the form of the guidelines: names are looked up in the text."""
    text = content(article)
    entities = _Entities()
    for kind, group in (("company", "companies"), ("product", "products")):
        for names in gold.get(group, []):
            entities.add(kind, names)
    listed = len(entities.kinds)
    events = []
    for deal in gold.get("deals", []):
        parties = tuple((p["role"], entities.party(p["kind"], p["names"])) for p in deal["parties"])
        amount = deal.get("amount")
        events.append(
            Event(
                deal["type"],
                deal["status"],
                parties,
                find_span(text, deal["evidence"]),
                (amount["value"], amount["currency"]) if amount else None,
                deal.get("stake_percent"),
                deal.get("date"),
            )
        )
    relations = tuple(
        (
            r["type"],
            entities.party("company", r["subject"], fallback="person"),
            entities.party("product" if r["type"] == "PRODUCES" else "company", r["object"]),
        )
        for r in gold.get("relations", [])
    )
    return Example(
        gold["id"],
        text,
        len(article.get("title") or ""),
        article.get("date"),
        tuple(entities.kinds),
        listed,
        tuple(entities.places(text)),
        tuple(events),
        relations,
        tuple(entities.forms(text)),
    )


class _Entities:
    """Distinct entities of one annotation, by kind and forms."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._names: list[list[str]] = []

    def add(self, kind: str, names: list[str]) -> int:
        self.kinds.append(kind)
        self._names.append(list(names))
        return len(self.kinds) - 1

    def party(self, kind: str, names: list[str], *, fallback: str | None = None) -> int:
        wanted = {_plain(name) for name in names}
        order = [
            kind,
            *(["product"] if kind == "asset" else []),
            "company",
            "product",
            "organization",
            "person",
            "asset",
        ]
        for candidate in order:
            for number, known in enumerate(self._names):
                if self.kinds[number] == candidate and wanted & {_plain(name) for name in known}:
                    return number
        return self.add(fallback or kind, names)

    def forms(self, text: str) -> Iterator[tuple[int, int, int]]:
        """One place of each form of each name that stands in the text."""
        for number, names in enumerate(self._names):
            for name in names:
                found = find_name(name, text) or find_name(name, text, ignore_case=True)
                yield from ((*place, number) for place in found[:1])

    def places(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where the names stand, longest first, without overlap within a kind; in any case where no case fits."""
        found = []
        for kind in NAME_KINDS:
            numbers = [n for n, k in enumerate(self.kinds) if k == kind]
            forms = sorted(
                ((form, n) for n in numbers for form in self._names[n] if len(form.strip()) > 1),
                key=lambda item: -len(item[0]),
            )
            taken = bytearray(len(text) + 1)
            seen: set[int] = set()
            for ignore_case in (False, True):
                for form, number in forms:
                    if ignore_case and number in seen:
                        continue
                    for start, end in find_name(form, text, ignore_case=ignore_case):
                        if not any(taken[start:end]):
                            taken[start:end] = b"\1" * (end - start)
                            found.append((start, end, number))
                seen = {number for _, _, number in found}
        return iter(sorted(found))


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name.strip().lower().replace("’", "'"))


def find_span(text: str, quote: str | None) -> tuple[int, int] | None:
    """Characters of a quotation in a text, however its white space is broken."""
    words = (quote or "").split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    match = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    return match.span() if match else None


def digest(text: str) -> str:
    """What ties an annotation to its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_annotation(example: Example) -> dict[str, Any]:
    """An example without its text, as a line of `news.jsonl`."""
    return {
        "id": example.id,
        "digest": digest(example.text),
        "kinds": list(example.kinds),
        "listed": example.listed,
        "places": [list(place) for place in example.places],
        "events": [
            [e.kind, e.status, [list(p) for p in e.parties], e.evidence, e.amount, e.stake, e.date]
            for e in example.events
        ],
        "relations": [list(relation) for relation in example.relations],
        "forms": [list(form) for form in example.forms],
    }


def from_annotation(line: dict[str, Any], article: dict[str, Any]) -> Example:
    """An example from a line of `news.jsonl` and its article; ValueError when the text is another."""
    text = content(article)
    if digest(text) != line["digest"]:
        raise ValueError(f"{line['id']}: the text differs from the annotated one; take the articles' file unchanged")
    events = tuple(
        Event(
            kind,
            status,
            tuple((role, entity) for role, entity in parties),
            tuple(evidence) if evidence else None,
            tuple(amount) if amount else None,
            stake,
            date,
        )
        for kind, status, parties, evidence, amount, stake, date in line["events"]
    )
    return Example(
        line["id"],
        text,
        len(article.get("title") or ""),
        article.get("date"),
        tuple(line["kinds"]),
        line["listed"],
        tuple((s, e, n) for s, e, n in line["places"]),
        events,
        tuple((t, a, b) for t, a, b in line["relations"]),
        tuple((s, e, n) for s, e, n in line["forms"]),
    )


def news(articles: Path) -> list[Example]:
    """The annotated news, their text taken from a JSON lines file of articles."""
    return _joined("news.jsonl", articles)


def held(articles: Path) -> list[Example]:
    """Annotated news that no network learns from: thresholds and confidences are fitted on it."""
    return _joined("held.jsonl", articles)


def _joined(annotations: str, articles: Path) -> list[Example]:
    texts = {article["id"]: article for article in read_lines(articles)}
    return [from_annotation(line, texts[line["id"]]) for line in read_lines(HERE / annotations)]


def fold(examples: list[Example], which: str) -> tuple[list[Example], list[Example]]:
    """Examples that are held out, every N-th from the K-th on for `K/N`, and the others.

    >>> fold(["a", "b", "c", "d"], "1/3")
    (['b'], ['a', 'c', 'd'])
    """
    first, every = (int(number) for number in which.split("/"))
    return examples[first::every], [example for n, example in enumerate(examples) if n % every != first]


def passages() -> list[Example]:
    """Our own passages: short, and each about what news has too little of."""
    return [from_gold(gold, gold) for gold in read_folder(PASSAGES)]


def own_articles() -> list[Example]:
    """Whole articles of our own, written after the kinds of sources."""
    return [from_gold(gold, gold) for gold in read_folder(ARTICLES)]
