"""A real web site on 127.0.0.1, which a test fills with answers and asks afterwards what was requested of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pipeline.fetch import Fetcher
from pipeline.web.limits import Limits
from pipeline.web.pace import Pace

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds


class Site:
    """Answers by path; `asked` lists the paths requested, `headers` the headers of each request."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.sent: list[int] = []
        site = self

        class Served(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                site.answers.get(self.path, says("gone", status=404))(self)

            def send_response(self, code: int, message: str | None = None) -> None:
                site.sent.append(code)
                super().send_response(code, message)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.port = self._server.server_address[1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def says(body: bytes | str, *, status: int = 200, **headers: str) -> Answer:
    """This body, HTML where nothing else is told; header names are written with "_" for "-"."""
    content = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def unless_known(body: str, **headers: str) -> Answer:
    """This body with an ETag, or 304 for who has it."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"'

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.send_header("ETag", tag)
            handler.end_headers()
        else:
            says(body, ETag=tag, **headers)(handler)

    return answer


def moved(to: str, status: int = 302) -> Answer:
    return says("", status=status, Location=to)


def in_turn(*answers: Answer) -> Answer:
    """One after the other, the last for ever."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    """Allowed to read 127.0.0.1, at full pace but in no time."""
    pace = Pace(clock=clock.now, sleep=clock.sleep)
    with Fetcher(allow_hosts=["127.0.0.1"], pace=pace, limits=Limits(size=100_000, seconds=2, silence=1)) as ready:
        yield ready
