"""Which part of the graph a picture shows: about a thousand nodes turn smoothly in a browser, more do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.stores.checked import check
from schemas import ontology
from schemas.records import Edge, Graph, Node

LIMIT = 1000

Key = tuple[str, str]
"""A node by (label, id)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is drawn. left_out: how many nodes are not, by label; unconnected: those that no line could reach."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: Mapping[str, int]
    unconnected: int


def select(graph: Graph, *, limit: int = LIMIT) -> Selection:
    """Deals with all their parties, the most reported first; then what standing facts join to them.

    Articles are no nodes here: they stand behind the lines. Arrows derived from deals would tell the deals twice.
    """
    graph = check(graph)
    nodes = {(node.label, node.id): node for node in graph.nodes if node.label != "Article"}
    edges = [edge for edge in graph.edges if edge.type in lines()]
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    chosen = _with_parties(nodes, edges, degree, limit)
    for key in sorted(
        (key for key in degree if key not in chosen and key[0] != "Deal"), key=lambda key: (-degree[key], key)
    ):
        if len(chosen) < limit:
            chosen.add(key)
    shown = [edge for edge in edges if edge.source in chosen and edge.target in chosen]
    joined = {end for edge in shown for end in (edge.source, edge.target)}
    return Selection(
        tuple(nodes[key] for key in sorted(joined)),
        tuple(shown),
        dict(sorted(Counter(label for label, id_ in nodes if (label, id_) not in joined).items())),
        sum(not degree[key] for key in nodes),
    )


def lines() -> list[str]:
    """The types of edges that are drawn."""
    return ["PARTY_TO", *(kind.type for kind in ontology.load().edges.values() if kind.standing)]


def _with_parties(nodes: Mapping[Key, Node], edges: list[Edge], degree: Mapping[Key, int], limit: int) -> set[Key]:
    parties: dict[Key, set[Key]] = defaultdict(set)
    for edge in edges:
        if edge.type == "PARTY_TO":
            parties[edge.target].add(edge.source)

    def rank(deal: Key) -> tuple[int, int, str]:
        reports = int(nodes[deal].properties.get("reports", 0))
        return (-reports, -sum(degree[party] for party in parties[deal]), deal[1])

    chosen: set[Key] = set()
    for deal in sorted(parties, key=rank):
        more = {deal, *parties[deal]} - chosen
        if len(chosen) + len(more) <= limit:
            chosen |= more
    return chosen
