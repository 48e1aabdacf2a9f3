"""A workspace of one's own, a site on 127.0.0.1, a Prefect server, and settings that nothing outside the test decides."""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import local_server
from flows.settings import Settings, load_settings
from schemas.records import Graph
from tests.flows.processes import environment, finish, graph_of
from tests.loopback import site as site

ARTICLES = 120  # in `lines`: three batches
FIRMS = ["Acme", "Bolt", "Cord", "Dart", "Echo", "Fern", "Gale", "Hart", "Iris", "Jade"]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("DEALGRAPH_", "NEO4J_", "PREFECT_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(workspace=tmp_path / "data", threads=1, allow_hosts=("127.0.0.1",))


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """For what several tests of flows share."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@pytest.fixture(scope="session")
def prefect(folder: Path) -> Iterator[str]:
    """The address of a Prefect server of our own. It soon forgets the place that a killed run held."""
    lease = {"PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "30"}
    with local_server(environment(folder / "server", **lease)) as api:
        yield api


@pytest.fixture(scope="session")
def lines(folder: Path) -> Path:
    """A file of `ARTICLES` articles of two sentences each."""
    chance, file = random.Random(6), folder / "news.jsonl"
    with file.open("w") as out:
        for number in range(ARTICLES):
            buyer, target = chance.sample(FIRMS, 2)
            told = f"{buyer} Corp said it had acquired {target} Systems for ${number + 2} million. It paid in cash."
            article = {"id": f"n{number}", "title": f"{buyer} buys {target}", "date": "2020-03-04", "text": told}
            out.write(json.dumps(article) + "\n")
    return file


@pytest.fixture(scope="session")
def calm(lines: Path, folder: Path) -> Graph:
    """The graph of an undisturbed run of the plain steps over `lines`."""
    finish("ingest", str(lines), workspace=folder / "calm")
    made = graph_of(folder / "calm")
    assert sum(node.label == "Deal" for node in made.nodes) > 10
    return made
