"""The amount and the share of a deal."""

from __future__ import annotations

from pipeline.attributes.passage import Passage
from pipeline.money import find_money, find_percents
from schemas.records import Money


def amount(passage: Passage) -> Money | None:
    """The price or size of the deal."""
    found = [(abs(start - passage.at), money) for start, _, money in find_money(passage.said)]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def stake(passage: Passage) -> float | None:
    """The share that changes hands, in per cent."""
    found = [(abs(start - passage.at), percent) for start, _, percent in find_percents(passage.said)]
    return min(found)[1] if found else None
