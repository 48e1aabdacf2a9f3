"""Fit the weights by which a deal's amount, share and date are chosen: `python -m pipeline.models.train.terms ARTICLES.jsonl`.

A softmax over an article's values, and over none of them, for each annotated deal. Needs no torch. Writes `terms.json`,
which the next export of a model takes along; with `--hold-out` a fold is left out of it, and it tells how well the fold's values are chosen.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from pipeline.attributes import amount, stake, when
from pipeline.attributes.passage import Passage
from pipeline.models.choice import BIAS, KINDS, candidates, choose
from pipeline.models.cues import Found, Text, Told, cues, told_again
from pipeline.models.train.adam import descend
from pipeline.models.train.examples import TERMS, Event, Example, fold, news, passages
from pipeline.models.values import Value, same_money

LEAST_SEEN, LEAST_WEIGHT = 16, 0.1
COPIES = 3
MISSED_DEALS, MISSED_PARTIES, OTHER_SENTENCES = 0.3, 0.3, 0.5
DECAY, STEPS = 24.0, 300


@dataclass(slots=True)
class Choices:
    """Values to choose from. cues: of each; deal: the number of its deal; right: whether it is that deal's."""

    cues: list[set[str]] = field(default_factory=list)
    deal: list[int] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    deals: int = 0

    def add(self, values: Iterable[tuple[set[str], bool]]) -> None:
        """One more deal, with the cues of each value and whether it is right."""
        for held, right in values:
            self.cues.append(held)
            self.deal.append(self.deals)
            self.right.append(right)
        self.deals += 1


def told_deals(example: Example, text: Text, rng: random.Random | None = None) -> list[tuple[Told, Event]]:
    """The annotated deals whose evidence stands in the text. rng: as a reader finds them, some of them not at all, some by
    another of their sentences, or without one of their parties."""
    places = defaultdict(list)
    for start, end, entity in example.places:
        places[entity].append((start, end))
    told = []
    for event in example.events:
        if event.evidence is None or (rng and rng.random() < MISSED_DEALS):
            continue
        parties = tuple(tuple(places[n]) for n in dict.fromkeys(n for _, n in event.parties))
        sentences = text.sentences_of(event.evidence)
        if rng and len(parties) > 2 and rng.random() < MISSED_PARTIES:
            parties = tuple(rng.sample(parties, len(parties) - 1))
        if rng and (elsewhere := told_again(text, event.kind, parties, sentences)) and rng.random() < OTHER_SENTENCES:
            sentences = (rng.choice(elsewhere),)
        again = told_again(text, event.kind, parties, sentences)
        ruled = _ruled(event.kind, sentences, parties, text)
        told.append((Told(event.kind, event.status, sentences, again, parties, ruled), event))
    return told


def _ruled(
    kind: str, sentences: Sequence[int], parties: Iterable[Iterable[tuple[int, int]]], text: Text
) -> dict[str, Value | None]:
    start, end = text.sentences[sentences[0]][0], text.sentences[sentences[-1]][1]
    inside = tuple(sorted(place for places in parties for place in places if start <= place[0] < end))
    passage = Passage(text.content, (start, end), kind, day=text.date, parties=inside, title=text.title)
    return {"money": amount(passage), "percent": stake(passage), "date": when(passage)}


def is_right(found: Found, event: Event) -> bool:
    """Whether a value is what the annotation notes of a deal."""
    if found.kind == "money":
        return event.amount is not None and same_money(found.value, *event.amount)  # type: ignore[arg-type]
    if found.kind == "date":
        return found.value == event.date
    return event.stake is not None and abs(float(found.value) - event.stake) < 0.5  # type: ignore[arg-type]


def choices(examples: Iterable[Example], *, seed: int = 0) -> dict[str, Choices]:
    """What there is to choose of each kind in some examples: among their deals as annotated, and as a reader may find them."""
    made, rng = {kind: Choices() for kind in KINDS}, random.Random(seed)
    for example in examples:
        text = Text(example.text, example.date, example.title_length)
        for told in (told_deals(example, text), *(told_deals(example, text, rng) for _ in range(COPIES))):
            for number, (deal, event) in enumerate(told):
                others = [other for n, (other, _) in enumerate(told) if n != number]
                for kind in KINDS:
                    made[kind].add([(cues(text, deal, others, f), is_right(f, event)) for f in candidates(text, kind)])
    return made


def fit(made: Choices, *, decay: float = DECAY, steps: int = STEPS) -> dict[str, float]:
    """The weight of each cue, by Adam on the likelihood of the right value, or of none where none is right."""
    seen = Counter(cue for held in made.cues for cue in held)
    known = [BIAS, *sorted(cue for cue, times in seen.items() if times >= LEAST_SEEN)]
    number = {cue: n for n, cue in enumerate(known)}
    rows = [[0, *(number[cue] for cue in held if cue in number)] for held in made.cues]
    indices = np.concatenate([np.array(row) for row in rows])
    inputs = csr_array((np.ones(len(indices)), indices, np.cumsum([0, *map(len, rows)])), (len(rows), len(known)))
    deal, right = np.array(made.deal), np.array(made.right)
    shrink = np.r_[0.0, np.full(len(known) - 1, decay)]  # the bias is free

    def slope(weights: np.ndarray) -> np.ndarray:
        odds = np.exp(np.clip(inputs @ weights, -30, 30))
        chance = odds / (1 + np.bincount(deal, odds, made.deals))[deal]
        among_right = np.bincount(deal, np.where(right, odds, 0), made.deals)[deal]
        truth = np.where(right, odds / np.maximum(among_right, 1e-12), 0)
        found: np.ndarray = inputs.T @ (chance - truth) + shrink * weights
        return found

    weights = descend(slope, np.r_[-2.0, np.zeros(len(known) - 1)], steps=steps)
    kept = {cue: round(float(weight), 2) for cue, weight in zip(known, weights, strict=True)}
    return {cue: weight for cue, weight in kept.items() if cue == BIAS or abs(weight) >= LEAST_WEIGHT}


def f1(examples: Iterable[Example], weights: dict[str, dict[str, float]], kind: str) -> float:
    """How well the values of annotated deals are chosen."""
    right = chosen = noted = 0
    for example in examples:
        text = Text(example.text, example.date, example.title_length)
        told = told_deals(example, text)
        for found, (_, event) in zip(choose(text, [deal for deal, _ in told], weights, kind), told, strict=True):
            noted += {"money": event.amount, "percent": event.stake, "date": event.date}[kind] is not None
            chosen += found is not None
            right += found is not None and is_right(found, event)
    return 2 * right / max(1, chosen + noted)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.models.train.terms", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON lines with the articles that news.jsonl annotates")
    parser.add_argument("--hold-out", metavar="K/N", help="leave this fold out, and tell its F1")
    given = parser.parse_args()

    examples, held = news(given.articles), list[Example]()
    if given.hold_out:
        held, examples = fold(examples, given.hold_out)
    examples += passages()
    weights = {kind: fit(made) for kind, made in choices(examples).items()}
    for kind in KINDS:
        print(
            f"{kind}: {len(weights[kind])} cues" + (f", F1 {f1(held, weights, kind):.3f} on the fold" if held else "")
        )
    TERMS.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
