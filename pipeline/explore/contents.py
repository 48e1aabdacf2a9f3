"""What a picture knows: the drawn nodes and lines, and the sentences and articles behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import Any

from pipeline.explore.layout import positions
from pipeline.explore.selection import Key, Selection
from schemas import ontology
from schemas.records import Edge, Graph

MOST_ARTICLES = 25
"""So many articles are listed under a company that many more may name."""


def contents(graph: Graph, selection: Selection) -> dict[str, Any]:
    """All that the page's script reads, as plain values; nodes and articles are named by numbers of its own."""
    numbers = {(node.label, node.id): f"n{index}" for index, node in enumerate(selection.nodes)}
    # Numbered by day of publication, so that reports in the order of their numbers tell a deal's life.
    dated = sorted((str(n.properties.get("published_at", "")), n.id) for n in graph.nodes if n.label == "Article")
    articles = {id_: f"a{index:06}" for index, (_, id_) in enumerate(dated)}
    nodes, edges = _nodes(selection, numbers), [_edge(edge, numbers, articles) for edge in selection.edges]
    reports, mentions = _reports(graph, numbers, articles), _mentions(graph, numbers, articles)
    said = [*chain.from_iterable(reports.values()), *chain.from_iterable(edge.get("said", []) for edge in edges)]
    cited = {*(each["article"] for each in said), *chain.from_iterable(mentions.values())}
    return {
        "nodes": nodes,
        "edges": edges,
        "reports": reports,
        "mentions": mentions,
        "articles": {
            articles[node.id]: dict(node.properties)
            for node in graph.nodes
            if node.label == "Article" and articles[node.id] in cited
        },
        "left_out": dict(selection.left_out),
        "unconnected": selection.unconnected,
        "vocabulary": _vocabulary(),
    }


def _vocabulary() -> dict[str, Any]:
    known = ontology.load()
    return {
        "kinds": list(known.roles),
        "roles": known.roles,
        "statuses": list(known.statuses),
        "labels": {label: kind.says for label, kind in known.nodes.items() if label != "Article"},
        "lines": {kind.type: kind.says for kind in known.edges.values() if kind.standing},
        "symmetric": [kind.type for kind in known.edges.values() if kind.symmetric],
    }


def _nodes(selection: Selection, numbers: dict[Key, str]) -> list[dict[str, Any]]:
    pairs = [(numbers[edge.source], numbers[edge.target]) for edge in selection.edges]
    places = positions(list(numbers.values()), pairs)
    degree = Counter(end for pair in pairs for end in pair)
    made = []
    for node in selection.nodes:
        number = numbers[node.label, node.id]
        x, y = places[number]
        told = {name: value for name, value in node.properties.items() if value not in (None, [], ())}
        made.append({**told, "id": number, "label": node.label, "x": x, "y": y, "degree": degree[number]})
    return made


def _edge(edge: Edge, numbers: dict[Key, str], articles: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": edge.type, "source": numbers[edge.source], "target": numbers[edge.target]}
    told = edge.properties
    if edge.type == "PARTY_TO":
        return {**made, "role": told["role"]}
    # A fact's articles and sentences are told in step.
    said = zip(told.get("articles", ()), told.get("sentences", ()), strict=False)
    made["said"] = [{"article": articles.get(article), "sentence": sentence} for article, sentence in said]
    return {**made, **{name: told[name] for name in ("valid_from", "valid_to") if told.get(name)}}


def _reports(graph: Graph, numbers: dict[Key, str], articles: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge in graph.edges:
        if edge.type == "REPORTS" and edge.target in numbers:
            said = {name: value for name, value in edge.properties.items() if name not in ("start", "end")}
            told[numbers[edge.target]].append({"article": articles[edge.source[1]], **said})
    return {deal: sorted(said, key=lambda each: str(each["article"])) for deal, said in told.items()}


def _mentions(graph: Graph, numbers: dict[Key, str], articles: dict[str, str]) -> dict[str, list[str]]:
    counts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for edge in graph.edges:
        if edge.type == "MENTIONS" and edge.target in numbers:
            counts[numbers[edge.target]].append((-int(edge.properties.get("count", 1)), articles[edge.source[1]]))
    return {number: [article for _, article in sorted(found)[:MOST_ARTICLES]] for number, found in counts.items()}
