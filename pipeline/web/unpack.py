"""Unpacking an answer piece by piece, never beyond a size: a small packed answer may unfold to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping

from pipeline.errors import FetchError
from pipeline.web.limits import Interrupted


def read_bounded(pieces: Iterable[bytes], headers: Mapping[str, str], *, size: int, subject: str) -> bytes:
    """The unpacked body; `FetchError` as soon as it passes `size` bytes, packed or unpacked."""
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) > size:
        raise _too_large(size, subject)
    packing = headers.get("content-encoding", "identity").strip().lower()
    unpack, ended = _unpacker(packing, subject)
    body = bytearray()
    packed = 0
    for piece in pieces:
        packed += len(piece)
        body += unpack(piece, size + 1 - len(body))
        if packed > size or len(body) > size:
            raise _too_large(size, subject)
    if packed and not ended():
        raise Interrupted("its answer was cut off", subject=subject, remedy="it is tried again")
    return bytes(body)


def _too_large(size: int, subject: str) -> FetchError:
    return FetchError(
        f"it is larger than {size / 1e6:.0f} MB", subject=subject, remedy="give the address of one article"
    )


def _unpacker(packing: str, subject: str) -> tuple[Callable[[bytes, int], bytes], Callable[[], bool]]:
    """(unpack at most so many bytes of a piece, whether all was unpacked)."""
    if packing in ("identity", ""):
        return (lambda piece, most: piece[: max(most, 0)]), (lambda: True)
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"it is packed as {packing}, which was not asked for", subject=subject, remedy="leave it out")
    unpacker = _Unpacker(subject, zipped=packing != "deflate")
    return unpacker.unpack, unpacker.ended


class _Unpacker:
    def __init__(self, subject: str, *, zipped: bool) -> None:
        self._subject = subject
        self._zipped = zipped
        self._inner = zlib.decompressobj(wbits=31 if zipped else 15)
        self._begun = False

    def unpack(self, piece: bytes, most: int) -> bytes:
        body = bytearray()
        while piece and len(body) < most:
            body += self._some(piece, most - len(body))
            piece = self._inner.unconsumed_tail or self._inner.unused_data
            if self._inner.eof:
                # gzip may hold several members one after another; what else follows is padding.
                if not (self._zipped and piece.startswith(b"\x1f\x8b")):
                    break
                self._inner = zlib.decompressobj(wbits=31)
        return bytes(body)

    def _some(self, piece: bytes, most: int) -> bytes:
        try:
            begun, self._begun = self._begun, True
            return self._inner.decompress(piece, most)
        except zlib.error as error:
            if not begun and not self._zipped:
                # Many servers send "deflate" without its wrapper.
                self._inner = zlib.decompressobj(wbits=-15)
                return self._inner.decompress(piece, most)
            raise FetchError("its packed answer is damaged", subject=self._subject, remedy="try again later") from error

    def ended(self) -> bool:
        return self._inner.eof
