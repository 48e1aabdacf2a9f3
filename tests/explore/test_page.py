"""The written page, as text. What a browser makes of it: test_page_in_browser.py."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DealgraphError
from pipeline.explore import page as module
from pipeline.explore.page import page, write_page
from schemas.records import Graph, Node
from tests.graphs import sample, shuffled


def told(html: str) -> dict[str, Any]:
    """What the page's script will read."""
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def titled(title: str) -> Graph:
    """The sample graph, one of whose articles bears a title."""
    graph = sample()
    nodes = [
        Node("Article", node.id, {**node.properties, "title": title}) if node.id == "t-a0" else node
        for node in graph.nodes
    ]
    return Graph(tuple(nodes), graph.edges)


def test_page_holds_the_sentences_and_their_articles() -> None:
    data = told(page(sample()))
    (reports,) = data["reports"].values()
    assert [report["sentence"] for report in reports] == ["Acme sold Bolt to Cord."] * 2
    assert {data["articles"][report["article"]]["url"] for report in reports} == {
        "https://news.example/0",
        "https://news.example/1",
    }


def test_fact_keeps_the_sentence_behind_it() -> None:
    (fact,) = [edge for edge in told(page(sample()))["edges"] if edge["type"] == "PRODUCES"]
    assert [said["sentence"] for said in fact["said"]] == ["Cord's Widget."]


@pytest.mark.parametrize(
    "title",
    ["</script><script>alert(1)</script>", "<!--<script>", "{{cytoscape}}", "a\u2028b \ud800 \x00", "\\u003c & <b>"],
)
def test_title_stays_text(title: str) -> None:
    html = page(titled(title))
    assert title in {article["title"] for article in told(html)["articles"].values()}
    assert html.count("<script") == page(sample()).count("<script")


def test_page_names_no_script_or_style_of_others() -> None:
    assert not re.search(r"<(?:link|img|iframe|script[^>]+src)|@import|url\(", page(sample()).partition("<script")[0])


def test_same_graph_gives_the_same_page() -> None:
    assert page(sample()) == page(sample())


def test_limit_is_kept_and_the_rest_told() -> None:
    data = told(page(sample(), limit=4))
    assert len(data["nodes"]) == 4
    assert data["left_out"] == {"Company": 1, "Product": 1}


def test_empty_graph_has_a_page() -> None:
    assert told(page(Graph((), ())))["nodes"] == []


def test_folder_of_the_page_is_made(tmp_path: Path) -> None:
    out = tmp_path / "new" / "graph.html"
    write_page(sample(), out)
    assert out.read_text(encoding="utf-8") == page(sample())


def test_missing_script_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "web").symlink_to(Path(module.__file__).parent / "web")
    monkeypatch.setattr("pipeline.explore.page.resources.files", lambda _: tmp_path)
    with pytest.raises(DealgraphError, match=r"cytoscape.min.js: .*python hatch_build.py"):
        page(sample())


@pytest.mark.parametrize("order", range(3))
def test_order_of_the_graph_does_not_show(order: int) -> None:
    assert told(page(shuffled(sample(), order)))["nodes"] == told(page(sample()))["nodes"]
