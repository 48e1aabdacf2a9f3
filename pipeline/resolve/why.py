"""Why two names are one or two: the verdict, and the reasons in sentences."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from pipeline.resolve.candidates import Node
from pipeline.resolve.features import compare
from pipeline.resolve.identity import Identity, Link, decided
from pipeline.resolve.resolution import Resolution

LABELS = ("Company", "Product", "Organization", "Person")


@dataclass(frozen=True, slots=True)
class Verdict:
    """verdict: same, different or unsure; score: 0 (surely two) to 1 (surely one); reasons: sentences."""

    verdict: str
    score: float
    reasons: tuple[str, ...]


def why(a: str, b: str, *, resolution: Resolution | None = None) -> Verdict:
    """Whether two names mean one, from the names alone or with what a resolution knows of them."""
    if resolution is None:
        return _by_names(a, b)
    identity = resolution.identity
    nodes = [(identity.node(label, a), identity.node(label, b)) for label in LABELS]
    for one, two in nodes:
        if one != two and identity.clusters.find(one) == identity.clusters.find(two):
            return _same(identity, one, two)
    for one, two in nodes:
        if (link := identity.links.get((min(one, two), max(one, two)))) is not None:
            return Verdict(decided(link.score), link.score, (link.reason,))
        if one != two and identity.clusters.are_apart(one, two):
            return Verdict("different", 0.0, ("judgements keep them apart",))
    return _by_names(a, b, identity, next(((x, y) for x, y in nodes if identity.knows(x) and identity.knows(y)), None))


def _same(identity: Identity, a: Node, b: Node) -> Verdict:
    chain = _chain(identity, a, b)
    return Verdict("same", min((link.score for link in chain), default=1.0), tuple(link.reason for link in chain))


def _chain(identity: Identity, a: Node, b: Node) -> list[Link]:
    """The shortest chain of taken links from one name to the other."""
    before: dict[Node, Link | None] = {a: None}
    queue = deque([a])
    while queue and b not in before:
        node = queue.popleft()
        for link in identity.taken(node):
            other = link.b if link.a == node else link.a
            if other not in before:
                before[other] = link
                queue.append(other)
    chain: list[Link] = []
    node = b
    while (step := before.get(node)) is not None:
        chain.append(step)
        node = step.a if step.b == node else step.b
    return chain[::-1]


def _by_names(a: str, b: str, identity: Identity | None = None, both: tuple[Node, Node] | None = None) -> Verdict:
    found = compare(a, b, known=identity.companies if identity else frozenset())
    score, reasons = found.score, [found.says]
    apart = identity.apart(*both) if identity and both and both[0] != both[1] else 0
    if apart:
        score = min(score, 0.3)
        reasons.append(f"{'1 article names' if apart == 1 else f'{apart} articles name'} both as two")
    return Verdict(decided(score), score, tuple(reasons))
