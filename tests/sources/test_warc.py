"""Web archives: read as a stream, whatever else is in them."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import ParseError
from pipeline.parse import parse
from pipeline.sources import read_source
from schemas.records import Page

STORY = "<html><title>Nokia sells</title><body><p>Nokia agreed on Tuesday to sell {} to Microsoft.</p><p>{}</p></body>"


def record(
    number: int, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", headers: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: https://news.example.com/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(tmp_path: Path, *records: bytes, packed: bool = True) -> str:
    path = tmp_path / ("CC-NEWS.warc.gz" if packed else "CC-NEWS.warc")
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return str(path)


def story(number: int) -> bytes:
    return STORY.format(f"unit {number}", f"The buyer is to pay {number} million euros, it said.").encode()


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_yields_its_pages(tmp_path: Path, packed: bool) -> None:
    pages = list(read_source(archive(tmp_path, record(1, story(1)), record(2, story(2)), packed=packed)))
    assert [page.url for page in pages if isinstance(page, Page)] == [f"https://news.example.com/{n}" for n in (1, 2)]
    assert isinstance(pages[0], Page)
    article = parse(pages[0])
    assert (article.id, article.fetched_at) == ("news.example.com/1", "2026-01-02T03:04:05Z")
    assert "unit 1" in article.text


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    others = [
        record(1, b"GIF89a", kind="image/gif"),
        record(2, story(2), status="404 Not Found"),
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n",
    ]
    (page,) = read_source(archive(tmp_path, *others, record(3, story(3))))
    assert isinstance(page, Page)
    assert page.url.endswith("/3")


def test_a_packed_body_is_unpacked_within_limits(tmp_path: Path) -> None:
    packed = "Content-Encoding: gzip\r\n"
    fair, bomb = gzip.compress(story(1)), gzip.compress(b"\0" * 60_000_000)
    page, error = read_source(archive(tmp_path, record(1, fair, headers=packed), record(2, bomb, headers=packed)))
    assert isinstance(page, Page)
    assert page.content == story(1)
    assert isinstance(error, ParseError)
    assert "an article has at most 10 MB" in str(error)


def test_a_cut_archive_yields_what_stands_before_the_cut(tmp_path: Path) -> None:
    path = Path(archive(tmp_path, record(1, story(1)), record(2, story(2))))
    path.write_bytes(path.read_bytes()[:-150])
    first, *rest = read_source(str(path))
    assert isinstance(first, Page)
    assert first.content == story(1)
    assert not any(isinstance(one, Page) and one.content == story(2) for one in rest)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b broken"])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    (error,) = read_source(str(path))
    assert isinstance(error, ParseError)
    assert str(path) in str(error)


def test_ten_thousand_records_need_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pipeline.sources import read_source\n"
        "print(sum(1 for _ in read_source(sys.argv[1])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    filler = story(1).replace(b"</body>", b"<!-- %s -->" % (b"x" * 20_000))
    peaks = []
    for count in (100, 10_000):
        path = tmp_path / f"{count}.warc.gz"
        with path.open("wb") as file:
            for number in range(count):
                file.write(gzip.compress(record(number, filler), 1))
        out = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
        read, peak = map(int, out.stdout.split())
        assert read == count
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 20_000
