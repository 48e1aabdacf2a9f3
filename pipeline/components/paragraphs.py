"""Sentence starts after line breaks and datelines, and at the items of a round-up, so that none runs into the next."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.models.words import BULLET

# As in "PARIS, Jan 8 (Reuters) - ", "OSAKA -- " and "(RTTNews) - ".
_DATELINE = re.compile(
    r"(?:^|\n)\s*(?:[A-Z][A-Z./ -]{2,40}(?:, [A-Z][\w.]+)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?|[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s*(?:\([A-Za-z ]{2,20}\))?\s*(?:--?|–|—)\s+(?=[A-Z“\"'‘])"
)
_ITEM = re.compile(rf"(?<=\s){BULLET}(?=\s)")


@Language.component("paragraph_breaks", assigns=["token.is_sent_start"])
def paragraph_breaks(doc: Doc) -> Doc:
    """The word after a line break or a dateline, and the sign of an item, starts a sentence; the parser keeps to it."""
    starts = {match.end() for match in _DATELINE.finditer(doc.text)}
    starts.update(match.start() for match in _ITEM.finditer(doc.text))
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if ("\n" in token.text and "\n" not in following.text) or following.idx in starts:
            following.is_sent_start = True
    return doc
