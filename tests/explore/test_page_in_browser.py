"""The written page in a real browser: drawn, readable, usable without a mouse, and silent on the network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.explore.page import write_page
from schemas.records import Edge, Graph, Node
from tests.explore.browser import Tab, chromium, installed
from tests.graphs import sample

pytestmark = pytest.mark.browser

INK = "getComputedStyle(document.querySelector('#labels .swatch.Company')).backgroundColor"
NASTY = "</script><script>document.title = 'taken over'</script><img src=x onerror=document.title='taken'>"


def nasty() -> Graph:
    """The sample, whose first article has markup for a title and sentence, and a script for an address."""
    graph = sample()
    bad = Node("Article", "t-a0", {"title": NASTY, "url": "javascript:document.title='taken over'"})
    nodes = [bad if node.id == "t-a0" else node for node in graph.nodes]
    edges = [
        Edge(edge.type, edge.source, edge.target, {**edge.properties, "sentence": NASTY})
        if edge.type == "REPORTS" and edge.source[1] == "t-a0"
        else edge
        for edge in graph.edges
    ]
    return Graph(tuple(nodes), tuple(edges))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(installed() or missing(), tmp_path_factory.mktemp("profile")) as tab:
        yield tab


def missing() -> NoReturn:
    told = "Chromium is missing: install it (apt-get install -y chromium) to test the picture"
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture
def tab(browser: Tab, tmp_path: Path) -> Tab:
    """The sample graph, opened afresh."""
    return opened(browser, sample(), tmp_path)


def opened(browser: Tab, graph: Graph, folder: Path) -> Tab:
    write_page(graph, folder / "graph.html")
    browser.events.clear()
    browser.open(folder / "graph.html")
    return browser


def node(name: str) -> str:
    """The JavaScript for a drawn node, by the name it bears."""
    return f"cy.getElementById(data.nodes.find((node) => node.name === '{name}').id)"


def place(tab: Tab, drawn: str) -> tuple[float, float]:
    """Where something drawn is on the screen, in pixels."""
    script = f"(() => {{ const at = {drawn}; const box = cy.container().getBoundingClientRect(); "
    script += "return [at.x + box.left, at.y + box.top]; })()"
    x, y = tab.evaluate(script)
    return x, y


def details(tab: Tab) -> str:
    return str(tab.evaluate("document.getElementById('details').innerText"))


def test_company_is_painted_in_its_colour(tab: Tab) -> None:
    tab.wait(
        f"(() => {{ const at = {node('Acme')}.renderedPosition(); const dots = devicePixelRatio;"
        "const canvas = document.querySelector('canvas[data-id=\"layer2-node\"]');"
        "const [r, g, b] = canvas.getContext('2d').getImageData(at.x * dots, at.y * dots, 1, 1).data;"
        f"return `rgb(${{r}}, ${{g}}, ${{b}})` === {INK}; }})()"
    )


def test_nothing_is_asked_of_the_network(tab: Tab, tmp_path: Path) -> None:
    assert tab.requests() == [(tmp_path / "graph.html").as_uri()]


def test_browser_has_no_complaint(tab: Tab) -> None:
    assert tab.complaints() == []


def test_page_may_not_ask_the_network(tab: Tab) -> None:
    asked = "fetch('https://news.example/').then(() => 'went out', () => 'refused')"
    assert tab.evaluate(asked) == "refused"


def test_click_on_a_deal_shows_its_sentences_with_their_article(tab: Tab) -> None:
    tab.click(*place(tab, f"{node('Acme sells Bolt')}.renderedPosition()"))
    tab.wait("document.querySelectorAll('#details blockquote').length === 2")
    assert "Acme sold Bolt to Cord." in details(tab)
    links = tab.evaluate("[...document.querySelectorAll('#details blockquote a')].map((link) => link.href)")
    assert links == ["https://news.example/0", "https://news.example/1"]


def test_click_on_a_line_shows_the_fact_behind_it(tab: Tab) -> None:
    tab.click(*place(tab, "cy.edges('[type = \"PRODUCES\"]').renderedMidpoint()"))
    tab.wait("document.querySelectorAll('#details blockquote').length === 1")
    assert "Cord makes Widget" in details(tab)


def test_keyboard_alone_finds_a_company_by_its_alias(tab: Tab) -> None:
    tab.press("/")
    tab.type("acme inc")
    tab.press("Enter")
    tab.wait("document.querySelector('#details h2').innerText === 'Acme'")
    tab.press("Escape")
    tab.wait("document.querySelector('#details h2').innerText === '1 deal'")


def test_keyboard_moves_and_zooms_the_picture(tab: Tab) -> None:
    tab.evaluate("document.getElementById('picture').focus()")
    left = tab.evaluate("cy.pan().x")
    tab.press("ArrowRight")
    assert tab.evaluate("cy.pan().x") < left
    before = tab.evaluate("cy.zoom()")
    tab.press("+")
    tab.wait(f"cy.zoom() > {before}")


@pytest.mark.parametrize("box", ["divestiture", "completed"])
def test_deals_of_a_kind_or_status_can_be_hidden(tab: Tab, box: str) -> None:
    tab.evaluate(f"document.querySelector('#filters input[value={box}]').click()")
    # Cytoscape.js remembers what was visible until it next draws.
    tab.wait(f"!{node('Acme sells Bolt')}.visible() && !{node('Bolt')}.visible()")
    assert tab.evaluate(f"{node('Acme')}.visible()"), "Acme still rivals Dart"


def test_night_changes_the_colours_of_the_picture(tab: Tab) -> None:
    day = tab.evaluate(f"{node('Acme')}.style('background-color')")
    tab.evaluate("document.getElementById('theme').click()")
    assert tab.evaluate(f"{node('Acme')}.style('background-color')") != day


def test_markup_from_an_article_stays_text(browser: Tab, tmp_path: Path) -> None:
    tab = opened(browser, nasty(), tmp_path)
    tab.evaluate("choose(data.nodes.find((node) => node.label === 'Deal').id, false)")
    assert NASTY in details(tab)
    assert tab.evaluate("document.querySelectorAll('#details img, #details a[href^=javascript]').length") == 0
    assert tab.evaluate("document.title") == "dealgraph: who dealt with whom"


def test_empty_graph_opens(browser: Tab, tmp_path: Path) -> None:
    assert "0 deals" in details(opened(browser, Graph((), ()), tmp_path))
