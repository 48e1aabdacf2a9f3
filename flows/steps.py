"""The parts of a run, opened as the settings ask, and the building of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.batches import Reading
from flows.batches import extractor as loaded
from flows.settings import Settings
from pipeline.extract import Extractor
from pipeline.ledger import Ledger
from pipeline.resolve import resolve
from pipeline.resolve.project import project
from pipeline.stores import GraphStore, LoadSummary, open_store
from schemas.records import Graph


def reading_of(settings: Settings) -> Reading:
    """How the settings ask articles to be read. Several workers share the cores: each reads with one thread."""
    return Reading(
        settings.spacy_model,
        settings.model,
        threads=settings.threads or (1 if settings.workers > 1 else 0),
        confidence=settings.confidence,
    )


def extractor(settings: Settings) -> Extractor:
    """The extractor that the settings ask for."""
    return loaded(reading_of(settings))


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


def build_graph(ledger: Ledger) -> Graph:
    """The graph that the ledger's claims and judgements add up to."""
    return project(resolve(ledger.claims(), ledger.judgements(), ledger.sketches()))


@dataclass(frozen=True)
class Built:
    """A graph that was made, what the store holds, and the ids of the deals that were not in it before."""

    graph: Graph
    summary: LoadSummary
    new_deals: frozenset[str]


def build(settings: Settings, ledger: Ledger, *, rebuild: bool = False) -> Built:
    """Make the store hold what the ledger says. rebuild: whatever was in it, even damaged, is not asked."""
    with ledger.alone():
        return _build(settings, ledger, rebuild)


def _build(settings: Settings, ledger: Ledger, rebuild: bool) -> Built:
    graph = build_graph(ledger)
    deals = {node.id for node in graph.nodes if node.label == "Deal"}
    if settings.store == "ladybug" and rebuild:
        settings.graph_path.unlink(missing_ok=True)
    with store(settings) as opened:
        fresh = rebuild or (settings.store == "ladybug" and not settings.graph_path.exists())
        known = set() if fresh else _deals_in(opened, settings)
        return Built(graph, opened.load(graph), frozenset(deals - known))


def _deals_in(opened: GraphStore, settings: Settings) -> set[str]:
    """The ids of the deals that our graph holds; a Neo4j database may hold others too."""
    if settings.store == "neo4j":
        rows = opened.query("MATCH (d:Deal {graph: $graph}) RETURN d.id", {"graph": settings.graph}).rows
    else:
        rows = opened.query("MATCH (d:Deal) RETURN d.id").rows
    return {row[0] for row in rows}


def samples() -> Path:
    """The folder of the sample articles, in a checkout or in the installed package."""
    return Path(__file__).parents[1] / "data" / "raw" / "samples"
