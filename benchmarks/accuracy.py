"""How well articles are read: accuracy against annotated articles, overall, by kind and by source.

    python benchmarks/accuracy.py ARTICLES.jsonl GOLD.jsonl [--core TEST.json] [--ablate] [--write docs/accuracy.md]

ARTICLES and GOLD have the form of the annotation guidelines. `--core` adds the relations of CORE's test sentences,
`--ablate` the same figures with one part left out at a time. The table replaces what stands between two marks of the
written file; a figure below its floor in benchmarks/floors.yml makes the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from pipeline.annotate import load_pipeline
from pipeline.extract import Extractor, claims_json
from pipeline.models.bundle import DEFAULT, load_bundle
from pipeline.models.core import classify_core
from pipeline.models.train.examples import from_gold
from pipeline.models.train.fit import article_of, gold_of
from pipeline.models.train.sentences import sentences_alone
from pipeline.score import Score, read_lines, score
from schemas.records import Article

FLOORS = Path(__file__).with_name("floors.yml")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
Lines = list[dict[str, Any]]


def articles(lines: Lines) -> Iterator[Article]:
    """Articles as `dealgraph extract --format jsonl` reads them."""
    for line in lines:
        yield Article(line["id"], line.get("title") or "", line["text"], published_at=line.get("date"))


def read(lines: Lines, nlp: Language) -> Lines:
    """What a pipeline claims of the articles."""
    return [claims_json(claims) for claims in Extractor(nlp).many(articles(lines))]


def changed(name: str, **config: Any) -> Language:
    """The pipeline with one component configured otherwise."""
    nlp = load_pipeline()
    nlp.replace_pipe(name, name, config=config)
    return nlp


def without(name: str) -> Language:
    """The pipeline with one component left out."""
    nlp = load_pipeline()
    nlp.remove_pipe(name)
    return nlp


VARIANTS: dict[str, Callable[[], Language]] = {
    "everything": load_pipeline,
    "without the trained model (rules over the base model's names)": lambda: load_pipeline(rules=True),
    "without learned deals (rules over learned names)": lambda: without("learned_deals"),
    "without the rules": lambda: load_pipeline(rules=False),
    "without references": lambda: changed("references", descriptions=False),
    "without merging what sentences tell": lambda: changed("deal_claims", merge=False),
}


def f1_row(name: str, result: Score) -> str:
    """A line of F1 scores and accuracies in the order of HEAD."""
    figures = result.figures()
    total, attributes = figures["total"], figures["attributes"]
    cells = [total[key]["f1"] for key in ("companies", "products", "deals", "relations")]
    cells += [attributes[key]["f1"] for key in ("status", "amount", "date")]
    return f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


HEAD = (
    "| | companies | products | deal parties | relations | status | amount | date |\n|---|---|---|---|---|---|---|---|"
)


def full_table(result: Score) -> str:
    """Precision, recall and F1 of everything that is counted."""
    rows = ["| | precision | recall | F1 | right | predicted | gold |", "|---|---|---|---|---|---|---|"]
    for group, heading in (("total", ""), ("by_type", "deals: "), ("attributes", "attribute: ")):
        for name, tally in sorted(result.figures()[group].items()):
            counts = [int(tally.get(key, 0)) for key in ("right", "predicted", "gold")]
            shares = [f"{tally[key]:.3f}" for key in ("precision", "recall", "f1")]
            rows.append(f"| {heading}{name} | " + " | ".join([*shares, *map(str, counts)]) + " |")
    return "\n".join(rows)


def by_source(gold: Lines, predicted: Lines) -> str:
    """The main figures for each source of the articles (what stands before the colon of their ids)."""
    groups: dict[str, Lines] = {}
    for line in gold:
        groups.setdefault(line["id"].partition(":")[0], []).append(line)
    rows = [
        f1_row(f"{source} ({len(group)})", score(group, predicted))
        for source, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return "\n".join([HEAD, *rows])


def core_accuracy(path: Path) -> float:
    """Share of CORE's sentences whose relation and direction are named right."""
    lines = json.loads(path.read_text(encoding="utf-8"))
    bundle = load_bundle(DEFAULT)
    right = sum(classify_core(line, bundle) == (line["relation"], int(line["invert_relation"])) for line in lines)
    return right / len(lines)


def sentences_score(lines: Lines, gold: Lines, nlp: Language) -> tuple[int, Score]:
    """How many sentences state a deal for themselves, and the score of reading each as a text of its own."""
    annotated = {line["id"]: line for line in gold}
    examples = [one for line in lines for one in sentences_alone(from_gold(line, annotated[line["id"]]))]
    claims = Extractor(nlp).many(article_of(example) for example in examples)
    return len(examples), score([gold_of(example) for example in examples], [claims_json(one) for one in claims])


def below_floors(result: Score, core: float | None) -> list[str]:
    """One line for each figure that has fallen below what benchmarks/floors.yml pins."""
    figures = result.figures()
    measured = {key: tally["f1"] for group in ("total", "attributes") for key, tally in figures[group].items()}
    if core is not None:
        measured["core"] = core
    floors: dict[str, float] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{key} has fallen to {measured[key]:.3f}, below {floor:.3f}"
        for key, floor in floors.items()
        if key in measured and measured[key] < floor
    ]


def write(path: Path, measured: str) -> None:
    """Put what was measured between the marks of a document."""
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _: f"{BEGIN}\n{measured}\n{END}", text), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--core", type=Path)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()

    lines, gold = read_lines(given.articles), read_lines(given.gold)
    nlp = load_pipeline()
    predicted = read(lines, nlp)
    result = score(gold, predicted)
    parts = [f"{len(gold)} articles.\n", full_table(result), "\nBy source:\n", by_source(gold, predicted)]
    sentences, alone = sentences_score(lines, gold, nlp)
    found = alone.figures()["total"]["deals"]["f1"]
    parts.append(
        f"\n{sentences} sentences that state a deal, each read as a text of its own: deal parties {found:.3f}."
    )
    core = core_accuracy(given.core) if given.core else None
    if core is not None:
        parts.append(f"\nCORE test, directed relations: accuracy {core:.3f}.")
    if given.ablate:
        rows = [f1_row(name, score(gold, read(lines, make()))) for name, make in VARIANTS.items()]
        parts += ["\nEach part's contribution:\n", HEAD, *rows]
    measured = "\n".join(parts)
    print(measured)
    if given.write:
        write(given.write, measured)
    fallen = below_floors(result, core)
    print("\n".join(fallen))
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())
