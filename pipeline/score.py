"""Accuracy of claims against gold, by the rules of the annotation guidelines.

Deals of one type are aligned one to one so that most (role, name) pairs agree; acquisition and divestiture may align
with each other. Precision, recall and F1 count those pairs; attributes are counted over aligned deals alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx

from pipeline.errors import ParseError

MOST_FORMS = 3  # forms of a predicted name that count, so that a bag of names cannot match everything
ATTRIBUTES = ("status", "amount", "date", "stake_percent")
_SISTERS = {"acquisition", "divestiture"}
_LEGAL = re.compile(
    r"(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|lp|plc|ag|sa|se|nv|bv|ab|oyj|oy|as|asa|spa|gmbh|kk"
    r"|pte|pty|group|holdings?|the)"
)
Lines = list[dict[str, Any]]
Names = frozenset[str]


class Tally(Counter[str]):
    """right, predicted and gold; right_predicted where right differs under the predicted type."""

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, rounded, with the counts."""
        right_predicted = self["right_predicted"] if "right_predicted" in self else self["right"]
        precision = right_predicted / self["predicted"] if self["predicted"] else 0.0
        recall = self["right"] / self["gold"] if self["gold"] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), **self}


@dataclass
class Score:
    """Tallies of the whole, by deal type and by attribute, and every single error."""

    total: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    attributes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[tuple[Any, ...]] = field(default_factory=list)

    def figures(self) -> dict[str, dict[str, dict[str, float]]]:
        """All tallies as plain numbers."""
        groups = {"total": self.total, "by_type": self.by_type, "attributes": self.attributes}
        return {name: {key: tally.figures() for key, tally in group.items()} for name, group in groups.items()}


def score(gold: Lines, predicted: Lines) -> Score:
    """Score predicted articles against gold; an article that `predicted` lacks counts as empty."""
    result = Score()
    by_id = {article["id"]: article for article in predicted}
    for article in gold:
        found = by_id.get(article["id"], {})
        _score_deals(result, article["id"], article.get("deals", []), [_cut_deal(d) for d in found.get("deals", [])])
        _score_relations(result, article, found)
        for kind in ("companies", "products"):
            _score_names(result, article, found, kind)
    for tally in result.by_type.values():
        tally.setdefault("right_predicted", 0)
    return result


def normal(name: str) -> str:
    """A name as it is compared: lower case, without possessive, punctuation, article and legal suffix.

    >>> normal("The Walt Disney Co.'s"), normal("Nokia Oyj")
    ('walt disney', 'nokia')
    """
    text = re.sub(r"[’']s\b", "", name.lower().replace("’", "'"))
    words = re.sub(r"[^\w\s&+]", " ", text.replace(".", "")).split()
    while len(words) > 1 and _LEGAL.fullmatch(words[-1]):
        words.pop()
    while len(words) > 1 and words[0] in {"the", "a", "an", "its", "their"}:
        words.pop(0)
    return " ".join(words)


def _forms(names: str | Sequence[str]) -> Names:
    given = [names] if isinstance(names, str) else names
    return frozenset(normal(name) for name in given if name and normal(name))


def _cut(names: str | list[str]) -> str | list[str]:
    return names if isinstance(names, str) else names[:MOST_FORMS]


def _cut_deal(deal: dict[str, Any]) -> dict[str, Any]:
    return {**deal, "parties": [{**p, "names": _cut(p["names"])} for p in deal.get("parties", [])]}


@dataclass(frozen=True)
class _Party:
    role: str
    names: Names
    loose: bool


def _parties(deal: dict[str, Any]) -> list[_Party]:
    parties = [
        _Party(p["role"], _forms(p["names"]), p.get("kind") in {"asset", "product"}) for p in deal.get("parties", [])
    ]
    return [party for party in parties if party.names]


def _longest_run(a: list[str], b: list[str]) -> int:
    best, row = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0] + [row[j] + 1 if word == other else 0 for j, other in enumerate(b)]
        best = max(best, *row)
    return best


def _same_party(gold: _Party, predicted: _Party) -> bool:
    if gold.role != predicted.role:
        return False
    if gold.names & predicted.names:
        return True
    if not (gold.loose or predicted.loose):
        return False
    pairs = ((g.split(), p.split()) for g in gold.names for p in predicted.names)
    return any(2 * _longest_run(g, p) >= min(len(g), len(p)) and g[-1] == p[-1] for g, p in pairs)


def _matching(
    gold: Sequence[Any], predicted: Sequence[Any], weight: Callable[[Any, Any], float]
) -> list[tuple[int, int]]:
    """Pairs (gold, predicted) one to one with the largest total weight; weight 0 is no match."""
    graph = nx.Graph()
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            value = weight(one, other)
            if value:
                graph.add_edge(("g", i), ("p", j), weight=value)
    return [(a[1], b[1]) if a[0] == "g" else (b[1], a[1]) for a, b in nx.max_weight_matching(graph)]


def _right_parties(gold: dict[str, Any], predicted: dict[str, Any]) -> list[tuple[int, int]]:
    return _matching(_parties(gold), _parties(predicted), lambda g, p: float(_same_party(g, p)))


def _likeness(gold: dict[str, Any], predicted: dict[str, Any]) -> float:
    same = gold["type"] == predicted["type"]
    if not same and {gold["type"], predicted["type"]} != _SISTERS:
        return 0
    right = len(_right_parties(gold, predicted))
    told = sum(gold.get(a) is not None and _attribute_right(a, gold, predicted) for a in ATTRIBUTES)
    return 100 * right + 10 * same + told if right else 0


