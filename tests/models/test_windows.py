from __future__ import annotations

from itertools import pairwise

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from pipeline.models.windows import (
    LONGEST,
    MARKS,
    NAME_WINDOW,
    PAIR_WINDOW,
    Span,
    Window,
    name_windows,
    pair_windows,
    pairs_of,
)
from pipeline.models.words import Pieces

SENTENCE = "Acme " + "sold " * 98 + "."  # 100 pieces


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """Each word is one piece."""
    return Pieces(Tokenizer(WordLevel({"[UNK]": 100}, unk_token="[UNK]")).to_str())


def pairs(*spans: tuple[str, int, int], apart: int = 10) -> list[tuple[int, int]]:
    """Pairs of spans (kind, entity, sentence) that are worth scoring."""
    window = Window(spans=[(apart * n, Span(n, n + 1, kind, e), s) for n, (kind, e, s) in enumerate(spans)])
    first, second, _ = pairs_of(window)
    return list(zip(first.tolist(), second.tolist(), strict=True))


def test_the_tagger_sees_whole_sentences(pieces: Pieces) -> None:
    windows = name_windows("\n".join([SENTENCE] * 7), pieces)
    assert [len(window.words) for window in windows] == [300, 300, 100]
    assert all(len(window.ids) <= NAME_WINDOW for window in windows)


def test_a_sentence_longer_than_the_encoder_is_cut(pieces: Pieces) -> None:
    (window,) = name_windows("sold " * 600, pieces)
    assert len(window.ids) == LONGEST + 1
    assert len(window.words) == LONGEST - 1


def test_a_mark_stands_before_its_name_and_before_each_sentence(pieces: Pieces) -> None:
    (window,) = pair_windows("He bought Bolt", 0, [Span(10, 14, "company", 0)], pieces)
    assert [mark for mark in window.marks if mark] == [MARKS["sentence"], MARKS["company"]]
    assert window.first[2] == window.spans[0][0] + 1


def test_of_two_names_at_one_place_the_longer_is_marked_first(pieces: Pieces) -> None:
    spans = [Span(0, 6, "company", 0), Span(0, 10, "product", 1)]
    (window,) = pair_windows("Boeing 737", 0, spans, pieces)
    assert [span.kind for _, span, _ in window.spans] == ["product", "company"]


def test_a_span_inside_a_word_is_marked_at_that_word(pieces: Pieces) -> None:
    (window,) = pair_windows("the mid2016 deal", 0, [Span(7, 11, "date", 0)], pieces)
    assert window.first[1] == window.spans[0][0] + 1


def test_the_title_stands_before_every_stretch_and_two_sentences_are_shared(pieces: Pieces) -> None:
    body = ["Bolt " + SENTENCE.removeprefix("Acme ")] * 8
    text = "\n\n".join(["Title here", *body])
    windows = pair_windows(text, len("Title here"), [], pieces)
    starts = [[start for _, start, _ in window.sentences] for window in windows]
    assert [found[0] for found in starts] == [0, 0, 0]
    assert all(before[-2:] == after[1:3] for before, after in pairwise(starts))
    assert all(len(window.ids) <= PAIR_WINDOW for window in windows)


def test_an_empty_text_has_no_window(pieces: Pieces) -> None:
    assert pair_windows("", 0, [], pieces) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(("company", 0, 1), ("company", 1, 1), [(0, 1), (1, 0)], id="two names, both ways"),
        pytest.param(("company", 0, 1), ("company", 0, 1), [], id="one entity"),
        pytest.param(("company", 0, 1), ("money", 1, 2), [(0, 1)], id="a value never comes first"),
        pytest.param(("company", 0, 1), ("money", 1, 3), [], id="a value two sentences away"),
        pytest.param(("company", 0, 1), ("company", 1, 4), [(0, 1), (1, 0)], id="names three sentences apart"),
        pytest.param(("company", 0, 1), ("company", 1, 5), [], id="names four sentences apart"),
        pytest.param(("company", 0, 0), ("company", 1, 9), [(0, 1), (1, 0)], id="a name in the title"),
    ],
)
def test_pairs_worth_scoring(
    one: tuple[str, int, int], other: tuple[str, int, int], expected: list[tuple[int, int]]
) -> None:
    assert pairs(one, other) == expected


def test_features_tell_distance_sentences_and_title() -> None:
    spans = [(0, Span(0, 1, "company", 0), 0), (30, Span(9, 10, "company", 1), 2)]
    _, _, features = pairs_of(Window(spans=spans))
    assert features.tolist() == [[3 + 6, 12 + 2, 17 + 2], [3, 12 + 2, 17 + 1]]
