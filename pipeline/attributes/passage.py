"""The place where a deal is told, as the attribute readers want it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or clause) of an article that tells a deal.

    text: the whole article. sentence, trigger: characters [start, end) in it; the trigger is the deal word, or None
    when only the sentence is known. kind: of the deal. day: of the article, ISO 8601, or None. parties: where the names
    that take part stand, when known. title: length of the headline the text starts with.
    """

    text: str
    sentence: tuple[int, int]
    kind: str
    trigger: tuple[int, int] | None = None
    day: str | None = None
    parties: tuple[tuple[int, int], ...] = ()
    title: int = 0

    @property
    def said(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence[0] : self.sentence[1]]

    @property
    def at(self) -> int:
        """Where the deal word stands within the sentence; its middle when it is not known."""
        if self.trigger is None:
            return (self.sentence[1] - self.sentence[0]) // 2
        return self.trigger[0] - self.sentence[0]
