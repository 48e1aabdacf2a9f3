"""Sentence starts after line breaks and datelines, so that neither runs into the sentence that follows."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

# As in "PARIS, Jan 8 (Reuters) - ", "OSAKA -- " and "(RTTNews) - ".
_DATELINE = re.compile(
    r"(?:^|\n)\s*(?:[A-Z][A-Z./ -]{2,40}(?:, [A-Z][\w.]+)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?|[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s*(?:\([A-Za-z ]{2,20}\))?\s*(?:--?|–|—)\s+(?=[A-Z“\"'‘])"
)


@Language.component("paragraph_breaks", assigns=["token.is_sent_start"])
def paragraph_breaks(doc: Doc) -> Doc:
    """The word after a line break or a dateline starts a sentence; the parser keeps to it."""
    after_dateline = {match.end() for match in _DATELINE.finditer(doc.text)}
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if ("\n" in token.text and "\n" not in following.text) or following.idx in after_dateline:
            following.is_sent_start = True
    return doc
