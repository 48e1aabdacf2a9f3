"""How models read the articles that none of them learns from: `python -m pipeline.models.train.curve ARTICLES MODEL...`.

One row a model file, for a learning curve over models trained on ever more articles. Thresholds are those of the files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.annotate import load_pipeline
from pipeline.models.bundle import load_bundle
from pipeline.models.reader import Reader
from pipeline.models.train.examples import held
from pipeline.models.train.fit import article_of, gold_of, measure, tell

SHOWN = ("companies", "products", "deals", "relations")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.models.train.curve", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON lines with the articles that held.jsonl annotates")
    parser.add_argument("models", type=Path, nargs="+", help="model files of trainings with --articles-used")
    given = parser.parse_args()

    examples = held(given.articles)
    articles, gold = [article_of(e) for e in examples], [gold_of(e) for e in examples]
    print("| model | " + " | ".join([*SHOWN, "deals by the model alone"]) + " |\n" + "|---" * (len(SHOWN) + 2) + "|")
    for path in given.models:
        bundle = load_bundle(path)
        nlp = load_pipeline(model=str(path))
        nlp.remove_pipe("learned_deals")
        told = tell(articles, nlp, Reader(bundle))
        both, alone = (measure(told, gold, bundle, {}, rules=rules).figures()["total"] for rules in (True, False))
        cells = [*(both[key]["f1"] for key in SHOWN), alone["deals"]["f1"]]
        print(f"| {path.stem} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
