"""A real Neo4j Community server on a free loopback port, with a fresh data folder, for one test session."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from filelock import FileLock
from neo4j.exceptions import AuthError, DriverError, Neo4jError

POM = Path(__file__).with_name("pom.xml")
PASSWORD = "only-for-tests"
OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.lang", "java.util.concurrent")


@dataclass(frozen=True)
class Server:
    """How to reach a server."""

    uri: str
    username: str
    password: str


def jars() -> Path:
    """The server's jars, fetched once by Maven into a cache folder outside the work tree."""
    for tool, package in (("java", "a JDK 17"), ("mvn", "Maven")):
        if shutil.which(tool) is None:
            raise RuntimeError(f"the Neo4j tests need {package}: install {tool} or set NEO4J_URI to a running server")
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dealgraph"
    folder = home / f"neo4j-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # tests run in more processes than one
        if not folder.exists():
            part = folder.with_name(f"{folder.name}.{os.getpid()}")
            command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
            subprocess.run([*command, f"-DoutputDirectory={part}"], check=True)
            part.rename(folder)
    return folder


class Neo4j:
    """A server with its data under `folder`, on a port that it keeps, so that it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.server = Server(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
        for name in ("conf", "data", "logs", "plugins", "run", "import"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "conf" / "neo4j.conf").write_text(
            f"server.bolt.listen_address=127.0.0.1:{port}\nserver.http.enabled=false\n"
            "server.memory.pagecache.size=64m\ndbms.usage_report.enabled=false\n"
        )

    def start(self) -> None:
        """Ready, and with its password set, when this returns."""
        command = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        command += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS]
        command += ["-cp", f"{jars()}/*", "org.neo4j.server.CommunityEntryPoint"]
        command += [f"--home-dir={self._folder}", f"--config-dir={self._folder / 'conf'}"]
        with (self._folder / "server.log").open("a") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        _wait(self.server, self._process, self._folder)

    def kill(self) -> None:
        """Without a chance to tidy up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server with its data under `folder`, ready; killed at the end."""
    neo4j_ = Neo4j(folder)
    try:
        neo4j_.start()
        yield neo4j_.server
    finally:
        neo4j_.kill()


def _wait(server: Server, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 400
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j")) as driver:
                with driver.session(database="system") as session:
                    session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=PASSWORD).consume()
                return
        except AuthError:
            return
        except (DriverError, Neo4jError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"Neo4j did not start; the end of its log:\n{(folder / 'server.log').read_text()[-2000:]}")
