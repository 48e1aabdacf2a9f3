"""What the commands that keep nothing make of files and addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.reading import articles_of, read_pages
from flows.settings import Settings
from pipeline.errors import ParseError
from schemas.records import Article
from tests.loopback import Site, says

SENTENCE = "Acme Corp said on Tuesday that it had acquired Bolt Systems for $120 million, paid in cash."
PAGE = f"<html lang=en><title>Acme buys Bolt</title><body><p>{SENTENCE}</p><p>It said: {SENTENCE}</p></body></html>"


def test_a_page_of_the_web_is_shown_as_it_is_read(site: Site, settings: Settings) -> None:
    site.answers["/a"] = says(PAGE)
    (row,) = read_pages([site.url("/a")], settings)
    assert (row["source"], row["title"], row["language"]) == (site.url("/a"), "Acme buys Bolt", "en")
    assert row["text"].startswith(SENTENCE)
    assert not settings.workspace.exists()


def test_a_private_address_that_is_not_allowed_is_set_aside(site: Site, settings: Settings) -> None:
    (row,) = read_pages([site.url("/a")], settings.model_copy(update={"allow_hosts": ()}))
    assert "DEALGRAPH_ALLOW_HOSTS" in row["set_aside"]
    assert site.asked == []


@pytest.mark.parametrize("format_", ["text", "html"])
def test_a_file_is_read_in_the_form_that_is_told(tmp_path: Path, format_: str) -> None:
    path = tmp_path / "saved"
    path.write_text(PAGE if format_ == "html" else f"Acme buys Bolt\n\n{SENTENCE}")
    (article,) = articles_of([path], format_)  # type: ignore[arg-type]
    assert isinstance(article, Article)
    assert (article.title, article.text[:9]) == ("Acme buys Bolt", SENTENCE[:9])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.html", b"<p>word</p>" * 5_000_000, "55 MB, and an article has at most 10 MB"),
        ("a.html", bytes(range(256)) * 40, "binary data"),
        ("a.html", b"", "it is empty"),
        ("a.txt", bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) * 300, "no charset that can be told"),
        ("a.jsonl", b"{broken", "line 1: no JSON"),
        ("a.jsonl", b'{"id": "a", "text": "M\xfcller"}', "line 1: not in UTF-8"),
        ("a.docx", b"PK", "no extension that tells what it is"),
    ],
)
def test_a_bad_file_is_one_line_and_the_others_are_read(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps({"id": "good", "text": SENTENCE}))
    error, article = articles_of([tmp_path / name, good], None)
    assert isinstance(error, ParseError)
    assert str(tmp_path / name) in str(error)
    assert told in str(error)
    assert isinstance(article, Article)
