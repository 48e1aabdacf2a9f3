"""Feeds, sitemaps, pages and lists of addresses, read from a real site."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import DealgraphError
from pipeline.fetch import Fetcher
from pipeline.sources import Kind, read_source
from schemas.records import Page
from tests.loopback import Site, moved, says, unless_known

STORY = "<html><title>Nokia sells</title><body><p>Nokia agreed to sell its unit to Microsoft in June.</p></body></html>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{}</channel></rss>'
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{}</feed>'
MAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
NEWS_MAP = MAP.replace("<urlset", '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"')
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
XML = {"Content_Type": "application/xml"}


def item(url: str, day: str = "02 Jan 2026") -> str:
    return f"<item><link>{url}</link><pubDate>{day} 08:00:00 GMT</pubDate></item>"


def loc(url: str, day: str = "2026-01-02") -> str:
    return f"<url><loc>{url}</loc><lastmod>{day}T08:00:00Z</lastmod></url>"


def paths(site: Site, fetcher: Fetcher, path: str, kind: Kind | None = None, **options: str) -> list[str]:
    """The paths of the pages that the source at a path yields; an error stands as its message."""
    items = read_source(site.url(path), kind=kind, fetcher=fetcher, **options)  # type: ignore[arg-type]
    return [one.url.removeprefix(site.url("")) if isinstance(one, Page) else str(one) for one in items]


@pytest.fixture(autouse=True)
def stories(site: Site) -> None:
    site.answers |= {f"/{name}": says(STORY) for name in "abcd"}


@pytest.mark.parametrize(
    "header", ["application/rss+xml", "text/xml", "text/html", "text/plain", "application/octet-stream"]
)
def test_a_feed_yields_the_pages_of_its_entries(site: Site, fetcher: Fetcher, header: str) -> None:
    feed = RSS.format(item(site.url("/b")) + item(site.url("/a")))
    site.answers["/feed"] = says(feed, Content_Type=header)
    assert paths(site, fetcher, "/feed") == ["/b", "/a"]


def test_an_atom_feed_tells_addresses_beside_its_own(site: Site, fetcher: Fetcher) -> None:
    entry = '<entry><id>x:1</id><link rel="alternate" href="/a"/><updated>2026-01-02T08:00:00Z</updated></entry>'
    site.answers["/feeds/all"] = says(ATOM.format(entry), Content_Type="application/atom+xml")
    assert paths(site, fetcher, "/feeds/all") == ["/a"]


def test_an_article_is_fetched_once_however_often_it_is_named(site: Site, fetcher: Fetcher) -> None:
    again = item(site.url("/a?utm_source=rss")) + item(site.url("/a/")) + item(site.url("/b"))
    site.answers["/feed"] = says(RSS.format(item(site.url("/a")) + again), **XML)
    assert paths(site, fetcher, "/feed") == ["/a", "/b"]


def test_a_failing_page_is_told_and_stops_nothing(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = says(
        RSS.format(item(site.url("/a")) + item(site.url("/gone")) + item(site.url("/b"))), **XML
    )
    first, error, last = paths(site, fetcher, "/feed")
    assert (first, last) == ("/a", "/b")
    assert error.startswith(f"{site.url('/gone')}: there is no such page")


def test_older_entries_are_left_out(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = says(RSS.format(item(site.url("/a"), "01 Dec 2025") + item(site.url("/b"))), **XML)
    assert paths(site, fetcher, "/feed", since="2026-01-01") == ["/b"]


def test_known_addresses_are_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = says(RSS.format(item(site.url("/a")) + item(site.url("/b"))), **XML)
    list(read_source(site.url("/feed"), fetcher=fetcher, known=lambda url: url.endswith("/a")))
    assert site.pages_asked() == ["/feed", "/b"]


@pytest.mark.parametrize(
    "body", [RSS.format("<item><link>LINK</link></item>").replace("</channel></rss>", ""), ATOM.format("")]
)
def test_a_broken_or_empty_feed_yields_what_it_has(site: Site, fetcher: Fetcher, body: str) -> None:
    site.answers["/feed"] = says(body.replace("LINK", site.url("/a")), **XML)
    assert paths(site, fetcher, "/feed") == (["/a"] if "LINK" in body else [])


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_what_is_no_feed_or_sitemap_is_told(site: Site, fetcher: Fetcher, kind: Kind) -> None:
    (told,) = paths(site, fetcher, "/a", kind)
    assert told.startswith(f"{site.url('/a')}: it is no {kind}")


def test_a_sitemap_yields_its_pages(site: Site, fetcher: Fetcher) -> None:
    site.answers["/map"] = says(MAP.format(loc(site.url("/a")) + loc(site.url("/b"))), **XML)
    assert paths(site, fetcher, "/map") == ["/a", "/b"]


def test_a_sitemap_index_leads_to_its_sitemaps_packed_or_not(site: Site, fetcher: Fetcher) -> None:
    inner = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/1.xml", "/2.xml.gz", "/3.xml"))
    packed = gzip.compress(MAP.format(loc(site.url("/b"))).encode())
    site.answers |= {
        "/map": says(INDEX.format(inner), **XML),
        "/1.xml": says(MAP.format(loc(site.url("/a"))), **XML),
        "/2.xml.gz": says(packed, Content_Type="application/x-gzip"),
    }
    first, second, error = paths(site, fetcher, "/map")
    assert (first, second) == ("/a", "/b")
    assert "/3.xml: there is no such page" in error


def test_old_sitemaps_of_an_index_are_never_asked_for(site: Site, fetcher: Fetcher) -> None:
    dated = "<sitemap><loc>{}</loc><lastmod>{}</lastmod></sitemap>"
    inner = dated.format(site.url("/2019"), "2019-02-01") + dated.format(site.url("/2026"), "2026-02-01")
    site.answers |= {"/map": says(INDEX.format(inner), **XML), "/2026": says(MAP.format(loc(site.url("/a"))), **XML)}
    assert paths(site, fetcher, "/map", since="2026-01-01") == ["/a"]
    assert "/2019" not in site.asked


def test_a_news_sitemap_tells_days_of_publication(site: Site, fetcher: Fetcher) -> None:
    entries = "".join(
        f"<url><loc>{site.url(path)}</loc><n:news><n:publication_date>{day}</n:publication_date></n:news></url>"
        for path, day in (("/a", "2025-12-31"), ("/b", "2026-01-02T08:00:00+02:00"))
    )
    site.answers["/map"] = says(NEWS_MAP.format(entries), **XML)
    assert paths(site, fetcher, "/map", since="2026-01-01") == ["/b"]


def test_sitemaps_that_lead_in_a_circle_end(site: Site, fetcher: Fetcher) -> None:
    site.answers["/map"] = says(INDEX.format(f"<sitemap><loc>{site.url('/map')}</loc></sitemap>"), **XML)
    (told,) = paths(site, fetcher, "/map")
    assert "sitemaps within sitemaps" in told


@pytest.mark.parametrize(
    "evil",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "http://x.example/"><!ENTITY e "&a;&a;&a;">',
    ],
)
def test_entities_of_a_sitemap_are_not_resolved(site: Site, fetcher: Fetcher, evil: str) -> None:
    inner = "<urlset><url><loc>http://x.example/&e;</loc></url></urlset>"
    site.answers["/map"] = says(f"<!DOCTYPE x [{evil}]>{inner}", **XML)
    assert not any("root:" in told or "x.example/http" in told for told in paths(site, fetcher, "/map", "sitemap"))


def test_a_packed_sitemap_unfolds_within_limits(site: Site, fetcher: Fetcher) -> None:
    site.answers["/map.gz"] = says(gzip.compress(b" " * 60_000_000), Content_Type="application/gzip")
    (told,) = paths(site, fetcher, "/map.gz")
    assert "larger than 50 MB" in told


def test_a_front_page_as_sitemap_is_what_its_robots_names(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {
        "/robots.txt": says(f"User-agent: *\nAllow: /\nSitemap: {site.url('/news-map')}", Content_Type="text/plain"),
        "/news-map": says(MAP.format(loc(site.url("/a"))), **XML),
    }
    assert paths(site, fetcher, "/", "sitemap") == ["/a"]


def test_an_address_of_a_page_yields_the_page(site: Site, fetcher: Fetcher) -> None:
    assert paths(site, fetcher, "/a") == ["/a"]
    assert site.pages_asked() == ["/a"]


def test_an_unreachable_source_is_one_error(fetcher: Fetcher) -> None:
    (error,) = read_source("http://no-such-host.invalid/feed", fetcher=fetcher)
    assert isinstance(error, DealgraphError)


def test_a_list_of_addresses_yields_their_pages(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text(
        f"# to read\n{site.url('/a')}\n\n{site.url('/b')} # twice\n{site.url('/b?utm_source=x')}\nnonsense\n"
    )
    *pages, error = read_source(str(file), fetcher=fetcher)
    assert [page.url for page in pages if isinstance(page, Page)] == [site.url("/a"), site.url("/b")]
    assert "line 6: no address" in str(error)


def test_a_second_run_downloads_nothing_new(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {path: unless_known(STORY) for path in ("/a", "/b", "/robots.txt")}
    site.answers["/feed"] = unless_known(RSS.format(item(site.url("/a")) + item(site.url("/b"))), **XML)
    first = paths(site, fetcher, "/feed")
    site.sent.clear()
    assert paths(site, fetcher, "/feed") == first
    assert set(site.sent) == {304}


def test_nothing_that_robots_forbids_is_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {
        "/robots.txt": says("User-agent: *\nDisallow: /b\nDisallow: /c", Content_Type="text/plain"),
        "/feed": says(RSS.format("".join(item(site.url(path)) for path in ("/a", "/b", "/d"))), **XML),
        "/d": moved("/c"),
    }
    first, *errors = paths(site, fetcher, "/feed")
    assert first == "/a"
    assert all("robots.txt forbids it" in error for error in errors)
    assert not {"/b", "/c"} & set(site.asked)
