"""How fast a web archive is read, and in how much memory: archives of made-up news pages, written and then streamed.

    python benchmarks/warc.py [RECORDS ...]      (default 100 1000 10000)

Each archive is read in a process of its own, as it is by `dealgraph ingest` up to the page. Prints its size packed,
records a second, and the most memory that the process held, in all and beyond what it held before the first record.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

# Run as a script, Python looks beside this file only.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.press import press  # noqa: E402
from pipeline.sources import read_source  # noqa: E402

PAGE = "<html><head><title>{title}</title><style>{style}</style></head><body><h1>{title}</h1>{body}</body></html>"
STYLE = ".c {{ margin: {} }}\n"


def write_archive(path: Path, records: int) -> None:
    """An archive in the manner of CC-NEWS: each record packed on its own, pages of about 60 kB."""
    style = "".join(STYLE.format(number) for number in range(3000))
    with path.open("wb") as file:
        for number, told in enumerate(press(records)):
            body = "".join(f"<p>{text}</p>" for text in told["text"].split("\n\n"))
            page = PAGE.format(title=told["title"], body=body, style=style).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
                f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: https://news.example.com/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def read(path: Path) -> None:
    """Stream an archive; print records, seconds, and peak memory before and after, in kB."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    count = sum(1 for _ in read_source(str(path)))
    print(count, time.perf_counter() - begin, before, getrusage(RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Write and read an archive of each size."""
    print(f"{'records':>8} {'MB':>7} {'records/s':>10} {'peak MB':>8} {'beyond the start':>17}")
    for records in [int(argument) for argument in sys.argv[1:]] or [100, 1000, 10000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "CC-NEWS.warc.gz"
            write_archive(path, records)
            command = [sys.executable, __file__, "--read", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            count, seconds, before, peak = map(float, done.stdout.split())
            size = path.stat().st_size / 1e6
            rate = count / seconds
            print(f"{count:8.0f} {size:7.1f} {rate:10.0f} {peak / 1e3:8.1f} {(peak - before) / 1e3:14.1f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]))
    else:
        main()
