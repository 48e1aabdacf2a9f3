"""Sentence starts after line breaks, so that a headline without a full stop does not run into the text."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("paragraph_breaks", assigns=["token.is_sent_start"])
def paragraph_breaks(doc: Doc) -> Doc:
    """The word after a line break starts a sentence; the parser keeps to it."""
    for token in doc[:-1]:
        if "\n" in token.text:
            doc[token.i + 1].is_sent_start = "\n" not in doc[token.i + 1].text or None
    return doc
