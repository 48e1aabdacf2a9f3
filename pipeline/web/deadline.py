"""Connections that end at the deadline of the request they serve, so that a byte now and then keeps nothing open."""

from __future__ import annotations

import ssl
import time
from contextvars import ContextVar

import httpcore

from pipeline.web.guard import GuardedBackend

# Of the request that this thread is serving, on the monotonic clock.
deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class TimedBackend(GuardedBackend):
    """Guarded connections whose reads and writes end at the deadline."""

    def connect_tcp(self, *args: object, **options: object) -> httpcore.NetworkStream:
        return _TimedStream(super().connect_tcp(*args, **options))  # type: ignore[arg-type]


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None) -> float | None:
    end = deadline.get()
    if end is None:
        return timeout
    left = end - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole answer is over")
    return left if timeout is None else min(left, timeout)
