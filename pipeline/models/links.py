"""Scores of mention pairs -> what holds between entities of the article, and in which sentence it is said best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.models.score import WindowScores

STATUSES = ("rumored", "announced", "completed", "terminated")


@dataclass(frozen=True, slots=True)
class Link:
    """A label between two entities (numbers), or of one (second is None), with its log odds and best sentence.

    status: probabilities [4] in the order of STATUSES, read where the link is said best.
    """

    first: int
    second: int | None
    label: str
    score: float
    status: np.ndarray
    sentence: tuple[int, int]


Links = dict[tuple[int, int | None, str], Link]


def find_links(scores: Sequence[WindowScores], labels: Sequence[str], roles: Sequence[str], *, least: float) -> Links:
    """The best link for each (entity, entity, label) and (entity, None, role) whose log odds reach `least`.

    Mentions of the same two entities in one window add up (logsumexp); of overlapping windows the best counts.
    """
    best: Links = {}
    for window in scores:
        entities = np.array([span.entity for _, span, _ in window.window.spans])
        sentences = [window.window.sentences[number][1:] for _, _, number in window.window.spans]
        for pair, rows in _groups(entities[window.first], entities[window.second]).items():
            for label, score, row in _best(window.pairs[rows], rows, labels, least):
                places = (sentences[window.first[row]], sentences[window.second[row]])
                where = max(places, key=lambda place: (place[0] > 0, place[0]))
                _keep(best, Link(*pair, label, score, window.status[row], where))
        for (entity, _), rows in _groups(entities, entities).items():
            for label, score, row in _best(window.roles[rows], rows, roles, least):
                _keep(best, Link(entity, None, label, score, window.role_status[row], sentences[row]))
    return best


def _groups(first: np.ndarray, second: np.ndarray) -> dict[tuple[int, int], np.ndarray]:
    groups: dict[tuple[int, int], list[int]] = {}
    for row, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        groups.setdefault(pair, []).append(row)
    return {pair: np.array(rows) for pair, rows in groups.items()}


def _best(logits: np.ndarray, rows: np.ndarray, labels: Sequence[str], least: float) -> list[tuple[str, float, int]]:
    total = np.logaddexp.reduce(logits, axis=0)
    return [
        (labels[number], float(total[number]), int(rows[logits[:, number].argmax()]))
        for number in np.flatnonzero(total >= least).tolist()
    ]


def _keep(best: Links, link: Link) -> None:
    known = best.get((link.first, link.second, link.label))
    if known is None or link.score > known.score:
        best[link.first, link.second, link.label] = link
