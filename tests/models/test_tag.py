from __future__ import annotations

import numpy as np
import pytest

from pipeline.models.tag import NameScores, decode, tag, unbracketed
from pipeline.models.windows import NAME_KINDS
from pipeline.models.words import split_words

O, B, I = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)  # noqa: E741


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        pytest.param([], [], id="no words"),
        pytest.param([O, O], [], id="nothing begins"),
        pytest.param([O, B, I, I, O], [(1, 4)], id="a name of three words"),
        pytest.param([B, B, I], [(0, 1), (1, 3)], id="names side by side"),
        pytest.param([O, B], [(1, 2)], id="up to the last word"),
        pytest.param([I, I], [(0, 2)], id="a text that starts inside a name"),
        pytest.param([O, (0.3, 0.3, 0.4), O], [], id="inside without a beginning"),
        pytest.param([(0.5, 0.4, 0.1), I], [(0, 2)], id="a doubtful beginning before a sure inside"),
        pytest.param([B, (0.3, 0.1, 0.6), (0.5, 0.05, 0.45)], [(0, 2)], id="the likelier end"),
    ],
)
def test_names_begin_before_they_go_on(words: list[tuple[float, float, float]], spans: list[tuple[int, int]]) -> None:
    assert decode(np.log(np.array(words).reshape(-1, 3))) == spans


@pytest.mark.parametrize(
    ("span", "told"),
    [
        pytest.param("Acme Power (", "Acme Power", id="opened at its end"),
        pytest.param("AP)", "AP", id="closed at its end"),
        pytest.param("(Acme", "Acme", id="opened before it"),
        pytest.param("Acme (Japan)", "Acme (Japan)", id="both halves"),
        pytest.param("Acme (Japan) (", "Acme (Japan)", id="one more than both halves"),
        pytest.param("(", "(", id="nothing but a bracket"),
    ],
)
def test_a_name_has_no_half_of_a_pair_of_brackets_at_its_edge(span: str, told: str) -> None:
    words = split_words(span)
    begin, end = unbracketed(words, 0, len(words))
    assert span[words[begin].start : words[end - 1].end] == told


def test_a_name_without_its_bracket_is_as_sure_as_its_words() -> None:
    words = split_words("(Acme said")
    logits = np.zeros((len(words), 3 * len(NAME_KINDS)), np.float32)
    logits[:, 0::3] = 9.0
    logits[:2, :3] = [[0.0, 9.0, 0.0], [0.0, 0.0, 9.0]]
    (mention,) = tag("(Acme said", [NameScores(words, logits)], lean={})
    assert (mention.text, mention.confidence) == ("Acme", pytest.approx(1.0, abs=0.01))
