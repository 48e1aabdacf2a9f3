"""A real PostgreSQL on a free loopback port, with a fresh data folder, for one test session."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "dealgraph"


def programs() -> Path:
    """The folder of the server's programs: Debian keeps them out of the path."""
    found = shutil.which("initdb")
    known = [Path(found).resolve().parent] if found else []
    known += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in known:
        if (folder / "postgres").exists():
            return folder
    raise RuntimeError("the PostgreSQL tests need its server: apt-get install postgresql")


def _as_nobody_special(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; its package brings a user for it."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of a server with its data under `folder`; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    user = _as_nobody_special(folder)
    data = folder / "data"
    subprocess.run(
        [*user, str(programs() / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8"],
        check=True,
        capture_output=True,
        cwd="/",
    )
    command = [
        *user,
        str(programs() / "postgres"),
        "-D",
        str(data),
        "-p",
        str(port),
        "-k",
        str(data),
        "-h",
        "127.0.0.1",
    ]
    log = (folder.parent / f"{folder.name}.log").open("w")
    process = subprocess.Popen([*command, "-c", "fsync=off"], stdout=log, stderr=log, cwd="/")
    try:
        _wait(port, process, Path(log.name))
        yield f"postgresql+psycopg://{USER}@127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        log.close()


def fresh_database(server: str, name: str) -> str:
    """The URL of a new, empty database."""
    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{server}/{name}"


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(f"postgresql://{USER}@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start; its log:\n{log.read_text()[-2000:]}")
