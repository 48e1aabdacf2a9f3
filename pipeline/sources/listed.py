"""A list of addresses: a text file with one a line; "#" begins a remark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.addresses import article_id, is_address
from pipeline.errors import DealgraphError, FetchError, ParseError
from schemas.records import Page

if TYPE_CHECKING:
    from pipeline.fetch import Fetcher

LISTS = (".urls", ".txt", ".list")


def holds_addresses(path: Path) -> bool:
    """Whether a file is a list of addresses: its first line that is no remark is one."""
    if path.suffix.lower() not in LISTS or not path.is_file():
        return False
    with path.open("rb") as stream:
        begin = stream.read(4096).decode("utf-8", "replace").removeprefix("\ufeff")
    lines = [line.strip() for line in begin.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return is_address(first) and " " not in first


def read_addresses(
    path: Path, *, fetcher: Fetcher, known: Callable[[str], bool] = lambda url: False
) -> Iterator[Page | DealgraphError]:
    """The pages at the addresses of a file; a line that is none is told by its number."""
    try:
        text = path.read_text("utf-8-sig", "replace")
    except OSError as error:
        yield ParseError(f"it cannot be read: {error.strerror}", subject=str(path), remedy="check the path")
        return
    yield from fetch_each(_addresses(text, str(path)), fetcher=fetcher, known=known)


def _addresses(text: str, subject: str) -> Iterator[str | DealgraphError]:
    for number, line in enumerate(text.splitlines(), start=1):
        address = line.split(" #")[0].strip()
        if is_address(address):
            yield address
        elif address and not address.startswith("#"):
            told = f"{subject}, line {number}"
            yield ParseError(f'no address of the web: "{address[:60]}"', subject=told, remedy="one address a line")


def fetch_each(
    addresses: Iterable[str | DealgraphError], *, fetcher: Fetcher, known: Callable[[str], bool] = lambda url: False
) -> Iterator[Page | DealgraphError]:
    """The page at each address, each article once; an address that fails is yielded as its error, an error as it is."""
    seen: set[str] = set()
    for address in addresses:
        if isinstance(address, DealgraphError):
            yield address
            continue
        identity = article_id(address)
        if identity in seen or known(address):
            continue
        seen.add(identity)
        try:
            yield fetcher.fetch(address)
        except FetchError as error:
            yield error
