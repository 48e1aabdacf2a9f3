"""What the articles say about names: where each is the fullest form, which are listed as one, which kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from pipeline.resolve.candidates import Node
from pipeline.resolve.groups import Group, Reading


class Evidence:
    """Counts over articles; nothing here depends on their order.

    named: the articles in which a node is the fullest form of a group. written: by node, how many articles write
    each form. listed: by pair of nodes (fullest, other form), how many articles list both as one.
    """

    def __init__(self, readings: Iterable[Reading], node: Callable[[str, str], Node]) -> None:
        self.node = node
        self.named: dict[Node, set[str]] = defaultdict(set)
        self.written: dict[Node, Counter[str]] = defaultdict(Counter)
        self.listed: Counter[tuple[Node, Node]] = Counter()
        for reading in readings:
            for group in reading.groups:
                self._take(group)

    def _take(self, group: Group) -> None:
        full = self.full(group)
        self.named[full].add(group.article)
        self.written[full][group.forms[0]] += 1
        if group.is_local:
            return
        for form in group.names[1:]:
            self.written[self.node(group.label, form)][form] += 1
        for other in {self.node(group.label, form) for form in group.names[1:]} - {full}:
            self.listed[full, other] += 1

    def full(self, group: Group) -> Node:
        """The node of a group's fullest form; of a mere description one of this article alone."""
        label, name = self.node(group.label, group.forms[0])
        return (label, f"{name} @ {group.article}") if group.is_local else (label, name)

    def together(self, a: Node, b: Node) -> int:
        """How many articles list the two names as one."""
        return self.listed[a, b] + self.listed[b, a]

    def spelled(self, node: Node) -> str:
        """The form in which most articles write a name; of equals the shortest, then the first by alphabet."""
        forms = self.written.get(node) or {node[1]: 1}
        return min(forms, key=lambda form: (-forms[form], len(form), form))
