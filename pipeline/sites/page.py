"""A page of a known site: the general page, and CSS selectors where the site's own markup says more."""

from __future__ import annotations

from typing import ClassVar

from pipeline.sites.body import clean, trimmed
from pipeline.sites.general import GeneralPage, names
from pipeline.sites.moments import moment


class SitePage(GeneralPage):
    """What a class leaves empty, and what its selectors do not find, the general page answers.

    body_css: the paragraphs. drop_css: what stands inside them and is no text. ends_with: how the first line after it begins.
    """

    outlet: ClassVar[str] = ""
    title_css: ClassVar[str] = ""
    authors_css: ClassVar[str] = ""
    date_css: ClassVar[str] = ""
    body_css: ClassVar[str] = ""
    drop_css: ClassVar[str] = ""
    ends_with: ClassVar[tuple[str, ...]] = ()

    def _shown(self, css: str) -> list[str]:
        return [text for text in (clean(tag.get_text()) for tag in self.soup.select(css)) if text] if css else []

    def title(self) -> str:
        return next(iter(self._shown(self.title_css)), None) or super().title()

    def publisher(self) -> str | None:
        return self.outlet or super().publisher()

    def authors(self) -> tuple[str, ...]:
        return names(self._shown(self.authors_css)) or super().authors()

    def published_at(self) -> str | None:
        shown = self.soup.select(self.date_css) if self.date_css else []
        told = [str(tag.get("datetime") or tag.get_text(" ")) for tag in shown]
        return next((known for known in map(moment, told) if known), None) or super().published_at()

    def body(self) -> list[str]:
        dropped = {id(tag) for tag in self.soup.select(self.drop_css)} if self.drop_css else set()
        found: list[str] = []
        for tag in self.soup.select(self.body_css) if self.body_css else []:
            kept = [words for words in tag.strings if not any(id(above) in dropped for above in words.parents)]
            text = clean("".join(kept))
            if self.ends_with and text.startswith(self.ends_with):
                break
            found.append(text)
        return trimmed(found, title=self.title()) or super().body()
