"""Names of a Doc: the base model's entities, mended, and the same all over the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.lexicons import words
from pipeline.names import LEGAL_FORMS, has_legal_form, normal

NAMES = "names"
_KIND = {"ORG": "company", "PRODUCT": "product", "PERSON": "person", "GPE": "place", "NORP": "place", "LOC": "place"}
_TICKER = re.compile(r"[A-Z0-9]{1,5}\.[A-Z]{1,2}|[A-Z]{2,5}\.[A-Z]")
_SURE = ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW", "LOC", "NORP")
_DOERS = frozenset({"target", "buyer", "seller", "investor", "partner", "licensor", "licensee", "supplier", "customer"})
_EDGE = frozenset("'’\"“”()[],.;:&-–—/")


class CompanyNames:
    """Sets `doc.spans["names"]`: spans labelled company, product, person or organization.

    nouns: "smartphone maker X" makes X a company. never, media, bodies: what is no business.
    """

    def __init__(
        self, *, nouns: Iterable[str], never: Iterable[str], media: Iterable[str], bodies: Iterable[str]
    ) -> None:
        self._nouns, self._never, self._media, self._bodies = (set(some) for some in (nouns, never, media, bodies))

    def __call__(self, doc: Doc) -> Doc:
        candidates = _without_overlap([*self._recognized(doc), *_with_legal_form(doc), *self._beside_nouns(doc)])
        candidates = _without_overlap([*candidates, *self._by_grammar(doc, candidates)])
        doc.spans[NAMES] = self._consistent(doc, candidates)
        return doc

    def _recognized(self, doc: Doc) -> list[Span]:
        spans = []
        for ent in doc.ents:
            if ent.label_ in _KIND and (span := _trimmed(ent)) is not None:
                spans.append(Span(doc, span.start, span.end, label=self._kind(span, _KIND[ent.label_])))
        return spans

    def _beside_nouns(self, doc: Doc) -> list[Span]:
        """ "engine maker Rolls-Royce": the capitalized words after such a noun."""
        spans = []
        for token in doc[:-1]:
            if token.lower_ in self._nouns and token.is_lower and _is_capital(doc[token.i + 1]):
                end = token.i + 2
                while end < len(doc) and _is_capital(doc[end]):
                    end += 1
                spans.append(Span(doc, token.i + 1, end, label=self._kind(doc[token.i + 1 : end], "company")))
        return spans

    def _by_grammar(self, doc: Doc, known: list[Span]) -> list[Span]:
        """Unmarked capitalized names that do what companies do, or stand beside a company: "Amazon and Nvidia"."""
        dealing = {token.i for frame in doc._.frames or () for role, token in frame.roles if role in _DOERS}
        companies = {i for span in known if span.label_ == "company" for i in range(span.start, span.end)}
        marked = {i for span in known if span.label_ != "place" for i in range(span.start, span.end)} | {
            t.i for t in doc if _is_settled(t)
        }
        spans = []
        for token in doc:
            if token.i in marked or token.tag_ not in ("NNP", "NNPS") or not token.text[0].isupper():
                continue
            acts = token.dep_ == "nsubj" and token.head.lemma_.lower() in words("companies", "verbs")
            joined = token.dep_ in ("conj", "appos") and token.head.i in companies
            joined = joined or (token.dep_ == "npadvmod" and token.head.lemma_ == "own")
            if (acts or joined or token.i in dealing) and not (set(range(token.left_edge.i, token.i + 1)) & marked):
                start = token.i
                while start > token.left_edge.i and doc[start - 1].tag_ in ("NNP", "NNPS"):
                    start -= 1
                span = doc[start : token.i + 1]
                if len(span) < 4 and not (span.text.isupper() and len(span.text) > 6):
                    companies.update(range(start, token.i + 1))
                    spans.append(Span(doc, start, token.i + 1, label=self._kind(span, "company")))
        return spans

    def _kind(self, span: Span, kind: str) -> str:
        name = normal(span.text)
        if name in self._never or name in self._media or _TICKER.fullmatch(span.text):
            return "none"
        if re.match(r"i[A-Z]", span.text):
            return "product"
        if has_legal_form(span.text):
            return "company"
        if kind == "company" and self._bodies & set(name.split()):
            return "organization"
        if kind in ("person", "place") and len(span) > 1 and span[-1].lower_ in words("companies", "endings"):
            return "company"
        return kind

    def _consistent(self, doc: Doc, candidates: list[Span]) -> list[Span]:
        """One kind for all places of a name, and every place of it, also where the recognizer missed it."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for span in candidates:
            votes[normal(span.text)][span.label_] += 1
        kinds = {name: _elected(name, kinds) for name, kinds in votes.items()} | dict.fromkeys(
            _only_surnames(candidates), "company"
        )
        kinds = {name: kind for name, kind in kinds.items() if kind not in ("none", "place")}
        found = [Span(doc, s.start, s.end, label=kinds[normal(s.text)]) for s in candidates if normal(s.text) in kinds]
        return sorted([*found, *_other_places(doc, found)], key=lambda span: span.start)


