"""Standing facts: who makes what, who belongs to whom, who holds shares, who competes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.components.clauses import about, antecedent, together, verb_arguments
from pipeline.lexicons import words
from pipeline.models.entities import Named
from pipeline.money import find_percents
from schemas.records import Evidence, RelationClaim

_BY_RULE = 0.6
_UNIT = frozenset({"unit", "subsidiary", "division", "arm", "affiliate", "offshoot", "brand"})
_PARENT = frozenset({"parent", "owner"})
_HOLDER = frozenset({"shareholder", "stakeholder", "investor", "backer", "holder"})
_RIVAL = frozenset({"rival", "competitor", "archrival", "arch-rival"})
_MAKER = frozenset({"maker", "developer", "manufacturer", "creator", "producer"})
_MAKES = frozenset(
    {"make", "produce", "build", "launch", "unveil", "release", "develop", "manufacture", "introduce", "offer", "sell"}
)
_KIN = (
    words("companies", "nouns")
    - _RIVAL
    - _PARENT
    - _HOLDER
    - _UNIT
    - {"partner", "supplier", "contractor", "company", "firm", "competitor"}
)
_GRASP = ("appos", "attr", "compound", "nmod", "amod")


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between entity numbers, told at a word."""

    type: str
    subject: int
    object: int
    at: Token


def standing(doc: Doc, text: str) -> Iterator[RelationClaim]:
    """The standing facts of a Doc, each once, with the first sentence that tells it, as it is in the article's text."""
    entities: list[Named] = doc._.entities
    told: set[tuple[str, int, int]] = set()
    for fact in facts(doc):
        ends = (fact.subject, fact.object)
        key = (fact.type, *(sorted(ends) if fact.type == "COMPETES_WITH" else ends))
        if key in told or fact.subject == fact.object or not _fits(fact, entities):
            continue
        told.add(key)
        yield _claim(fact, entities, text)


def facts(doc: Doc) -> Iterator[Fact]:
    """Every telling of a standing fact, in the order of the text."""
    for token in doc:
        lemma = token.lemma_.lower()
        yield from _made_by_neighbour(token)
        if token.pos_ in ("NOUN", "PROPN") or lemma in _RIVAL:
            yield from _noun_facts(token, lemma)
        elif token.pos_ == "VERB":
            yield from _verb_facts(token, lemma)


def maker_of(doc: Doc) -> dict[int, int]:
    """Product entity -> the company whose name stands before it somewhere in the Doc: "Boeing 737"."""
    starts = dict.fromkeys(place.start for place in doc._.references.values())
    return {fact.object: fact.subject for start in starts for fact in _made_by_neighbour(doc[start])}


def _made_by_neighbour(token: Token) -> Iterator[Fact]:
    doc, named, entities = token.doc, token.doc._.references, token.doc._.entities
    place = named.get(token.i)
    if place is None or place.start != token.i or entities[place.entity].kind != "product":
        return
    before = token.i - 1
    if before >= 0 and doc[before].lower_ in ("'s", "’s", "'", "’"):
        before -= 1
    phrase = _phrase_head(doc[place.end - 1])
    beside = [child.i for child in phrase.lefts if child.dep_ in ("poss", "compound", "nmod")]
    for at in (before, *beside):
        if at in named and entities[named[at].entity].kind == "company":
            yield Fact("PRODUCES", named[at].entity, place.entity, token)
            return


def _phrase_head(token: Token) -> Token:
    """ "jets" of "its grounded 737 MAX jets"."""
    while (
        token.dep_ in ("compound", "nmod", "nummod", "appos")
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.head.i > token.i
    ):
        token = token.head
    return token


def _noun_facts(noun: Token, lemma: str) -> Iterator[Fact]:
    if lemma in _UNIT:
        yield from _facts("SUBSIDIARY_OF", _is(noun), _of(noun), noun)
    elif lemma in _PARENT:
        yield from _facts("SUBSIDIARY_OF", _of(noun), _is(noun), noun)
    elif lemma in _HOLDER:
        yield from _facts("SHAREHOLDER_OF", _is(noun), _of(noun), noun)
    elif lemma in _RIVAL:
        yield from _facts("COMPETES_WITH", _is(noun), _of(noun) or _company_before(noun), noun)
    elif lemma in _MAKER:
        yield from _facts("PRODUCES", _is(noun), [*_of(noun), *_inside(noun)], noun)
    if lemma in _KIN:
        yield from _facts("SUBSIDIARY_OF", _is(noun), _possessors(noun), noun)


