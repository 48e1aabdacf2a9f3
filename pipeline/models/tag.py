"""Names in a text, by the first encoder."""

from __future__ import annotations

import numpy as np

from pipeline.models.bundle import Bundle
from pipeline.models.windows import NAME_KINDS, name_windows
from schemas.records import Mention

_OUTSIDE, _BEGIN, _INSIDE = 0, 1, 2


def tag(text: str, bundle: Bundle, *, lean: dict[str, float] | None = None) -> list[Mention]:
    """Mentions of every kind, each with the mean probability of its words; kinds may overlap ("Boeing" in "Boeing 737").

    lean: added to the log odds of a kind's names before decoding; above 0 finds more.
    """
    lean = lean or bundle.settings["lean"]
    mentions = []
    for window in name_windows(text, bundle.pieces):
        logits = bundle.names.run(None, {"vectors": bundle.inputs(window, which="names")})[0][0][window.first]
        for number, kind in enumerate(NAME_KINDS):
            columns = logits[:, 3 * number : 3 * number + 3].astype(np.float64)
            columns[:, _BEGIN:] += lean.get(kind, 0.0)
            columns -= np.logaddexp.reduce(columns, axis=1, keepdims=True)
            for begin, end in decode(columns):
                span = columns[np.arange(begin, end), [_BEGIN] + [_INSIDE] * (end - begin - 1)]
                start, stop = window.words[begin].start, window.words[end - 1].end
                mentions.append(Mention(text[start:stop], kind, start, stop, float(np.exp(span.mean()))))
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind))


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
