"""sources.toml: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.addresses import site_of
from pipeline.errors import SettingsError
from pipeline.sources import Source, completed, read_catalogue
from schemas.records import Article

GOOD = '[[source]]\nname = "a"\nkind = "feed"\naddress = "https://example.com/feed"\n'


def a_catalogue(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_default_names_the_feeds_of_ten_outlets_at_a_fair_pace() -> None:
    sources = read_catalogue()
    assert len({source.publisher for source in sources}) == len({site_of(source.address) for source in sources}) == 10
    assert {source.kind for source in sources} == {"feed"}
    assert all(source.publisher and source.language and source.pace >= 1 and source.floor > 0 for source in sources)


def test_a_source_needs_a_name_a_kind_and_an_address(tmp_path: Path) -> None:
    assert read_catalogue(a_catalogue(tmp_path, GOOD)) == (Source("a", "feed", "https://example.com/feed"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[source", "no TOML"),
        ('source = "x"', "sources.toml"),
        (GOOD.replace('name = "a"\n', ""), 'source 1: "name"'),
        (GOOD + GOOD, "two sources are called a"),
        (GOOD.replace("feed", "fed", 1), 'source 1: "kind"'),
        (GOOD.replace("https://example.com/feed", "example.com/feed"), "no address of the web"),
        (GOOD + "pace = 0.1\n", 'source 1: "pace"'),
        (GOOD + "floor = -1\n", 'source 1: "floor"'),
        (GOOD + "colour = 3\n", 'source 1: "colour"'),
        (GOOD + 'since = "soon"\n', 'source 1: "since"'),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, text: str, told: str) -> None:
    path = a_catalogue(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_catalogue(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)


def test_a_missing_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_catalogue(tmp_path / "sources.toml")


@pytest.mark.parametrize(
    ("told", "publisher"), [(None, "Example News"), ("example.com", "Example News"), ("Example Daily", "Example Daily")]
)
def test_a_source_tells_the_publisher_where_the_page_does_not(told: str | None, publisher: str) -> None:
    article = Article("a", "Title", "Text.", url="https://www.example.com/a", publisher=told)
    source = Source("a", "feed", "https://example.com/feed", publisher="Example News", language="en")
    assert (completed(article, source).publisher, completed(article, source).language) == (publisher, "en")
