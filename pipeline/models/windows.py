"""What the encoders see: a text cut into windows of word pieces, at sentence ends. Training shares this module."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np

from pipeline.models.words import Pieces, Word, shape, split_sentences, split_words

NAME_KINDS = ("company", "product", "asset", "organization", "person")
VALUE_KINDS = ("money", "date", "percent")
MARKS = {kind: number for number, kind in enumerate((*NAME_KINDS, *VALUE_KINDS, "sentence"), start=1)}
NAME_WINDOW, PAIR_WINDOW, LONGEST = 384, 448, 510  # word pieces; the encoder knows 512 positions
MOST_SENTENCES_APART = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Something marked in a text: a name of an entity, or a value. `entity` numbers it within the article."""

    start: int
    end: int
    kind: str
    entity: int


@dataclass(slots=True)
class Window:
    """Piece ids, shapes and marks of equal length, with the words or spans that stand in it.

    first: position of each word's first piece. spans: (position of its mark, span, sentence number in the window).
    sentences: (position of its mark, start, end).
    """

    ids: list[int] = field(default_factory=lambda: [Pieces.START])
    shapes: list[int] = field(default_factory=lambda: [0])
    marks: list[int] = field(default_factory=lambda: [0])
    words: list[Word] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    spans: list[tuple[int, Span, int]] = field(default_factory=list)
    sentences: list[tuple[int, int, int]] = field(default_factory=list)

    def add_word(self, word: Word, pieces: Pieces) -> None:
        ids = pieces.of(word.text)
        self.words.append(word)
        self.first.append(len(self.ids))
        self.ids.extend(ids)
        self.shapes.extend([shape(word.text)] * len(ids))
        self.marks.extend([0] * len(ids))

    def add_mark(self, kind: str) -> int:
        self.ids.append(0)
        self.shapes.append(0)
        self.marks.append(MARKS[kind])
        return len(self.ids) - 1

    def closed(self) -> Window:
        """Cut to the encoder's length and end it."""
        for column in (self.ids, self.shapes, self.marks):
            del column[LONGEST:]
        keep = bisect_right(self.first, LONGEST - 1)
        del self.words[keep:], self.first[keep:]
        self.spans = [span for span in self.spans if span[0] < LONGEST]
        self.ids.append(Pieces.END)
        self.shapes.append(0)
        self.marks.append(0)
        return self


def _words_by_sentence(text: str) -> tuple[list[list[Word]], list[tuple[int, int]]]:
    words, sentences = split_words(text), split_sentences(text)
    groups, at = [], 0
    for _, end in sentences:
        group = []
        while at < len(words) and words[at].start < end:
            group.append(words[at])
            at += 1
        groups.append(group)
    return groups, sentences


def name_windows(text: str, pieces: Pieces) -> list[Window]:
    """Windows for the tagger, each of whole sentences where they fit."""
    windows: list[Window] = []
    current = Window()
    for group in _words_by_sentence(text)[0]:
        cost = sum(len(pieces.of(word.text)) for word in group)
        if current.words and len(current.ids) + cost > NAME_WINDOW - 1:
            windows.append(current.closed())
            current = Window()
        for word in group:
            current.add_word(word, pieces)
    if current.words:
        windows.append(current.closed())
    return windows


def pair_windows(text: str, title_length: int, spans: list[Span], pieces: Pieces) -> list[Window]:
    """Windows for the pair model: the title before every stretch of the body, two sentences shared between stretches."""
    groups, sentences = _words_by_sentence(text)
    marks = _spans_by_word(groups, spans)
    costs = [1 + sum(len(pieces.of(w.text)) + len(marks.get(w.start, ())) for w in group) for group in groups]
    titles = 1 if title_length and sentences and sentences[0][0] < title_length else 0
    return [
        _pair_window([*range(titles), *body], groups, sentences, marks, pieces)
        for body in _stretches(costs, titles, PAIR_WINDOW - 2)
    ]


def _spans_by_word(groups: list[list[Word]], spans: list[Span]) -> dict[int, list[Span]]:
    starts = [word.start for group in groups for word in group]
    marks: dict[int, list[Span]] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if starts:
            marks.setdefault(starts[max(0, bisect_right(starts, span.start) - 1)], []).append(span)
    return marks


def _stretches(costs: list[int], first: int, room: int) -> list[range]:
    if len(costs) <= first:
        return [range(first, len(costs))] if costs else []
    base, stretches, begin = sum(costs[:first]), [], first
    while True:
        total, end = base, begin
        while end < len(costs) and (total + costs[end] <= room or end == begin):
            total += costs[end]
            end += 1
        stretches.append(range(begin, end))
        if end >= len(costs):
            return stretches
        begin = end - 2 if end - 2 > begin else end


def _pair_window(
    numbers: list[int],
    groups: list[list[Word]],
    sentences: list[tuple[int, int]],
    marks: dict[int, list[Span]],
    pieces: Pieces,
) -> Window:
    window = Window()
    for place, number in enumerate(numbers):
        if len(window.ids) > LONGEST - 5:
            break
        window.sentences.append((window.add_mark("sentence"), *sentences[number]))
        for word in groups[number]:
            for span in marks.get(word.start, ()):
                window.spans.append((window.add_mark(span.kind), span, place))
            window.add_word(word, pieces)
    return window.closed()


PAIR_FEATURES = 21


def _distance(pieces_apart: int) -> int:
    return int(np.searchsorted([4, 10, 25, 60, 150], abs(pieces_apart), side="right"))


def pairs_of(window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ordered pairs of spans worth scoring: their places [P], [P], and three features each [P, 3].

    Features number one table of PAIR_FEATURES rows: distance and order, sentences apart, which of them is in the title.
    """
    first, second, features = [], [], []
    for i, (at, one, sentence) in enumerate(window.spans):
        if one.kind in VALUE_KINDS:
            continue
        for j, (other_at, other, other_sentence) in enumerate(window.spans):
            apart = abs(other_sentence - sentence)
            if one.entity == other.entity or (other.kind in VALUE_KINDS and apart > 1):
                continue
            if apart > MOST_SENTENCES_APART and sentence != 0 and other_sentence != 0:
                continue
            first.append(i)
            second.append(j)
            features.append(
                (
                    _distance(other_at - at) + 6 * (other_at > at),
                    12 + min(apart, 4),
                    17 + 2 * (sentence == 0) + (other_sentence == 0),
                )
            )
    shape_ = (len(first), 3)
    return np.array(first, np.int64), np.array(second, np.int64), np.array(features, np.int64).reshape(shape_)
