"""Reading pages: what becomes the article, and what is refused with its reason."""

from __future__ import annotations

import json
import re

import pytest

from pipeline.errors import ParseError
from pipeline.parse import parse
from schemas.records import Page

URL = "https://news.example.com/story/lumia"
FIRST = (
    "Nokia agreed on Tuesday to sell its devices business to Microsoft for 5.44 billion euros, the Finnish firm said."
)
SECOND = "Microsoft will license the patents for ten years, and some 32,000 people are expected to move to the buyer."
THIRD = "The deal is to close in the first quarter of 2014, the two companies said in a joint statement on Tuesday."
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def a_page(body: str = PROSE, *, head: str = "", html: str = "<html>", **more: str) -> Page:
    text = f"<!doctype html>{html}<head><title>Nokia sells</title>{head}</head><body>{body}</body></html>"
    return Page(URL, text.encode(), "text/html; charset=utf-8", **more)


def in_article(inside: str) -> Page:
    return a_page(f"<article><h1>Nokia sells</h1><p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{THIRD}</p></article>")


def linked(**told: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **told})}</script>'


def test_body_is_paragraphs_apart_by_a_blank_line() -> None:
    assert parse(a_page(f"<article>{PROSE}</article>")).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_words_beside_a_link_keep_their_space() -> None:
    page = a_page(f"<article><p>On Monday <a href='/o'>OpenAI</a> reportedly bought it.</p>{PROSE}</article>")
    assert parse(page).text.startswith("On Monday OpenAI reportedly bought it.")


def test_line_breaks_in_one_paragraph_part_its_sentences() -> None:
    assert parse(a_page(f"<div>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>")).text.count("\n\n") == 2


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="related-stories"><h3>Related</h3><p><a href="/a">Apple to sell a watch in June</a></p></div>',
        '<div class="cookie-banner"><p>We use cookies to show adverts from Apple. Accept them.</p></div>',
        "<p>Sign up for our newsletter and have Apple news sent to you each morning.</p>",
        '<form class="newsletter"><p>The Apple letter comes each morning before work starts.</p><input></form>',
        "<figure><img src='a.png'><figcaption>An Apple shop in Espoo, seen in the rain.</figcaption></figure>",
        "<p>Photo: Apple / Example Pictures</p>",
        "<p>Read more: Apple buys a maker of headphones</p>",
        "<p>To continue reading about Apple, subscribe now or log in.</p>",
        "<p>Advertisement</p><aside class='ad-slot'><p>Buy an Apple phone at the shop next door.</p></aside>",
    ],
)
def test_what_stands_between_the_paragraphs_is_no_text(furniture: str) -> None:
    assert parse(in_article(furniture)).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_all_after_related_stories_is_no_text() -> None:
    after = "<h2>Related stories</h2><p>Apple showed a watch in Cupertino, said a man who had been there to see it.</p>"
    assert "Apple" not in parse(a_page(f"<article>{PROSE}{after}</article>")).text


@pytest.mark.parametrize(
    "story",
    [
        f"<div id=story><h1>Nokia sells</h1><p>{FIRST}<p>{SECOND}</div></span><p>{THIRD}</div>",
        f"<div class='part'><p>{FIRST}</p><p>{SECOND}</p></div><figure></figure><div class='part'><p>{THIRD}</p></div>",
    ],
)
def test_a_story_in_several_boxes_is_read_to_its_end(story: str) -> None:
    assert parse(a_page(story)).text.endswith(THIRD)


@pytest.mark.parametrize("name", ["newsletter", "related", "promo", "share"])
def test_a_story_in_a_box_of_a_misleading_name_is_read(name: str) -> None:
    comments = "".join(f"<li>Reader {number} thinks that the price was too low for it.</li>" for number in range(60))
    story = f"<div class='{name}'><h1>Nokia sells</h1>{PROSE}</div>"
    assert FIRST in parse(a_page(f"<main>{story}</main><ul class='comments'>{comments}</ul>")).text


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    rail = "<td><a href=/a>Jobs</a><br><a href=/b>Prices</a></td>"
    page = a_page(f"<table><tr>{rail}<td><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr></table>")
    assert parse(page).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_sentence_broken_by_its_markup_is_made_whole() -> None:
    begun, end = FIRST.split(" for ")
    assert parse(a_page(f"<div><p>{begun}<br>\nfor {end}</p><p>{SECOND}</p></div>")).text.startswith(FIRST)


