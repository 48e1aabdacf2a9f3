"""Union-find that also remembers which clusters are kept apart."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Protocol):
    """Whatever can be put in order: the least member stands for its cluster."""

    def __lt__(self, other: Any, /) -> bool: ...
    def __hash__(self) -> int: ...


Item = TypeVar("Item", bound=Ordered)


class Clusters(Generic[Item]):
    """Disjoint clusters; the same joins in any order give the same clusters with the same heads (the least member)."""

    def __init__(self) -> None:
        self._parent: dict[Item, Item] = {}
        self._members: dict[Item, list[Item]] = {}
        self._apart: dict[Item, set[Item]] = defaultdict(set)

    def find(self, item: Item) -> Item:
        """The head of an item's cluster; an item not seen before is a cluster of its own."""
        root = item
        while (up := self._parent.get(root, root)) != root:
            root = up
        while (up := self._parent.get(item, item)) != root:
            self._parent[item], item = root, up
        return root

    def members(self, item: Item) -> list[Item]:
        """All items of the cluster that holds an item."""
        head = self.find(item)
        return self._members.get(head, [head])

    def join(self, a: Item, b: Item) -> None:
        """Make two clusters one. The caller asks `are_apart` first."""
        head, other = sorted((self.find(a), self.find(b)))
        if head == other:
            return
        self._parent[other] = head
        self._members.setdefault(head, [head]).extend(self._members.pop(other, [other]))
        for foe in self._apart.pop(other, set()):
            self._apart[foe].discard(other)
            self._apart[foe].add(head)
            self._apart[head].add(foe)

    def part(self, a: Item, b: Item) -> None:
        """Keep two clusters apart for good."""
        one, two = self.find(a), self.find(b)
        self._apart[one].add(two)
        self._apart[two].add(one)

    def are_apart(self, a: Item, b: Item) -> bool:
        """Whether two clusters are kept apart."""
        return self.find(b) in self._apart.get(self.find(a), ())
