"""Places in a picture."""

from __future__ import annotations

import itertools
import random

import pytest

from pipeline.explore.layout import HEIGHT, WIDTH, positions

Pairs = list[tuple[str, str]]


def star(leaves: int) -> Pairs:
    return [("hub", f"leaf{index}") for index in range(leaves)]


def chains(many: int) -> Pairs:
    return [(f"{chain}-{step}", f"{chain}-{step + 1}") for chain in range(many) for step in range(3)]


def web(nodes: int) -> Pairs:
    rng = random.Random(7)
    return [(f"n{index}", f"n{rng.randrange(index)}") for index in range(1, nodes)]


def names(pairs: Pairs) -> list[str]:
    return sorted(set(itertools.chain.from_iterable(pairs)))


SHAPES = [star(40), chains(6), web(120), web(400)]


@pytest.mark.parametrize("pairs", SHAPES, ids=["star", "chains", "web", "large web"])
def test_no_two_nodes_cover_each_other(pairs: Pairs) -> None:
    at = list(positions(names(pairs), pairs).values())
    near = [
        (a, b)
        for a, b in itertools.combinations(at, 2)
        if abs(a[0] - b[0]) < WIDTH / 2 and abs(a[1] - b[1]) < HEIGHT / 2
    ]
    assert near == []


def test_same_graph_is_drawn_the_same_whatever_its_order() -> None:
    pairs = web(60)
    backwards = [(b, a) for a, b in reversed(pairs)]
    assert positions(names(pairs), pairs) == positions(names(pairs)[::-1], backwards)


def test_picture_is_wider_than_high() -> None:
    at = list(positions(names(chains(9)), chains(9)).values())
    assert max(x for x, _ in at) > max(y for _, y in at)


def test_lone_node_and_nothing_at_all_have_their_places() -> None:
    assert positions(["a"], []) == {"a": (0, 0)}
    assert positions([], []) == {}
