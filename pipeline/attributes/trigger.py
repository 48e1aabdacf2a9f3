"""Which word of a sentence states the deal, and in what form it stands."""

from __future__ import annotations

import re
from functools import cache

from pipeline.attributes.passage import Passage
from pipeline.lexicons import lexicon

_FAR = 1_000


@cache
def trigger_pattern(kind: str) -> re.Pattern[str]:
    """The words that state a deal of a kind, in groups by their form."""
    forms = (f"(?P<{form}>{'|'.join(stems.split())})" for form, stems in lexicon("triggers")[kind].items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def trigger(passage: Passage) -> tuple[int, int, str]:
    """(start, end, form) of the deal word within the sentence; form: base, past, ing, noun, or "none" for no word.

    The given trigger, or of the words that state such a deal the one nearest to the parties; verbs before nouns.

    >>> passage = Passage("Acme, hit by falling sales, agreed to buy Bolt", (0, 46), "acquisition", parties=((42, 46),))
    >>> trigger(passage)
    (38, 41, 'base')
    """
    found = [(*match.span(), str(match.lastgroup)) for match in trigger_pattern(passage.kind).finditer(passage.said)]
    if passage.trigger is not None:
        start, end = (place - passage.sentence[0] for place in passage.trigger)
        return next((word for word in found if word[0] == start), (start, end, _form(passage.said[start:end])))
    if not found:
        return passage.at, passage.at, "none"
    return min(found, key=lambda word: (_distance(passage, word), word[0]))


def _form(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    return "past" if word.endswith("ed") else "base"


def _distance(passage: Passage, word: tuple[int, int, str]) -> int:
    places = [(start - passage.sentence[0], end - passage.sentence[0]) for start, end in passage.parties]
    if not places:
        return 40 if word[2] == "noun" else 0
    if any(start <= word[0] < end for start, end in places):
        return _FAR
    near = sorted(min(abs(word[0] - end), abs(start - word[1])) for start, end in places)
    return sum(near[:2]) + (25 if word[2] == "noun" else 0)
