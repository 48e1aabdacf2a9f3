"""Words that stand for a company named before: "the company", "the Finnish firm", "it". Plain text, no parse.

For readers that see names and sentences only; the rules over the parse know subjects and do better on pronouns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.lexicons import lexicon, words
from pipeline.models.entities import Named

_PRONOUN = re.compile(r"\b(?:[Ii]t|[Ii]ts|[Tt]hey|[Tt]heir)\b")
_FAR = 4  # sentences back beyond which nothing is meant
_REACH = 60  # characters beside a name in which it is described


@dataclass(frozen=True, slots=True)
class Reference:
    """Characters [start, end) that stand for an entity (its number). confidence: 0 to 1, a rule of thumb."""

    start: int
    end: int
    entity: int
    confidence: float


@dataclass(slots=True)
class Portrait:
    """How an article describes a company: what it is ("carmaker") and where it is from."""

    nouns: set[str]
    countries: set[str]


def find_references(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Named]) -> list[Reference]:
    """References to companies in the order of the text. sentences: characters [start, end) of each.

    >>> from schemas.records import Mention
    >>> text = "Finland's Nokia sued Apple. The Finnish firm wants royalties."
    >>> named = [Named("company", (n,), [Mention(n, "company", s, s + len(n))]) for n, s in (("Nokia", 10), ("Apple", 21))]
    >>> [(text[r.start : r.end], named[r.entity].names[0]) for r in find_references(text, [(0, 27), (28, 61)], named)]
    [('The Finnish firm', 'Nokia')]
    """
    places = sorted(
        (mention.start, mention.end, n)
        for n, entity in enumerate(entities)
        if entity.kind == "company"
        for mention in entity.mentions
    )
    portraits = {n: _portrait(text, [place for place in places if place[2] == n]) for _, _, n in places}
    found = []
    for number, (start, end) in enumerate(sentences):
        before = [
            (number - back, [place for place in places if low <= place[0] < high])
            for back in range(min(_FAR, number + 1))
            for low, high in [sentences[number - back]]
        ]
        for match in (*_description().finditer(text, start, end), *_PRONOUN.finditer(text, start, end)):
            if (reference := _resolved(match, number, before, portraits)) is not None:
                found.append(reference)
    return sorted(found, key=lambda reference: reference.start)


@cache
def _description() -> re.Pattern[str]:
    """ "the Chinese smartphone maker": a definite phrase around a word for companies, no name behind it."""
    nouns = "|".join(sorted(words("companies", "nouns"), key=len, reverse=True))
    return re.compile(
        rf"\b[Tt]h(?:e|is|at) (?:(?P<where>[A-Z][\w.]+(?: [A-Z]\w+)?)(?:-based)? )?(?:[a-z-]+ ){{0,2}}?(?P<noun>{nouns})\b"
        rf"(?!['’]?s? (?:[A-Z]|of\b|that\b|which\b)|-)"
    )


def _country(word: str) -> str | None:
    lower = word.lower()
    countries: dict[str, str] = lexicon("places")["demonyms"]
    if lower in countries:
        return countries[lower]
    return lower if lower in words("places", "countries") else None


def _portrait(text: str, places: list[tuple[int, int, int]]) -> Portrait:
    portrait = Portrait(set(), set())
    for start, end, _ in places:
        before = re.split(r"[.;,:\n]", text[max(0, start - _REACH) : start])[-1].split()[-4:]
        behind = re.match(r",? (?:an?|the) ([^,.;\n]+)", text[end : end + _REACH])
        beside = [*before, *(behind[1].split() if behind else [])]
        portrait.nouns |= {word.lower().rstrip("s") for word in beside if word.lower() in words("companies", "nouns")}
        bare = (re.sub(r"['’]s$|-based$|,$", "", word) for word in beside)
        portrait.countries |= {country for word in bare if (country := _country(word))}
    return portrait


def _resolved(
    match: re.Match[str],
    number: int,
    before: list[tuple[int, list[tuple[int, int, int]]]],
    portraits: dict[int, Portrait],
) -> Reference | None:
    """The likeliest company for a match, near ones and the first of a sentence first; None when nothing fits."""
    scores: dict[int, float] = defaultdict(float)
    groups = match.groupdict()
    for sentence, places in before:
        if sentence == number and groups:
            continue
        for rank, (start, _, entity) in enumerate(places):
            if start < match.start():
                near = 1 / (1 + number - sentence) * (1.0 if rank == 0 else 0.6)
                scores[entity] = max(scores[entity], near)
    for entity in scores:
        scores[entity] += _likeness(groups, portraits[entity])
    best = max(scores, key=lambda entity: scores[entity], default=None)
    if best is None or scores[best] <= 0:
        return None
    return Reference(match.start(), match.end(), best, round(min(0.9, 0.4 + 0.3 * scores[best]), 2))


def _likeness(groups: dict[str, str | None], portrait: Portrait) -> float:
    """What a description's noun and country say for a company, or against it."""
    country = _country(groups.get("where") or "")
    noun = (groups.get("noun") or "").lower().rstrip("s")
    score = 1.0 if noun and noun in portrait.nouns else 0.0
    if country and portrait.countries:
        score += 1.0 if country in portrait.countries else -2.0
    return score
