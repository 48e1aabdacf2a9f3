"""The date of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.attributes.passage import Passage
from pipeline.attributes.trigger import trigger
from pipeline.dates import find_dates
from pipeline.lexicons import lexicon

_FAR = 300
_REACH = 45
_BREAK = re.compile(r";|\.\.\.|[.!?] |, (?:but|while|and|which|who|as|after|when|where|although)\b| — | - ")


@cache
def _says(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("terms")["date"][name], re.IGNORECASE)


def when(passage: Passage) -> str | None:
    """When the deal happened or was announced, as far as its sentence tells; relative words need the article's day."""
    word = trigger(passage)
    found = [(_fit(passage.said, word, *place), -place[0], place[2]) for place in _days(passage)]
    best = max(found, default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _days(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Dates that can be a deal's: none ahead of the article, none that something else is said to have."""
    said = passage.said
    for start, end, day in find_dates(said, passage.day):
        ahead = passage.day is not None and day > passage.day
        other = _says("not_after").search(said[max(0, start - _REACH) : start])
        if not ahead and not other and not _says("not_before").match(said[end : end + _REACH]):
            yield start, end, day


def _fit(said: str, word: tuple[int, int, str], start: int, end: int, _: str) -> float:
    """How well a date fits the deal word: 1 beside it, falling with the characters and clauses between."""
    gap = said[end : word[0]] if end <= word[0] else said[word[1] : start]
    score = 1 - len(gap) / _FAR - 0.2 * len(_BREAK.findall(gap))
    if _says("reported").search(said[max(0, start - _REACH) : start]):
        score -= 0.6 * bool(_says("known").search(said[max(0, word[0] - _REACH) : word[0]]))
    return score
