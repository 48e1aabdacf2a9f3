"""Train the reader and write its model file: `python -m pipeline.models.train ARTICLES.jsonl --core train.json`.

ARTICLES holds the texts that `news.jsonl` annotates. `make train` runs it twice: with a fold held out, on which `fit.py`
then finds the thresholds, and from there on everything. Checkpoints of both networks are kept, so that the second need
not wait for the first again.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from pipeline.models.bundle import DEFAULT
from pipeline.models.train.core import core_windows
from pipeline.models.train.examples import SETTINGS, Example, news, passages
from pipeline.models.train.export import write_bundle
from pipeline.models.train.nets import BASE, LABELS, ROLES, PairNet, Tagger
from pipeline.models.train.pairs import train_pairs
from pipeline.models.train.tagger import train_tagger
from pipeline.models.words import Pieces


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.models.train", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON lines with the articles that news.jsonl annotates")
    parser.add_argument("--core", type=Path, help="CORE's train.json")
    parser.add_argument("--out", type=Path, default=DEFAULT, help="model file to write")
    parser.add_argument("--checkpoints", type=Path, default=Path("build") / "train")
    parser.add_argument("--articles-used", type=int, help="only so many news articles, for a learning curve")
    parser.add_argument("--hold-out", metavar="K/N", help="leave every N-th news article out, from the K-th on")
    parser.add_argument("--no-passages", action="store_true", help="leave our own passages out")
    parser.add_argument("--start", type=Path, help="go on from the checkpoints of this folder")
    parser.add_argument("--pace", type=float, default=1.0, help="factor on the learning rates")
    parser.add_argument("--tagger-epochs", type=int, default=7)
    parser.add_argument("--pair-epochs", type=int, default=6)
    given = parser.parse_args()

    pieces = Pieces((BASE / "tokenizer.json").read_text(encoding="utf-8"))
    own = [] if given.no_passages else passages()
    examples = [*_chosen(news(given.articles), given.hold_out, given.articles_used), *own]
    given.checkpoints.mkdir(parents=True, exist_ok=True)
    names, pairs = given.checkpoints / "names.pt", given.checkpoints / "pairs.pt"
    if not names.exists():
        start = given.start / "names.pt" if given.start else None
        train_tagger(examples, pieces, out=names, start=start, epochs=given.tagger_epochs, pace=given.pace)
    if not pairs.exists():
        start = given.start / "pairs.pt" if given.start else names
        core = core_windows(given.core, pieces) if given.core else []
        train_pairs(examples, core, pieces, out=pairs, start=start, epochs=given.pair_epochs, pace=given.pace)
    tagger, net = Tagger(), PairNet()
    tagger.load_state_dict(torch.load(names))
    net.load_state_dict(torch.load(pairs))
    settings = json.loads(SETTINGS.read_text(encoding="utf-8")) | {"labels": LABELS, "roles": ROLES}
    write_bundle(tagger.eval(), net.eval(), settings, given.out)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB from {len(examples)} texts")


def _chosen(examples: list[Example], hold_out: str | None, used: int | None) -> list[Example]:
    if hold_out:
        first, every = (int(number) for number in hold_out.split("/"))
        examples = [example for n, example in enumerate(examples) if n % every != first]
    if used is not None:
        examples = random.Random(0).sample(examples, used)
    return examples


if __name__ == "__main__":
    main()
