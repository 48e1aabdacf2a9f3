"""The same articles give the same graph: twice, in another order, and from two processes at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.stores import open_store
from schemas.records import Graph
from tests.flows.processes import ROOT, finish, start
from tests.neo4j.server import Server

PAGES = sorted(str(page) for page in (ROOT / "data" / "raw" / "samples").glob("*-201[467].html"))


@pytest.fixture(params=["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def server(request: pytest.FixtureRequest) -> Server | None:
    """Each store in turn: the embedded one, or a real Neo4j."""
    if request.param == "ladybug":
        return None
    found: Server = request.getfixturevalue("neo4j_server")
    return found


def variables(server: Server | None, graph: str) -> dict[str, str]:
    if server is None:
        return {}
    reached = {"NEO4J_URI": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
    return {"DEALGRAPH_STORE": "neo4j", "DEALGRAPH_GRAPH": graph, **reached}


def held(workspace: Path, server: Server | None, graph: str) -> Graph:
    """What the store holds; a graph in a shared server is removed afterwards."""
    if server is None:
        with open_store("ladybug", path=workspace / "graph.lbug") as store:
            return store.dump()
    with open_store("neo4j", uri=server.uri, username=server.username, password=server.password, graph=graph) as shared:
        found = shared.dump()
        shared.load(Graph((), ()))
        return found


def test_twice_shuffled_and_by_two_processes_the_graph_is_the_same(server: Server | None, tmp_path: Path) -> None:
    calm, busy = tmp_path / "calm", tmp_path / "busy"
    finish("ingest", *PAGES, workspace=calm, **variables(server, "test-calm"))
    undisturbed = held(calm, server, "test-calm")

    chance, told = random.Random(11), variables(server, "test-busy")
    both = [start("ingest", *chance.sample(PAGES, len(PAGES)), workspace=busy, **told) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0], busy.with_suffix(".err").read_text()
    finish("ingest", "--again", *chance.sample(PAGES, len(PAGES)), workspace=busy, **told)
    again = held(busy, server, "test-busy")

    assert again.nodes == undisturbed.nodes
    assert again.edges == undisturbed.edges
    assert len(undisturbed.nodes) > 50
