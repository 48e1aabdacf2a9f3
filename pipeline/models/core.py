"""CORE (Borchert et al., EMNLP 2023): a sentence, two names, one of twelve relations in one of two directions."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.models.bundle import Bundle
from pipeline.models.score import run_pairs
from pipeline.models.windows import Span, pair_windows, pairs_of

CORE_RELATIONS = (
    "acquired_by",
    "brand_of",
    "client_of",
    "collaboration",
    "competitor_of",
    "merged_with",
    "product_or_service_of",
    "regulated_by",
    "shareholder_of",
    "subsidiary_of",
    "traded_on",
    "undefined",
)
# The same from either end: CORE writes them from e1.
MUTUAL = ("collaboration", "competitor_of", "merged_with", "undefined")


def core_sentence(line: dict[str, Any], *, product: int | None = None) -> tuple[str, list[Span]]:
    """The sentence of a line of CORE and its two names, e1 before e2; product: which of them to mark as a product."""
    starts, text = [], ""
    for token in line["context"]:
        starts.append(len(text))
        text += token + " "
    spans = []
    for number, end in enumerate(("e1", "e2")):
        last = line[f"{end}_end"]
        stop = starts[last] + len(line["context"][last])
        spans.append(Span(starts[line[f"{end}_start"]], stop, "product" if number == product else "company", number))
    return text, spans


def classify_core(line: dict[str, Any], bundle: Bundle) -> tuple[str, int]:
    """The likeliest (relation, invert_relation) of a line of CORE, read from both ends."""
    text, spans = core_sentence(line)
    window = pair_windows(text, 0, spans, bundle.pieces)[0]
    first, second, features = pairs_of(window)
    ends = [(window.spans[i][1].entity, window.spans[j][1].entity) for i, j in zip(first, second, strict=True)]
    if (0, 1) not in ends:
        return "undefined", 0
    (scores,) = run_pairs(window, (first, second, features), bundle, ["core"])
    forward, backward = (scores[ends.index(pair)].reshape(-1, 2) for pair in ((0, 1), (1, 0)))
    both = forward + backward[:, ::-1]
    mutual = [CORE_RELATIONS.index(name) for name in MUTUAL]
    both[mutual, 0] = np.logaddexp.reduce(forward[mutual], axis=1) + np.logaddexp.reduce(backward[mutual], axis=1)
    both[mutual, 1] = -np.inf
    relation, inverted = divmod(int(both.argmax()), 2)
    return CORE_RELATIONS[relation], inverted
