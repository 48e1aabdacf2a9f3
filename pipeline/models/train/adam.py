"""Adam (Kingma and Ba, 2015) for the small regressions that need no torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

RATE = 0.05


def descend(slope: Callable[[np.ndarray], np.ndarray], start: np.ndarray, *, steps: int) -> np.ndarray:
    """Weights after so many steps down the slope, which is that of the loss at given weights."""
    weights, first, second = start, np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        down = slope(weights)
        first, second = 0.9 * first + 0.1 * down, 0.999 * second + 0.001 * down**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights
