"""The reader for every page that has no class of its own.

A page tells about itself in several places, which disagree: JSON-LD first, then OpenGraph and other meta tags, then
what stands on the page. A site class (see `pipeline.sites`) overrides what its site does differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from bs4 import BeautifulSoup
from lxml import html as lxml_html
from lxml.etree import ParserError, XPath, tostring
from lxml.html import HtmlElement

from pipeline.addresses import canonical, is_address, site_of
from pipeline.errors import ParseError
from pipeline.sites import linked_data
from pipeline.sites.body import clean, find_body
from pipeline.sites.moments import date_on_page, moment
from schemas.records import Page

# The few parts of a page that tell about it. BeautifulSoup reads these alone: on a whole page it takes longer
# than finding the body.
TELLING = ("title", "meta", "link", "h1", "time")
LINKED_DATA = XPath("//script[contains(@type, 'ld+json')]")
BYLINES = XPath(
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' author ')"
    " or contains(@class, 'yline') or contains(@class, 'author-name') or contains(@class, 'author__name')"
    " or contains(@href, '/author/') or contains(@href, '/authors/')]"
)
PARSER = lxml_html.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
)
DATES = (
    *("article:published_time", "og:article:published_time", "article.published", "parsely-pub-date", "datepublished"),
    *("sailthru.date", "pubdate", "publish-date", "publication_date", "date", "dc.date", "dc.date.issued"),
    *("dcterms.date", "dcterms.created"),
)
AUTHORS = (
    *("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"),
    *("article:author", "og:article:author"),
)
PUBLISHERS = ("og:site_name", "dc.publisher", "application-name", "publisher")
SEPARATED = re.compile(r"\s+(?:[|–—»·•]|-|::)\s+")
BEGUN = re.compile(r"^([^|:]{3,40})(?:\s+[|–—»·•-]|:)\s+")
BY = re.compile(r"^\s*(?:written\s+|story\s+|posted\s+|words\s+|reporting\s+)?by[:\s]+", re.IGNORECASE)
BETWEEN_AUTHORS = re.compile(r"\s*(?:;|\||•|·|\band\b|&|,(?!\s*(?:Jr|Sr|III?|PhD|MD)\b))\s*")
NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*$|\d{2}|^(?:staff|admin|editor|guest|contributors?|newsroom|null|none|undefined|unknown)$",
    re.I,
)


class GeneralPage:
    """Reads one page; every answer is a method, so that a site class overrides one and keeps the others."""

    def __init__(self, page: Page, text: str) -> None:
        self.page = page
        self.html = text
        self.url = page.final_url or page.url

    @cached_property
    def tree(self) -> lxml_html.HtmlElement:
        """The page as lxml reads it."""
        try:
            return lxml_html.document_fromstring(
                self.html.replace("\x00", "").encode("utf-8", "replace"), parser=PARSER
            )
        except (ParserError, ValueError) as error:
            raise ParseError(
                "no HTML in it", subject=self.page.url, remedy="check that the page was saved whole"
            ) from error

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The whole page for CSS selectors."""
        return BeautifulSoup(self.html, "lxml")

    @cached_property
    def telling(self) -> BeautifulSoup:
        """Only the parts that tell about the page: JSON-LD, title, meta, links, headings, times."""
        return _soup([*LINKED_DATA(self.tree), *self.tree.iter(*TELLING)])

    @cached_property
    def data(self) -> list[linked_data.Thing]:
        """All objects of the page's JSON-LD."""
        return linked_data.things(script.get_text() for script in self.telling.find_all("script"))

    @cached_property
    def about(self) -> linked_data.Thing:
        """The article as JSON-LD tells it."""
        return linked_data.article(self.data)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Meta tags by name or property, in lower case."""
        found: dict[str, list[str]] = {}
        for tag in self.telling.find_all("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
            content = clean(str(tag.get("content") or ""))
            if name and content:
                found.setdefault(str(name).lower(), []).append(content)
        return found

    def first(self, *names: str) -> str | None:
        """The first meta tag of these that says something."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def title(self) -> str:
        """The headline, without the name of the site."""
        headline = linked_data.text(self.about.get("headline"))
        shown = [clean(h1.get_text(" ")) for h1 in self.telling.find_all("h1")]
        told = self._without_site(self.first("og:title", "twitter:title", "dc.title", "parsely-title") or "")
        best = headline or told
        # Machines are often told a shortened headline.
        stem = re.sub(r"\W*(?:…|\.\.\.)$", "", best)
        longer = [text for text in [told, *shown] if best != stem and text.startswith(stem)]
        if best:
            return clean((longer or [best])[0])
        tag = self.telling.title
        return next((text for text in shown if text), "") or self._without_site(clean(tag.get_text()) if tag else "")

    def _without_site(self, title: str) -> str:
        """The title without a first or last part that names the site: "Nokia sells - Example News"."""
        cuts = list(SEPARATED.finditer(title))
        if cuts and self._is_site(title[cuts[-1].end() :]):
            return title[: cuts[-1].start()]
        begin = BEGUN.match(title)
        return title[begin.end() :] if begin and self._is_site(begin[1]) else title

    def _is_site(self, words: str) -> bool:
        words, site = _letters(words), _letters(self.publisher() or "")
        host = site_of(self.canonical_url() or self.url)
        label = _letters(host.split(".")[0])
        within = words in site or words in _letters(host) or (bool(site) and site in words)
        return bool(words) and (within or (len(label) >= 5 and label in words))

    def publisher(self) -> str | None:
        """Who published it: the outlet's own name, else its host."""
        told = linked_data.text(self.about.get("publisher")) or self.first(*PUBLISHERS)
        if told and not is_address(told):
            return clean(told)
        address = self.canonical_url()
        return site_of(address) if address else None

    def authors(self) -> tuple[str, ...]:
        """The people who wrote it."""
        people = linked_data.people(self.about.get("author") or self.about.get("creator"))
        publisher = self.publisher()
        named = names([name for name, is_firm in people if not (is_firm and name == publisher)])
        return (
            named or names([value for key in AUTHORS for value in self.meta.get(key, ())][:8]) or names(self._bylines())
        )

    def _bylines(self) -> list[str]:
        bylines = _soup(BYLINES(self.tree))
        links = bylines.select("[rel~=author], [itemprop=author] [itemprop=name], [itemprop=author]:not(:has(*))")
        # Other stories on the page have authors too, so of weaker signs only the first counts.
        weaker = (".author-name, .byline-name, [class*=author__name]", "[class*=yline]", ".author", "[href*='/author']")
        shown = list(links) or next((found[:1] for css in weaker if (found := bylines.select(css))), [])
        return [clean(tag.get_text(" ")) for tag in shown]

    def published_at(self) -> str | None:
        """When it was published: a day, or a moment where its time zone is told."""
        told = [linked_data.text(self.about.get(key)) for key in ("datePublished", "dateCreated")]
        told += [value for name in DATES for value in self.meta.get(name, ())]
        times = [tag for tag in self.telling.find_all("time") if tag.get("datetime")]
        told += [
            str(tag["datetime"]) for tag in times if tag.has_attr("pubdate") or tag.get("itemprop") == "datePublished"
        ]
        told += [str(tag["datetime"]) for tag in times if len(times) == 1]
        known = next((known for known in map(moment, told) if known), None)
        return known or date_on_page(self.tree, self.url)

    def language(self) -> str | None:
        """ISO 639-1, as the page tells it."""
        root = (
            self.tree.get("lang")
            or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
            or self.tree.get("xml:lang")
        )
        told = [
            root,
            linked_data.text(self.about.get("inLanguage")),
            self.first("og:locale", "content-language", "dc.language", "language"),
        ]
        codes = [re.match(r"[a-z]{2}(?![a-z])", code.strip().lower()) for code in told if code]
        return next((code[0] for code in codes if code), None)

    def canonical_url(self) -> str | None:
        """The address that the page gives itself, else the one it was fetched from."""
        return self._address

    @cached_property
    def _address(self) -> str | None:
        here = self.url if is_address(self.url) else None
        links = [str(tag.get("href", "")) for tag in self.telling.find_all("link", rel="canonical")]
        whole = self.about.get("mainEntityOfPage")
        told = [
            *links,
            self.first("og:url"),
            whole.get("@id") if isinstance(whole, dict) else whole,
            self.about.get("url"),
        ]
        good = [
            url
            for url in told
            if isinstance(url, str) and is_address(url.strip()) and not _is_front_of(url.strip(), here)
        ]
        address = good[0].strip() if good else here
        return canonical(address) if address else None

    def body(self) -> list[str]:
        """The paragraphs."""
        told = self.about.get("articleBody")
        return find_body(self.tree, title=self.title(), told=told if isinstance(told, str) else None)

    def is_free(self) -> bool:
        """Whether the page says that all of it can be read without paying."""
        return str(self.about.get("isAccessibleForFree", "true")).lower() != "false"

    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.about) or "article" in (self.first("og:type") or "").lower()


def _soup(parts: Iterable[HtmlElement]) -> BeautifulSoup:
    """These parts alone, in their order."""
    texts = (tostring(part, encoding="unicode", with_tail=False, method="html") for part in parts)
    return BeautifulSoup(f"<div>{''.join(texts)}</div>", "lxml")


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def names(told: list[str]) -> tuple[str, ...]:
    """People's names out of bylines.

    >>> names(["By Ann Lee and Bo Ek", "ann lee"])
    ('Ann Lee', 'Bo Ek')
    """
    parts = [part for text in told for part in BETWEEN_AUTHORS.split(BY.sub("", clean(text)))]
    kept: dict[str, str] = {}
    for part in parts:
        name = re.sub(r"\s*[(\[].*$", "", BY.sub("", part)).strip(" .,-–|")
        if name and len(name) <= 60 and not NO_NAME.search(name):
            kept.setdefault(name.casefold(), name.title() if name.isupper() and " " in name else name)
    return tuple(kept.values())


def _is_front_of(url: str, here: str | None) -> bool:
    """A template's mistake: every article calls the front page its canonical address."""
    fronts = ("", "/")
    path = re.sub(r"^https?://[^/]+", "", url.split("?")[0])
    return path in fronts and (here is None or re.sub(r"^https?://[^/]+", "", here) not in fronts)
