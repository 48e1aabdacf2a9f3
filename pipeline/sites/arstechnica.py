"""Ars Technica."""

from __future__ import annotations

from datetime import date

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("arstechnica.com", until=date(2024, 10, 1))
class ArsTechnica2012(SitePage):
    """Microdata and one column."""

    outlet = "Ars Technica"
    title_css = "h1[itemprop=headline]"
    authors_css = "[itemprop~=author] [itemprop=name]"
    date_css = "time.date"
    body_css = "[itemprop=articleBody] > p, [itemprop=articleBody] > h2, [itemprop=articleBody] > blockquote p"
    drop_css = "aside, figure, del, .ad_wrapper, .story-sidebar"


@site("arstechnica.com")
class ArsTechnica2024(ArsTechnica2012):
    """Utility classes, and a story in several parts of one page."""

    title_css = "article header h1"
    authors_css = "a[href*='/author/']"
    date_css = "article header time"
    body_css = ".post-content > p, .post-content > h2, .post-content > blockquote p"
    drop_css = "aside, figure, .ad-wrapper, .ars-gallery, .author-mini-bio"
