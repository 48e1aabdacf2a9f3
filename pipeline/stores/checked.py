"""A graph held against the ontology and put in order before any store sees it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from schemas import ontology
from schemas.records import Edge, Graph, Node


def edge_key(edge: Edge) -> tuple[Hashable, ...]:
    """What tells an edge apart: its ends and the properties that the ontology calls its identity."""
    kind = ontology.load().edges[edge.type]
    return (edge.type, edge.source, edge.target, *(edge.properties[name] for name in kind.identity))


def check(graph: Graph) -> Graph:
    """The graph in a fixed order, duplicates folded; `OntologyError` for what the ontology does not name.

    An edge whose end is missing is refused too: it would vanish without a word in one store and fail in another.
    """
    known = ontology.load()
    nodes: dict[tuple[str, str], Node] = {}
    for node in graph.nodes:
        known.check_node(node.label, node.properties)
        nodes[node.label, node.id] = node
    edges: dict[tuple[Hashable, ...], Edge] = {}
    for edge in graph.edges:
        known.check_edge(edge.type, edge.source[0], edge.target[0], edge.properties)
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise ontology.OntologyError(f"{edge.type} ends at {end[0]} {end[1]!r}, which the graph lacks")
        edges[edge_key(edge)] = edge
    return Graph(
        tuple(nodes[key] for key in sorted(nodes)),
        tuple(edges[key] for key in sorted(edges, key=repr)),
    )


def plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties without what is missing: null and the empty list say the same in every store."""
    return {name: value for name, value in sorted(properties.items()) if value is not None and value != []}
