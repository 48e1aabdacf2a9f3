"""The sample articles are read as a person would read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parse import parse
from pipeline.sources import read_source
from schemas.records import Article, Page

SAMPLES = Path(__file__).parents[1] / "data" / "raw" / "samples"

# file: (published on, the title begins, the body begins, the body ends)
TOLD = {
    "google-motorola-2011": ("2011-08-15", "Google to Acquire", "SAN FRANCISCO", "close by early 2012."),
    "here-carmakers-2015": ("2015-08-04", "Carmakers pay 2.5", "CHICAGO", "everyone in the industry."),
    "hmd-global-nokia-2016": ("2016-05-18", "Nokia phones to return", "The Nokia name", "apart from the next."),
    "ibm-lenovo-2004": ("2004-12-08", "Lenovo to buy IBM’s PC", "Lenovo Group, China’s", "services and software."),
    "lenovo-motorola-2014": ("2014-01-30", "Lenovo buys Motorola", "Google has agreed", "its own customers."),
    "microsoft-fih-mobile-2016": ("2016-05-18", "Microsoft sells feature", "(Meridian) - Microsoft", "Android models."),
    "microsoft-forethought-1987": ("1987-07-31", "MICROSOFT <MSFT> BUYS", "REDMOND, Wash.", "were not disclosed."),
    "microsoft-nokia-2014": ("2014-04-25", "Nokia handset sale", "Nokia completed", "12 billion euros a year."),
    "nokia-alcatel-lucent-2015": ("2015-04-15", "NOKIA TO BUY ALCATEL", "Finland's Nokia", "for 1.7 billion euros."),
    "nokia-comptel-2017": ("2017-02-09", "Nokia offers EUR 347", "Nokia and Comptel", "end in March 2017."),
    "nokia-here-2015": ("2015-08-03", "Nokia sells HERE", "Three German carmakers", "authorities have agreed."),
    "nokia-juniper-2017": ("2017-11-30", "Nokia denies it is", "Nokia has denied", "Nokia already owns."),
    "nokia-microsoft-2013": ("2013-09-03", "Microsoft to buy Nokia", "Microsoft has agreed", "its older rival."),
    "nokia-phones-blog-2016": ("2016-12-02", "Who makes a Nokia now?", "My sister asked", "drawer with the 3310."),
    "nokia-withings-2016": ("2016-04-26", "Nokia is buying French", "Nokia is getting", "digital health business."),
    "sharp-foxconn-2016": ("2016-03-30", "Foxconn seals takeover", "OSAKA -- Foxconn agreed", "to be signed."),
    "xiaomi-nokia-2017": ("2017-07-05", "Xiaomi, Nokia ink", "Chinese handset major", "higher in Helsinki."),
    "xiaomi-products-2017": ("2017-09-08", "Xiaomi, the company", "Ask a student", "shops by 2019."),
}

# Words of navigation, teasers and footers, one or more from every page.
FURNITURE = [
    "Most Popular", "REPRINTS", "Obituaries", "Subscriber guide", "Forest industry", "Read also", "Memory prices",
    "Best viewed", "Whitepapers", "newsletter", "MORE FROM MERIDIAN", "Oil steadies", "microfilm", "Previous day",
    "Tagged", "Galaxy S5", "OMXH25", "Prices are indicative", "Unsubscribe", "Calendar", "Why trams are back",
    "Imprint", "Auction of 700", "fortnightly", "Windows Phone edges", "Terms of use", "thoughts on",
    "Communicator", "Latest headlines", "Powered by coffee", "Uji tea", "No reproduction", "ALSO READ", "Sensex",
    "Keep reading", "earn a commission", "Advertise",
]  # fmt: skip


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {Path(page.url).stem: parse(page) for page in read_source(str(SAMPLES)) if isinstance(page, Page)}


def test_every_sample_is_told_of_here(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_headline_and_day_are_read(name: str, articles: dict[str, Article]) -> None:
    day, title, _, _ = TOLD[name]
    article = articles[name]
    assert article.date == day
    assert title in article.title


@pytest.mark.parametrize("name", TOLD)
def test_story_is_whole(name: str, articles: dict[str, Article]) -> None:
    _, _, first, last = TOLD[name]
    assert first in articles[name].text
    assert last in articles[name].text


@pytest.mark.parametrize("name", TOLD)
def test_navigation_and_footers_are_left_out(name: str, articles: dict[str, Article]) -> None:
    assert [word for word in FURNITURE if word in articles[name].text] == []


@pytest.mark.parametrize("name", TOLD)
def test_address_is_on_a_domain_kept_for_examples(name: str, articles: dict[str, Article]) -> None:
    host = (articles[name].url or "").split("/")[2]
    assert host.rpartition("example.")[2] in {"com", "net", "org"}
    assert "example" in host


def gold() -> dict[str, dict[str, Any]]:
    """What a careful reader would enter for each sample, by article id."""
    lines = Path(__file__).with_name("samples.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {told["id"]: told for told in map(json.loads, lines)}


def test_every_sample_has_a_careful_reader(articles: dict[str, Article]) -> None:
    assert set(gold()) == {article.id for article in articles.values()}


@pytest.mark.parametrize("name", TOLD)
def test_careful_reader_points_at_words_of_the_article(name: str, articles: dict[str, Article]) -> None:
    article = articles[name]
    assert [deal for deal in gold()[article.id]["deals"] if deal["evidence"] not in article.content] == []
