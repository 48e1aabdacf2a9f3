"""`dealgraph` in processes of its own, with nothing of the machine's settings, and the Prefect server it talks to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline.stores import open_store
from schemas.records import Graph, Node

ROOT = Path(__file__).parents[2]
Answer = TypeVar("Answer")


def environment(workspace: Path, **variables: str) -> dict[str, str]:
    """What a process sees: this workspace, Prefect's home beside it, and the variables given."""
    # Byte code is kept, as an installed program keeps it: to compile Prefect in each process takes seconds.
    unwanted = ("DEALGRAPH_", "NEO4J_", "PREFECT_", "PYTHONDONTWRITEBYTECODE")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    own = {"DEALGRAPH_WORKSPACE": str(workspace), "PREFECT_HOME": str(workspace.parent / "prefect")}
    return {**clean, **own, "PYTHONPATH": str(ROOT), **variables}


def start(*args: str, workspace: Path, **variables: str) -> subprocess.Popen[bytes]:
    """`dealgraph ARGS`, which writes what it says to `<workspace>.out` and `<workspace>.err`."""
    with (
        workspace.with_suffix(".out").open("ab") as out,
        workspace.with_suffix(".err").open("ab") as err,
    ):
        command = [sys.executable, "-m", "flows.cli", *args]
        seen = environment(workspace, **variables)
        return subprocess.Popen(command, stdout=out, stderr=err, env=seen, cwd=workspace.parent)


def finish(*args: str, workspace: Path, **variables: str) -> None:
    """`dealgraph ARGS`, which must end well."""
    process = start(*args, workspace=workspace, **variables)
    assert process.wait() == 0, workspace.with_suffix(".err").read_text()[-3000:]


def spawned_by(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes to which a process gave work: the readers of a run, the run of a schedule."""
    found = subprocess.run(["pgrep", "-P", str(process.pid), "-f", "spawn_main"], capture_output=True, check=False)
    return [int(line) for line in found.stdout.split()]


def wait_for(what: str, look: Callable[[], Answer | None], *, seconds: float, pause: float = 0.2) -> Answer:
    """What `look` finds at last."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError(f"no {what} within {seconds:.0f} s")


def api_of(workspace: Path) -> str | None:
    """The address of the Prefect server that `dealgraph schedule` says it serves at."""
    told = re.search(r"the runs are at (http://\S+)", workspace.with_suffix(".out").read_text())
    return f"{told[1]}/api" if told else None


def graph_of(workspace: Path) -> Graph:
    """What the embedded store of a workspace holds."""
    with open_store("ladybug", path=workspace / "graph.lbug") as store:
        return store.dump()


def without_fetching(graph: Graph) -> Graph:
    """The graph without the moments of fetching, which differ between two runs over one site."""
    nodes = (
        Node(n.label, n.id, {k: v for k, v in n.properties.items() if k != "fetched_at"}, n.extra_label)
        for n in graph.nodes
    )
    return Graph(tuple(nodes), graph.edges)
