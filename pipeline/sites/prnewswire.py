"""PR Newswire: announcements in the words of the companies themselves."""

from __future__ import annotations

from pipeline.sites.page import SitePage
from pipeline.sites.registry import site


@site("prnewswire.com", "prnewswire.co.uk")
class PRNewswire2017(SitePage):
    """After the announcement come the source and its contacts."""

    outlet = "PR Newswire"
    title_css = ".release-header h1, h1"
    body_css = ".release-body p, .release-body li"
    drop_css = ".release-body .xn-hedgehog, .release-body figure, .release-body table, .release-body legend"
    ends_with = ("SOURCE ", "Contact:", "Media contact", "Media Contact", "Logo - ", "Photo - ")

    def authors(self) -> tuple[str, ...]:
        """None: who speaks is the company, not a reporter."""
        return ()
