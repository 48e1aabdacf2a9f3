"""Names in a text, by the first encoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.lexicons import words as lexicon_words
from pipeline.models.bundle import Bundle
from pipeline.models.windows import NAME_KINDS, name_windows
from pipeline.models.words import Word
from schemas.records import Mention

_SEAMS = frozenset({" ", *(f" {word} " for word in lexicon_words("forms", "inside"))})
_OUTSIDE, _BEGIN, _INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class NameScores:
    """Words of a window and their logits [words, 3 * kinds]: outside, begin, inside for each kind."""

    words: list[Word]
    logits: np.ndarray


def score_names(text: str, bundle: Bundle) -> list[NameScores]:
    """What the first encoder says of every word of a text."""
    return [
        NameScores(w.words, bundle.names.run(None, {"vectors": bundle.inputs(w, which="names")})[0][0][w.first])
        for w in name_windows(text, bundle.pieces)
    ]


def tag(text: str, scores: Iterable[NameScores], *, lean: Mapping[str, float]) -> list[Mention]:
    """Mentions of every kind, each with the mean probability of its words; kinds may overlap ("Boeing" in "Boeing 737").

    lean: added to the log odds of a kind's names before decoding; above 0 finds more.
    """
    mentions = []
    for window in scores:
        for number, kind in enumerate(NAME_KINDS):
            columns = window.logits[:, 3 * number : 3 * number + 3].astype(np.float64)
            columns[:, _BEGIN:] += lean.get(kind, 0.0)
            columns -= np.logaddexp.reduce(columns, axis=1, keepdims=True)
            for begin, end in decode(columns):
                sure = columns[np.arange(begin, end), [_BEGIN] + [_INSIDE] * (end - begin - 1)]
                for line in within_lines(text, window.words, begin, end):
                    first, last = unbracketed(window.words, *line)
                    start, stop = window.words[first].start, window.words[last - 1].end
                    confidence = float(np.exp(sure[first - begin : last - begin].mean()))
                    mentions.append(Mention(text[start:stop], kind, start, stop, confidence))
    return sorted(whole(text, mentions), key=lambda mention: (mention.start, -mention.end, mention.kind))


def within_lines(text: str, words: Sequence[Word], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A span of words cut where a line ends: no name begins in the headline and goes on in the text."""
    for place in range(begin + 1, end):
        if "\n" in text[words[place - 1].end : words[place].start]:
            yield begin, place
            begin = place
    yield begin, end


def unbracketed(words: Sequence[Word], begin: int, end: int) -> tuple[int, int]:
    """A span of words without a bracket at its edge whose other half is missing: "Thermal Power (" of NTPC."""

    def unclosed() -> int:
        return sum((word.text == "(") - (word.text == ")") for word in words[begin:end])

    while end - begin > 1 and (words[end - 1].text == "(" or (words[end - 1].text == ")" and unclosed() < 0)):
        end -= 1
    while end - begin > 1 and (words[begin].text == ")" or (words[begin].text == "(" and unclosed() > 0)):
        begin += 1
    return begin, end


def whole(text: str, mentions: list[Mention]) -> list[Mention]:
    """Mentions with the companies brought together that one name was torn into: "Banca Monte" dei "Paschi".

    >>> parts = [Mention("State", "company", 0, 5, 0.9), Mention("Bank of India", "company", 6, 19, 0.8)]
    >>> [(mention.text, mention.confidence) for mention in whole("State Bank of India", parts)]
    [('State Bank of India', 0.8)]
    """
    kept: list[Mention] = []
    last: Mention | None = None
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.kind == "company":
            if last is not None and text[last.end : mention.start] in _SEAMS and last.text != mention.text:
                kept.remove(last)
                sure = min(last.confidence, mention.confidence)
                mention = Mention(text[last.start : mention.end], "company", last.start, mention.end, sure)
            last = mention
        kept.append(mention)
    return kept


def decode(scores: np.ndarray) -> list[tuple[int, int]]:
    """Best spans [begin, end) under outside/begin/inside log probabilities [words, 3] (Viterbi; inside needs a begin).

    >>> decode(np.log([[.1, .8, .1], [.2, .1, .7], [.9, .05, .05]]))
    [(0, 2)]
    """
    if not (scores[:, _BEGIN] > scores[:, _OUTSIDE] - 3).any():
        return []
    best = scores[0].copy()
    best[_INSIDE] = -np.inf
    steps = []
    for row in scores[1:]:
        free = int(best.argmax())
        inside = _BEGIN if best[_BEGIN] >= best[_INSIDE] else _INSIDE
        steps.append((free, free, inside))
        best = row + np.array([best[free], best[free], best[inside]])
    tags = [int(best.argmax())]
    for step in reversed(steps):
        tags.append(step[tags[-1]])
    tags.reverse()
    spans, begin = [], None
    for place, label in enumerate([*tags, _OUTSIDE]):
        if label != _INSIDE and begin is not None:
            spans.append((begin, place))
            begin = None
        if label == _BEGIN:
            begin = place
    return spans
