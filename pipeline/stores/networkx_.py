"""The graph as a networkx graph, for analysis and export."""

from __future__ import annotations

import networkx as nx

from pipeline.stores.checked import check
from schemas.records import Graph


def to_networkx(graph: Graph) -> nx.MultiDiGraph:
    """A MultiDiGraph: nodes by id with `label` and properties, edges with `type` and properties."""
    result = nx.MultiDiGraph()
    graph = check(graph)
    for node in graph.nodes:
        result.add_node(node.id, label=node.label, **node.properties)
    for edge in graph.edges:
        result.add_edge(edge.source[1], edge.target[1], type=edge.type, **edge.properties)
    return result
