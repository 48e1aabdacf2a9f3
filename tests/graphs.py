"""Small graphs for tests, one letter an entity."""

from __future__ import annotations

import random

from schemas.records import Edge, Graph, Node


def company(letter: str, **properties: object) -> Node:
    """A company such as `t-acme`; every id made by tests starts with `t-`."""
    return Node("Company", f"t-{letter}", {"name": letter.capitalize(), **properties})


def sample(*, articles: int = 2) -> Graph:
    """Acme sells Bolt to Cord, as told by some articles; Cord makes the Widget; Dart rivals Acme."""
    nodes = [
        company("acme", aliases=["Acme Inc", "ACME"]),
        company("bolt"),
        company("cord", ticker="CRD"),
        company("dart"),
        Node("Product", "t-widget", {"name": "Widget"}),
        Node(
            "Deal",
            "t-deal",
            {
                "name": "Acme sells Bolt",
                "kind": "divestiture",
                "status": "completed",
                "completed_on": "2016-05",
                "amount": 350e6,
                "currency": "USD",
                "amount_usd": 350e6,
                "reports": articles,
            },
            "Divestiture",
        ),
    ]
    deal = ("Deal", "t-deal")
    edges = [
        Edge("PARTY_TO", ("Company", "t-acme"), deal, {"role": "seller"}),
        Edge("PARTY_TO", ("Company", "t-bolt"), deal, {"role": "target"}),
        Edge("PARTY_TO", ("Company", "t-cord"), deal, {"role": "buyer"}),
        Edge(
            "SOLD_TO",
            ("Company", "t-acme"),
            ("Company", "t-cord"),
            {"deal_id": "t-deal", "status": "completed", "on": "2016-05"},
        ),
        Edge(
            "PRODUCES",
            ("Company", "t-cord"),
            ("Product", "t-widget"),
            {"articles": ["t-a0"], "sentences": ["Cord's Widget."]},
        ),
        Edge("COMPETES_WITH", ("Company", "t-acme"), ("Company", "t-dart"), {"confidence": 0.9}),
    ]
    for number in range(articles):
        article = Node(
            "Article", f"t-a{number}", {"title": f"Report {number}", "url": f"https://news.example/{number}"}
        )
        nodes.append(article)
        said = {"sentence": "Acme sold Bolt to Cord.", "start": number, "end": number + 23, "status": "completed"}
        edges.append(Edge("REPORTS", ("Article", article.id), deal, said))
    return Graph(tuple(nodes), tuple(edges))


def shuffled(graph: Graph, seed: int) -> Graph:
    """The same graph, told in another order and with some of it told twice."""
    rng = random.Random(seed)
    nodes, edges = [*list(graph.nodes), rng.choice(graph.nodes)], [*list(graph.edges), rng.choice(graph.edges)]
    rng.shuffle(nodes)
    rng.shuffle(edges)
    return Graph(tuple(nodes), tuple(edges))
