"""TechCrunch."""

from __future__ import annotations

from datetime import date

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("techcrunch.com", until=date(2024, 7, 15))
class TechCrunch2018(SitePage):
    """The layout before the site was made of blocks."""

    outlet = "TechCrunch"
    title_css = "h1.article__title"
    authors_css = ".article__byline > a"
    body_css = (
        ".article-content > p, .article-content > h2, .article-content > blockquote p, .article-content > ul > li"
    )
    drop_css = ".embed, .piano-inline-promo"


@site("techcrunch.com")
class TechCrunch2024(TechCrunch2018):
    """Blocks of WordPress."""

    title_css = "h1.article-hero__title, h1.wp-block-post-title"
    authors_css = ".wp-block-tc23-author-card-name a, .wp-block-post-author-name a"
    body_css = ".entry-content > p, .entry-content > h2, .entry-content > blockquote p, .entry-content > ul > li"
    drop_css = ".wp-block-techcrunch-inline-cta, .ad-unit, .wp-block-tc-event-promo"
