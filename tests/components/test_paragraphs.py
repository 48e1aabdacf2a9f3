from __future__ import annotations

import pytest
import spacy

from pipeline.components.paragraphs import paragraph_breaks


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Acme buys Bolt\n\nAcme said so.", ["Acme"]),
        ("PARIS, Jan 8 (Reuters) - Airbus said so.", ["Airbus"]),
        ("OSAKA -- Sharp said so.", ["Sharp"]),
        ("(RTTNews) - Boeing said so.", ["Boeing"]),
        ("Bids of Friday: ** Acme eyes Bolt ** Corp said so.", ["*", "*"]),
        ("Acme - the maker of phones - said so.", []),
    ],
)
def test_word_after_a_break_or_dateline_starts_a_sentence(text: str, starts: list[str]) -> None:
    doc = paragraph_breaks(spacy.blank("en")(text))
    assert [token.text for token in doc[1:] if token.is_sent_start] == starts
