"""What speaks for and against a value being a deal's: binary cues, told as strings, that a fitted weight each is for.

The cues look at a whole article with all its deals, since most wrong amounts are those of a neighbouring deal.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.attributes.terms import CONVERTED
from pipeline.attributes.trigger import trigger_pattern
from pipeline.models.values import Value, same_value, values
from pipeline.models.words import split_sentences
from schemas.records import Money

Place = tuple[int, int]
FAMILIES = {"acquisition": "own", "divestiture": "own", "merger": "own", "investment": "fund", "supply": "supply"}
_TOKEN = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_CLAUSE = re.compile(r";|[,—-] (?:but|while|and|which|as|after|when|who|where)")
_WINDOW, _WORDS, _BETWEEN = 70, 6, 6  # characters and words around a value, words between it and the deal word
_NEAR, _FROM_TRIGGER = (10, 25, 50, 100, 200), (12, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class Found:
    """A value where it stands. kind: money, percent or date."""

    start: int
    end: int
    kind: str
    value: Value


class Text:
    """An article cut into sentences, with its values. date: its day; title: the length of its headline."""

    def __init__(self, content: str, date: str | None, title: int) -> None:
        self.content = content
        self.date = date
        self.title = title
        self.sentences = split_sentences(content)
        self._starts = [start for start, _ in self.sentences]
        self.values = [Found(*found) for found in values(content, date)]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that a character stands in."""
        return max(0, bisect_right(self._starts, place) - 1)

    def said(self, number: int) -> str:
        """A sentence."""
        start, end = self.sentences[number]
        return self.content[start:end]

    def sentences_of(self, span: Place) -> tuple[int, ...]:
        """The numbers of the sentences that a piece of evidence spans."""
        least = min(10, span[1] - span[0] - 1)
        inside = (min(end, span[1]) - max(start, span[0]) > least for start, end in self.sentences)
        return tuple(n for n, held in enumerate(inside) if held) or (self.sentence_at(span[0]),)


@dataclass(frozen=True, slots=True)
class Told:
    """A deal as it is told. sentences, again: numbers of those that are its evidence, and of others that name it by two
    parties and a deal word; parties: the places of each; ruled: what the rules read of it."""

    kind: str
    status: str
    sentences: tuple[int, ...]
    again: tuple[int, ...]
    parties: tuple[tuple[Place, ...], ...]
    ruled: dict[str, Value | None]

    @property
    def family(self) -> str:
        return FAMILIES.get(self.kind, "tie")


def told_again(text: Text, kind: str, parties: Sequence[Sequence[Place]], besides: Sequence[int]) -> tuple[int, ...]:
    """The numbers of sentences, besides those given, with two of the parties (or the only one) and a word for such a deal."""
    holders = Counter(number for places in parties for number in {text.sentence_at(start) for start, _ in places})
    enough = min(2, len(parties))
    return tuple(
        sorted(
            number
            for number, named in holders.items()
            if named >= enough and number not in besides and trigger_pattern(kind).search(text.said(number))
        )
    )


def cues(text: Text, deal: Told, others: Sequence[Told], found: Found) -> set[str]:
    """All cues of a value for a deal beside the other deals of the article."""
    sentence = text.sentence_at(found.start)
    away = min((sentence - number for number in deal.sentences), key=abs)
    here = f"|{int(away == 0)}"
    begin, end = text.sentences[sentence]
    said = text.said(sentence)
    mates = [other for other in text.values if other.kind == found.kind and begin <= other.start < end]
    held = {f"away {_few(away)}", f"away {_few(away)}|{deal.family}"}
    if text.title and deal.sentences[0] == 0:
        held.add(f"deal in title, away {_few(away)}")
    if text.title and sentence == 0:
        held.add("in title")
    held.add(f"rank {min(mates.index(found), 3)} of {min(len(mates), 4)}")
    if deal.again:
        near = min((sentence - number for number in (*deal.sentences, *deal.again)), key=abs)
        held.add(f"from where it is told {_few(near)}|{int(sentence in deal.again)}")
    held.update(_of_parties(deal, others, found, sentence, (begin, end), here))
    held.update(_of_trigger(deal.kind, found, begin, said, here))
    held.update(_of_words(text.content, found, (begin, end), deal.family))
    held.update(_of_rules(deal, others, found))
    held.update(_OF_VALUE[found.kind](text, deal, found, mates))
    return held


def _few(sentences: int) -> int:
    """A distance, of which more than three either way is as far as three."""
    return max(-3, min(3, sentences))


