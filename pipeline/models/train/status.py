"""Fits the weights of the status cues: `python -m pipeline.models.train.status ARTICLES.jsonl GOLD.jsonl`.

Softmax regression over the cues of pipeline/attributes/status.py, one example per annotated deal. Writes
pipeline/lexicons/status_weights.yml; the texts themselves are only read.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import lexicons
from pipeline.attributes.passage import Passage
from pipeline.attributes.status import STATUSES, cues
from pipeline.models.train.adam import descend
from pipeline.models.train.examples import find_span
from pipeline.models.train.passages import PASSAGES, read_folder
from pipeline.models.words import split_sentences
from pipeline.score import read_lines
from schemas.records import Article

LEAST_SEEN = 8
DECAY = 5.0
LEAST_WEIGHT = 0.1
_HEADER = (
    "# Weights of cues for [rumored, announced, completed, terminated], fitted to annotated articles by\n"
    "# pipeline/models/train/status.py (softmax regression); cues are those of status_cues.yml and of status.py.\n"
)


def passage_of(article: Article, deal: dict[str, Any]) -> Passage | None:
    """The sentences in which an annotated deal is told; None when its evidence is not found."""
    text = article.content
    span = find_span(text, deal["evidence"])
    if span is None:
        return None
    inside = [s for s in split_sentences(text) if min(s[1], span[1]) - max(s[0], span[0]) > 10] or [span]
    start, end = inside[0][0], inside[-1][1]
    names = {name for party in deal["parties"] for name in party["names"]}
    found = (re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text[start:end]) for name in names)
    parties = sorted({(start + match.start(), start + match.end()) for matches in found for match in matches})
    return Passage(text, (start, end), deal["type"], day=article.date, parties=tuple(parties), title=len(article.title))


def examples(articles: Path, gold: Path) -> Iterator[tuple[list[str], int]]:
    """(cues that hold, number of the status) of each deal that is annotated in the articles or in our passages."""
    read = {line["id"]: line for line in read_lines(articles)}
    news = ((read[line["id"]], line) for line in read_lines(gold))
    own = ((passage, passage) for passage in read_folder(PASSAGES))
    for raw, annotated in chain(news, own):
        article = Article(raw["id"], raw.get("title") or "", raw["text"], published_at=raw.get("date"))
        for deal in annotated["deals"]:
            if (passage := passage_of(article, deal)) is not None:
                yield cues(passage), STATUSES.index(deal["status"])


def fit(inputs: np.ndarray, labels: np.ndarray, *, decay: float = DECAY, steps: int = 400) -> np.ndarray:
    """Weights [cues, statuses] of a softmax regression, by Adam. inputs: [examples, cues] of 0 and 1."""

    def slope(weights: np.ndarray) -> np.ndarray:
        scores = inputs @ weights
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = scores / scores.sum(axis=1, keepdims=True)
        found: np.ndarray = inputs.T @ (chances - np.eye(len(STATUSES))[labels]) + decay * weights
        return found

    weights = descend(slope, np.zeros((inputs.shape[1], len(STATUSES))), steps=steps)
    centred: np.ndarray = weights - weights.mean(axis=1, keepdims=True)
    return centred


def main(articles: str, gold: str) -> None:
    told = list(examples(Path(articles), Path(gold)))
    seen = Counter(cue for held, _ in told for cue in set(held))
    known = sorted(cue for cue, times in seen.items() if times >= LEAST_SEEN)
    inputs = np.array([[cue in set(held) for cue in known] for held, _ in told], dtype=float)
    labels = np.array([label for _, label in told])
    weights = fit(inputs, labels)
    rows = [
        f"{json.dumps(cue)}: [{', '.join(f'{weight:.2f}' for weight in row)}]\n"
        for cue, row in zip(known, weights, strict=True)
        if np.abs(row).max() >= LEAST_WEIGHT
    ]
    Path(lexicons.__file__).with_name("status_weights.yml").write_text(_HEADER + "".join(rows), encoding="utf-8")
    print(
        f"{len(told)} deals, {len(rows)} cues, right on {((inputs @ weights).argmax(axis=1) == labels).mean():.3f} of them"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
