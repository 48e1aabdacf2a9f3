"""Blocking: which pairs of names are worth comparing, found through shared keys and never by comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from pipeline.resolve.features import word_set
from pipeline.resolve.keys import initials, is_acronym, squeezed

Node = tuple[str, str]
"""A name as it is compared: (label, key)."""


def candidates(nodes: Iterable[Node], spelled: Callable[[Node], Iterable[str]]) -> set[tuple[Node, Node]]:
    """Pairs that may be one by their names, smaller first. spelled: the forms in which a node was written."""
    ordered = sorted(nodes)
    pairs = {pair for block in _blocks(ordered) for pair in _pairs(block)}
    present = set(ordered)
    for node in ordered:
        label, name = node
        if label not in {"Company", "Organization"}:
            continue
        found = name.split()
        pairs |= {(short, node) for n in range(1, len(found)) if (short := (label, " ".join(found[:n]))) in present}
        for letters in {letters for form in spelled(node) for letters in initials(form)}:
            for variant in (letters, letters.replace("&", "")):
                short = (label, variant)
                if short != node and short in present and all(is_acronym(form) for form in spelled(short)):
                    pairs.add((min(short, node), max(short, node)))
    return pairs


def _blocks(nodes: list[Node]) -> Iterator[list[Node]]:
    """Nodes of one spelling, of the same words, or one letter apart (they share what is left without a letter)."""
    blocks: dict[Hashable, list[Node]] = defaultdict(list)
    for label, name in nodes:
        tight = squeezed(name)
        blocks["spelling", label, tight].append((label, name))
        if len(word_set(name)) > 1:
            blocks["words", label, word_set(name)].append((label, name))
        if len(tight) > 7 and label in {"Company", "Organization"}:
            for shorter in {tight, *(tight[:i] + tight[i + 1 :] for i in range(1, len(tight)))}:
                blocks["letters", label, shorter].append((label, name))
    return (block for block in blocks.values() if len(block) > 1)


def _pairs(block: list[Node]) -> Iterator[tuple[Node, Node]]:
    return ((a, b) for i, a in enumerate(block) for b in block[i + 1 :])
