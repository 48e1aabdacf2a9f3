"""Names of a Doc -> the entities they name, and the words that refer back to them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.components.names import NAMES
from pipeline.lexicons import words
from pipeline.models.entities import Named, gather
from pipeline.references import find_references
from schemas.records import Mention

for _name in ("entities", "references"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


_ACTED_ON = ("dobj", "pobj", "nsubjpass")
_DESCRIBED = 0.8  # from here on a description fits by more than its place


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens [start, end) that stand for an entity, by its name or by a word that refers to it."""

    start: int
    end: int
    entity: int


class References:
    """Sets `doc._.entities` (a list of Named) and `doc._.references`: token number -> Place.

    descriptions: whether pronouns, "the company" and "the Finnish firm" stand for an entity, or names alone.
    """

    def __init__(self, *, descriptions: bool = True) -> None:
        self._descriptions = descriptions

    def __call__(self, doc: Doc) -> Doc:
        doc._.entities = gather([_mention(span) for span in doc.spans.get(NAMES, [])], doc.text)
        doc._.references = named = places(doc, doc._.entities)
        if not self._descriptions:
            return doc
        described = _described(doc)
        for token in doc:
            if token.i in named:
                continue
            entity = described[token.i] if token.i in described else refers_to(token, named, doc._.entities)
            if entity is not None and not _is_doer(entity, token, named):
                named[token.i] = Place(token.i, token.i + 1, entity)
        return doc


def _is_doer(entity: int, token: Token, named: dict[int, Place]) -> bool:
    """Whether a company that a noun in object place would stand for acts in the same sentence: then it is another."""
    if token.pos_ != "NOUN" or token.dep_ not in _ACTED_ON:
        return False
    doers = (other.i for other in token.sent if other.dep_ in ("nsubj", "pobj"))
    return any(i in named and named[i].entity == entity for i in doers)


def _described(doc: Doc) -> dict[int, int]:
    """Noun of "the Finnish firm" -> the company it describes, where the article described one so before."""
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    found = {}
    for reference in find_references(doc.text, sentences, doc._.entities):
        span = doc.char_span(reference.start, reference.end, alignment_mode="expand")
        if span is not None and len(span) > 1 and reference.confidence >= _DESCRIBED:
            found[span[-1].i] = reference.entity
    return found


def _mention(span: Span) -> Mention:
    """A name as the text has it; a full stop at the end of a sentence is the sentence's, not that of "Ltd."."""
    ends = span.end == len(span.doc) or span.doc[span.end].is_sent_start
    text = span.text.rstrip(".") if ends else span.text
    return Mention(text, span.label_, span.start_char, span.start_char + len(text))


def places(doc: Doc, entities: list[Named]) -> dict[int, Place]:
    """Token number -> the name it belongs to; a longer name hides a shorter one inside it."""
    found: dict[int, Place] = {}
    mentions = [(mention, number) for number, entity in enumerate(entities) for mention in entity.mentions]
    for mention, number in sorted(mentions, key=lambda pair: pair[0].end - pair[0].start):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            found |= {token.i: Place(span.start, span.end, number) for token in span}
    return found


def refers_to(token: Token, named: dict[int, Place], entities: list[Named]) -> int | None:
    """The company that "it", "its", "the firm", "the Finnish group" stand for; None for any other word."""
    if token.lower_ in ("it", "its", "itself", "they", "their") and token.dep_ != "expl":
        searches = (_subject_above, _subject_before)
    elif _is_definite_firm(token):
        # What is bought in the same sentence is another than who buys.
        searches = (_subject_before, _subject_before if token.dep_ in _ACTED_ON else _last_before)
    else:
        return None
    found = (search(token, named, entities) for search in searches)
    return next((entity for entity in found if entity is not None), None)


def _is_definite_firm(token: Token) -> bool:
    firm = token.lemma_.lower() in words("companies", "nouns") and token.is_lower
    determined = any(child.lower_ in ("the", "this") for child in token.children if child.dep_ == "det")
    described = any(child.dep_ in ("prep", "appos", "relcl", "acl", "poss") for child in token.children)
    return firm and determined and not described and token.dep_ not in ("compound", "appos")


def _company_at(token: Token, named: dict[int, Place], entities: list[Named]) -> int | None:
    place = named.get(token.i)
    return place.entity if place is not None and entities[place.entity].kind == "company" else None


def _subject_above(token: Token, named: dict[int, Place], entities: list[Named]) -> int | None:
    """The company that is subject of a verb over the word: "Acme said it ..."."""
    for above in token.ancestors:
        for child in above.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i and not token.is_ancestor(child):
                entity = _company_at(child, named, entities)
                if entity is not None and child.i != token.i:
                    return entity
    return None


def _subject_before(token: Token, named: dict[int, Place], entities: list[Named]) -> int | None:
    """The company that is subject of the nearest sentence before."""
    start = token.sent.start
    for _ in range(3):
        if start == 0:
            return None
        sentence = token.doc[start - 1].sent
        for word in sentence:
            if word.dep_ in ("nsubj", "nsubjpass") and (e := _company_at(word, named, entities)) is not None:
                return e
        start = sentence.start
    return None


def _last_before(token: Token, named: dict[int, Place], entities: list[Named]) -> int | None:
    for i in range(token.i - 1, max(-1, token.i - 80), -1):
        if (entity := _company_at(token.doc[i], named, entities)) is not None:
            return entity
    return None


@Language.factory(
    "references",
    requires=["doc.spans", "token.dep"],
    assigns=["doc._.entities", "doc._.references"],
    default_config={"descriptions": True},
)
def make_references(nlp: Language, name: str, descriptions: bool) -> References:
    return References(descriptions=descriptions)
