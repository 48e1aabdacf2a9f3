"""Fetching from a real site: what comes, what is refused, and what the site is never asked."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.fetch import Fetcher
from pipeline.parse import parse
from pipeline.sources import read_source
from pipeline.web.limits import Limits
from pipeline.web.pace import Pace
from schemas.records import Page
from tests.loopback import Clock, Handler, Site, in_turn, moved, says, unless_known

STORY = "<html><title>Nokia sells</title><body><p>Nokia agreed to sell its unit to Microsoft in June.</p></body></html>"


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    line = str(caught.value)
    assert line.startswith(f"{url}: ")
    assert line.endswith(")")
    return line


def test_a_page_comes_as_the_site_sent_it(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = says(STORY)
    page = fetcher.fetch(site.url("/a"))
    assert (page.url, page.final_url, page.content) == (site.url("/a"), site.url("/a"), STORY.encode())
    assert page.content_type == "text/html; charset=utf-8"
    assert page.fetched_at is not None
    assert datetime.fromisoformat(page.fetched_at).tzinfo is not None


def test_we_say_who_we_are(site: Site) -> None:
    site.answers["/a"] = says(STORY)
    with Fetcher(allow_hosts=["127.0.0.1"], contact="mailto:desk@example.com", obey_robots=False) as fetcher:
        fetcher.fetch(site.url("/a"))
    assert site.headers[0]["user-agent"].startswith("dealgraph/")
    assert site.headers[0]["user-agent"].endswith("(+mailto:desk@example.com)")
    assert "cache-control" not in site.headers[0]


def test_redirects_are_followed(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/a": moved("/b", 301), "/b": moved("/c", 307), "/c": says(STORY)}
    assert fetcher.fetch(site.url("/a")).final_url == site.url("/c")


@pytest.mark.parametrize("to", ["/a", "ftp://127.0.0.1/a", "file:///etc/passwd", "http://[bad"])
def test_redirects_to_nowhere_are_refused(site: Site, fetcher: Fetcher, to: str) -> None:
    site.answers["/a"] = moved(to)
    refusal(fetcher, site.url("/a"))


@pytest.mark.parametrize(
    ("status", "told"), [(401, "login"), (403, "refuses"), (404, "no such page"), (410, "gone"), (418, "answers 418")]
)
def test_a_refusal_is_told_with_its_remedy(site: Site, fetcher: Fetcher, status: int, told: str) -> None:
    site.answers["/a"] = says(STORY, status=status)
    assert told in refusal(fetcher, site.url("/a"))
    assert site.pages_asked() == ["/a"]


# Robots


@pytest.mark.parametrize(
    "robots",
    [
        "User-agent: *\nDisallow: /private",
        "User-agent: dealgraph\nDisallow: /private\n\nUser-agent: *\nAllow: /",
        "\ufeffUSER-AGENT: *\nDisallow: /*vate*",
    ],
)
def test_what_robots_forbids_is_never_asked_for(site: Site, fetcher: Fetcher, robots: str) -> None:
    site.answers |= {"/robots.txt": says(robots, Content_Type="text/plain"), "/private/a": says(STORY)}
    assert "robots.txt forbids it" in refusal(fetcher, site.url("/private/a"))
    assert site.asked == ["/robots.txt"]


def test_a_redirect_to_what_robots_forbids_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": says("User-agent: *\nDisallow: /private"), "/a": moved("/private/a")}
    with pytest.raises(FetchError, match=r"leads to .*/private/a: its robots\.txt forbids it"):
        fetcher.fetch(site.url("/a"))
    assert site.pages_asked() == ["/a"]


def test_a_site_without_robots_may_be_read(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = says(STORY)
    assert fetcher.fetch(site.url("/a")).content == STORY.encode()


def test_a_site_whose_robots_fails_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": says("", status=503), "/a": says(STORY)}
    assert "left alone" in refusal(fetcher, site.url("/a"))
    assert site.pages_asked() == []


def test_robots_is_asked_for_once_and_obeyed_where_it_moved(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": moved("/rules"), "/rules": says("User-agent: *\nDisallow: /b"), "/a": says(STORY)}
    fetcher.fetch(site.url("/a"))
    refusal(fetcher, site.url("/b"))
    assert site.asked == ["/robots.txt", "/rules", "/a"]


def test_robots_may_be_set_aside_for_a_site_of_ones_own(site: Site) -> None:
    site.answers |= {"/robots.txt": says("User-agent: *\nDisallow: /"), "/a": says(STORY)}
    with Fetcher(allow_hosts=["127.0.0.1"], obey_robots=False) as fetcher:
        assert fetcher.fetch(site.url("/a")).content == STORY.encode()


# Pace and trying again


def test_requests_to_one_host_are_a_second_apart(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.answers |= {"/a": says(STORY), "/b": says(STORY)}
    for path in ("/a", "/b", "/a"):
        fetcher.fetch(site.url(path))
    assert clock.slept == [1.0, 1.0, 1.0]


def test_crawl_delay_slows_the_host(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.answers |= {"/robots.txt": says("User-agent: *\nCrawl-delay: 7"), "/a": says(STORY), "/b": says(STORY)}
    for path in ("/a", "/b", "/a"):
        fetcher.fetch(site.url(path))
    assert clock.slept[1:] == [7.0, 7.0]


def test_a_pace_below_one_second_is_one_second(clock: Clock) -> None:
    pace = Pace(0.01, clock=clock.now, sleep=clock.sleep)
    pace.wait("a.example")
    pace.wait("b.example")
    pace.wait("a.example")
    assert clock.slept == [1.0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failing_site_is_tried_again(site: Site, fetcher: Fetcher, status: int) -> None:
    site.answers["/a"] = in_turn(says("", status=status), says("", status=status), says(STORY))
    assert fetcher.fetch(site.url("/a")).content == STORY.encode()


def test_a_site_that_goes_on_failing_is_given_up(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.answers["/a"] = says("", status=503)
    assert "answers 503" in refusal(fetcher, site.url("/a"))
    assert site.pages_asked() == ["/a"] * 4


@pytest.mark.parametrize("told", ["17", "Fri, 02 Jan 2026 03:00:17 GMT"])
def test_retry_after_is_waited_out(site: Site, clock: Clock, told: str) -> None:
    site.answers["/a"] = in_turn(says("", status=429, Retry_After=told), says(STORY))
    pace = Pace(clock=clock.now, sleep=clock.sleep)
    with Fetcher(
        allow_hosts=["127.0.0.1"], pace=pace, now=lambda: datetime(2026, 1, 2, 3, 0, 0, tzinfo=UTC)
    ) as fetcher:
        fetcher.fetch(site.url("/a"))
    assert clock.slept[-1] == 17.0


def test_a_site_that_wants_an_hour_of_quiet_gets_it(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/a": says("", status=429, Retry_After="3600"), "/b": says(STORY)}
    assert "left alone for 3600 s" in refusal(fetcher, site.url("/a"))
    assert "left alone" in refusal(fetcher, site.url("/b"))
    assert site.pages_asked() == ["/a"]


def test_a_broken_connection_is_tried_again(site: Site, fetcher: Fetcher) -> None:
    def hangs_up(handler: Handler) -> None:
        handler.close_connection = True

    def is_cut_off(handler: Handler) -> None:
        says("half of it", Content_Length="5000")(handler)
        handler.close_connection = True

    site.answers["/a"] = in_turn(hangs_up, is_cut_off, says(STORY))
    assert fetcher.fetch(site.url("/a")).content == STORY.encode()


# Limits


def drips(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _ in itertools.count():
            handler.wfile.write(b"x")
            time.sleep(0.1)


def drips_headers(handler: Handler) -> None:
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            handler.wfile.write(b"X-%d: y\r\n" % number)
            time.sleep(0.1)


def is_silent(handler: Handler) -> None:
    time.sleep(3)


@pytest.mark.parametrize("answer", [drips, drips_headers, is_silent])
def test_a_slow_answer_is_ended(site: Site, clock: Clock, answer: Callable[[Handler], None]) -> None:
    site.answers["/a"] = in_turn(answer, says(STORY))
    pace, limits = Pace(clock=clock.now, sleep=clock.sleep), Limits(seconds=0.6, silence=0.5)
    with Fetcher(allow_hosts=["127.0.0.1"], pace=pace, limits=limits) as fetcher:
        assert fetcher.fetch(site.url("/a")).content == STORY.encode()
    assert site.pages_asked() == ["/a", "/a"]


def test_an_endless_answer_is_ended(site: Site, fetcher: Fetcher) -> None:
    def never_ends(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        with contextlib.suppress(OSError):
            while True:
                handler.wfile.write(b"<p>more</p>" * 1000)

    site.answers["/a"] = never_ends
    assert "larger than" in refusal(fetcher, site.url("/a"))
    assert site.pages_asked() == ["/a"]


def packed(content: bytes) -> bytes:
    """Always the same bytes: gzip writes the time of packing, and the names of tests must not change by the second."""
    return gzip.compress(content, mtime=0)


def bomb() -> bytes:
    return packed(b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("body", "packing", "told"),
    [
        (bomb(), "gzip", "larger than"),
        (zlib.compress(b"\0" * 30_000_000), "deflate", "larger than"),
        (packed(bomb()), "gzip, gzip", "packed as gzip, gzip"),
        (b"\x0b\x02\x80", "br", "packed as br"),
        (b"no gzip at all", "gzip", "damaged"),
        (packed(STORY.encode())[:-20], "gzip", "cut off"),
    ],
)
def test_a_packed_answer_is_unpacked_within_limits(
    site: Site, fetcher: Fetcher, body: bytes, packing: str, told: str
) -> None:
    site.answers["/a"] = says(body, Content_Encoding=packing)
    assert told in refusal(fetcher, site.url("/a"))


@pytest.mark.parametrize(
    ("body", "packing"),
    [
        (packed(STORY.encode()), "gzip"),
        (packed(STORY[:40].encode()) + packed(STORY[40:].encode()), "x-gzip"),
        (zlib.compress(STORY.encode()), "deflate"),
        (zlib.compress(STORY.encode())[2:-4], "deflate"),
    ],
)
def test_a_packed_answer_comes_unpacked(site: Site, fetcher: Fetcher, body: bytes, packing: str) -> None:
    site.answers["/a"] = says(body, Content_Encoding=packing)
    assert fetcher.fetch(site.url("/a")).content == STORY.encode()


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/json"])
def test_what_is_no_text_is_refused(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.answers["/a"] = says(b"...", Content_Type=kind)
    assert kind in refusal(fetcher, site.url("/a"))


@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8", "text/html; charset=nonsense"])
def test_a_page_with_a_wrong_charset_is_read_right(site: Site, fetcher: Fetcher, header: str) -> None:
    said = "Die Käufer zahlen 5 Millionen Euro für die Häuser in München, hieß es am Dienstag aus der Zentrale."
    html = f"<html><head><meta charset=iso-8859-1><title>Käufer</title></head><body><p>{said}</p><p>Größer: {said}"
    site.answers["/a"] = says(html.encode("cp1252"), Content_Type=header)
    assert parse(fetcher.fetch(site.url("/a"))).text.startswith(said)


# Addresses that must not be read


def test_this_machine_is_refused_unless_named(site: Site) -> None:
    site.answers["/a"] = says(STORY)
    with Fetcher(obey_robots=False) as fetcher:
        assert "DEALGRAPH_ALLOW_HOSTS=127.0.0.1" in refusal(fetcher, site.url("/a"))
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "127.0.0.2", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"),
        *("10.0.0.1", "169.254.169.254", "192.168.1.1"),
    ],
)
def test_redirects_into_the_network_are_refused(site: Site, fetcher: Fetcher, host: str) -> None:
    site.answers["/a"] = moved(f"http://{host}:{site.port}/secret")
    with pytest.raises(FetchError, match=r"address of this machine or network|robots\.txt cannot be read"):
        fetcher.fetch(site.url("/a"))
    assert site.pages_asked() == ["/a"]


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"]])
def test_a_public_name_that_leads_inside_is_refused(site: Site, answers: list[str]) -> None:
    site.answers["/a"] = says(STORY)
    with Fetcher(obey_robots=False, resolve=lambda host, port: answers) as fetcher:
        refusal(fetcher, f"http://rebinding.example:{site.port}/a")
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    site.answers["/a"] = says(STORY)
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    named = f"named.example:{site.port}"
    with Fetcher(obey_robots=False, allow_hosts=[named], resolve=resolve) as fetcher:
        assert fetcher.fetch(f"http://{named}/a").content == STORY.encode()
    assert asked == ["named.example"]
    assert site.headers[0]["host"] == named


@pytest.mark.parametrize("url", ["nowhere", "ftp://example.com/a", "http://", "http://no-such-host.invalid/a"])
def test_no_address_is_told_as_such(fetcher: Fetcher, url: str) -> None:
    refusal(fetcher, url)


def test_many_threads_share_a_fetcher_and_the_pace_of_a_host(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    paths = [f"/{number}" for number in range(24)]
    site.answers |= {path: unless_known(f"{STORY}{path}") for path in paths}
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda path: fetcher.fetch(site.url(path)), paths))
    assert [page.content.decode() for page in pages] == [f"{STORY}{path}" for path in paths]
    assert site.asked.count("/robots.txt") == 1
    assert len(clock.slept) == len(paths)


# Never twice, and kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(site: Site, folder: Path, clock: Clock, *paths: str) -> list[Page]:
    pace = Pace(clock=clock.now, sleep=clock.sleep)
    options = {"raw": folder / "raw", "cache": folder / "http-cache.db"}
    with Fetcher(allow_hosts=["127.0.0.1"], pace=pace, **options) as fetcher:
        return [fetcher.fetch(site.url(path)) for path in paths]


def test_a_second_run_downloads_nothing_new(site: Site, folder: Path, clock: Clock) -> None:
    site.answers |= {"/robots.txt": unless_known("User-agent: *"), "/a": unless_known(STORY)}
    first = run(site, folder, clock, "/a")
    site.sent.clear()
    second = run(site, folder, clock, "/a")
    assert site.sent == [304, 304]
    assert second[0].content == first[0].content


def test_a_changed_page_is_downloaded_again(site: Site, folder: Path, clock: Clock) -> None:
    site.answers["/a"] = unless_known(STORY, Cache_Control="max-age=3600")
    run(site, folder, clock, "/a")
    site.answers["/a"] = unless_known(STORY + "<!-- corrected -->")
    (page,) = run(site, folder, clock, "/a")
    assert page.content.endswith(b"corrected -->")


def test_what_was_cut_off_is_not_taken_for_the_page(site: Site, folder: Path, clock: Clock) -> None:
    site.answers["/a"] = says(b"\0" * 20_000_000, ETag='"x"')
    with pytest.raises(FetchError):
        run(site, folder, clock, "/a")
    site.answers["/a"] = unless_known(STORY)
    assert run(site, folder, clock, "/a")[0].content == STORY.encode()


def test_pages_are_kept_as_fetched_and_replayed(site: Site, folder: Path, clock: Clock) -> None:
    site.answers["/a"] = says(STORY)
    (page,) = run(site, folder, clock, "/a")
    assert list(read_source(str(folder / "raw"))) == [page]


def test_a_page_that_turns_into_plain_text_is_kept_once(site: Site, folder: Path, clock: Clock) -> None:
    site.answers["/a"] = in_turn(says(STORY), says("Nokia sells.", Content_Type="text/plain"))
    _, page = run(site, folder, clock, "/a", "/a")
    assert list(read_source(str(folder / "raw"))) == [page]


def test_a_page_is_kept_once_however_its_address_is_spelt(site: Site, folder: Path, clock: Clock) -> None:
    site.answers |= {"/a": says(STORY), "/a?utm_source=rss": says(STORY), "/a/": says(STORY)}
    run(site, folder, clock, "/a", "/a?utm_source=rss", "/a/")
    assert len(list((folder / "raw").glob("*/*/page.html"))) == 1