def _attribute_right(name: str, gold: dict[str, Any], predicted: dict[str, Any]) -> bool:
    g, p = gold.get(name), predicted.get(name)
    if g is None or p is None:
        return g is p
    if name == "amount":
        return bool(g["currency"] == p.get("currency") and abs(g["value"] - p["value"]) <= 0.01 * abs(g["value"]))
    if name == "stake_percent":
        return abs(float(g) - float(p)) <= 0.5
    if name == "date":
        return str(p).startswith(str(g)) or str(g).startswith(str(p))
    return bool(g == p)


def _score_deals(result: Score, id_: str, gold: Lines, predicted: Lines) -> None:
    pairs = _matching(gold, predicted, _likeness)
    for side, deals in (("gold", gold), ("predicted", predicted)):
        for deal in deals:
            count = len(_parties(deal))
            result.total["deals"][side] += count
            result.by_type[deal["type"]][side] += count
    for i, j in pairs:
        _score_pair(result, id_, gold[i], predicted[j])
    result.total["deal_found"].update({"gold": len(gold), "predicted": len(predicted), "right": len(pairs)})
    for word, deals, met in (("missed", gold, {i for i, _ in pairs}), ("wrong", predicted, {j for _, j in pairs})):
        result.errors += [
            (f"{word} deal", id_, d["type"], [(p.role, min(p.names)) for p in _parties(d)], d.get("evidence", ""))
            for n, d in enumerate(deals)
            if n not in met
        ]


def _score_pair(result: Score, id_: str, gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    same = _right_parties(gold, predicted)
    result.total["deals"]["right"] += len(same)
    result.by_type[gold["type"]]["right"] += len(same)
    result.by_type[predicted["type"]]["right_predicted"] += len(same)
    for word, deal, side in (("missed", gold, 0), ("wrong", predicted, 1)):
        met = {pair[side] for pair in same}
        result.errors += [
            (f"{word} party", id_, deal["type"], party.role, min(party.names))
            for n, party in enumerate(_parties(deal))
            if n not in met
        ]
    for name in ATTRIBUTES:
        told, given = gold.get(name) is not None, predicted.get(name) is not None
        agree = _attribute_right(name, gold, predicted)
        result.attributes[name].update({"gold": told, "predicted": given, "right": told and given and agree})
        if not agree:
            result.errors.append(
                (name, id_, gold["type"], f"gold {gold.get(name)}", f"predicted {predicted.get(name)}")
            )


_Triple = tuple[str, Names, Names]


def _same_triple(gold: _Triple, predicted: _Triple) -> float:
    if gold[0] != predicted[0]:
        return 0
    straight = bool(gold[1] & predicted[1] and gold[2] & predicted[2])
    mirrored = gold[0] == "COMPETES_WITH" and bool(gold[1] & predicted[2] and gold[2] & predicted[1])
    return float(straight or mirrored)


def _score_relations(result: Score, gold: dict[str, Any], predicted: dict[str, Any]) -> None:
    g = [(r["type"], _forms(r["subject"]), _forms(r["object"])) for r in gold.get("relations", [])]
    p = [(r["type"], _forms(_cut(r["subject"])), _forms(_cut(r["object"]))) for r in predicted.get("relations", [])]
    pairs = _matching(g, p, _same_triple)
    result.total["relations"].update({"gold": len(g), "predicted": len(p), "right": len(pairs)})
    for word, triples, met in (("missed", g, {i for i, _ in pairs}), ("wrong", p, {j for _, j in pairs})):
        result.errors += [
            (f"{word} relation", gold["id"], t[0], sorted(t[1])[:1], sorted(t[2])[:1])
            for n, t in enumerate(triples)
            if n not in met
        ]


def _score_names(result: Score, gold: dict[str, Any], predicted: dict[str, Any], kind: str) -> None:
    g, p = [_forms(n) for n in gold.get(kind, [])], [_forms(_cut(n)) for n in predicted.get(kind, [])]
    pairs = _matching(g, p, lambda a, b: float(bool(a & b)))
    result.total[kind].update({"gold": len(g), "predicted": len(p), "right": len(pairs)})
    for word, names, met in (("missed", g, {i for i, _ in pairs}), ("wrong", p, {j for _, j in pairs})):
        result.errors += [(f"{word} {kind}", gold["id"], min(n)) for i, n in enumerate(names) if n and i not in met]


def table(result: Score) -> str:
    """The tallies as text."""
    groups = (
        ("", result.total),
        ("deal parties by type", result.by_type),
        ("attributes of aligned deals", result.attributes),
    )
    lines: list[str] = []
    for title, group in groups:
        lines += ["", title] if title else [""]
        for key, tally in sorted(group.items()):
            f = tally.figures()
            counts = f"(right {tally['right']}, predicted {tally['predicted']}, gold {tally['gold']})"
            lines.append(f"{key:16} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}   {counts}")
    return "\n".join(lines)


def read_lines(path: Path) -> Lines:
    """Annotated articles of a JSON lines file; `ParseError` naming the first bad line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(str(error), subject=str(path), remedy="name a JSON lines file") from error
    return list(_parsed(path, text.splitlines()))


def _parsed(path: Path, lines: Iterable[str]) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise ParseError(f"is no JSON: {error}", subject=f"{path}:{number}", remedy="mend the line") from error
        if not isinstance(value, dict) or "id" not in value:
            raise ParseError("has no id", subject=f"{path}:{number}", remedy="one annotated article a line")
        yield value
