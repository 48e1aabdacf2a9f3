"""Servers that many tests share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.stores import GraphStore, open_store
from tests.neo4j.server import Server, running
from tests.postgres import server as postgres


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that NEO4J_URI names, or one of our own."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        user = os.environ.get("NEO4J_USERNAME") or os.environ.get("NEO4J_USER") or "neo4j"
        yield Server(uri, user, os.environ.get("NEO4J_PASSWORD", ""))
        return
    with running(tmp_path_factory.mktemp("neo4j")) as server:
        yield server


@pytest.fixture
def neo4j_store(neo4j_server: Server) -> Iterator[GraphStore]:
    """An empty graph of the tests' own in a real Neo4j; what they wrote is removed afterwards, nothing else."""
    from schemas.records import Graph

    store = open_store(
        "neo4j",
        uri=neo4j_server.uri,
        username=neo4j_server.username,
        password=neo4j_server.password,
        graph="dealgraph-tests",
    )
    with store:
        store.load(Graph((), ()))
        yield store
        store.load(Graph((), ()))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of our own; its folder is one that another user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with postgres.running(Path(folder) / "postgres") as url:
            yield url


@pytest.fixture
def postgres_database(postgres_server: str) -> str:
    """The URL of a new, empty database in a real PostgreSQL."""
    return postgres.fresh_database(postgres_server, f"t{uuid4().hex}")


@pytest.fixture
def ladybug_store(tmp_path: Path) -> Iterator[GraphStore]:
    """An embedded store in a fresh folder."""
    with open_store("ladybug", path=tmp_path / "graph.lbug") as store:
        yield store


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> GraphStore:
    """Each store in turn: what holds for one must hold for the other."""
    opened: GraphStore = request.getfixturevalue(f"{request.param}_store")
    return opened
