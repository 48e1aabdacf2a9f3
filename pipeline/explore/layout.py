"""Where each node of a picture stands, computed ahead so that a browser only draws."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree  # type: ignore[import-untyped]

Place = tuple[float, float]

LINE = 88.0
"""The usual length of a line between two nodes, in pixels."""
WIDTH, HEIGHT = 118.0, 62.0
"""The room that a node takes with its name."""
GAP = 90.0
SHAPE = 1.6
"""Width to height of the whole picture."""
FINE = 250
"""Up to so many nodes distances are honoured one by one; beyond, forces are cheaper."""


def positions(nodes: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """Pixels (x right, y down) for each node, the same for the same graph. What nothing joins stands side by side."""
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(pairs)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return _side_by_side([_apart(_spread(graph.subgraph(part))) for part in parts])


def _spread(part: Any) -> dict[str, Any]:
    # A subgraph iterates in the order of a set; sorted, the same graph is always drawn the same.
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part.nodes))
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.edges))
    size = len(ordered)
    if size < 3:
        return {node: np.array([index * LINE, 0.0]) for index, node in enumerate(ordered)}
    if size <= FINE:
        return _scaled(ordered, nx.kamada_kawai_layout(ordered))
    found = nx.forceatlas2_layout(ordered, max_iter=100, scaling_ratio=4.0, strong_gravity=False, seed=1)
    return _scaled(ordered, found)


def _scaled(graph: Any, found: Mapping[str, Any]) -> dict[str, Any]:
    lengths = [float(np.linalg.norm(found[a] - found[b])) for a, b in graph.edges]
    factor = LINE / (float(np.median(lengths)) or 1.0)
    return dict(zip(found, _lying(np.array(list(found.values()))) * factor, strict=True))


def _lying(at: Any) -> Any:
    """Turned so that it is wider than high, as screens are."""
    centred = at - at.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    # Of the two ways to turn along an axis, the one that a rounding error cannot change.
    axes *= np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]
    return centred @ axes.T


def _apart(places: Mapping[str, Any], *, rounds: int = 100) -> dict[str, Any]:
    """Push overlapping nodes apart, each pair along the axis on which less is missing."""
    names, at = list(places), np.array(list(places.values()), dtype=float)
    room = np.array([WIDTH, HEIGHT])
    for _ in range(rounds):
        # With room as the unit, two nodes overlap where they are nearer than 1 on both axes.
        pairs = cKDTree(at / room).query_pairs(0.999, p=np.inf, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs.T
        between = (at[one] - at[other]) / room
        missing = 1.0 - np.abs(between)
        missing[np.arange(len(pairs)), np.argmax(missing, axis=1)] = 0.0
        push = np.where(between < 0, -missing, missing) * room * 0.5
        np.add.at(at, one, push)
        np.add.at(at, other, -push)
    return dict(zip(names, at, strict=True))


def _side_by_side(parts: Sequence[Mapping[str, Any]]) -> dict[str, Place]:
    """Rows of parts, the largest first, as wide as makes the whole a little wider than high."""
    boxes = [_box(part) for part in parts]
    area = sum((width + GAP) * (height + GAP) for _, width, height in boxes)
    widest = max([math.sqrt(area * SHAPE), *(width for _, width, _ in boxes)], default=0.0)
    placed: dict[str, Place] = {}
    left = top = tall = 0.0
    for part, (corner, width, height) in zip(parts, boxes, strict=True):
        if left and left + width > widest:
            left, top, tall = 0.0, top + tall + GAP, 0.0
        for node, place in part.items():
            x, y = place - corner + (left, top)
            placed[node] = (round(float(x)), round(float(y)))
        left, tall = left + width + GAP, max(tall, height)
    return placed


def _box(part: Mapping[str, Any]) -> tuple[Any, float, float]:
    at = np.array(list(part.values()))
    low, high = at.min(axis=0), at.max(axis=0)
    return low, float(high[0] - low[0]) + WIDTH, float(high[1] - low[1]) + HEIGHT