def _of_parties(
    deal: Told, others: Sequence[Told], found: Found, sentence: int, bounds: Place, here: str
) -> Iterable[str]:
    """Who stands in the value's sentence, of this deal and of others, and who is nearer."""
    inside = [_inside(places, bounds) for places in deal.parties]
    named = sum(map(bool, inside))
    yield f"parties {min(named, 3)}{here}"
    if named == len(inside):
        yield f"all parties{here}"
    elsewhere = {places for other in others for places in other.parties}
    alone = [own for own, places in zip(inside, deal.parties, strict=True) if places not in elsewhere]
    yield f"parties of no other {min(2, sum(map(bool, alone)))}{here}|{int(bool(others))}"
    yield f"rivals {min(2, sum(sentence in other.sentences for other in others))}{here}"
    if any(sentence in other.again for other in others):
        yield f"another is told again{here}|{int(sentence in deal.again)}"
    mine = _nearest(alone if any(alone) else inside, found)
    theirs = _nearest(
        [_inside(places, bounds) for other in others for places in other.parties if places not in deal.parties], found
    )
    if mine is not None:
        yield f"nearest {bisect_right(_NEAR, mine)}{here}"
    if theirs is not None:
        yield "nearer: " + ("only other" if mine is None else "own" if mine < theirs else "other")


def _inside(places: Iterable[Place], bounds: Place) -> list[Place]:
    return [place for place in places if bounds[0] <= place[0] < bounds[1]]


def _nearest(groups: Iterable[Iterable[Place]], found: Found) -> int | None:
    gaps = (min(abs(found.start - end), abs(start - found.end)) for places in groups for start, end in places)
    return min(gaps, default=None)


def _of_trigger(kind: str, found: Found, begin: int, said: str, here: str) -> Iterable[str]:
    """How far the nearest deal word stands, and what stands between."""
    start, end = found.start - begin, found.end - begin

    def gap(word: Place) -> str:
        return said[end : word[0]] if end <= word[0] else said[word[1] : start]

    words = [match.span() for match in trigger_pattern(kind).finditer(said)]
    if not words:
        yield f"no trigger{here}"
        return
    word = min(words, key=lambda word: len(gap(word)))
    yield f"trigger {bisect_right(_FROM_TRIGGER, len(gap(word)))} {'before' if word[0] < start else 'after'}{here}"
    yield f"clauses {min(2, len(_CLAUSE.findall(gap(word))))}"
    between = _TOKEN.findall(gap(word).lower())
    if here == "|1" and len(between) <= _BETWEEN:
        yield from (f"between {token}" for token in between)


def _of_words(content: str, found: Found, bounds: Place, family: str) -> Iterable[str]:
    """The words around a value."""
    before = _TOKEN.findall(content[max(bounds[0], found.start - _WINDOW) : found.start].lower())[-_WORDS:]
    after = _TOKEN.findall(content[found.end : min(bounds[1], found.end + _WINDOW)].lower())[:_WORDS]
    for side, words in (("before", before[::-1]), ("after", after)):
        for number, word in enumerate(words):
            if number < 3:
                yield f"{side} {number} {word}"
            yield f"{side} {word}"
            yield f"{side} {word}|{family}"
        if len(words) > 1:
            yield f"{side} {words[0]} {words[1]}"


def _of_rules(deal: Told, others: Sequence[Told], found: Found) -> Iterable[str]:
    """Whether the rules read this value as the deal's, or as another's."""
    own = deal.ruled.get(found.kind)
    verdict = "none" if own is None else "this" if same_value(own, found.value) else "another"
    yield f"rules: {verdict}"
    if any(same_value(other.ruled.get(found.kind), found.value) for other in others):
        yield f"rules: {verdict}, and another's"


def _of_money(text: Text, deal: Told, found: Found, mates: Sequence[Found]) -> Iterable[str]:
    amounts = [mate.value.value for mate in mates if isinstance(mate.value, Money)]
    assert isinstance(found.value, Money)
    yield f"digits {int(math.log10(max(1.0, found.value.value)))}|{deal.family}"
    yield "largest of its sentence" if found.value.value >= max(amounts) else "smaller than another"
    number = mates.index(found)
    if number and CONVERTED.fullmatch(text.content[mates[number - 1].end : found.start]):
        yield "a conversion"
    if sum(same_value(found.value, other.value) for other in text.values if other.kind == "money") > 1:
        yield "told again"


def _of_date(text: Text, deal: Told, found: Found, mates: Sequence[Found]) -> Iterable[str]:
    day = str(found.value)
    yield f"exact to {len(day)}"
    yield "form " + re.sub(r"\d+", "0", text.content[found.start : found.end].lower())
    if text.date:
        age = _age(day, text.date)
        yield age
        yield f"{age}|{deal.status}"


def _age(day: str, today: str) -> str:
    if day > today:
        return "ahead"
    if day == today:
        return "today"
    return "this year" if day[:4] == today[:4] else "older"


def _of_percent(text: Text, deal: Told, found: Found, mates: Sequence[Found]) -> Iterable[str]:
    assert isinstance(found.value, float)
    yield "whole" if found.value >= 100 else "majority" if found.value > 50 else "minority"
    yield deal.family
    yield deal.kind


_OF_VALUE: dict[str, Callable[[Text, Told, Found, Sequence[Found]], Iterable[str]]] = {
    "money": _of_money,
    "date": _of_date,
    "percent": _of_percent,
}
