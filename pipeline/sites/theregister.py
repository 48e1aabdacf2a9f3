"""The Register."""

from __future__ import annotations

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("theregister.com", "theregister.co.uk")
class TheRegister2019(SitePage):
    """Stories end with a sign; boxes of related stories float among the paragraphs."""

    outlet = "The Register"
    title_css = ".header_right h1, article h1"
    authors_css = ".byline_and_dateline .byline, a.byline"
    body_css = "#body > p, #body > h3, #body > blockquote p, #body > ul > li"
    drop_css = ".wptl, .promo_article, .adun, aside, .CaptionedImage, #body > p.wptl_title"
