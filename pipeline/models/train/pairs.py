"""Train the pair model: what two marked spans are to each other."""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from pipeline.models.assets import asset_phrases
from pipeline.models.links import STATUSES
from pipeline.models.train.batches import Trainer, batches, index
from pipeline.models.train.epochs import Epochs
from pipeline.models.train.examples import Example
from pipeline.models.train.nets import KINDS, LABELS, MASK, ROLES, PairNet
from pipeline.models.train.sentences import sentences_alone
from pipeline.models.values import same_date, same_money, values
from pipeline.models.windows import NAME_KINDS, VALUE_KINDS, Span, Window, pair_windows, pairs_of
from pipeline.models.words import Pieces

SYMMETRIC = frozenset({"COMPETES_WITH"})
POSITIVE = 2.0  # weight of what holds against what does not: misses cost more than finds to be weighed later
CORE_WEIGHT = 2.0  # its one pair weighs little in the mean beside the hundreds of a window of news
FALSE_NAMES, DROPPED_NAMES, WRONG_KINDS = 0.06, 0.04, 0.02
MASKED_NAMES = 0.2  # names hidden in an epoch, so that what is learned is the sentence and not the firm


@dataclass(slots=True)
class Scored:
    """A window with what is true of its spans.

    group [P]: number of each pair's entity pair; truth [groups, labels]: 0 where a label does not hold, 1 where it does
    or where nobody knows; positives: (label, the pairs that may say it, status or None); owners: the spans of each entity;
    role_truth [owners, roles]; statuses: (span, status).
    """

    window: Window
    first: np.ndarray
    second: np.ndarray
    features: np.ndarray
    group: np.ndarray
    truth: np.ndarray
    positives: list[tuple[int, list[int], int | None]]
    owners: list[list[int]] = field(default_factory=list)
    role_truth: np.ndarray = field(default_factory=lambda: np.zeros((0, len(ROLES)), np.float32))
    statuses: list[tuple[int, int]] = field(default_factory=list)
    sentence_truth: np.ndarray | None = None
    core: list[tuple[int, int]] = field(default_factory=list)  # CORE's relation of a pair, read from either end

    @property
    def length(self) -> int:
        return len(self.window.ids)


Said = tuple[tuple[int, int] | None, int | None]  # where an example says it, and with which status


