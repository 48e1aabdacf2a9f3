"""The deployments of prefect.yaml, and a worker that runs one of them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.responses import DeploymentResponse

from pipeline.ledger import Ledger
from schemas.records import Graph
from tests.flows.conftest import ARTICLES
from tests.flows.processes import ROOT, environment, graph_of, wait_for

pytestmark = pytest.mark.prefect
StartWorker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def client(prefect: str, folder: Path) -> Iterator[SyncPrefectClient]:
    """A server that knows the deployments of prefect.yaml and their work pools."""
    seen = environment(folder / "server", PREFECT_API_URL=prefect)
    for command in (
        ["work-pool", "create", "dealgraph", "--type", "process"],
        ["work-pool", "create", "dealgraph-docker", "--type", "docker"],
        ["--no-prompt", "deploy", "--all"],
    ):
        subprocess.run([sys.executable, "-m", "prefect", *command], env=seen, cwd=ROOT, check=True, capture_output=True)
    with SyncPrefectClient(api=prefect) as made:
        yield made


def deployment(client: SyncPrefectClient, name: str) -> DeploymentResponse:
    return client.read_deployment_by_name(f"news-to-graph/{name}")


@pytest.mark.parametrize(("name", "pool"), [("process", "dealgraph"), ("docker", "dealgraph-docker")])
def test_each_deployment_runs_every_hour_in_its_pool_never_two_at_once(
    client: SyncPrefectClient, name: str, pool: str
) -> None:
    made = deployment(client, name)
    assert made.work_pool_name == pool
    assert [planned.schedule.interval.total_seconds() for planned in made.schedules] == [3600]  # type: ignore[union-attr]
    assert made.global_concurrency_limit
    assert made.global_concurrency_limit.limit == 1


@pytest.fixture
def start_worker(prefect: str, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts workers of the process pool, each in a process group of its own with the runs that it starts."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "dealgraph"]
    seen = environment(tmp_path / "data", PREFECT_API_URL=prefect, PREFECT_WORKER_QUERY_SECONDS="2")
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            made = subprocess.Popen(command, stdout=log, stderr=log, env=seen, cwd=tmp_path, start_new_session=True)
        started.append(made)
        return made

    yield start
    for process in started:
        kill_with_its_runs(process)


def kill_with_its_runs(worker: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    worker.wait()


def test_a_worker_killed_with_its_run_is_made_up_for_by_the_next(
    client: SyncPrefectClient, start_worker: StartWorker, lines: Path, calm: Graph, tmp_path: Path
) -> None:
    workspace = tmp_path / "data"
    deployed = deployment(client, "process").id
    wanted = {"sources": [str(lines)], "workspace": str(workspace)}
    worker = start_worker()
    client.create_flow_run_from_deployment(deployed, parameters=wanted)
    workspace.mkdir()
    with Ledger.open(workspace / "ledger.db") as ledger:
        moment = random.Random(7).randrange(1, ARTICLES)
        wait_for("progress", lambda: ledger.counts()["article"] >= moment, seconds=400, pause=0.01)
    kill_with_its_runs(worker)
    start_worker()
    again = client.create_flow_run_from_deployment(deployed, parameters=wanted)

    def ended() -> bool:
        state = client.read_flow_run(again.id).state
        return state is not None and state.is_final()

    wait_for("second run", ended, seconds=600)
    assert client.read_flow_run(again.id).state_name == "Completed"
    assert graph_of(workspace) == calm
