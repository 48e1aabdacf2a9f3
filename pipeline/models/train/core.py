"""CORE's sentences as training windows of the pair model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from pipeline.models.core import CORE_RELATIONS, MUTUAL, core_sentence
from pipeline.models.train.nets import LABELS
from pipeline.models.train.pairs import Scored
from pipeline.models.windows import Window, pair_windows, pairs_of
from pipeline.models.words import Pieces

CORE_LABELS = {
    "acquired_by": "acquisition:buyer:target",
    "shareholder_of": "SHAREHOLDER_OF",
    "subsidiary_of": "SUBSIDIARY_OF",
    "competitor_of": "COMPETES_WITH",
    "merged_with": "merger:partner:partner",
    "product_or_service_of": "PRODUCES",
    "brand_of": "PRODUCES",
    "collaboration": "partnership:partner:partner",
    "client_of": "supply:supplier:customer",
}
# CORE notes one relation a sentence, and none of ours that may go with it: who bought a firm may have invested in it.
_GO_TOGETHER = (
    ("acquisition", "divestiture", "merger", "investment", "SHAREHOLDER_OF", "SUBSIDIARY_OF"),
    ("partnership", "joint_venture", "licensing", "supply"),
)
# Of which CORE's subject is our second and its object our first.
BACKWARD = ("acquired_by", "product_or_service_of", "brand_of", "client_of")


def core_windows(lines: Iterable[dict[str, Any]], pieces: Pieces) -> list[Scored]:
    """Lines of CORE, each with one pair of names.

    Both are marked as companies, as whoever classifies a sentence knows no better; a product is told once more with its
    own mark, for the labels of the reader alone.
    """
    results = []
    for line in lines:
        results += _core_line(line, None, pieces)
        if line["relation"] in ("product_or_service_of", "brand_of"):
            results += _core_line(line, 1 if line["invert_relation"] else 0, pieces)
    return results


def _core_line(line: dict[str, Any], product: int | None, pieces: Pieces) -> list[Scored]:
    text, spans = core_sentence(line, product=product)
    window = pair_windows(text, 0, spans, pieces)[0]
    first, second, features = pairs_of(window)
    if len(first) != 2:  # the sentence is too long for one window, or the names are one
        return []
    scored = _core_scored(window, first, second, features, line)
    if product is not None:
        scored.core = []
    return [scored]


def _core_scored(
    window: Window, first: np.ndarray, second: np.ndarray, features: np.ndarray, line: dict[str, Any]
) -> Scored:
    ends = [(window.spans[i][1].entity, window.spans[j][1].entity) for i, j in zip(first, second, strict=True)]
    table, positives = np.zeros((2, len(LABELS)), np.float32), []
    label, backward, mutual = (
        CORE_LABELS.get(line["relation"]),
        line["relation"] in BACKWARD,
        line["relation"] in MUTUAL,
    )
    relation, core = CORE_RELATIONS.index(line["relation"]), []
    table[:, _unknown(label)] = 1
    for row, pair in enumerate(ends):
        forward = (pair == (0, 1)) != bool(line["invert_relation"])
        core.append((row, 2 * relation + int(not mutual and not forward)))
        if label and (mutual or backward != forward):
            table[row, LABELS.index(label)] = 1
            positives.append((LABELS.index(label), [row], None))
        elif label:
            table[row, LABELS.index(label)] = 0
    return Scored(window, first, second, features, np.arange(2), table, positives, core=core)


def _unknown(label: str | None) -> list[int]:
    """Labels that may hold where CORE says one of ours."""
    kind = label.split(":")[0] if label else ""
    near = next((group for group in _GO_TOGETHER if kind in group), ())
    return [number for number, other in enumerate(LABELS) if other.split(":")[0] in near]
