"""Products of a Doc: names behind a maker's name, before "jet" or "app", and model numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.components.names import NAMES
from pipeline.lexicons import words

_MODEL = re.compile(r"(?:[A-Z]{1,2}-?\d{2,4}[A-Za-z]{0,4}|7[0-9]7|7\d7[A-Z]{1,3})(?:-\d{1,4}[A-Z]{0,3})?s?")
_MOST_WORDS = 4


class ProductNames:
    """Adds spans labelled product to `doc.spans["names"]`. nouns: what products are called behind their name."""

    def __init__(self, *, nouns: Iterable[str]) -> None:
        self._nouns = set(nouns)

    def __call__(self, doc: Doc) -> Doc:
        names = list(doc.spans[NAMES])
        taken = {i for span in names for i in range(span.start, span.end)}
        makers = {span.end for span in names if span.label_ == "company"}
        found = []
        for start, end in self._runs(doc, taken, makers):
            if not taken & set(range(start, end)):
                taken.update(range(start, end))
                found.append(Span(doc, start, end, label="product"))
        doc.spans[NAMES] = sorted([*names, *found], key=lambda span: span.start)
        return doc

    def _runs(self, doc: Doc, taken: set[int], makers: set[int]) -> Iterator[tuple[int, int]]:
        for token in doc:
            if token.i in taken or not _can_name(token):
                continue
            end = token.i + 1
            while end < len(doc) and end - token.i < _MOST_WORDS and end not in taken and _can_follow(doc[end]):
                end += 1
            if self._is_product(doc, token.i, end, makers):
                yield token.i, end

    def _is_product(self, doc: Doc, start: int, end: int, makers: set[int]) -> bool:
        if all(token.text.isdigit() and not _MODEL.fullmatch(token.text) for token in doc[start:end]):
            return False
        if any(_MODEL.fullmatch(token.text) for token in doc[start:end]):
            return True
        behind = start in makers or (start > 1 and doc[start - 1].lower_ in ("'s", "’s") and start - 1 in makers)
        named = end < len(doc) and doc[end].lower_ in self._nouns
        return behind and (named or _is_mixed(doc[start]))


def _can_name(token: Token) -> bool:
    """A capital or a model number; not the first word of a sentence unless it is a model."""
    if _MODEL.fullmatch(token.text) or token.text in ("MAX", "Max", "Pro", "Plus", "Mini", "Ultra"):
        return True
    if _is_mixed(token):
        return True
    return (
        token.pos_ == "PROPN" and token.text[0].isupper() and token.ent_type_ not in ("GPE", "DATE", "NORP", "PERSON")
    )


def _can_follow(token: Token) -> bool:
    return _can_name(token) or (token.text.isdigit() and len(token.text) < 3)


def _is_mixed(token: Token) -> bool:
    """ "iPhone", "PlayStation": capitals inside a word."""
    return token.is_alpha and bool(re.search(r"[a-z][A-Z]", token.text))


@Language.factory(
    "product_names",
    requires=["doc.spans", "token.pos"],
    assigns=["doc.spans"],
    default_config={"nouns": sorted(words("companies", "product_nouns"))},
)
def make_product_names(nlp: Language, name: str, nouns: list[str]) -> ProductNames:
    """nouns: lower-case; passing a list replaces the lexicon's."""
    return ProductNames(nouns=nouns)
