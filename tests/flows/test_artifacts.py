"""New deals as people read them in Prefect's UI, and the bar of a long run."""

from __future__ import annotations

import pytest

from flows.artifacts import Progress, new_deals
from schemas.records import Edge, Graph, Node

ARTICLE = Node("Article", "art", {"title": "Acme *buys* Bolt", "url": "https://news.example.com/1"})
DEAL = Node(
    "Deal",
    "d1",
    {"kind": "acquisition", "status": "completed", "completed_on": "2020-03", "amount": 1.2e8, "currency": "USD"},
)
OLD = Node("Deal", "d0", {"kind": "supply", "status": "announced"})
GRAPH = Graph(
    (Node("Company", "c1", {"name": "Acme"}), Node("Company", "c2", {"name": "Bolt"}), ARTICLE, OLD, DEAL),
    (
        Edge("PARTY_TO", ("Company", "c2"), ("Deal", "d1"), {"role": "target"}),
        Edge("PARTY_TO", ("Company", "c1"), ("Deal", "d1"), {"role": "buyer"}),
        Edge("REPORTS", ("Article", "art"), ("Deal", "d1"), {"sentence": "Acme bought <b>Bolt</b>."}),
    ),
)


def test_a_new_deal_shows_parties_amount_and_the_sentence_with_its_article() -> None:
    assert new_deals(GRAPH, {"d1"}).splitlines() == [
        "# 1 new deal",
        "",
        "**acquisition**, completed | 2020-03 | buyer Acme; target Bolt | 120,000,000 USD",
        r"- [Acme \*buys\* Bolt](<https://news.example.com/1>): Acme bought &lt;b&gt;Bolt&lt;/b&gt;.",
    ]


def test_more_deals_than_are_shown_are_counted() -> None:
    assert new_deals(GRAPH, {"d0", "d1"}, shown=1).splitlines()[-1].startswith("and 1 more")


def test_an_address_that_is_none_becomes_no_link() -> None:
    evil = Graph(
        tuple(
            Node("Article", "art", {"title": "T", "url": "javascript:x"}) if n is ARTICLE else n for n in GRAPH.nodes
        ),
        GRAPH.edges,
    )
    assert "javascript" not in new_deals(evil, {"d1"})


def test_a_run_without_new_deals_says_so() -> None:
    assert new_deals(GRAPH, set()) == "# 0 new deals\n"


@pytest.mark.prefect
def test_a_long_run_shows_how_far_it_is(prefect: str) -> None:
    from prefect import flow
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.settings import PREFECT_API_URL, temporary_settings

    @flow
    def long() -> None:
        progress = Progress(4, long=0, pace=0)
        progress.item()
        progress.source_ended()
        progress.item()

    with temporary_settings({PREFECT_API_URL: prefect}), SyncPrefectClient(api=prefect) as client:
        long()
        (bar,) = (artifact for artifact in client.read_artifacts() if artifact.key == "progress")
    assert (bar.data, bar.description) == (25.0, "2 items; 1 of 4 sources read to their end")
