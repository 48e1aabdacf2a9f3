"""A real headless Chromium, spoken to over its debugging pipe (Chrome DevTools Protocol)."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
    "--window-size=1400,900",
]
PATIENCE = 60.0


def installed() -> str | None:
    """The path of Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page. events: all that the browser has told since the tab opened."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []

    def attach(self) -> None:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Call the browser and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._back], [], [], PATIENCE)
            read = os.read(self._back, 1 << 20) if ready else b""
            assert read, "Chromium says nothing more"
            self._rest += read
        raw, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(raw)
        if "method" in told:
            self.events.append(told)
        return told

    def open(self, page: Path) -> None:
        """Load a file and wait until its script has run to the end."""
        self.send("Page.navigate", url=page.as_uri())
        # Until the new page is there, the one before it still answers.
        arrived = f"location.href === {json.dumps(page.as_uri())}"
        self.wait(f"{arrived} && document.documentElement?.dataset.ready === 'true'")

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        told = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, script: str) -> None:
        """Until an expression holds."""
        until = time.monotonic() + PATIENCE
        while not self.evaluate(script):
            assert time.monotonic() < until, f"never: {script}\n{self.complaints()}"
            time.sleep(0.05)

    def click(self, x: float, y: float) -> None:
        for kind, held in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)):
            button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=held, **button)

    def press(self, key: str) -> None:
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)

    def type(self, text: str) -> None:
        self.send("Input.insertText", text=text)

    def requests(self) -> list[str]:
        """The addresses that the page asked for, itself included."""
        asked = [told for told in self.events if told["method"] == "Network.requestWillBeSent"]
        return [told["params"]["request"]["url"] for told in asked]

    def complaints(self) -> list[Any]:
        """Uncaught errors, and what the browser logged, such as a breach of the page's policy."""
        return [
            told["params"] for told in self.events if told["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")
        ]


@contextmanager
def chromium(program: str, profile: Path) -> Iterator[Tab]:
    """A tab of a browser of our own, closed at the end. profile: an empty folder."""
    orders, to = os.pipe()
    back, answers = os.pipe()
    # The browser listens on 3 and answers on 4; bash can put our ends there (dash knows no descriptor above 9).
    command = [
        "bash",
        "-c",
        f'exec "$@" 3<&{orders} 4>&{answers}',
        "bash",
        program,
        *QUIET,
        f"--user-data-dir={profile}",
    ]
    process = subprocess.Popen(command, pass_fds=(orders, answers), stderr=subprocess.DEVNULL)
    os.close(orders)
    os.close(answers)
    try:
        tab = Tab(to, back)
        tab.attach()
        yield tab
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        os.close(to)
        os.close(back)