def test_prose_that_begins_like_furniture_stays() -> None:
    sentence = "By 2013 Nokia had lost its place, and related firms sold their shares in the company to others."
    assert sentence in parse(in_article(f"<p>{sentence}</p>")).text


def test_told_body_ends_before_the_teasers() -> None:
    teaser = "<p>Elsewhere a Swedish bank opened a branch in Oslo, where it has long wanted to be, it said.</p>"
    page = a_page(f"<article>{PROSE}{teaser}</article>", head=linked(articleBody=f"{FIRST}\n{SECOND}\n{THIRD}"))
    assert parse(page).text.endswith(THIRD)


def test_told_body_goes_on_where_the_shown_one_is_cut() -> None:
    page = a_page(f"<article><p>{FIRST}</p></article>", head=linked(articleBody=f"{FIRST}\n{SECOND}\n{THIRD}"))
    assert parse(page).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


SITE = '<meta property="og:site_name" content="Example">'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("", "<h1>Nokia sells phones</h1>", "Nokia sells phones"),
        (f'{SITE}<meta property="og:title" content="Nokia sells all | Example">', "", "Nokia sells all"),
        (linked(headline="Nokia &amp; Microsoft agree"), "<h1>News</h1>", "Nokia & Microsoft agree"),
        (linked(headline="Nokia sells its..."), "<h1>Nokia sells its phones</h1>", "Nokia sells its phones"),
        ("", "", "Nokia sells"),
    ],
)
def test_title_is_the_whole_headline(head: str, body: str, title: str) -> None:
    assert parse(a_page(body + PROSE, head=head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "published_at"),
    [
        (linked(datePublished="2013-09-03T07:00:00+0300"), "", "2013-09-03T07:00:00+03:00"),
        ('<meta property="article:published_time" content="2013-09-03T07:00:00Z">', "", "2013-09-03T07:00:00+00:00"),
        ('<meta name="date" content="2013-09-03 07:00">', "", "2013-09-03"),
        ("", '<time datetime="2013-09-03T07:00:00-05:00">Tuesday</time>', "2013-09-03T07:00:00-05:00"),
        ("", "<p>Published September 3, 2013</p>", "2013-09-03"),
        ("", "", None),
    ],
)
def test_date_keeps_the_time_zone_it_is_told(head: str, body: str, published_at: str | None) -> None:
    assert parse(a_page(body + PROSE, head=head)).published_at == published_at


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (linked(author=[{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ek"}]), "", ("Ann Lee", "Bo Ek")),
        (linked(author="Ann Lee and Bo Ek"), "", ("Ann Lee", "Bo Ek")),
        ('<meta name="author" content="By Ann Lee">', "", ("Ann Lee",)),
        ('<meta property="article:author" content="https://social.example/ann">', "", ()),
        ("", '<a rel="author" href="/ann">Ann Lee</a>', ("Ann Lee",)),
        ("", '<span class="byline">By Ann Lee, Bo Ek</span>', ("Ann Lee", "Bo Ek")),
    ],
)
def test_authors_are_people(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert parse(a_page(body + PROSE, head=head)).authors == authors


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", URL),
        (f'<link rel="canonical" href="{URL}?utm_source=mail">', URL),
        ('<meta property="og:url" content="https://m.other.example/a/amp/">', "https://other.example/a"),
        ('<link rel="canonical" href="https://news.example.com/">', URL),
        ('<link rel="canonical" href="/story/lumia">', URL),
    ],
)
def test_address_is_canonical(head: str, url: str) -> None:
    assert parse(a_page(head=head)).url == url


def test_identity_is_the_canonical_address() -> None:
    assert parse(a_page(head='<link rel="canonical" href="https://www.example.com/a/">')).id == "example.com/a"


def test_a_file_without_an_address_is_known_by_its_name() -> None:
    page = a_page()
    assert parse(Page("/tmp/x/story.html", page.content)).id == "story.html"


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('<html lang="de-DE">', "", "de"),
        ("<html>", '<meta property="og:locale" content="en_US">', "en"),
        ("<html>", "", None),
    ],
)
def test_language_is_what_the_page_tells(html: str, head: str, language: str | None) -> None:
    assert parse(a_page(html=html, head=head)).language == language


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta property="og:site_name" content="Example News">', "Example News"),
        (linked(publisher={"@type": "Organization", "name": "Example News"}), "Example News"),
        ("", "news.example.com"),
    ],
)
def test_publisher_is_the_outlet(head: str, publisher: str) -> None:
    assert parse(a_page(head=head)).publisher == publisher


