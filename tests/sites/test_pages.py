"""Every site class proves itself on a saved page in its markup: a folder of page.html, meta.json and article.json.

The folders have the form in which pages are kept as fetched, so a page that was read wrong becomes a test by copying
its folder and writing down what it should have become.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import parse
from pipeline.sites import reader_for, readers
from pipeline.sites.general import GeneralPage
from pipeline.sites.page import SitePage
from pipeline.sites.registry import site
from pipeline.sources import read_source
from schemas.records import Page

PAGES = Path(__file__).parents[1] / "pages"
SAVED = sorted(path.parent for path in PAGES.glob("*/*/page.html"))
FIELDS = ("title", "text", "authors", "published_at", "publisher", "language", "url", "id")


def page_in(folder: Path) -> Page:
    (page,) = read_source(str(folder))
    assert isinstance(page, Page)
    return page


@cache
def read(folder: Path) -> dict[str, Any]:
    article = asdict(parse(page_in(folder)))
    return article | {"text": article["text"].split("\n\n"), "authors": list(article["authors"])}


@pytest.mark.parametrize("folder", SAVED, ids=lambda folder: folder.name)
@pytest.mark.parametrize("field", FIELDS)
def test_a_saved_page_is_read_as_written_down(folder: Path, field: str) -> None:
    expected = json.loads((folder / "article.json").read_text("utf-8"))
    assert read(folder)[field] == expected[field]


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.page.__name__)
def test_every_class_has_a_saved_page_that_it_reads(reader: Any) -> None:
    mine = [folder for folder in SAVED if folder.name == reader.page.__name__]
    assert mine, f"write tests/pages/{reader.hosts[0]}/{reader.page.__name__}/"
    for folder in mine:
        page = page_in(folder)
        assert reader_for(page.url, page.fetched_at) is reader.page


@pytest.mark.parametrize("folder", SAVED, ids=lambda folder: folder.name)
def test_the_selectors_of_a_class_find_the_body_by_themselves(folder: Path) -> None:
    page = page_in(folder)
    reader = reader_for(page.url, page.fetched_at)(page, page.content.decode())
    assert isinstance(reader, SitePage)
    assert len(reader.soup.select(reader.body_css)) >= len(reader.body())


def test_six_sites_have_classes() -> None:
    assert len({reader.hosts for reader in readers()}) >= 6


@pytest.mark.parametrize(
    ("url", "fetched_at", "name"),
    [
        ("https://techcrunch.com/a", "2020-01-01T00:00:00+00:00", "TechCrunch2018"),
        ("https://techcrunch.com/a", "2025-01-01T00:00:00+00:00", "TechCrunch2024"),
        ("https://techcrunch.com/a", None, "TechCrunch2024"),
        ("https://www.bbc.com/a", None, "BBC2019"),
        ("https://feeds.bbci.co.uk/a", None, "GeneralPage"),
        ("https://notbbc.com/a", None, "GeneralPage"),
        ("saved/page.html", None, "GeneralPage"),
    ],
)
def test_host_and_day_choose_the_class(url: str, fetched_at: str | None, name: str) -> None:
    assert reader_for(url, fetched_at).__name__ == name


def test_a_saved_file_is_read_by_the_class_of_the_address_it_gives_itself() -> None:
    content = (PAGES / "theregister.com" / "TheRegister2019" / "page.html").read_bytes()
    assert parse(Page("saved.html", content)).publisher == "The Register"


def test_a_changed_layout_falls_back_on_the_general_page() -> None:
    told = "Nokia agreed on Tuesday to sell its devices business to Microsoft, the Finnish company said in Espoo."
    html = (
        f"<html><title>Nokia sells</title><body><article><p>{told}</p><p>More of it: {told}</p></article></body></html>"
    )
    article = parse(Page("https://techcrunch.com/a", html.encode(), "text/html"))
    assert article.text.startswith(told)


def test_two_classes_for_one_site_and_day_are_refused() -> None:
    with pytest.raises(ValueError, match="TechCrunch2018 both read"):
        site("techcrunch.com", until=date(2024, 7, 15))(GeneralPage)
