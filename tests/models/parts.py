"""Names, links and deals by hand, for the tests of the model's parts: no model is read."""

from __future__ import annotations

import re

import numpy as np

from pipeline.models.links import Link, Links
from schemas.records import DealClaim, Evidence, Mention, Money, Party

NAMES = ("Acme", "Bolt", "Crest", "Delta", "Widget", "Gadget")
EVEN = np.full(4, 0.25)


def marked(written: str, kind: str = "company", *, confidence: float = 0.9) -> tuple[str, list[Mention]]:
    """A text and the names in it: "[Acme] bought [Bolt]"."""
    mentions = []
    for shift, match in enumerate(re.finditer(r"\[(.+?)\]", written)):
        start = match.start() - 2 * shift
        mentions.append(Mention(match[1], kind, start, start + len(match[1]), confidence))
    return re.sub(r"[\[\]]", "", written), mentions


def number(name: str) -> int:
    return NAMES.index(name)


def place(sentence: int) -> tuple[int, int]:
    """Characters of a sentence; each is 90 long and begins at a full hundred."""
    return 100 * sentence, 100 * sentence + 90


def link(written: str, score: float = 2.0, *, sentence: int = 0, status: np.ndarray = EVEN) -> Link:
    """A link from "Acme acquisition:buyer:target Bolt", or of one entity from "Acme investment:target"."""
    first, label, *second = written.split()
    end = number(second[0]) if second else None
    return Link(number(first), end, label, score, status, place(sentence))


def links(*found: Link) -> Links:
    return {(one.first, one.second, one.label): one for one in found}


def claim(
    kind: str,
    *parties: str,
    status: str = "announced",
    said: str = "Acme and Bolt.",
    start: int = 0,
    amount: Money | None = None,
    stake: float | None = None,
    date: str | None = None,
    confidence: float = 0.8,
) -> DealClaim:
    """A deal; a party is "buyer Acme", a further form of its name follows a slash: "buyer Acme Inc/Acme"."""
    taking = []
    for party in parties:
        role, names = party.split(maxsplit=1)
        taking.append(Party(role, "company", tuple(names.split("/"))))
    evidence = Evidence(said, start, start + len(said))
    return DealClaim(kind, status, tuple(taking), evidence, amount, stake, date, confidence)
