"""How fast articles are read: deal extraction beside the base spaCy pipeline alone, on the same articles in turn.

    python benchmarks/extract.py ARTICLES.jsonl [--rounds 5]

Prints the median seconds of both and the ratio of their speeds, after a round that is not counted.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from benchmarks.accuracy import articles
from pipeline.annotate import BASE_MODEL, load_pipeline
from pipeline.extract import Extractor
from pipeline.score import read_lines


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    told = list(articles(read_lines(given.articles)))
    base, extractor = spacy.load(BASE_MODEL), Extractor(load_pipeline())

    def alone() -> object:
        return list(base.pipe(article.content for article in told))

    def whole() -> object:
        return list(extractor.many(told))

    alone(), whole()
    pairs = [(seconds(alone), seconds(whole)) for _ in range(given.rounds)]
    ratios = sorted(one / other for one, other in pairs)
    print(
        f"{len(told)} articles: {BASE_MODEL} alone {statistics.median(p[0] for p in pairs):.2f} s, "
        f"deal extraction {statistics.median(p[1] for p in pairs):.2f} s; speed of extraction against the base "
        f"{statistics.median(ratios):.2f} (of {given.rounds} rounds {ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


if __name__ == "__main__":
    main()
