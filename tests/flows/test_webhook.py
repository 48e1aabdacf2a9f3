"""The message that ends a run."""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from flows.webhook import tell


class Inbox(HTTPServer):
    """Keeps what is posted to it; refuses the first `refusing` messages."""

    def __init__(self, refusing: int = 0) -> None:
        self.got: list[object] = []
        self.refusing = refusing
        super().__init__(("127.0.0.1", 0), Posted)
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Posted(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        refused = self.server.refusing > 0
        self.server.refusing -= 1
        if not refused:
            self.server.got.append(json.loads(body))
        self.send_response(503 if refused else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_webhook_gets_the_message_also_at_the_second_try() -> None:
    inbox = Inbox(refusing=1)
    tell(inbox.address, {"state": "Failed", "message": "dark"})
    inbox.shutdown()
    inbox.server_close()
    assert inbox.got == [{"state": "Failed", "message": "dark"}]


def test_a_webhook_that_does_not_answer_costs_only_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("flows").propagate = True
    tell("http://127.0.0.1:1/hook", {"state": "Completed"})
    assert "the webhook was not told" in caplog.text
