"""How much an ingestion costs by each way of running it: the plain loop, the Prefect flow, processes, Dask, Ray.

    python benchmarks/flows.py [--articles 2000] [--workers 2] [WAY ...]     (default: all ways that are installed)

Each way reads the same made-up articles into a workspace of its own, in a process of its own. Prints seconds, articles
a second, seconds of processor time (which other work on the machine hardly moves; without Prefect's server, which is
started once, and without Ray's workers, which are no children of the run), and whether the graph is the same as the
first way's. The flow also draws the picture of the graph, which the loop does not: it is drawn for the loop here, and
counted, so that what the ways differ by is Prefect.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Run as a script, Python would take this very file for the package `flows`.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.press import press  # noqa: E402
from flows.orchestra import prepare  # noqa: E402
from flows.schedule import server  # noqa: E402
from flows.settings import load_settings  # noqa: E402
from flows.steps import build_graph, open_ledger  # noqa: E402
from pipeline.explore.page import write_page  # noqa: E402
from pipeline.stores import open_store  # noqa: E402

WAYS = {
    "loop": {},
    "loop, processes": {"DEALGRAPH_WORKERS": "N"},
    "flow, thread": {"flow": "yes"},
    "flow, processes": {"flow": "yes", "DEALGRAPH_WORKERS": "N"},
    "flow, dask": {"flow": "yes", "DEALGRAPH_RUNNER": "dask", "DEALGRAPH_WORKERS": "N"},
    "flow, ray": {"flow": "yes", "DEALGRAPH_RUNNER": "ray", "DEALGRAPH_WORKERS": "N"},
}


def run(way: str, lines: Path, workspace: Path, *, workers: int, prefect: str) -> tuple[float, float]:
    """Seconds and processor seconds that one way takes, start-up included."""
    told = {name: value.replace("N", str(workers)) for name, value in WAYS[way].items()}
    in_flow = told.pop("flow", None) is not None
    environment = {**os.environ, **told, "DEALGRAPH_WORKSPACE": str(workspace)}
    environment.pop("PREFECT_API_URL", None)
    # An installed program keeps its byte code; to compile Prefect anew in every run takes longer than to read 100 articles.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if in_flow:
        environment["PREFECT_API_URL"] = prefect
    begin, spent = time.perf_counter(), _spent()
    subprocess.run(
        [sys.executable, "-m", "flows.cli", "ingest", str(lines)], env=environment, check=True, capture_output=True
    )
    seconds, used = time.perf_counter() - begin, _spent() - spent
    picture = (0.0, 0.0) if in_flow else _draw(workspace)
    return seconds + picture[0], used + picture[1]


def _draw(workspace: Path) -> tuple[float, float]:
    """Seconds and processor seconds of drawing the picture of what a workspace holds."""
    with open_ledger(load_settings(workspace=workspace)) as ledger:
        graph = build_graph(ledger)
    begin, spent = time.perf_counter(), time.process_time()
    write_page(graph, workspace / "graph.html")
    return time.perf_counter() - begin, time.process_time() - spent


def _spent() -> float:
    """Processor seconds of all processes that we started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def digest(workspace: Path) -> str:
    """What tells two graphs apart."""
    with open_store("ladybug", path=workspace / "graph.lbug") as store:
        return hashlib.sha256(repr(store.dump()).encode()).hexdigest()[:12]


def installed(way: str) -> bool:
    """Whether what a way needs is here."""
    needs = {"flow, dask": "prefect_dask", "flow, ray": "prefect_ray"}.get(way)
    return needs is None or importlib.util.find_spec(needs) is not None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ways", nargs="*", choices=[*WAYS, []], metavar="WAY")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory() as folder, server() as prefect:
        lines = Path(folder) / "press.jsonl"
        lines.write_text("\n".join(json.dumps(told) for told in press(given.articles)), encoding="utf-8")
        few = Path(folder) / "few.jsonl"  # read first by each way, so that all find their byte code and files at hand
        few.write_text("\n".join(lines.read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8")
        first = None
        for way in given.ways or filter(installed, WAYS):
            workspace = Path(folder) / way.replace(", ", "-")
            run(way, few, Path(folder) / "first" / workspace.name, workers=given.workers, prefect=prefect)
            seconds, spent = run(way, lines, workspace, workers=given.workers, prefect=prefect)
            graph = digest(workspace)
            first = first or graph
            same = "same graph" if graph == first else "ANOTHER GRAPH"
            speed = given.articles / seconds
            print(
                f"{way:<18}{seconds:8.1f} s{speed:8.1f} articles/s{spent:8.1f} s of processor  {same} {graph}",
                flush=True,
            )


if __name__ == "__main__":
    main()
