"""Read `ontology.yml`: the kinds of nodes and edges, and a refusal of whatever it does not name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


class OntologyError(ValueError):
    """A node or edge that `ontology.yml` does not name, or an ontology that does not hold together."""


TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "texts": (list, tuple),
    "integer": (int,),
    "number": (int, float),
    "date": (str,),
    "moment": (str,),
    "boolean": (bool,),
}


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A label: what it says, and the properties it may carry (name -> type) beside `id`."""

    label: str
    says: str
    identity: tuple[str, ...]
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A relationship type: which labels may stand at its ends, and what tells two such edges apart."""

    type: str
    says: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    identity: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    symmetric: bool = False
    derived: bool = False
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """All kinds, by label and by type, with the vocabularies of deals."""

    nodes: Mapping[str, NodeKind]
    edges: Mapping[str, EdgeKind]
    roles: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    party_labels: Mapping[str, str]

    def second_label(self, kind: str) -> str:
        """The label that a deal's kind adds to `Deal`: `joint_venture` -> `JointVenture`."""
        if kind not in self.roles:
            raise OntologyError(f"no deal kind {kind!r}: known are {', '.join(self.roles)}")
        return "".join(word.capitalize() for word in kind.split("_"))

    def check_node(self, label: str, properties: Mapping[str, Any]) -> NodeKind:
        """The kind of a node; `OntologyError` when its label or a property is not named."""
        if label not in self.nodes:
            raise OntologyError(f"no node label {label!r} in ontology.yml: known are {', '.join(self.nodes)}")
        kind = self.nodes[label]
        _check_properties(label, kind.properties, properties)
        return kind

    def check_edge(self, type_: str, source: str, target: str, properties: Mapping[str, Any]) -> EdgeKind:
        """The kind of an edge; `OntologyError` when its type, an end or a property is not named."""
        if type_ not in self.edges:
            raise OntologyError(f"no edge type {type_!r} in ontology.yml: known are {', '.join(self.edges)}")
        kind = self.edges[type_]
        for end, label, allowed in (("from", source, kind.sources), ("to", target, kind.targets)):
            if label not in allowed:
                raise OntologyError(f"{type_} cannot go {end} {label}: ontology.yml allows {', '.join(allowed)}")
        _check_properties(type_, kind.properties, properties)
        missing = [name for name in kind.identity if properties.get(name) is None]
        if missing:
            raise OntologyError(f"{type_} lacks {', '.join(missing)}, which tells it apart")
        return kind


def _check_properties(what: str, known: Mapping[str, str], given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if name not in known:
            raise OntologyError(f"{what} has no property {name!r} in ontology.yml")
        wrong_bool = isinstance(value, bool) and known[name] != "boolean"
        if value is not None and (wrong_bool or not isinstance(value, TYPES[known[name]])):
            raise OntologyError(f"{what}.{name} must be {known[name]}, not {value!r}")


def parse(text: str) -> Ontology:
    """An ontology from YAML text; `OntologyError` when an edge names an unknown label or a type is unknown."""
    raw = yaml.safe_load(text)
    vocabulary = raw["vocabulary"]
    nodes = {
        label: NodeKind(label, spec["says"], tuple(spec["identity"]), spec.get("properties", {}))
        for label, spec in raw["nodes"].items()
    }
    edges = {}
    for type_, spec in raw["edges"].items():
        inherited: list[Mapping[str, Any]] = [raw[group] for group in ("derived", "standing") if spec.get(group)]
        edges[type_] = EdgeKind(
            type_,
            spec["says"],
            tuple(spec["from"]),
            tuple(spec["to"]),
            tuple(spec.get("identity", ())) + tuple(n for group in inherited for n in group.get("identity", ())),
            spec.get("properties", {}) | {k: v for group in inherited for k, v in group["properties"].items()},
            symmetric=spec.get("symmetric", False),
            derived=spec.get("derived", False),
            standing=spec.get("standing", False),
        )
    for edge in edges.values():
        unknown = [label for label in (*edge.sources, *edge.targets) if label not in nodes]
        if unknown:
            raise OntologyError(f"{edge.type} names unknown labels: {', '.join(unknown)}")
    for properties in [kind.properties for kind in nodes.values()] + [kind.properties for kind in edges.values()]:
        for name, type_ in properties.items():
            if type_ not in TYPES:
                raise OntologyError(f"property {name} has unknown type {type_!r}")
    roles = {kind: tuple(names) for kind, names in vocabulary["deal_kinds"].items()}
    return Ontology(nodes, edges, roles, tuple(vocabulary["statuses"]), vocabulary["party_kinds"])


@lru_cache(maxsize=1)
def load() -> Ontology:
    """The project's ontology, read once."""
    return parse(resources.files("schemas").joinpath("ontology.yml").read_text(encoding="utf-8"))
