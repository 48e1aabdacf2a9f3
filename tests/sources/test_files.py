"""Files, folders and JSON lines: everything readable comes, everything else is told and stops nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import ParseError
from pipeline.parse import parse
from pipeline.sources import read_source
from schemas.records import Article, Page

SENTENCE = "Nokia agreed on Tuesday to sell its devices business to Microsoft for 5.44 billion euros, it said."
HTML = f"<html><title>Nokia sells</title><body><p>{SENTENCE}</p><p>{SENTENCE} Again.</p></body></html>"


def lines(tmp_path: Path, *told: object) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in told), "utf-8")
    return path


def test_a_folder_is_read_by_name_with_all_below(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "deep/c.HTM", "picture.png", ".hidden/d.html", ".e.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HTML)
    names = [page.name for page in read_source(str(tmp_path)) if isinstance(page, Page)]
    assert names == ["a.txt", "b.html", "deep/c.HTM"]


@pytest.mark.parametrize(
    ("name", "told"), [("nothing.html", "no such file or folder"), ("empty", "nothing to read in this folder")]
)
def test_a_source_without_articles_says_so(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    (error,) = read_source(str(tmp_path / name))
    assert isinstance(error, ParseError)
    assert told in str(error)
    assert str(tmp_path / name) in str(error)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (error,) = read_source(str(path))
    assert "50 MB" in str(error)


def test_a_kept_page_is_replayed_as_it_was_fetched(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML)
    told = {"url": "https://example.com/a?utm_source=x", "fetched_at": "2026-01-02T03:04:05+00:00"}
    (tmp_path / "meta.json").write_text(json.dumps(told))
    (page,) = read_source(str(tmp_path))
    assert isinstance(page, Page)
    article = parse(page)
    assert (article.url, article.fetched_at) == ("https://example.com/a", "2026-01-02T03:04:05+00:00")


def test_a_line_of_text_is_an_article_as_given(tmp_path: Path) -> None:
    text = f"{SENTENCE}\n\n  Two  spaces stay.\n"
    (article,) = read_source(
        str(lines(tmp_path, {"id": "bbc:1", "title": "Nokia sells", "date": "2013-09-03", "text": text}))
    )
    assert article == Article("bbc:1", "Nokia sells", text, published_at="2013-09-03")


def test_a_line_of_html_is_read_and_keeps_its_id(tmp_path: Path) -> None:
    (article,) = read_source(str(lines(tmp_path, {"id": 7, "html": HTML, "url": "https://example.com/a"})))
    assert isinstance(article, Article)
    assert (article.id, article.url, article.title) == ("7", "https://example.com/a", "Nokia sells")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "text": "cut', "no JSON"),
        ("[1, 2]", "not an object"),
        ('{"id": "x"}', "no text"),
        ('{"id": "x", "text": 7}', '"text" is no text'),
        ('{"id": "x", "html": "<html></html>"}', "no article"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_stops_nothing(tmp_path: Path, line: str, told: str) -> None:
    good = {"id": "a", "text": SENTENCE}
    first, error, last = read_source(str(lines(tmp_path, good, line, "", {"id": "b", "text": SENTENCE})))
    assert isinstance(first, Article)
    assert isinstance(error, ParseError)
    assert isinstance(last, Article)
    assert "articles.jsonl, line 2" in str(error)
    assert told in str(error)


def test_a_line_in_another_charset_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes('{"id": "a", "text": "Müller"}\n'.encode("latin-1"))
    (error,) = read_source(str(path))
    assert "line 1: not in UTF-8" in str(error)


def test_an_article_without_id_is_known_by_its_line(tmp_path: Path) -> None:
    (article,) = read_source(str(lines(tmp_path, {"text": SENTENCE})))
    assert isinstance(article, Article)
    assert article.id.endswith("articles.jsonl, line 1")
