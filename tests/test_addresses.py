"""One article, one address."""

from __future__ import annotations

import pytest

from pipeline.addresses import article_id, canonical, is_address, site_of

STORY = "https://example.com/news/nokia-sells"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.com/news/nokia-sells/",
        "HTTPS://EXAMPLE.com:443/news/nokia-sells",
        "https://example.com/news/nokia-sells#comments",
        "https://example.com/news/nokia-sells?utm_source=rss&utm_medium=feed",
        "https://example.com/news/nokia-sells?fbclid=abc&gclid=def&mc_cid=1&ref=home",
        "https://example.com/news/nokia-sells?at_medium=RSS&at_campaign=news",
        "https://example.com/news/nokia-sells/amp",
        "https://example.com/news/nokia-sells/amp/",
        "https://example.com/amp/news/nokia-sells",
        "https://example.com/news/nokia-sells?output=amp",
        "https://amp.example.com/news/nokia-sells",
        "https://m.example.com/news/nokia-sells",
        "https://mobile.example.com/news/nokia-sells",
        "https://www.google.com/amp/s/example.com/news/nokia-sells",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/nokia-sells",
        "https://example.com//news//nokia-sells",
        "https://example.com/news/nokia-sells/index.html",
    ],
)
def test_one_article_has_one_address_however_it_is_spelt(spelling: str) -> None:
    assert canonical(spelling) == STORY


@pytest.mark.parametrize(
    "other",
    [
        "https://example.com/news/nokia-sells-2",
        "https://example.com/news/nokia-sells?id=2",
        "https://example.com/news/nokia-sells?page=2",
        "https://business.example.com/news/nokia-sells",
        "https://example.org/news/nokia-sells",
        "https://example.com/news/Nokia-Sells",
    ],
)
def test_what_chooses_the_article_stays(other: str) -> None:
    assert article_id(other) != article_id(STORY)


@pytest.mark.parametrize("twin", ["http://example.com/news/nokia-sells", "https://www.example.com/news/nokia-sells/"])
def test_scheme_and_www_make_no_second_article(twin: str) -> None:
    assert article_id(twin) == article_id(STORY)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/?p=12",
        "https://example.com/b?x=1&a=2",
        "https://example.com/caf%C3%A9",
        "https://example.com/café",
        "https://münchen.example/a",
        "https://example.com/a%2Fb",
        "https://example.com/a?q=x%26y",
    ],
)
def test_a_canonical_address_is_its_own(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


def test_the_order_of_a_query_makes_no_second_article() -> None:
    assert canonical("https://example.com/a?x=1&b=2") == canonical("https://example.com/a?b=2&x=1")


@pytest.mark.parametrize(
    "text", ["example.com/a", "mailto:a@example.com", "data/a.html", "C:\\a.html", "https://", "", None]
)
def test_what_is_no_address(text: str | None) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a b/c", "https://example.com:notaport/", "https://\x00/", "http://x.example/%zz"]
)
def test_odd_addresses_do_no_harm(url: str) -> None:
    assert article_id(url) == article_id(url)
    assert isinstance(site_of(url), str)
    assert isinstance(is_address(url), bool)
