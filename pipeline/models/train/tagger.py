"""Train the tagger: names of companies, products, assets, organizations and persons."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

from pipeline.models.train.batches import Trainer, batches
from pipeline.models.train.epochs import Epochs
from pipeline.models.train.examples import Example
from pipeline.models.train.nets import Tagger
from pipeline.models.windows import NAME_KINDS, Window, name_windows
from pipeline.models.words import Pieces

# Only those organizations, persons and assets are annotated that take part in a deal or hold shares.
WEIGHTS = (1.0, 1.0, 0.7, 0.7, 0.7)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A window with a label (0 outside, 1 begin, 2 inside) for each of its words and each kind."""

    window: Window
    labels: list[list[int]]

    @property
    def length(self) -> int:
        return len(self.window.ids)


def tagged_windows(example: Example, pieces: Pieces) -> list[Tagged]:
    """The windows of an example with the labels of its names."""
    begins: dict[int, set[int]] = {}
    insides: dict[int, set[int]] = {}
    for start, end, entity in example.places:
        kind = NAME_KINDS.index(example.kinds[entity])
        begins.setdefault(kind, set()).add(start)
        insides.setdefault(kind, set()).update(range(start + 1, end))
    return [
        Tagged(
            window,
            [
                [
                    1 if word.start in begins.get(kind, ()) else 2 if word.start in insides.get(kind, ()) else 0
                    for kind in range(len(NAME_KINDS))
                ]
                for word in window.words
            ],
        )
        for window in name_windows(example.text, pieces)
    ]


def train_tagger(
    model: Tagger,
    articles: list[Example],
    own: list[Example],
    pieces: Pieces,
    *,
    out: Path,
    epochs: int,
    pace: float = 1.0,
    seed: int = 0,
) -> None:
    """Train a tagger and save the mean of its weights. own: passages, of which an epoch sees a share; pace: a factor on
    the learning rates."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    seen = Epochs(articles, own)
    trainer: Trainer | None = None
    for epoch in range(epochs):
        groups = batches([window for example in seen.next(rng) for window in tagged_windows(example, pieces)], rng)
        trainer = trainer or Trainer(model, epochs * len(groups), pace=pace)
        model.train()
        total = 0.0
        for batch in groups:
            loss = _loss(model, batch)
            trainer.step(loss)
            total += loss.item()
        print(f"tagger epoch {epoch}: {len(groups)} steps, loss {total / len(groups):.4f}", flush=True)
    if trainer is not None:
        torch.save(trainer.mean, out)


def _loss(model: Tagger, batch: list[Tagged]) -> torch.Tensor:
    scores = model([tagged.window for tagged in batch])
    words = torch.cat([scores[n][tagged.window.first] for n, tagged in enumerate(batch)])
    words = words.view(-1, len(NAME_KINDS), 3)
    labels = torch.tensor([label for tagged in batch for label in tagged.labels])
    losses = [
        weight * F.cross_entropy(words[:, kind], labels[:, kind], label_smoothing=0.02)
        for kind, weight in enumerate(WEIGHTS)
    ]
    return torch.stack(losses).sum()
