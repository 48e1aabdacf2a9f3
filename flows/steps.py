"""The steps of a run as plain functions: what the command line calls and Prefect decorates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.settings import Settings
from pipeline.errors import DealgraphError, ParseError
from pipeline.extract import Extractor, load_extractor
from pipeline.ledger import Ledger
from pipeline.parse import parse
from pipeline.resolve import resolve
from pipeline.resolve.project import project
from pipeline.sources import read_source
from pipeline.stores import GraphStore, LoadSummary, open_store
from schemas.records import Article, Graph, Page


@dataclass
class Tally:
    """What became of the items of a run."""

    read: int = 0
    unchanged: int = 0
    deals: int = 0
    set_aside: list[tuple[str, str]] = field(default_factory=list)


def extractor(settings: Settings) -> Extractor:
    """The extractor that the settings ask for."""
    return load_extractor(
        base_model=settings.spacy_model,
        model=settings.model,
        threads=settings.threads,
        confidence=settings.confidence,
    )


def store(settings: Settings) -> GraphStore:
    """The store that the settings ask for, open."""
    return open_store(
        settings.store,
        path=settings.graph_path,
        uri=settings.neo4j_uri,
        username=settings.neo4j_username,
        password=settings.neo4j_password,
        database=settings.neo4j_database,
        graph=settings.graph,
    )


def open_ledger(settings: Settings) -> Ledger:
    """The ledger of the workspace, made where there is none."""
    if settings.ledger is None:
        settings.workspace.mkdir(parents=True, exist_ok=True)
    return Ledger.open(settings.ledger_path)


def read_articles(
    sources: Iterable[str], ledger: Ledger | None = None
) -> Iterator[tuple[Article, Page | None] | DealgraphError]:
    """Articles of all sources; what cannot be read comes as its error. Pages that the ledger knows unchanged are skipped."""
    for source in sources:
        for item in read_source(source):
            if isinstance(item, Page):
                if ledger is not None and ledger.is_unchanged(item):
                    continue
                try:
                    yield parse(item), item
                except ParseError as error:
                    yield error
            elif isinstance(item, Article):
                yield item, None
            else:
                yield item


def ingest(
    sources: Iterable[str], ledger: Ledger, extract: Extractor
) -> Iterator[tuple[Article, int] | DealgraphError]:
    """Read, extract and record, one article a transaction. Yields (article, deals found) or the error of an item."""
    for item in read_articles(sources, ledger):
        if isinstance(item, DealgraphError):
            ledger.set_aside(item.subject or "unknown input", item.message)
            yield item
            continue
        article, page = item
        claims = extract(article)
        ledger.record(article, claims, page=page)
        yield article, len(claims.deals)


def build_graph(ledger: Ledger) -> Graph:
    """The graph that the ledger's claims and judgements add up to."""
    return project(resolve(ledger.claims(), ledger.judgements()))


def build(settings: Settings, ledger: Ledger) -> tuple[Graph, LoadSummary]:
    """Make the store hold what the ledger says."""
    graph = build_graph(ledger)
    with store(settings) as opened:
        return graph, opened.load(graph)


def samples() -> Path:
    """The folder of the sample articles, in a checkout or in the installed package."""
    return Path(__file__).parents[1] / "data" / "raw" / "samples"
