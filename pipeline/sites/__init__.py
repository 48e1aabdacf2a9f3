"""Which class reads which site. A site not named here is read by the general page."""

from __future__ import annotations

from pipeline.sites.general import GeneralPage
from schemas.records import Page


def reader_for(page: Page) -> type[GeneralPage]:
    """The class that reads this page."""
    return GeneralPage
