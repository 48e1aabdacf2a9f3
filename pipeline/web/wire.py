"""One request over the network, with an answer that is bounded in size, time and kind."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from pipeline.errors import FetchError
from pipeline.web.deadline import TimedBackend, deadline
from pipeline.web.guard import Resolve, addresses_of
from pipeline.web.limits import Interrupted, Limits, Wanted
from pipeline.web.unpack import read_bounded


class Wire(httpx.BaseTransport):
    """Sends a request and reads its answer to the end: unpacked, never larger or slower than the limits."""

    def __init__(
        self, *, limits: Limits | None = None, allow_hosts: Collection[str] = (), resolve: Resolve = addresses_of
    ) -> None:
        self._limits = limits or Limits()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=TimedBackend(allow_hosts=allow_hosts, resolve=resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        wanted = request.extensions.get("wanted", Wanted())
        subject = str(request.url)
        asked = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        patience = {"timeout": {"connect": self._limits.connect, "read": self._limits.silence}}
        # "no-cache" is for our own cache; sent on, it would make the site's caches ask its servers.
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"cache-control"]
        sending = self._pool.stream(request.method, asked, headers=headers, extensions=patience)
        with _told_as_fetch_errors(subject, self._limits), sending as answer:
            told = httpx.Headers(answer.headers)
            if 200 <= answer.status < 300:
                _refuse_kind(told, wanted, subject)
            size = wanted.size or self._limits.size
            content = read_bounded(answer.iter_stream(), told, size=size, subject=subject)
        for name in ("content-encoding", "content-length", "transfer-encoding"):
            told.pop(name, None)
        return httpx.Response(answer.status, headers=told, stream=httpx.ByteStream(content))

    def close(self) -> None:
        self._pool.close()


@contextmanager
def _told_as_fetch_errors(subject: str, limits: Limits) -> Iterator[None]:
    token = deadline.set(time.monotonic() + limits.seconds)
    later = "it is tried again; else check the address in a browser"
    try:
        yield
    except httpcore.TimeoutException as error:
        raise Interrupted("no whole answer in time", subject=subject, remedy=later) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Interrupted(f"no answer: {error}", subject=subject, remedy=later) from error
    except httpcore.UnsupportedProtocol as error:
        raise FetchError("no address of the web", subject=subject, remedy="give an http or https address") from error
    except FetchError as error:
        if error.subject == subject:
            raise
        raise FetchError(error.message, subject=subject, remedy=error.remedy) from error
    finally:
        deadline.reset(token)


def _refuse_kind(headers: httpx.Headers, wanted: Wanted, subject: str) -> None:
    told = headers.get("content-type", "").split(";")[0].strip().lower()
    if told and not any(told.endswith(kind) for kind in wanted.kinds):
        raise FetchError(f"it is {told}, not a page of text", subject=subject, remedy="give the address of an article")
