from __future__ import annotations

import numpy as np
import pytest

from pipeline.models.links import Links, find_links
from pipeline.models.score import WindowScores
from pipeline.models.windows import Span, Window
from tests.models.parts import place

LABEL, OTHER, ROLE = "acquisition:buyer:target", "merger:partner:partner", "investment:target"
LOW = -9.0


def window(
    *spans: tuple[int, int],
    pairs: dict[tuple[int, int], float] | None = None,
    roles: dict[int, float] | None = None,
    first_sentence: int = 0,
) -> WindowScores:
    """Scores of a window whose spans are (entity, sentence): LABEL's of pairs of them, and ROLE's of each.

    The status of pair (or span) n is its number, as a mark to be known by.
    """
    pairs, roles = pairs or {}, roles or {}
    held = Window(
        spans=[(n, Span(n, n + 1, "company", entity), sentence) for n, (entity, sentence) in enumerate(spans)],
        sentences=[(n, *place(first_sentence + n)) for n in range(5)],
    )
    ends = np.array(list(pairs), np.int64).reshape(-1, 2)
    return WindowScores(
        held,
        ends[:, 0],
        ends[:, 1],
        np.array([[score, LOW] for score in pairs.values()]).reshape(-1, 2),
        np.array([[n] * 4 for n in range(len(pairs))]).reshape(-1, 4),
        np.array([[roles.get(n, LOW)] for n in range(len(spans))]),
        np.array([[n] * 4 for n in range(len(spans))]),
    )


def found(*windows: WindowScores, least: float = 0.0) -> Links:
    return find_links(windows, [LABEL, OTHER], [ROLE], least=least)


def test_only_labels_that_reach_the_least_are_links() -> None:
    scores = window((0, 0), (1, 0), (2, 0), pairs={(0, 1): 1.0, (0, 2): -1.0})
    assert list(found(scores)) == [(0, 1, LABEL)]


def test_mentions_of_the_same_two_add_up() -> None:
    scores = window((0, 0), (1, 0), (1, 1), pairs={(0, 1): -0.5, (0, 2): -0.5})
    assert found(scores)[0, 1, LABEL].score == pytest.approx(-0.5 + np.log(2))


def test_of_overlapping_windows_the_best_counts_once() -> None:
    weak = window((0, 0), (1, 0), pairs={(0, 1): 1.0}, first_sentence=1)
    strong = window((0, 0), (1, 0), pairs={(0, 1): 2.0}, first_sentence=2)
    for order in ((weak, strong), (strong, weak)):
        link = found(*order)[0, 1, LABEL]
        assert (link.score, link.sentence) == (2.0, place(2))


def test_sentence_and_status_are_those_of_the_best_pair() -> None:
    scores = window((0, 1), (1, 1), (0, 3), (1, 3), pairs={(0, 1): 1.0, (2, 3): 3.0})
    link = found(scores)[0, 1, LABEL]
    assert (link.sentence, link.status[0]) == (place(3), 1)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param(1, 2, 2, id="the later of two"),
        pytest.param(2, 1, 2, id="whichever comes first"),
        pytest.param(0, 3, 3, id="the text rather than the title"),
    ],
)
def test_a_pair_across_sentences_is_said_in_one(one: int, other: int, said: int) -> None:
    scores = window((0, one), (1, other), pairs={(0, 1): 1.0})
    assert found(scores)[0, 1, LABEL].sentence == place(said)


def test_an_entity_alone_has_a_link_to_nothing() -> None:
    scores = window((0, 0), (1, 1), (1, 2), roles={1: 0.5, 2: 1.5})
    (link,) = found(scores).values()
    assert (link.first, link.second, link.label, link.status[0]) == (1, None, ROLE, 2)
    assert link.score == pytest.approx(np.logaddexp(0.5, 1.5))
    assert link.sentence == place(2)
