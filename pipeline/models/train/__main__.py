"""Train the reader and write its model file: `python -m pipeline.models.train ARTICLES.jsonl --core train.json`.

ARTICLES holds the texts that `news.jsonl` annotates. `make train` runs it twice: to train, and, when `fit.py` has found
the thresholds, to write the model file with them. A network that is finished in the folder of checkpoints is not trained
again.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from pipeline.models.bundle import DEFAULT
from pipeline.models.train.core import core_windows
from pipeline.models.train.epochs import CoreEpochs
from pipeline.models.train.examples import SETTINGS, TERMS, news, own_articles, passages
from pipeline.models.train.export import write_bundle
from pipeline.models.train.nets import BASE, LABELS, ROLES, PairNet, Tagger
from pipeline.models.train.pairs import train_pairs
from pipeline.models.train.restore import restore
from pipeline.models.train.tagger import train_tagger
from pipeline.models.words import Pieces


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.models.train", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON lines with the articles that news.jsonl annotates")
    parser.add_argument("--core", type=Path, help="CORE's train.json")
    parser.add_argument("--out", type=Path, default=DEFAULT, help="model file to write")
    parser.add_argument("--checkpoints", type=Path, default=Path("build") / "train")
    parser.add_argument("--start", type=Path, help="go on from what this folder of checkpoints, or model file, holds")
    parser.add_argument("--articles-used", type=int, help="only so many news articles, for a learning curve")
    parser.add_argument("--no-passages", action="store_true", help="leave our own passages and articles out")
    parser.add_argument(
        "--pairs-only", action="store_true", help="train the pair network alone, and write no model file"
    )
    parser.add_argument("--pace", type=float, default=1.0, help="factor on the learning rates, to go on gently")
    parser.add_argument("--tagger-epochs", type=int, default=6)
    parser.add_argument("--pair-epochs", type=int, default=6)
    parser.add_argument("--pair-steps", type=int, help="batches to train the pair network on, in place of epochs")
    given = parser.parse_args()

    pieces = Pieces((BASE / "tokenizer.json").read_text(encoding="utf-8"))
    own = [] if given.no_passages else passages()
    whole = news(given.articles)
    if given.articles_used is not None:
        whole = random.Random(0).sample(whole, given.articles_used)
    whole += [] if given.no_passages else own_articles()
    given.checkpoints.mkdir(parents=True, exist_ok=True)
    names, pairs = given.checkpoints / "names.pt", given.checkpoints / "pairs.pt"
    tagger, net = _begin(given.start)
    if not names.exists() and not given.pairs_only:
        train_tagger(tagger, whole, own, pieces, out=names, epochs=given.tagger_epochs, pace=given.pace)
    if not pairs.exists():
        core = CoreEpochs(json.loads(given.core.read_text(encoding="utf-8")) if given.core else [])
        train_pairs(
            net,
            whole,
            own,
            lambda rng: core_windows(core.next(rng), pieces),
            pieces,
            out=pairs,
            epochs=given.pair_epochs,
            steps=given.pair_steps,
            pace=given.pace,
        )
    if given.pairs_only:
        return
    tagger.load_state_dict(torch.load(names))
    net.load_state_dict(torch.load(pairs))
    settings = json.loads(SETTINGS.read_text(encoding="utf-8")) | {"labels": LABELS, "roles": ROLES}
    terms = json.loads(TERMS.read_text(encoding="utf-8"))
    write_bundle(tagger.eval(), net.eval(), settings, terms, given.out)
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB from {len(whole) + len(own)} texts")


def _begin(start: Path | None) -> tuple[Tagger, PairNet]:
    """Both networks as training begins with them: the base, or what a folder or a model file holds."""
    if start is not None and not start.is_dir():
        return restore(start)
    tagger, net = Tagger(), PairNet()
    for model, name in ((tagger, "names.pt"), (net, "pairs.pt")):
        if start is not None and (start / name).exists():
            model.load_state_dict(torch.load(start / name))
    return tagger, net


if __name__ == "__main__":
    main()
