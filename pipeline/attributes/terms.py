"""The amount and the share of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.attributes.passage import Passage
from pipeline.attributes.trigger import trigger
from pipeline.lexicons import lexicon
from pipeline.money import find_money, find_percents
from schemas.records import Money

LEAST_AMOUNT = 10_000  # below, it is the price of one share or one thing
CONVERTED = re.compile(r"\s*[(/;,]\s*(?:or |about )?|;?\s*\(?")  # between an amount and the same in another currency
_FAR = 120
_REACH = 60
_SHARED = frozenset({"acquisition", "divestiture", "investment", "joint_venture"})


@cache
def _says(what: str, name: str) -> re.Pattern[str]:
    return re.compile(lexicon("terms")[what][name], re.IGNORECASE)


def amount(passage: Passage) -> Money | None:
    """The price or size of the deal: in its sentence, else where one of the next two calls the deal by its kind."""
    word = trigger(passage)
    found = [(_fit(passage, word, *place), -place[0], place[2]) for place in prices(passage.said, passage.kind)]
    best = max(found, key=lambda fit: fit[:2], default=None)
    if best is not None and best[0] > 0:
        return best[2]
    return _priced_later(passage) if best is None else None


def prices(said: str, kind: str) -> Iterator[tuple[int, int, Money]]:
    """Amounts that can be a deal's: no price of a share, no conversion in brackets, no revenue or valuation."""
    end_before = 0
    for start, end, money in find_money(said):
        converted = CONVERTED.fullmatch(said[end_before:start]) if end_before else None
        end_before = end
        if converted or money.value < LEAST_AMOUNT or _is_other(said, start, end, kind):
            continue
        yield start, end, money


def _is_other(said: str, start: int, end: int, kind: str) -> bool:
    before, after = said[max(0, start - _REACH) : start], said[end : end + _REACH]
    match = _says("amount", "not_after").search(before)
    if match and (kind == "investment" or not _says("amount", "valuation").match(match.group())):
        return True
    if kind == "investment" and _says("amount", "valued").search(before[-45:] + "$" + after[:45]):
        return True
    return bool(_says("amount", "not_before").match(after))


def _fit(passage: Passage, word: tuple[int, int, str], start: int, end: int, _: Money) -> float:
    """How well an amount fits the deal word: 1 beside it, falling with the characters between; cues add."""
    said = passage.said
    gap = said[end : word[0]] if end <= word[0] else said[word[1] : start]
    score = 1 - len(gap) / _FAR - 0.4 * len(re.findall(r";|\.\.\.|, (?:but|while|and|which|as|after)\b| — ", gap))
    score += 0.6 * bool(_says("amount", "for_before").search(said[max(0, start - _REACH) : start]))
    return score + 0.6 * bool(_says("amount", "for_after").match(said[end : end + _REACH]))


def _priced_later(passage: Passage) -> Money | None:
    rest = passage.text[passage.sentence[1] : passage.sentence[1] + 350].split("\n\n\n")[0]
    for start, _, money in prices(rest, passage.kind):
        if _says("amount", "again").search(rest[max(0, start - 120) : start]):
            return money
    return None


def stake(passage: Passage) -> float | None:
    """The share that changes hands, in per cent; None for the whole or where it is not told."""
    if passage.kind not in _SHARED:
        return None
    said, word = passage.said, trigger(passage)
    found = []
    for start, end, percent in find_percents(said):
        before, after = said[max(0, start - _REACH) : start], said[end : end + _REACH]
        if percent >= 100 or _says("stake", "not_before").match(after):
            continue
        grown = bool(_says("stake", "not_after").search(before))
        fits = bool(_says("stake", "share").match(after)) + 0.5 * bool(_says("stake", "taking").search(before)) - grown
        found.append((fits - abs(start - word[0]) / (2 * _FAR), percent))
    best = max(found, default=None)
    return best[1] if best is not None and best[0] > 0.3 else None
