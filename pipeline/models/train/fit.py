"""Fit the reader's thresholds on articles that no model learns from: `python -m pipeline.models.train.fit`.

Works on the whole reader, rules included, with the installed program's own parts: it needs no torch. What was found goes
into `settings.json`, which the next export of a model takes along, and the reliability of confidences is printed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from pipeline.annotate import load_pipeline
from pipeline.extract import claims_json
from pipeline.models.bundle import Bundle, load_bundle
from pipeline.models.entities import gather
from pipeline.models.reader import RELATIONS, Reader, Reading, calibrated
from pipeline.models.tag import NameScores, score_names, tag
from pipeline.models.train.examples import SETTINGS, Example, held
from pipeline.score import Score, score
from schemas.records import Article, Claims

# One threshold for all parties of deals: fitted apart, those of a fold do not carry over to other articles.
KEYS = ("default", "investment:target", *RELATIONS, "AMOUNT", "DATE", "STAKE")
STEPS = (-0.8, -0.4, 0.4, 0.8)
LEAST_GAIN = 0.015  # of F1, for which a setting moves: less is noise on so few articles
# Tagged names of these kinds in an article. So few are annotated that no F1 can be fitted; so many served the pair network best.
PER_ARTICLE = {"asset": 1.6, "organization": 0.55, "person": 0.3}
LEANS = tuple(step / 4 for step in range(13))
NAME_LEANS, LEAST_NAMES = (-0.5, 0.0, 0.5, 1.0), (0.4, 0.5, 0.55, 0.6, 0.65, 0.7)
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Settings = dict[str, Any]


def gold_of(example: Example) -> dict[str, Any]:
    """An example in the form of the annotation guidelines, with the forms of names that stand in its text."""
    forms: list[dict[str, None]] = [{} for _ in example.kinds]
    for start, end, entity in example.forms:
        forms[entity][example.text[start:end]] = None
    names = [sorted(group, key=len, reverse=True) for group in forms]
    return {
        "id": example.id,
        "companies": [names[n] for n in range(example.listed) if example.kinds[n] == "company" and names[n]],
        "products": [names[n] for n in range(example.listed) if example.kinds[n] == "product" and names[n]],
        "deals": [
            {
                "type": event.kind,
                "status": event.status,
                "parties": [
                    {"role": role, "kind": example.kinds[n], "names": names[n]} for role, n in event.parties if names[n]
                ],
                "amount": {"value": event.amount[0], "currency": event.amount[1]} if event.amount else None,
                "stake_percent": event.stake,
                "date": event.date,
                "evidence": example.text[slice(*event.evidence)] if event.evidence else "",
            }
            for event in example.events
        ],
        "relations": [
            {"type": kind, "subject": names[a], "object": names[b]}
            for kind, a, b in example.relations
            if names[a] and names[b]
        ],
    }


def article_of(example: Example) -> Article:
    """The article that an example annotates."""
    title = example.text[: example.title_length]
    body = example.text[example.title_length :].removeprefix("\n\n") if title else example.text
    return Article(example.id, title, body, published_at=example.date)


@dataclass(slots=True)
class Told:
    """An article as both readers have read it, before any threshold of the model's deals applies."""

    article: Article
    reading: Reading
    ruled: Claims


def tell(articles: Iterable[Article], nlp: Language, reader: Reader) -> list[Told]:
    """Read articles once by rules and model, over the names of the reader."""
    told = []
    for article in articles:
        doc = nlp.make_doc(article.content)
        doc._.article = article
        doc = nlp(doc)
        told.append(Told(article, reader.read(article, doc.text), doc._.claims))
    return told


def measure(
    told: list[Told], gold: list[dict[str, Any]], bundle: Bundle, settings: Settings, *, rules: bool = True
) -> Score:
    """The score of both readers together under the settings, or of the model alone."""
    reader = Reader(bundle, settings=settings)
    read = [reader.claims(one.article, one.reading, one.ruled if rules else None) for one in told]
    return score(gold, [claims_json(claims) for claims in read])


def climb(settings: Settings, keys: Iterable[str], value: Callable[[Settings], float]) -> Settings:
    """Settings whose thresholds of the keys were moved, one at a time, while that raised the value by `LEAST_GAIN`."""
    best = value(settings)
    for key in keys:
        start = settings["thresholds"].get(key, settings["thresholds"]["default"])
        for step in STEPS:
            tried = deepcopy(settings)
            tried["thresholds"][key] = round(start + step, 2)
            if (reached := value(tried)) > best + LEAST_GAIN:
                best, settings = reached, tried
        print(f"{key}: {settings['thresholds'].get(key, start)} -> {best:.4f}", flush=True)
    return settings


