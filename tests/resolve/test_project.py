"""The graph that a resolution stands for."""

from __future__ import annotations

import pytest

from pipeline.resolve import resolve
from pipeline.resolve.project import project
from schemas import ontology
from schemas.records import DealClaim, Edge, Graph
from tests.resolve.test_order import a_press
from tests.resolve.world import Told, article, deal, relation

PLAIN = {"PARTY_TO", "REPORTS", "MENTIONS"}


def graph(*told: Told) -> Graph:
    return project(resolve(told))


def arrows(*claims: DealClaim) -> set[tuple[str, str, str]]:
    """The derived edges of deals, by name."""
    found = graph(*(article(f"a{n}", claim) for n, claim in enumerate(claims)))
    names = {(node.label, node.id): node.properties.get("name") for node in found.nodes}
    return {
        (str(names[e.source]), e.type, str(names[e.target]))
        for e in found.edges
        if ontology.load().edges[e.type].derived
    }


DERIVED = {
    "acquisition": (deal(buyer="A1", target="T1"), {("A1", "ACQUIRED", "T1")}),
    "divestiture": (
        deal("divestiture", seller="S1", target="asset:chip unit", buyer="A1"),
        {("A1", "ACQUIRED", "chip unit"), ("S1", "SOLD", "chip unit"), ("S1", "SOLD_TO", "A1")},
    ),
    "a stake": (deal("divestiture", seller="S1", target="T1", buyer="A1", stake=20.0), {
        ("A1", "INVESTED_IN", "T1"), ("S1", "SOLD", "T1"), ("S1", "SOLD_TO", "A1")
    }),
    "investment": (deal("investment", investor="A1", target="T1"), {("A1", "INVESTED_IN", "T1")}),
    "supply": (deal("supply", supplier="A1", customer="B1"), {("A1", "SUPPLIES", "B1")}),
    "cross-licence": (
        deal("licensing", licensor=["A1", "B1"], licensee=["A1", "B1"]),
        {("A1", "LICENSED_TO", "B1"), ("B1", "LICENSED_TO", "A1")},
    ),
    "a person merges nothing": (deal("merger", partner=["A1", "person:Ann"]), set()),
}  # fmt: skip


@pytest.mark.parametrize("case", DERIVED)
def test_a_deal_becomes_arrows(case: str) -> None:
    claim, expected = DERIVED[case]
    assert arrows(claim) == expected


@pytest.mark.parametrize("kind", ["merger", "partnership", "joint_venture"])
def test_a_mutual_arrow_goes_one_way_whoever_is_named_first(kind: str) -> None:
    assert arrows(deal(kind, partner=["A1", "B1"])) == arrows(deal(kind, partner=["B1", "A1"]))
    assert len(arrows(deal(kind, partner=["A1", "B1"]))) == 1


@pytest.mark.parametrize("status", ["rumored", "terminated"])
def test_what_is_only_said_or_given_up_becomes_no_arrow(status: str) -> None:
    assert arrows(deal(buyer="A1", target="T1", status=status)) == set()


def one_edge(found: Graph, type_: str) -> Edge:
    (edge,) = [edge for edge in found.edges if edge.type == type_]
    return edge


def test_an_arrow_carries_its_deal() -> None:
    found = graph(article("a", deal(buyer="A1", target="T1", status="completed", date="2016-05", amount=3.5e8)))
    (held,) = [node for node in found.nodes if node.label == "Deal"]
    assert one_edge(found, "ACQUIRED").properties == {
        "deal_id": held.id,
        "status": "completed",
        "on": "2016-05",
        "amount": 3.5e8,
        "currency": "USD",
    }


def test_a_deal_is_a_node_with_its_kind_as_second_label() -> None:
    claim = deal("divestiture", seller="S1", target="T1", buyer="A1", status="completed", date="2016-05", amount=3.5e8)
    (node,) = [node for node in graph(article("a", claim)).nodes if node.label == "Deal"]
    assert node.extra_label == "Divestiture"
    assert node.properties == {
        "name": "Sale of T1 by S1 to A1",
        "kind": "divestiture",
        "status": "completed",
        "completed_on": "2016-05",
        "amount": 3.5e8,
        "currency": "USD",
        "amount_usd": 3.5e8,
        "confidence": 0.8,
        "reports": 1,
    }


def test_an_amount_in_another_currency_is_not_given_in_dollars() -> None:
    found = graph(article("a", deal(buyer="A1", target="T1", amount=5e9, currency="EUR")))
    assert not any("amount_usd" in node.properties for node in found.nodes)


def test_a_report_keeps_its_sentence_and_what_it_said() -> None:
    found = graph(article("a", deal(buyer="A1", target="T1", status="rumored", start=7)))
    assert one_edge(found, "REPORTS").properties == {
        "sentence": "acquisition rumored",
        "start": 7,
        "end": 16,
        "status": "rumored",
        "confidence": 0.8,
    }


def test_an_article_tells_one_deal_in_two_places() -> None:
    found = graph(article("a", deal(buyer="A1", target="T1", start=0), deal(buyer="A1", target="T1", start=50)))
    assert len([edge for edge in found.edges if edge.type == "REPORTS"]) == 2
    assert [node.properties["reports"] for node in found.nodes if node.label == "Deal"] == [1]


def test_a_standing_fact_carries_the_articles_and_sentences_behind_it() -> None:
    found = graph(article("a", relation("PRODUCES", "Nokia", "Lumia"), names=["Nokia"]))
    edge = one_edge(found, "PRODUCES")
    assert (edge.source[0], edge.target[0]) == ("Company", "Product")
    assert edge.properties == {"confidence": 0.8, "articles": ["a"], "sentences": ["PRODUCES"]}


def test_mentions_count_names_in_an_article() -> None:
    assert one_edge(graph(article("a", names=["Nokia"])), "MENTIONS").properties == {"count": 1}


@pytest.mark.parametrize("seed", range(4))
def test_every_edge_has_both_ends_and_is_told_apart(seed: int) -> None:
    found = project(resolve(a_press(seed)))
    nodes = {(node.label, node.id) for node in found.nodes}
    kinds = ontology.load().edges
    keys = [(e.type, e.source, e.target, *(e.properties[n] for n in kinds[e.type].identity)) for e in found.edges]
    assert len(nodes) == len(found.nodes)
    assert len(set(keys)) == len(keys)
    assert all(edge.source in nodes and edge.target in nodes for edge in found.edges)
