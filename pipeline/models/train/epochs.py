"""What an epoch of training sees: whole articles and a share of our passages, told with other names.

With names replaced (Dai and Adel, COLING 2020), what is learned is the sentence and not the firm.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from pipeline.models.train.examples import Example

OWN_SHARE = 0.5  # of our passages in an epoch: whole articles weigh most
RENAMED = {"company": 0.4, "product": 0.2}  # of the names in a text; a product makes less sense in another's place
LEAST_LETTERS = 3
_ENDS = ("e1", "e2")  # of a line of CORE
_STAND_INS = frozenset({"the", "it", "its", "they", "their", "this"})  # an end may be "The company" or "Its"

Names = Mapping[str, Sequence[str]]


class Epochs:
    """Articles and passages, of which each epoch sees other ones under other names."""

    def __init__(self, articles: Sequence[Example], own: Sequence[Example]) -> None:
        self._articles, self._own = articles, own
        self._names = names_of([*articles, *own])

    def next(self, rng: random.Random) -> list[Example]:
        """What the next epoch sees."""
        some = rng.sample(self._own, round(OWN_SHARE * len(self._own)))
        return [renamed(example, self._names, rng) for example in (*self._articles, *some)]


class CoreEpochs:
    """Sentences of CORE, of which each epoch sees some with other names of the same part in the same relation."""

    def __init__(self, lines: Sequence[dict[str, Any]]) -> None:
        self._lines = lines
        self._names: dict[tuple[str, bool], list[list[str]]] = defaultdict(list)
        for line in lines:
            for end in _ENDS:
                if is_name(words := line["context"][_words_of(line, end)]):
                    self._names[_part(line, end)].append(words)

    def next(self, rng: random.Random) -> list[dict[str, Any]]:
        """What the next epoch sees."""
        return [self._renamed(line, rng) for line in self._lines]

    def _renamed(self, line: dict[str, Any], rng: random.Random) -> dict[str, Any]:
        for end in _ENDS:
            if rng.random() < RENAMED["company"] and is_name(line["context"][_words_of(line, end)]):
                line = called(line, end, rng.choice(self._names[_part(line, end)]))
        return line


def is_name(words: Sequence[str]) -> bool:
    """Whether the words call somebody by name."""
    return any(word[:1].isupper() and word.lower() not in _STAND_INS for word in words)


def _part(line: dict[str, Any], end: str) -> tuple[str, bool]:
    return line["relation"], (end == "e1") != bool(line["invert_relation"])


def _words_of(line: dict[str, Any], end: str) -> slice:
    return slice(line[f"{end}_start"], line[f"{end}_end"] + 1)


def called(line: dict[str, Any], end: str, name: Sequence[str]) -> dict[str, Any]:
    """A line of CORE, whose ends never overlap, with another name (its words) at one and wherever else the old one stands."""
    old, words = line["context"][_words_of(line, end)], line["context"]
    begins = {line[f"{each}_start"]: each for each in _ENDS}
    inside = {n for each in _ENDS for n in range(len(words))[_words_of(line, each)]}
    context: list[str] = []
    moved, at = dict(line), 0
    while at < len(words):
        here = begins.get(at)
        other = here is None and words[at : at + len(old)] == old and inside.isdisjoint(range(at, at + len(old)))
        step = words[_words_of(line, here)] if here else old if other else words[at : at + 1]
        told = name if here == end or other else step
        if here:
            moved |= {f"{here}_start": len(context), f"{here}_end": len(context) + len(told) - 1}
        context += told
        at += len(step)
    return moved | {"context": context}


def names_of(examples: Iterable[Example]) -> Names:
    """Names by kind to choose from: the shortest of each company and product."""
    found: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for number, name in _names(example).items():
            found[example.kinds[number]].add(name)
    return {kind: sorted(found[kind]) for kind in RENAMED}


def renamed(example: Example, names: Names, rng: random.Random) -> Example:
    """The example with some of its companies and products called otherwise, everywhere in its text."""
    others = {}
    for number, name in sorted(_names(example).items()):
        kind = example.kinds[number]
        if rng.random() < RENAMED[kind] and names[kind]:
            other = rng.choice(names[kind])
            if other not in example.text and other not in others.values():
                others[name] = other
                others[name.upper()] = other.upper()
    return _rewritten(example, others) if others else example


def _names(example: Example) -> dict[int, str]:
    """The shortest form of each entity that is called by it and by longer forms with it, and by nothing else."""
    forms: dict[int, set[str]] = defaultdict(set)
    for start, end, number in (*example.places, *example.forms):
        forms[number].add(example.text[start:end])
    names = {}
    for number, group in forms.items():
        name = min(group, key=lambda form: (len(form), form.isupper(), form))
        inside = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        if (
            example.kinds[number] in RENAMED
            and sum(map(str.isalpha, name)) >= LEAST_LETTERS
            and name[0].isupper()
            and all(inside.search(form) for form in group)
        ):
            names[number] = name
    return names


def _rewritten(example: Example, others: Mapping[str, str]) -> Example:
    """The example with names put in others' place, and all its offsets moved."""
    either = "|".join(re.escape(name) for name in sorted(others, key=len, reverse=True))
    bounds = {place for *span, _ in (*example.places, *example.forms) for place in span}
    edits = [
        match
        for match in re.finditer(rf"\b(?:{either})\b", example.text)
        if not bounds.intersection(range(match.start() + 1, match.end()))
    ]
    text, last = [], 0
    for match in edits:
        text += [example.text[last : match.start()], others[match.group()]]
        last = match.end()
    text.append(example.text[last:])
    ends = [match.end() for match in edits]
    grown = list(accumulate((len(others[m.group()]) - len(m.group()) for m in edits), initial=0))

    def moved(place: int) -> int:
        return place + grown[bisect_right(ends, place)]

    def spans(places: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
        return tuple((moved(start), moved(end), number) for start, end, number in places)

    return replace(
        example,
        text="".join(text),
        title_length=moved(example.title_length),
        places=spans(example.places),
        forms=spans(example.forms),
        events=tuple(
            replace(event, evidence=(moved(event.evidence[0]), moved(event.evidence[1]))) if event.evidence else event
            for event in example.events
        ),
    )
