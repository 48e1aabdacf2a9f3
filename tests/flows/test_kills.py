"""Runs that are killed without warning, wherever they are: the next run completes the graph of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.ledger import Ledger
from schemas.records import Graph
from tests.flows.conftest import ARTICLES
from tests.flows.processes import finish, graph_of, spawned_by, start, wait_for

pytestmark = pytest.mark.prefect


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new ledger."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    found: str = request.getfixturevalue("postgres_database")
    return found


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_killed_at_ten_random_moments_the_next_run_completes_the_graph(
    place: str, prefect: str, lines: Path, calm: Graph, tmp_path: Path
) -> None:
    workspace, chance = tmp_path / "data", random.Random(place.partition(":")[0])
    moments = sorted(chance.sample(range(ARTICLES), 9))
    victims = chance.sample(["run"] * 4 + ["reader"] * 5, 9)
    told = {"DEALGRAPH_LEDGER": place, "DEALGRAPH_WORKERS": "2", "PREFECT_API_URL": prefect}

    def run() -> subprocess.Popen[bytes]:
        return start("ingest", str(lines), workspace=workspace, **told)

    with Ledger.open(place) as ledger:

        def reach(articles: int, process: subprocess.Popen[bytes]) -> None:
            def is_there() -> bool:
                return process.poll() is not None or ledger.counts()["article"] >= articles

            wait_for(f"{articles} articles", is_there, seconds=400, pause=0.01)

        def readers_of(process: subprocess.Popen[bytes]) -> list[int]:
            """The readers of a run, as soon as there are some; none when all is read before."""

            def are_there() -> bool:
                return bool(spawned_by(process)) or ledger.counts()["article"] == ARTICLES

            wait_for("readers", are_there, seconds=400, pause=0.01)
            return spawned_by(process)

        def kill_run(process: subprocess.Popen[bytes]) -> None:
            known = spawned_by(process)
            process.send_signal(signal.SIGKILL)
            process.wait()
            wait_for("end of the readers", lambda: all(map(is_gone, known)), seconds=120)

        process = run()
        for moment, victim in zip(moments, victims, strict=True):
            reach(moment, process)
            if victim == "reader" and (readers := readers_of(process)):
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(readers), signal.SIGKILL)
            else:
                kill_run(process)
                process = run()
        reach(ARTICLES, process)
        kill_run(process)
        finish("ingest", str(lines), workspace=workspace, **told)
        assert ledger.counts()["article"] == ARTICLES
    assert graph_of(workspace) == calm


def test_a_flow_without_any_server_leaves_the_graph_of_the_plain_steps(
    lines: Path, calm: Graph, tmp_path: Path
) -> None:
    finish("ingest", "--flow", str(lines), workspace=tmp_path / "data")
    assert graph_of(tmp_path / "data") == calm
