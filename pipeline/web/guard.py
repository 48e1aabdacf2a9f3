"""No address of the machine itself or of the network around it is ever connected to, unless its host is named.

The check stands where the connection is made, on the very address that is connected to: so a redirect, or a name
that answers differently the second time (DNS rebinding), cannot slip past it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore

from pipeline.errors import FetchError

Resolve = Callable[[str, int], list[str]]
Address = IPv4Address | IPv6Address
# Where IPv6 carries an IPv4 address for a translator (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is of the open internet.

    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    """
    ip: Address = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        ip = inner or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in TRANSLATED else ip)
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to public addresses, and to the hosts that are named."""

    def __init__(self, *, allow_hosts: Collection[str] = (), resolve: Resolve = addresses_of) -> None:
        self._allowed = {host.strip().lower() for host in allow_hosts}
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._checked(host, port):
            try:
                return self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host: {host}") from error
        inside = [address for address in addresses if not is_public(address)]
        if inside and not {host.lower(), f"{host.lower()}:{port}"} & self._allowed:
            raise FetchError(
                f"its host is at {inside[0]}, an address of this machine or network",
                subject=host,
                remedy=f"name it in DEALGRAPH_ALLOW_HOSTS={host} if it may be read",
            )
        return addresses

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)