@dataclass(slots=True)
class _Truth:
    """What holds in an example: between entities, and of one."""

    pairs: dict[tuple[int, int], dict[str, list[Said]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    roles: dict[int, dict[str, list[Said]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    @classmethod
    def of(cls, example: Example, found: Sequence[tuple[Span, Any]]) -> _Truth:
        truth = cls()
        for event in example.events:
            said: Said = (event.evidence, STATUSES.index(event.status))
            by_role: dict[str, list[int]] = defaultdict(list)
            for role, entity in event.parties:
                by_role[role].append(entity)
                truth.roles[entity][f"{event.kind}:{role}"].append(said)
            for label in (label for label in LABELS if label.startswith(event.kind + ":")):
                _, one, other = label.split(":")
                for a in by_role[one]:
                    for b in by_role[other]:
                        if a != b:
                            truth.pairs[a, b][label].append(said)
            for span, value in found:
                label_ = _value_label(event, span.kind, value)
                if label_:
                    for _, entity in event.parties:
                        truth.pairs[entity, span.entity][label_].append((event.evidence, None))
        for label, a, b in example.relations:
            truth.pairs[a, b][label].append((None, None))
            if label in SYMMETRIC:
                truth.pairs[b, a][label].append((None, None))
        return truth


def _value_label(event: Any, kind: str, value: Any) -> str | None:
    if kind == "money":
        return "AMOUNT" if event.amount and same_money(value, *event.amount) else None
    if kind == "date":
        return "DATE" if event.date and same_date(value, event.date) else None
    return "STAKE" if event.stake is not None and abs(value - event.stake) < 0.5 else None


def scored_windows(example: Example, pieces: Pieces, rng: random.Random | None) -> list[Scored]:
    """Windows of an example with its truth. rng: adds false names and drops true ones, as the tagger will."""
    taken = bytearray(len(example.text) + 1)
    spans = []
    for start, end, entity in example.places:
        taken[start:end] = b"\1" * (end - start)
        spans.append(Span(start, end, example.kinds[entity], entity))
    number, found = len(example.kinds), []
    for start, end, kind, value in values(example.text, example.date):
        if not any(taken[start:end]):
            found.append((Span(start, end, kind, number), value))
            number += 1
    truth = _Truth.of(example, found)
    spans = with_phrases(example.text, spans, number + 10_000, rng)
    if rng is not None:
        spans = _disturbed(example.text, spans, taken, number + 20_000, rng)
    spans += [span for span, _ in found]
    windows = pair_windows(example.text, example.title_length, spans, pieces)
    if rng is not None:
        masked = {entity for entity in range(len(example.kinds)) if rng.random() < MASKED_NAMES}
        for window in windows:
            _mask(window, masked)
    return [_scored(window, example, truth) for window in windows if window.spans]


def with_phrases(text: str, spans: list[Span], number: int, rng: random.Random | None) -> list[Span]:
    """Assets as the reader finds them: by phrase. One that ends where an annotated asset ends is that asset."""
    assets = [span for span in spans if span.kind == "asset"]
    names = [span for span in spans if span.kind != "asset"]
    taken, found = set(), []
    for start, end in asset_phrases(text):
        if any(name.start <= start and end <= name.end for name in names):
            continue
        match = next((a for a in assets if a.start < end and start < a.end and a not in taken), None)
        found.append(Span(start, end, "asset", match.entity if match else number + len(found)))
        taken.update([match] if match else [])
    rest = [a for a in assets if a not in taken and (rng is None or rng.random() < 0.5)]
    return [*names, *found, *rest]


def _mask(window: Window, entities: set[int]) -> None:
    """Hide the pieces of some entities' names."""
    ends = [*window.first[1:], len(window.ids) - 1]
    for _, span, _ in window.spans:
        if span.entity in entities:
            for word, first, end in zip(window.words, window.first, ends, strict=True):
                if span.start <= word.start < span.end:
                    window.ids[first:end] = [MASK] * (end - first)


def _disturbed(text: str, spans: list[Span], taken: bytearray, number: int, rng: random.Random) -> list[Span]:
    dropped = {entity for entity in {span.entity for span in spans} if rng.random() < DROPPED_NAMES}
    kept = []
    for span in spans:
        if span.entity in dropped:
            continue
        kind = rng.choice(NAME_KINDS) if rng.random() < WRONG_KINDS else span.kind
        kept.append(Span(span.start, span.end, kind, span.entity))
    for match in re.finditer(r"\b[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,3}", text):
        if not any(taken[match.start() : match.end()]) and rng.random() < FALSE_NAMES:
            kind = rng.choices(("company", "product", "organization", "person"), (6, 2, 1, 1))[0]
            kept.append(Span(match.start(), match.end(), kind, number + len(kept)))
    return kept


def _scored(window: Window, example: Example, truth: _Truth) -> Scored:
    first, second, features = pairs_of(window)
    entity = [span.entity for _, span, _ in window.spans]
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        rows[entity[i], entity[j]].append(row)
    group = np.zeros(len(first), np.int64)
    table = np.zeros((len(rows), len(LABELS)), np.float32)
    positives: list[tuple[int, list[int], int | None]] = []
    for number, (pair, own) in enumerate(rows.items()):
        group[own] = number
        for label, said in truth.pairs.get(pair, {}).items():
            table[number, LABELS.index(label)] = 1
            for place, status in said:
                where = _nearest(own, [(first[r], second[r]) for r in own], window, place)
                positives.append((LABELS.index(label), where, status))
    scored = Scored(window, first, second, features, group, table, positives)
    _add_roles(scored, entity, truth)
    scored.sentence_truth = _sentence_truth(window, example)
    return scored


def _within(window: Window, span: int, place: tuple[int, int]) -> bool:
    return place[0] - 2 <= window.spans[span][1].start <= place[1]


def _nearest(rows: list[int], pairs: list[tuple[int, int]], window: Window, place: tuple[int, int] | None) -> list[int]:
    """The pairs that stand in the sentence that says it: both spans, else one, else any."""
    if place is None:
        return rows
    inside = [sum(_within(window, span, place) for span in pair) for pair in pairs]
    most = max(inside)
    return [row for row, count in zip(rows, inside, strict=True) if count == most]


def _add_roles(scored: Scored, entity: list[int], truth: _Truth) -> None:
    owners: dict[int, list[int]] = defaultdict(list)
    for number, (_, span, _) in enumerate(scored.window.spans):
        if span.kind not in VALUE_KINDS:
            owners[entity[number]].append(number)
    scored.owners = list(owners.values())
    scored.role_truth = np.zeros((len(owners), len(ROLES)), np.float32)
    for row, (owner, own) in enumerate(owners.items()):
        for label, said in truth.roles.get(owner, {}).items():
            scored.role_truth[row, ROLES.index(label)] = 1
            for place, status in said:
                if place is not None and status is not None:
                    scored.statuses += [(n, status) for n in own if _within(scored.window, n, place)]


def _sentence_truth(window: Window, example: Example) -> np.ndarray:
    table = np.zeros((len(window.sentences), len(KINDS)), np.float32)
    for event in example.events:
        if event.evidence is None:
            continue
        begin, stop = event.evidence
        for row, (_, start, end) in enumerate(window.sentences):
            if min(end, stop) - max(start, begin) > 15:
                table[row, KINDS.index(event.kind)] = 1
    return table


def outputs(model: PairNet, hidden: Tensor, scored: Scored) -> tuple[Tensor, ...]:
    """The heads' answers for one window."""
    window = scored.window
    return model.score(
        hidden[: scored.length],
        index([place for place, _, _ in window.spans]),
        index([window.sentences[s][0] for _, _, s in window.spans]),
        torch.as_tensor(scored.first),
        torch.as_tensor(scored.second),
        torch.as_tensor(scored.features),
    )


def loss_of(model: PairNet, hidden: Tensor, scored: Scored) -> Tensor:
    """Loss of one window: entity pairs by the sum over their mention pairs, true ones where the evidence stands."""
    pairs, status, roles, role_status, core = outputs(model, hidden, scored)
    total = hidden.new_zeros(())
    if len(scored.first):
        summed = _sum_by_group(pairs, torch.as_tensor(scored.group), len(scored.truth))
        total = total + (F.softplus(summed) * (1 - torch.as_tensor(scored.truth))).sum()
    for label, rows, told in scored.positives:
        logits = pairs[index(rows), label]
        total = total + POSITIVE * F.softplus(-logits.logsumexp(0))
        if told is not None:
            row = rows[int(logits.argmax())]
            total = total + 0.4 * F.cross_entropy(status[row][None], index([told]))
    if scored.owners:
        owned = torch.stack([roles[index(own)].logsumexp(0) for own in scored.owners])
        truth, weight = torch.as_tensor(scored.role_truth), torch.tensor(POSITIVE)
        total = total + 0.5 * F.binary_cross_entropy_with_logits(owned, truth, reduction="sum", pos_weight=weight)
    for span, told in scored.statuses:
        total = total + 0.2 * F.cross_entropy(role_status[span][None], index([told]))
    if scored.sentence_truth is not None:
        logits = model.sentence(hidden[index([place for place, _, _ in scored.window.sentences])])
        truth = torch.as_tensor(scored.sentence_truth)
        total = total + 0.3 * F.binary_cross_entropy_with_logits(logits, truth, reduction="sum")
    if scored.core:
        rows, told = zip(*scored.core, strict=True)
        total = CORE_WEIGHT * (0.5 * total + F.cross_entropy(core[index(rows)], index(told)))
    return total


def _sum_by_group(logits: Tensor, group: Tensor, groups: int) -> Tensor:
    where = group[:, None].expand_as(logits)
    most = torch.full((groups, logits.shape[1]), -1e4).scatter_reduce(0, where, logits.detach(), "amax")
    total = torch.zeros((groups, logits.shape[1])).index_add(0, group, (logits - most[group]).exp())
    return most + total.clamp(min=1e-9).log()


def train_pairs(
    model: PairNet,
    articles: list[Example],
    own: list[Example],
    core: Callable[[random.Random], list[Scored]],
    pieces: Pieces,
    *,
    out: Path,
    epochs: int,
    steps: int | None = None,
    pace: float = 1.0,
    seed: int = 0,
) -> None:
    """Train a pair model and save the mean of its weights. own: passages, of which an epoch sees a share; core: draws
    an epoch's windows of CORE; steps: to stop after, in place of epochs; pace: a factor on the learning rates."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    seen = Epochs(articles, own)
    trainer: Trainer | None = None
    for epoch in itertools.count():
        examples = seen.next(rng)
        alone = [rng.choice(sentences) for example in examples if (sentences := sentences_alone(example))]
        windows = [scored for example in (*examples, *alone) for scored in scored_windows(example, pieces, rng)]
        groups = batches([*windows, *core(rng)], rng)
        trainer = trainer or Trainer(model, steps or epochs * len(groups), pace=pace)
        model.train()
        losses = [_train_on(batch, model, trainer) for batch in groups[: trainer.left]]
        print(f"pairs epoch {epoch}: {len(losses)} steps, loss {sum(losses) / len(losses):.3f}", flush=True)
        if not trainer.left or (not steps and epoch + 1 == epochs):
            torch.save(trainer.mean, out)
            return


def _train_on(batch: list[Scored], model: PairNet, trainer: Trainer) -> float:
    hidden = model.encoder([scored.window for scored in batch])
    loss = torch.stack([loss_of(model, hidden[n], scored) for n, scored in enumerate(batch)]).mean()
    trainer.step(loss)
    return loss.item()
