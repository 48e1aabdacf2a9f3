"""Which amount, stake and date belong to which deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.attributes.terms import LEAST_AMOUNT
from pipeline.models.assemble import Frame
from pipeline.models.links import Links
from pipeline.models.values import Value
from pipeline.models.windows import Span
from schemas.records import Money

LABELS = {"money": "AMOUNT", "date": "DATE", "percent": "STAKE"}
# A price or a share is told of one deal; a day may be that of several.
_EXCLUSIVE = ("money", "percent")
_IN_THE_SENTENCE = 1.0  # log odds for standing in the deal's own sentence, and against standing elsewhere


@dataclass(frozen=True, slots=True)
class Standing:
    """A value standing in the text; `span.entity` numbers it after the names."""

    span: Span
    value: Value


def term(
    kind: str,
    frame: Frame,
    frames: Sequence[Frame],
    values: Sequence[Standing],
    links: Links,
    least: Mapping[str, float],
) -> Value | None:
    """The value of a kind that the deal's parties point to most, unless it is more another deal's."""
    best, best_score = None, least.get(LABELS[kind], 0.0)
    for value in values:
        if value.span.kind != kind or (isinstance(value.value, Money) and value.value.value < LEAST_AMOUNT):
            continue
        score = _score(value, frame, links)
        if score is None or score <= best_score:
            continue
        others = (_score(value, other, links) for other in frames if other is not frame) if kind in _EXCLUSIVE else ()
        if all(other is None or other <= score for other in others):
            best, best_score = value.value, score
    return best


def _score(value: Standing, frame: Frame, links: Links) -> float | None:
    label = LABELS[value.span.kind]
    found = [links.get((entity, value.span.entity, label)) for entity in frame.entities()]
    scores = [link.score for link in found if link is not None]
    if not scores:
        return None
    start, end = frame.sentence
    return max(scores) + (_IN_THE_SENTENCE if start <= value.span.start < end else -_IN_THE_SENTENCE)
