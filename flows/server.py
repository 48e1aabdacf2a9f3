"""A Prefect server on this machine, which ends with whoever started it, however that ends."""

from __future__ import annotations

import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from pipeline.errors import DealgraphError

PORT = 4200
STARTING = 300  # seconds that a server may take on a machine with much else to do


@contextmanager
def local_server(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a new server, which keeps its data where `environment` says."""
    port = free_port(PORT)
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "flows.server", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env={**environment, "PREFECT_API_URL": url}, stdin=subprocess.PIPE)
    try:
        _wait(process, url)
        yield url
    finally:
        process.terminate()
        process.wait()


def free_port(wanted: int) -> int:
    """The port wanted, or any that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DealgraphError("no free port on this machine", remedy="end a server that is not needed")


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise DealgraphError("the local Prefect server did not start", remedy="start one and set PREFECT_API_URL")


def _end_with_starter() -> None:
    """The pipe from whoever started this process breaks when that one ends, even if it was killed."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """`python -m flows.server ARGS`: as `prefect ARGS`, until standard input ends."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
