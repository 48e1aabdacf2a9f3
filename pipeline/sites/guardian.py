"""The Guardian."""

from __future__ import annotations

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("theguardian.com")
class Guardian2020(SitePage):
    """Newsletter forms and lists of related stories are islands among the paragraphs."""

    outlet = "The Guardian"
    title_css = "[data-gu-name=headline] h1"
    authors_css = "[data-gu-name=meta] a[rel=author]"
    body_css = ".article-body-commercial-selector > p, .article-body-commercial-selector > h2, .article-body-commercial-selector > blockquote p"
    drop_css = "gu-island, aside, figure, [data-print-layout=hide], .dcr-sign-up"
