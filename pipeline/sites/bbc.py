"""BBC News."""

from __future__ import annotations

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("bbc.com", "bbc.co.uk")
class BBC2019(SitePage):
    """Blocks that say what they are; links to other stories stand in blocks of links between the paragraphs."""

    outlet = "BBC News"
    title_css = "[data-component=headline-block] h1, #main-heading"
    authors_css = "[data-testid=byline-contributors-contributor-0-name], [data-component=byline-block] [class*=TextContributorName]"
    body_css = (
        "[data-component=text-block] p, [data-component=subheadline-block] h2, [data-component=unordered-list-block] li"
    )
    drop_css = "[data-component=links-block], [data-component=image-block], [data-component=tag-list]"