def _is_settled(token: Token) -> bool:
    """Whether the recognizer's word on it stands; "places" that no gazetteer knows do not."""
    if token.ent_type_ == "GPE":
        return len(
            [other for other in token.sent if other.ent_type_ == "GPE" and abs(other.i - token.i) == 1]
        ) > 0 or _is_known_place(normal(token.text))
    return token.ent_type_ in _SURE


def _is_known_place(name: str) -> bool:
    return any(name in words("places", kind) for kind in ("countries", "regions", "cities"))


def _only_surnames(candidates: list[Span]) -> set[str]:
    """Single words taken for persons whom the article never calls by a full name or title: companies, most often."""
    full = {
        word for span in candidates if span.label_ == "person" and len(span) > 1 for word in normal(span.text).split()
    }
    single = [span for span in candidates if span.label_ == "person" and len(span) == 1 and len(span.text) > 2]
    called = {
        normal(span.text)
        for span in single
        if span.start and span.doc[span.start - 1].lower_ in words("companies", "titles")
    }
    return {normal(span.text) for span in single} - full - called


def _elected(name: str, votes: Counter[str]) -> str:
    """The kind most places have; "none" beats all, and one company beats any place that no gazetteer knows."""
    if "none" in votes:
        return "none"
    if votes["company"] and votes["place"] and not _is_known_place(name):
        del votes["place"]
    rank = ("company", "product", "organization", "person", "place")
    return max(votes, key=lambda kind: (votes[kind], -rank.index(kind)))


def _trimmed(span: Span) -> Span | None:
    """Without article, possessive and punctuation at the edges, and with a legal form that follows."""
    start, end, doc = span.start, span.end, span.doc
    while start < end and (doc[start].text in _EDGE or doc[start].lower_ in ("the", "a", "an")):
        start += 1
    while start < end and (doc[end - 1].text in _EDGE or doc[end - 1].lower_ in ("'s", "’s")):
        end -= 1
    inside = [
        i for i in range(start + 1, end) if doc[i].lower_ in ("'s", "’s") and end - i > 1 and doc[end - 1].is_lower
    ]
    end = inside[0] if inside else end
    while end - start > 1 and _TICKER.fullmatch(doc[end - 1].text):
        end -= 1
    while end < len(doc) and start < end and _is_legal(doc[end]):
        end += 1
    name: Span = doc[start:end]
    usable = start < end and any(char.isupper() for char in name.text) and "\n" not in name.text
    return (
        name
        if usable and len(name) < 9 and not re.search(r"\d\s*(pct|mln|bn|million|billion|crore)\b|[$€£%]", name.text)
        else None
    )


def _is_legal(token: Token) -> bool:
    return token.lower_.replace(".", "") in LEGAL_FORMS and token.text[0].isupper()


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ") and token.lower_ not in ("i", "ceo")


def _with_legal_form(doc: Doc) -> list[Span]:
    """ "Hillards Plc": capitalized words before a legal form."""
    spans = []
    for token in doc:
        if _is_legal(token) and token.i and _is_capital(doc[token.i - 1]) and token.lower_ not in ("as", "co", "se"):
            start = token.i - 1
            while start and (_is_capital(doc[start - 1]) or (doc[start - 1].text in ("&", "and") and start > 1)):
                if doc[start - 1].text in ("&", "and") and not _is_capital(doc[start - 2]):
                    break
                start -= 2 if doc[start - 1].text in ("&", "and") else 1
            if doc[start].lower_ not in ("the", "a", "an"):
                spans.append(Span(doc, start, token.i + 1, label="company"))
    return spans


def _without_overlap(spans: list[Span]) -> list[Span]:
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda s: (-(s.end - s.start), s.label_ != "company", s.start)):
        if not taken & set(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _other_places(doc: Doc, found: list[Span]) -> list[Span]:
    """Places of the found names, and of companies' first words, that are not marked yet."""
    taken = {place for span in found for place in range(span.start, span.end)}
    forms = {tuple(token.text for token in span): span.label_ for span in found}
    lengths = sorted({len(form) for form in forms}, reverse=True)
    others = []
    for start in range(len(doc)):
        if start in taken or not doc[start].text[0].isalnum():
            continue
        for length in lengths:
            kind = forms.get(tuple(token.text for token in doc[start : start + length]))
            if kind and not taken & set(range(start, start + length)):
                taken.update(range(start, start + length))
                others.append(Span(doc, start, start + length, label=kind))
                break
    return others


@Language.factory(
    "company_names",
    requires=["doc.ents", "token.pos"],
    assigns=["doc.spans"],
    default_config={
        "nouns": sorted(words("companies", "nouns")),
        "never": sorted(words("companies", "never")),
        "media": sorted(words("companies", "media")),
        "bodies": sorted(words("companies", "body_words")),
    },
)
def make_company_names(
    nlp: Language, name: str, nouns: list[str], never: list[str], media: list[str], bodies: list[str]
) -> CompanyNames:
    """Lists are lower-case; passing one replaces the lexicon's."""
    return CompanyNames(nouns=nouns, never=never, media=media, bodies=bodies)
