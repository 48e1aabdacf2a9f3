"""Resolution -> Graph: the nodes and edges of the ontology, each once, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.resolve.derived import arrows, facts_of
from pipeline.resolve.resolution import Resolution
from pipeline.resolve.titles import title
from schemas import ontology
from schemas.records import Article, Deal, Edge, Entity, Graph, Node, Relation, Report

Labels = Mapping[str, str]
"""The node label by entity id."""


def project(resolution: Resolution) -> Graph:
    """The graph that a resolution stands for; `OntologyError` for what the ontology does not name."""
    names = {entity.id: entity.name for entity in resolution.entities}
    labels = {entity.id: entity.label for entity in resolution.entities}
    nodes = [
        *map(_entity_node, resolution.entities),
        *(_deal_node(deal, title(deal, names)) for deal in resolution.deals),
        *map(_article_node, resolution.articles),
    ]
    edges = [
        *(edge for deal in resolution.deals for edge in _deal_edges(deal, labels)),
        *_mention_edges(resolution, labels),
        *(edge for relation in resolution.relations for edge in _relation_edges(relation, labels)),
    ]
    return Graph(tuple(_checked_nodes(nodes)), tuple(_checked_edges(edges)))


def _entity_node(entity: Entity) -> Node:
    told = {"name": entity.name, "aliases": list(entity.aliases), **entity.properties}
    return Node(entity.label, entity.id, _present(told))


def _deal_node(deal: Deal, name: str) -> Node:
    amount = deal.amount
    told = {
        "name": name,
        "kind": deal.kind,
        "status": deal.status,
        "announced_on": deal.announced_on,
        "completed_on": deal.completed_on,
        "amount": amount.value if amount else None,
        "currency": amount.currency if amount else None,
        "amount_usd": amount.value if amount and amount.currency == "USD" else None,
        "stake_percent": deal.stake_percent,
        "confidence": deal.confidence,
        "reports": len({report.copy_of or report.article_id for report in deal.reports}),
    }
    return Node("Deal", deal.id, _present(told), ontology.load().second_label(deal.kind))


def _article_node(article: Article) -> Node:
    told = {name: getattr(article, name) for name in ("url", "title", "publisher", "published_at", "fetched_at")}
    return Node("Article", article.id, _present(told))


def _deal_edges(deal: Deal, labels: Labels) -> Iterator[Edge]:
    for party, role in deal.parties:
        yield Edge("PARTY_TO", (labels[party], party), ("Deal", deal.id), {"role": role})
    yield from (_report_edge(report, deal) for report in deal.reports)
    for type_, source, target in arrows(deal):
        if _may(type_, labels[source], labels[target]):
            yield Edge(type_, (labels[source], source), (labels[target], target), facts_of(deal))


def _report_edge(report: Report, deal: Deal) -> Edge:
    claim = report.claim
    told = {
        "sentence": claim.evidence.sentence,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "status": claim.status,
        "amount": claim.amount.value if claim.amount else None,
        "currency": claim.amount.currency if claim.amount else None,
        "date": claim.date,
        "stake_percent": claim.stake_percent,
        "confidence": claim.confidence,
        "copy_of": report.copy_of,
    }
    return Edge("REPORTS", ("Article", report.article_id), ("Deal", deal.id), _present(told))


def _mention_edges(resolution: Resolution, labels: Labels) -> Iterator[Edge]:
    for (article, entity), count in resolution.mentions.items():
        yield Edge("MENTIONS", ("Article", article), (labels[entity], entity), {"count": count})


def _relation_edges(relation: Relation, labels: Labels) -> Iterator[Edge]:
    source, target = relation.source, relation.target
    if not _may(relation.type, labels[source], labels[target]):
        return
    told = {
        "valid_from": relation.valid_from,
        "valid_to": relation.valid_to,
        "confidence": relation.confidence,
        "articles": list(relation.articles),
        "sentences": list(relation.sentences),
    }
    yield Edge(relation.type, (labels[source], source), (labels[target], target), _present(told))


def _may(type_: str, source: str, target: str) -> bool:
    """Whether the ontology lets such ends be joined: a person may be party to a merger's deal, not to the arrow."""
    kind = ontology.load().edges[type_]
    return source in kind.sources and target in kind.targets


def _present(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told: no store keeps apart "no aliases" and an empty list of them."""
    return {name: value for name, value in told.items() if value is not None and value != []}


def _checked_nodes(nodes: Iterable[Node]) -> list[Node]:
    known = ontology.load()
    by_id: dict[tuple[str, str], Node] = {}
    for node in nodes:
        known.check_node(node.label, node.properties)
        by_id[node.label, node.id] = node
    return [by_id[which] for which in sorted(by_id)]


def _checked_edges(edges: Iterable[Edge]) -> list[Edge]:
    """Edges by what tells them apart; of two that nothing tells apart the surer one stays."""
    known = ontology.load()
    found: dict[tuple[Any, ...], Edge] = {}
    for edge in edges:
        kind = known.check_edge(edge.type, edge.source[0], edge.target[0], edge.properties)
        which = (edge.type, edge.source, edge.target, *(edge.properties[name] for name in kind.identity))
        rival = found.get(which)
        if rival is None or _weight(edge) > _weight(rival):
            found[which] = edge
    return [found[which] for which in sorted(found, key=repr)]


def _weight(edge: Edge) -> tuple[float, str]:
    return (float(edge.properties.get("confidence", 0.0)), repr(sorted(edge.properties.items())))
