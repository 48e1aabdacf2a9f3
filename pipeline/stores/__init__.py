"""The graph at rest: one protocol, an embedded store and Neo4j behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from pipeline.errors import SettingsError
from schemas.records import Graph


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a question: column names, and rows of plain values (nodes and edges as dicts)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """Each row by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """How many nodes and edges the store holds after a load."""

    nodes: int
    edges: int


class GraphStore(Protocol):
    """What every store can do. A store is a context manager; closing twice is harmless."""

    def load(self, graph: Graph) -> LoadSummary:
        """Make the store hold exactly this graph, at once or not at all, whatever it held before."""

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Answer a read-only question; `QueryError` for a write or a mistake, with its place."""

    def dump(self) -> Graph:
        """All that the store holds, in a fixed order."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


STORES = ("ladybug", "neo4j")


def open_store(
    name: str = "ladybug",
    *,
    path: Path | None = None,
    uri: str | None = None,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    graph: str = "dealgraph",
) -> GraphStore:
    """A store by name. ladybug needs `path`, neo4j needs `uri`. `graph` keeps several graphs in one Neo4j apart."""
    if name == "ladybug":
        from pipeline.stores.ladybug import LadybugStore

        if path is None:
            raise SettingsError("the embedded store needs a path", subject="ladybug")
        return LadybugStore(path)
    if name == "neo4j":
        from pipeline.stores.neo4j import Neo4jStore

        if not uri:
            raise SettingsError("is not set", subject="NEO4J_URI", remedy="set it, such as bolt://localhost:7687")
        return Neo4jStore(uri, username=username, password=password, database=database, graph=graph)
    raise SettingsError(f"no store named {name!r}", subject="DEALGRAPH_STORE", remedy=f"use {' or '.join(STORES)}")
