"""A pace per host: requests to one host begin some time apart, and a host that asks for quiet gets it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from pipeline.errors import FetchError

LEAST = 1.0


class Pace:
    """Shared by all threads of a run. seconds: between two requests to a host, never below one second.

    clock and sleep are the only time it knows. patience: seconds of quiet, asked for by a host, that a run waits out.
    """

    def __init__(
        self,
        seconds: float = LEAST,
        *,
        patience: float = 120.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = max(seconds, LEAST)
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._quiet_until: dict[str, float] = {}

    def slow(self, host: str, seconds: float) -> None:
        """This host wants more time between requests than others."""
        with self._lock:
            self._delays[host] = max(seconds, self._delays.get(host, 0.0))

    def quiet(self, host: str, seconds: float) -> None:
        """This host asked for no request for so long."""
        with self._lock:
            self._quiet_until[host] = max(self._clock() + seconds, self._quiet_until.get(host, 0.0))

    def wait(self, host: str) -> None:
        """Return when this host may be asked; `FetchError` when it wants more quiet than the run has patience for."""
        with self._lock:
            now = self._clock()
            quiet = self._quiet_until.get(host, now)
            if quiet - now > self._patience:
                raise FetchError(
                    f"it asks to be left alone for {quiet - now:.0f} s",
                    subject=host,
                    remedy="run again after that time",
                )
            begin = max(now, quiet, self._next.get(host, now))
            self._next[host] = begin + max(self._seconds, self._delays.get(host, 0.0))
        if begin > now:
            self._sleep(begin - now)
