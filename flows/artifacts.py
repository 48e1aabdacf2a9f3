"""What people look at in Prefect's UI: the yield of each source, the new deals with their sentences, the picture."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.steps import Built
from flows.tally import Tally
from schemas.records import Edge, Graph, Node

LONG = 10.0  # seconds after which a run is worth a bar
PACE = 20.0  # seconds between two moves of it
SHOWN = 50  # new deals in one artifact


class Progress:
    """A bar over the sources of a long run. Short runs show none: each move of it is a request to Prefect."""

    def __init__(self, sources: int, *, long: float = LONG, pace: float = PACE) -> None:
        self._sources = max(1, sources)
        self._pace = pace
        self._ended = 0
        self._items = 0
        self._lock = threading.Lock()
        self._next = time.monotonic() + long
        self._artifact: UUID | None = None

    def source_ended(self) -> None:
        """One source is read to its end."""
        with self._lock:
            self._ended += 1

    def item(self) -> None:
        """One more item is dealt with."""
        self._items += 1
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._pace
        share = 100.0 * self._ended / self._sources
        told = f"{self._items} items; {self._ended} of {self._sources} sources read to their end"
        if self._artifact is None:
            self._artifact = create_progress_artifact(share, key="progress", description=told)  # type: ignore[assignment]
        else:
            update_progress_artifact(self._artifact, share, description=told)


def sources(tallies: Iterable[Tally]) -> None:
    """The table of what each source yielded."""
    rows = [tally.row() for tally in tallies]
    create_table_artifact(key="sources", table=rows, description="What each source yielded in this run")


def deals(built: Built) -> None:
    """The deals that this run added."""
    create_markdown_artifact(key="new-deals", markdown=new_deals(built.graph, built.new_deals))


def picture(page: Path) -> None:
    """The way to the picture of the graph."""
    create_link_artifact(key="graph-page", link=page.resolve().as_uri(), link_text=page.name)


def new_deals(graph: Graph, ids: Iterable[str], *, shown: int = SHOWN) -> str:
    """Deals as Markdown: parties, amount, and for each report the sentence with a link to its article."""
    wanted = set(ids)
    nodes = {(node.label, node.id): node for node in graph.nodes}
    parties: dict[str, list[str]] = {}
    reports: dict[str, list[str]] = {}
    for edge in graph.edges:
        if edge.target[0] == "Deal" and edge.target[1] in wanted:
            if edge.type == "PARTY_TO":
                parties.setdefault(edge.target[1], []).append(_party(edge, nodes[edge.source]))
            elif edge.type == "REPORTS":
                reports.setdefault(edge.target[1], []).append(_report(edge, nodes[edge.source]))
    found = sorted(
        (node for node in graph.nodes if node.label == "Deal" and node.id in wanted), key=_date, reverse=True
    )
    lines = [f"# {len(found)} new deals" if len(found) != 1 else "# 1 new deal"]
    for deal in found[:shown]:
        lines += ["", _headline(deal, parties.get(deal.id, [])), *sorted(reports.get(deal.id, []))]
    if len(found) > shown:
        lines += ["", f"and {len(found) - shown} more: `dealgraph query` shows them"]
    return "\n".join(lines) + "\n"


def _headline(deal: Node, parties: list[str]) -> str:
    told = deal.properties
    amount = f"{told['amount']:,.15g} {told['currency']}" if told.get("amount") else ""
    parts = [f"**{told['kind']}**, {told['status']}", _date(deal), "; ".join(sorted(parties)), amount]
    return " | ".join(part for part in parts if part)


def _date(deal: Node) -> str:
    return str(deal.properties.get("completed_on") or deal.properties.get("announced_on") or "")


def _party(edge: Edge, node: Node) -> str:
    return f"{edge.properties['role']} {plain(str(node.properties.get('name', node.id)))}"


def _report(edge: Edge, article: Node) -> str:
    title = plain(str(article.properties.get("title") or article.id))
    url = article.properties.get("url")
    linked = f"[{title}](<{url}>)" if isinstance(url, str) and re.fullmatch(r"https?://[^\s<>]+", url) else title
    return f"- {linked}: {plain(str(edge.properties['sentence']))}"


def plain(text: str) -> str:
    r"""Text that no reader of Markdown takes for markup: a headline is written by strangers.

    >>> print(plain("<b>*Deal*</b> [now]"))
    &lt;b&gt;\*Deal\*&lt;/b&gt; \[now\]
    """
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", html.escape(" ".join(text.split()), quote=False))