def _verb_facts(verb: Token, lemma: str) -> Iterator[Fact]:
    if lemma in _MAKES:
        found = verb_arguments(verb)
        yield from _facts("PRODUCES", _names(found["subject"]), _names(found["object"]), verb)
    elif lemma == "own" and verb.dep_ == "amod":
        owners = [child for child in verb.children if child.dep_ in ("npadvmod", "nmod", "compound")]
        yield from _facts("SUBSIDIARY_OF", _names([verb.head]), _names(owners), verb)
    elif lemma in ("own", "hold", "control", "have", "disclose", "reveal", "report", "keep", "retain"):
        found = verb_arguments(verb)
        held = [about(word) for word in found["object"]]
        part = any(word != about(word) for word in found["object"]) or any(True for _ in find_percents(verb.sent.text))
        if lemma == "own" or any(word != about(word) for word in found["object"]):
            kind, ends = (
                ("SHAREHOLDER_OF", (found["subject"], held)) if part else ("SUBSIDIARY_OF", (held, found["subject"]))
            )
            yield from _facts(kind, _names(ends[0]), _names(ends[1]), verb)
    elif lemma in ("compete", "rival"):
        found = verb_arguments(verb)
        yield from _facts(
            "COMPETES_WITH",
            _names(found["subject"]),
            _names([*found["with"], *found["against"], *found["object"]]),
            verb,
        )


def _is(noun: Token) -> list[int]:
    """Whom the noun describes: "FIH Mobile" of "Foxconn subsidiary FIH Mobile", "FIH Mobile, a subsidiary"."""
    around = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ in _GRASP:
        around.append(noun.head)
    if noun.dep_ == "attr":
        around = [child for child in noun.head.children if child.dep_ == "nsubj"]
    return _names(around) or _such_as(noun)


def _such_as(noun: Token) -> list[int]:
    """ "rivals such as X and Y", "rivals including X"."""
    preps = [child for child in noun.children if child.dep_ == "prep" and child.lower_ in ("as", "including", "like")]
    return _names([word for prep in preps for word in prep.children if word.dep_ == "pobj"])


def _of(noun: Token) -> list[int]:
    """Whose: the possessor, the name before it, what "of" brings."""
    words_ = [child for child in noun.children if child.dep_ in ("poss", "compound", "nmod")]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "to", "in"):
            words_ += [about(word) for word in child.children if word.dep_ == "pobj"]
    head = noun.head
    if noun.dep_ == "compound" and not words_:
        words_ = [child for child in head.children if child.dep_ in ("poss", "compound", "nmod") and child.i < noun.i]
    return _names(words_)


def _possessors(noun: Token) -> list[int]:
    head = noun.head if noun.dep_ == "compound" else noun
    return _names([child for child in head.children if child.dep_ == "poss" and child.i < noun.i])


def _inside(noun: Token) -> list[int]:
    return _names([child for child in noun.lefts if child.dep_ in ("compound", "amod", "nmod")])


def _company_before(noun: Token) -> list[int]:
    """The company a bare "rival" is compared to: the subject over it, else the last one named before it."""
    doc = noun.doc
    named, entities = doc._.references, doc._.entities
    subjects = [antecedent(child).i for above in noun.ancestors for child in above.lefts if child.dep_ == "nsubj"]
    for i in (*subjects, *range(noun.i - 1, max(-1, noun.i - 50), -1)):
        if i in named and entities[named[i].entity].kind == "company":
            return [named[i].entity]
    return []


def _names(heads: list[Token]) -> list[int]:
    named = heads[0].doc._.references if heads else {}
    found = [named[word.i].entity for head in heads for word in together(head) if word.i in named]
    return list(dict.fromkeys(found))


def _facts(kind: str, subjects: list[int], objects: list[int], at: Token) -> Iterator[Fact]:
    for subject in subjects:
        for object_ in objects:
            yield Fact(kind, subject, object_, at)


def _fits(fact: Fact, entities: list[Named]) -> bool:
    kinds = (entities[fact.subject].kind, entities[fact.object].kind)
    if fact.type == "PRODUCES":
        return kinds == ("company", "product")
    if fact.type == "SHAREHOLDER_OF":
        return kinds[1] == "company" and kinds[0] != "product"
    return kinds == ("company", "company")


def _claim(fact: Fact, entities: list[Named], text: str) -> RelationClaim:
    subject, object_, sent = entities[fact.subject], entities[fact.object], fact.at.sent
    end = sent.start_char + len(sent.text.rstrip())
    return RelationClaim(
        fact.type,
        subject.names,
        object_.names,
        Evidence(text[sent.start_char : end], sent.start_char, end),
        subject.kind,
        object_.kind,
        _BY_RULE,
    )
