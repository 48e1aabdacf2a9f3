"""What a picture shows and what it leaves out."""

from __future__ import annotations

from pipeline.explore.selection import select
from schemas.records import Edge, Graph, Node
from tests.graphs import company, sample


def named(graph: Graph, *, limit: int = 1000) -> set[str]:
    return {node.id for node in select(graph, limit=limit).nodes}


def two_deals(reports: tuple[int, int]) -> Graph:
    """Acme buys Bolt and Cord buys Dart, reported so many times each."""
    nodes = [company(letter) for letter in ("acme", "bolt", "cord", "dart")]
    nodes += [Node("Deal", f"t-deal{index}", {"reports": many}) for index, many in enumerate(reports)]
    edges = []
    for index, (buyer, target) in enumerate((("acme", "bolt"), ("cord", "dart"))):
        deal = ("Deal", f"t-deal{index}")
        edges.append(Edge("PARTY_TO", ("Company", f"t-{buyer}"), deal, {"role": "buyer"}))
        edges.append(Edge("PARTY_TO", ("Company", f"t-{target}"), deal, {"role": "target"}))
    return Graph(tuple(nodes), tuple(edges))


def test_small_graph_is_shown_whole() -> None:
    assert named(sample()) == {"t-acme", "t-bolt", "t-cord", "t-dart", "t-widget", "t-deal"}


def test_articles_and_derived_arrows_are_no_part_of_the_picture() -> None:
    selection = select(sample())
    assert {edge.type for edge in selection.edges} == {"PARTY_TO", "PRODUCES", "COMPETES_WITH"}
    assert selection.left_out == {}


def test_most_reported_deal_comes_first() -> None:
    assert named(two_deals((1, 5)), limit=3) == {"t-cord", "t-dart", "t-deal1"}
    assert named(two_deals((5, 1)), limit=3) == {"t-acme", "t-bolt", "t-deal0"}


def test_deal_comes_with_all_its_parties_or_not_at_all() -> None:
    assert named(two_deals((1, 5)), limit=5) == {"t-cord", "t-dart", "t-deal1"}


def test_what_is_left_out_is_counted_by_label() -> None:
    assert select(two_deals((1, 5)), limit=3).left_out == {"Company": 2, "Deal": 1}


def test_company_without_any_line_is_left_out_and_counted() -> None:
    graph = sample()
    selection = select(Graph((*graph.nodes, company("lone")), graph.edges))
    assert selection.left_out == {"Company": 1}
    assert selection.unconnected == 1


def test_facts_fill_the_room_that_deals_leave() -> None:
    assert named(sample(), limit=5) < named(sample(), limit=6)