EURO = "Die Société Générale zahlt 5 € für Häuser in München, sagte Frau Müller am Dienstag."
GERMAN = (
    f"<html><head><title>Käufer</title>META</head><body><p>{EURO}</p><p>{EURO}</p><p>{EURO} Größer.</p></body></html>"
)


@pytest.mark.parametrize(
    ("charset", "header", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("cp1252", "text/html; charset=iso-8859-1", ""),
        ("cp1252", "text/html", "<meta charset='windows-1252'>"),
        ("cp1252", "text/html; charset=utf-8", "<meta http-equiv='Content-Type' content='charset=ISO-8859-1'>"),
        ("utf-16", "text/html", ""),
        ("utf-8", "text/html; charset=utf-16", "<meta charset='utf-16'>"),
        ("utf-8-sig", "text/html; charset=iso-8859-1", ""),
    ],
)
def test_letters_are_read_whatever_the_server_says(charset: str, header: str, meta: str) -> None:
    content = GERMAN.replace("META", meta).encode(charset)
    assert EURO in parse(Page(URL, content, header)).text


LIST = "".join(f"<li><a href='/{n}'>Firm number {n} opens a shop</a></li>" for n in range(40))
WALL = f"<article><p>{FIRST}</p><p>This article is for subscribers only. Already a subscriber? Log in.</p></article>"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 \x00\x01", "a PDF"),
        (bytes(range(256)) * 40, "binary"),
        (b"x" * 50_000_000, "50 MB"),
        (f"<html><body><nav><ul>{LIST}</ul></nav></body></html>".encode(), "no article"),
        (b"<html><body><div id=root></div></body></html>", "no article"),
        (b"<html><title>404 Not Found</title><body><h1>404 Not Found</h1><p>nginx</p></body></html>", "error page"),
        (a_page(WALL).content, "paywall"),
        ("日本語の記事です。会社は売却した。".encode("shift_jis") + b"\xff\xff\x81" * 40, "charset"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line_with_a_remedy(content: bytes, told: str) -> None:
    with pytest.raises(ParseError, match=re.escape(told)) as caught:
        parse(Page(URL, content))
    line = str(caught.value)
    assert line.startswith(f"{URL}: ")
    assert line.endswith(")")
    assert "\n" not in line


@pytest.mark.parametrize(
    "broken",
    [
        f"<p>{FIRST}<p>{SECOND}<div><b>{THIRD}</p></i></span>",
        "<div>" * 900 + PROSE,
        f"<html><body>{PROSE}<script>if (a < b) {{ document.write('<p>no') }}",
        f"<html><head>{linked(author=[[{'name': None}], 7], publisher=[], datePublished=3)}</head><body>{PROSE}",
        f"<html><head><script type='application/ld+json'>{{oops</script></head><body>{PROSE}",
        f"<html><head><script type='application/ld+json'>{'[' * 50_000}</script></head><body>{PROSE}",
        f"<html><head><link rel=canonical href='http://[bad'></head><body>{PROSE}",
    ],
)
def test_broken_html_is_read(broken: str) -> None:
    assert SECOND in parse(Page(URL, broken.encode(), "text/html")).text


def test_plain_text_begins_with_its_title_and_date() -> None:
    article = parse(Page("notes/nokia.txt", f"Nokia sells\n\nSeptember 3, 2013\n\n{FIRST}\n\n{SECOND}\n".encode()))
    assert (article.title, article.published_at) == ("Nokia sells", "2013-09-03")
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_plain_text_without_a_title_is_all_body() -> None:
    article = parse(Page("nokia.txt", FIRST.encode()))
    assert (article.id, article.title, article.text) == ("nokia.txt", "", FIRST)


def test_hard_wrapped_text_is_one_paragraph() -> None:
    wrapped = FIRST.replace(" to ", "\nto ")
    assert parse(Page("nokia.txt", f"Nokia sells\n\n{wrapped}\n".encode())).text == FIRST
