"""What the pair model says of a text with its spans marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.models.bundle import Bundle
from pipeline.models.windows import Span, Window, pair_windows, pairs_of


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Logits for one window. pairs [P, labels], status [P, 4], roles [S, roles], role_status [S, 4].

    first, second [P] number the window's spans.
    """

    window: Window
    first: np.ndarray
    second: np.ndarray
    pairs: np.ndarray
    status: np.ndarray
    roles: np.ndarray
    role_status: np.ndarray


def score_pairs(text: str, title_length: int, spans: list[Span], bundle: Bundle) -> list[WindowScores]:
    """Scores for every window of the text in which at least one name stands."""
    results = []
    for window in pair_windows(text, title_length, spans, bundle.pieces):
        if not window.spans:
            continue
        first, second, features = pairs_of(window)
        outputs = run_pairs(window, (first, second, features), bundle, ["pairs", "status", "roles", "role_status"])
        results.append(WindowScores(window, first, second, *outputs))
    return results


def run_pairs(
    window: Window, pairs: tuple[np.ndarray, np.ndarray, np.ndarray], bundle: Bundle, wanted: list[str]
) -> list[np.ndarray]:
    """The wanted outputs of the pair model for a window and its pairs (as `pairs_of` gives them)."""
    first, second, features = pairs
    outputs: list[np.ndarray] = bundle.pairs.run(
        wanted,
        {
            "vectors": bundle.inputs(window, which="pairs"),
            "at": np.array([place for place, _, _ in window.spans], np.int64),
            "sentence_at": np.array([window.sentences[s][0] for _, _, s in window.spans], np.int64),
            "first": first,
            "second": second,
            "features": features,
        },
    )
    return outputs
