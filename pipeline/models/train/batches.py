"""Windows grouped into batches of similar length, and the schedule of the learning rate."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

PIECES = 4096  # word pieces a batch
BODY_RATE, HEAD_RATE = 2e-4, 1e-3
MEAN_STEPS = 500  # over which the weights are averaged


class Sized(Protocol):
    """Anything with a length in word pieces."""

    @property
    def length(self) -> int: ...


Item = TypeVar("Item", bound=Sized)


def batches(items: Iterable[Item], rng: random.Random) -> list[list[Item]]:
    """Items in random batches of at most PIECES pieces, padding included."""
    groups: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda item: item.length + rng.random() * 40):
        if groups[-1] and (len(groups[-1]) + 1) * item.length > PIECES:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return groups


class Trainer:
    """One optimizer over an encoder (slow) and its heads (fast), warmed up and then cooled down linearly.

    It keeps an exponential mean of the weights, which reads articles that it has not seen better than those of the last
    step (Izmailov et al., UAI 2018).
    """

    def __init__(self, model: nn.Module, steps: int, *, pace: float = 1.0) -> None:
        named = list(model.named_parameters())
        body = [p for name, p in named if name.startswith("encoder.bert") and p.requires_grad]
        heads = [p for name, p in named if not name.startswith("encoder.bert")]
        groups = [{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}]
        self._optimizer = torch.optim.AdamW(
            groups, weight_decay=0.01, fused=True
        )  # unfused, it takes a third of a step
        self._model, self._steps, self._pace, self._step = model, steps, pace, 0
        self._mean = AveragedModel(model, avg_fn=_nearer)

    @property
    def left(self) -> int:
        """Steps that are left."""
        return max(0, self._steps - self._step)

    @property
    def mean(self) -> dict[str, torch.Tensor]:
        """The model's state with the mean of its weights."""
        return dict(self._mean.module.state_dict())

    def step(self, loss: torch.Tensor) -> None:
        factor = (
            self._pace * min(1.0, (self._step + 1) / (0.06 * self._steps)) * max(0.02, 1 - self._step / self._steps)
        )
        for group, rate in zip(self._optimizer.param_groups, (BODY_RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * factor
        self._step += 1
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._mean.update_parameters(self._model)


def _nearer(mean: torch.Tensor, weight: torch.Tensor, steps: torch.Tensor | int) -> torch.Tensor:
    """A mean after one more step; the first ones are soon forgotten."""
    return mean.lerp(weight, max(1 / MEAN_STEPS, 9 / (10 + int(steps))))


def index(values: Sequence[int]) -> torch.Tensor:
    """Positions as a tensor."""
    return torch.tensor(list(values), dtype=torch.long)
