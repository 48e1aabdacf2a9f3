"""Clusters of names -> entities.

An entity's id comes from the raw name that the earliest article gives it, so that later news renames no one. It is
called by the name that most articles give it, without legal form where that is as common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.resolve.candidates import Node
from pipeline.resolve.groups import Group, Reading
from pipeline.resolve.identity import Identity
from pipeline.resolve.ids import stable_id
from schemas.records import Article, Entity

LATEST = "9999"


class Cast:
    """The entities, and which of them each name of each article means."""

    def __init__(self, readings: Sequence[Reading], identity: Identity) -> None:
        self._identity = identity
        named: dict[Node, list[tuple[Article, Group]]] = defaultdict(list)
        for reading in readings:
            for group in reading.groups:
                named[identity.head_of(group)].append((reading.article, group))
        self.by_head = {head: _entity(head, naming, identity) for head, naming in sorted(named.items())}
        self.by_id = {entity.id: entity for entity in self.by_head.values()}

    def id_of(self, reading: Reading, label: str, names: Sequence[str]) -> str | None:
        """The entity that names mean in an article."""
        group = reading.group(label, names)
        return self.by_head[self._identity.head_of(group)].id if group else self.id_of_name(label, names[0])

    def id_of_name(self, label: str, name: str) -> str | None:
        """The entity that a name means wherever it stands."""
        entity = self.by_head.get(self._identity.head(label, name))
        return entity.id if entity else None

    def called(self, id_: str) -> tuple[str, ...]:
        """The names of an entity."""
        entity = self.by_id[id_]
        return (entity.name, *entity.aliases)

    def mentions(self, readings: Iterable[Reading]) -> dict[tuple[str, str], int]:
        """How often each article names each company and product: (article id, entity id) -> count."""
        counts: Counter[tuple[str, str]] = Counter()
        for reading in readings:
            for group in reading.groups:
                if group.label in {"Company", "Product"}:
                    id_ = self.by_head[self._identity.head_of(group)].id
                    counts[reading.article.id, id_] += max(1, group.count)
        return dict(counts)


def _entity(head: Node, naming: list[tuple[Article, Group]], identity: Identity) -> Entity:
    label = head[0]
    _, article_id, raw, is_local = min((a.date or LATEST, a.id, g.forms[0], g.is_local) for a, g in naming)
    written = _written(head, identity)
    name = _name(written, naming, identity)
    days = sorted(article.date for article, _ in naming if article.date)
    seen = {"first_seen": days[0], "last_seen": days[-1]} if days and label == "Company" else {}
    aliases = tuple(sorted(set(written) - {name}))
    id_ = stable_id(label, raw, article_id) if is_local else stable_id(label, raw)
    return Entity(id_, label, name, aliases, seen)


def _written(head: Node, identity: Identity) -> Counter[str]:
    """How many articles write each form of an entity."""
    forms: Counter[str] = Counter()
    for node in identity.clusters.members(head):
        forms.update(identity.evidence.written.get(node, {}))
    return forms


def _name(written: Counter[str], naming: list[tuple[Article, Group]], identity: Identity) -> str:
    """Of the key that is the fullest form most often, the form that most articles write; of equals the shortest."""
    fullest = Counter(identity.evidence.full(group) for _, group in naming)
    chosen = min(fullest, key=lambda node: (-fullest[node], node))
    forms = identity.evidence.written[chosen]
    return min(forms, key=lambda form: (-forms[form], len(form), form))