def fit_names(articles: list[Article], gold: list[dict[str, Any]], bundle: Bundle, settings: Settings) -> Settings:
    """Settings whose leaning and least confidence of companies and products give the best F1, if by `LEAST_GAIN`, and
    whose leaning of other kinds finds as many as `PER_ARTICLE` says."""
    scores = [score_names(article.content, bundle) for article in articles]
    for kind, group in (("company", "companies"), ("product", "products")):

        def value(lean: float, least: float, kind: str = kind, group: str = group) -> float:
            tried = deepcopy(settings)
            tried["lean"][kind], tried["least_name"][kind] = lean, least
            reader = Reader(bundle, settings=tried)
            names = [names_json(reader, *each) for each in zip(articles, scores, strict=True)]
            return float(score(gold, names).figures()["total"][group]["f1"])

        known = value(settings["lean"][kind], settings["least_name"][kind])
        best, lean, least = max((value(*pair), *pair) for pair in product(NAME_LEANS, LEAST_NAMES))
        if best > known + LEAST_GAIN:
            settings["lean"][kind], settings["least_name"][kind] = lean, least
        print(f"{kind}: {known:.4f}, at best {best:.4f} by lean {lean}, least {least}", flush=True)

    for kind, wanted in PER_ARTICLE.items():

        def per_article(lean: float, kind: str = kind) -> float:
            found = (
                tag(article.content, told, lean={kind: lean}) for article, told in zip(articles, scores, strict=True)
            )
            return sum(mention.kind == kind for mentions in found for mention in mentions) / len(articles)

        settings["lean"][kind] = nearest(LEANS, per_article, wanted)
        print(f"{kind}: lean {settings['lean'][kind]}", flush=True)
    return settings


def nearest(arguments: Iterable[float], value: Callable[[float], float], wanted: float) -> float:
    """The argument whose value comes nearest to the wanted one by ratio."""
    return min(arguments, key=lambda argument: abs(np.log(max(value(argument), 1e-9) / wanted)))


def names_json(reader: Reader, article: Article, scores: list[NameScores]) -> dict[str, Any]:
    """The names of an article in the form of the guidelines."""
    named = gather(reader.mentions(article.content, scores), article.content)
    groups = {kind: [list(e.names) for e in named if e.kind == kind] for kind in ("company", "product")}
    return {"id": article.id, "companies": groups["company"], "products": groups["product"]}


def judged(
    told: list[Told], gold: list[dict[str, Any]], bundle: Bundle, settings: Settings, group: str
) -> tuple[list[float], list[bool]]:
    """The confidence of each claimed deal or relation, and whether it was right (a deal: found, with a party right)."""
    reader = Reader(bundle, settings=settings)
    sure, right = [], []
    for one, truth in zip(told, gold, strict=True):
        claims = claims_json(reader.claims(one.article, one.reading, one.ruled))
        for claim in claims[group]:
            alone = claims | {"deals": [], "relations": []} | {group: [claim]}
            total = score([truth], [alone]).total["deals" if group == "deals" else "relations"]
            sure.append(claim["confidence"])
            right.append(total["right"] > 0)
    return sure, right


def calibrate(sure: list[float], right: list[bool], *, steps: int = 2000) -> list[float]:
    """Slope and shift of the log odds under which confidences are likeliest (Platt), by gradient descent."""
    odds = np.array([np.log(c / (1 - c)) for c in np.clip(sure, 0.001, 0.999)])
    truth, slope, shift = np.array(right, float), 1.0, 0.0
    for _ in range(steps):
        miss = 1 / (1 + np.exp(-(slope * odds + shift))) - truth
        slope -= 0.1 * float((miss * odds).mean())
        shift -= 0.1 * float(miss.mean())
    return [round(slope, 3), round(shift, 3)]


def reliability(group: str, sure: list[float], right: list[bool]) -> str:
    """A table of confidence against the share of right claims."""
    rows = [f"| {group}: confidence | claims | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        held = [(c, r) for c, r in zip(sure, right, strict=True) if low <= c < high]
        if held:
            mean, share = (sum(column) / len(held) for column in zip(*held, strict=True))
            rows.append(f"| {low:.1f} to {min(high, 1):.1f} | {len(held)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.models.train.fit", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON lines with the articles that held.jsonl annotates")
    parser.add_argument("model", type=Path, help="model file to fit")
    given = parser.parse_args()

    examples = held(given.articles)
    articles, gold = [article_of(e) for e in examples], [gold_of(e) for e in examples]
    bundle = load_bundle(given.model)
    settings = fit_names(articles, gold, bundle, json.loads(SETTINGS.read_text(encoding="utf-8")))
    nlp = load_pipeline(model=str(given.model))
    nlp.remove_pipe("learned_deals")
    told = tell(articles, nlp, Reader(bundle, settings=settings))

    def value(tried: Settings) -> float:
        total = measure(told, gold, bundle, tried).figures()
        return (
            total["total"]["deals"]["f1"]
            + 0.5 * total["total"]["relations"]["f1"]
            + 0.1 * sum(total["attributes"][key]["f1"] for key in ("amount", "date", "stake_percent"))
        )

    settings = climb(settings, KEYS, value)
    settings["calibration"] = {"deals": [1.0, 0.0], "relations": [1.0, 0.0]}
    for group in ("deals", "relations"):
        sure, right = judged(told, gold, bundle, settings, group)
        settings["calibration"][group] = calibrate(sure, right)
        print(reliability(group, [calibrated(c, *settings["calibration"][group]) for c in sure], right))
    SETTINGS.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
