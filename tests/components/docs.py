"""Docs built by hand, so that component tests need no model.

A sentence is written as words with what they are to which word: `Acme/nsubj/bought bought/ROOT Bolt/dobj/bought`.
A capital makes a name (of a company; `#Lumia` of a product), `its/poss/unit` a pronoun, `-` a hyphen between two halves
of a word. Words that stand twice in a sentence are told apart as `by` and `by~2`.
"""

from __future__ import annotations

from itertools import pairwise

import spacy
from spacy.tokens import Doc, Span

from pipeline.components.claims import DealClaims
from pipeline.components.entities import References
from pipeline.components.frames import DealFrames
from pipeline.components.names import NAMES
from pipeline.lexicons import lexicon
from schemas.records import Claims

_POS = {
    "ROOT": "VERB", "ccomp": "VERB", "xcomp": "VERB", "relcl": "VERB", "acl": "VERB", "advcl": "VERB", "pcomp": "VERB",
    "prep": "ADP", "agent": "ADP", "aux": "AUX", "auxpass": "AUX", "det": "DET", "amod": "ADJ", "cc": "CCONJ",
    "case": "PART", "punct": "PUNCT", "nummod": "NUM", "prt": "ADP",
}  # fmt: skip
_LEMMAS = {
    "bought": "buy", "sold": "sell", "sells": "sell", "buying": "buy", "owns": "own", "holds": "hold", "won": "win", "raised": "raise",
    "rivals": "rival", "makes": "make", "merged": "merge", "partnered": "partner", "ordered": "order", "licensed": "license",
    "invested": "invest", "acquired": "acquire", "was": "be", "agreed": "agree", "has": "have", "led": "lead", "competes": "compete",
    "jets": "jet", "delivered": "deliver", "awarded": "award", "signed": "sign", "owned": "own", "completed": "complete", "granted": "grant",
}  # fmt: skip
_VOCAB = spacy.blank("en").vocab  # words know their lower case only in a language's vocabulary
_PRONOUNS = frozenset({"it", "its", "which", "that", "who"})


def doc(written: str) -> Doc:
    """The Doc of one or more sentences in the notation above, sentences separated by ` | `."""
    words, deps, heads, starts, products = [], [], [], [], set()
    for sentence in written.split(" | "):
        marks = [mark.split("/") for mark in sentence.split()]
        places = {mark[0]: len(words) + n for n, mark in enumerate(marks)}
        starts.append(len(words))
        for mark in marks:
            if mark[0].startswith("#"):
                products.add(len(words))
            heads.append(places[mark[2]] if len(mark) > 2 else len(words))
            words.append(mark[0].lstrip("#").split("~")[0])
            deps.append(mark[1])
    pos = [_pos(word, dep) for word, dep in zip(words, deps, strict=True)]
    made = Doc(
        _VOCAB,
        words=words,
        spaces=["-" not in pair for pair in pairwise([*words, ""])],
        deps=deps,
        heads=heads,
        pos=pos,
        tags=[_tag(word, kind) for word, kind in zip(words, pos, strict=True)],
        lemmas=[_LEMMAS.get(word, word.lower()) for word in words],
        sent_starts=[n in starts for n in range(len(words))],
    )
    made.spans[NAMES] = [
        Span(made, n, n + 1, label="product" if n in products else "company")
        for n, word in enumerate(words)
        if word[0].isupper()
    ]
    return made


def _pos(word: str, dep: str) -> str:
    if word in _PRONOUNS:
        return "PRON"
    if word[0].isupper():
        return "PROPN"
    if dep == "amod" and word.endswith("ed"):
        return "VERB"
    return _POS.get(dep, "NOUN")


def _tag(word: str, pos: str) -> str:
    if pos == "VERB":
        return "VBG" if word.endswith("ing") else "VBN" if word.endswith("ed") or word in ("bought", "sold") else "VB"
    if pos == "NOUN" and word.endswith("s"):
        return "NNS"
    return {"PROPN": "NNP", "PRON": "PRP", "NOUN": "NN"}.get(pos, "IN")


def claims(written: str) -> Claims:
    """What the rules make of the sentences."""
    made = doc(written)
    for component in (
        References(),
        DealFrames(verbs=lexicon("deals")["verbs"], nouns=lexicon("deals")["nouns"]),
        DealClaims(),
    ):
        made = component(made)
    told: Claims = made._.claims
    return told


def deals(written: str) -> list[tuple[str, dict[str, list[str]]]]:
    """(kind, role -> fullest names) of each deal."""
    found = []
    for deal in claims(written).deals:
        roles: dict[str, list[str]] = {}
        for party in deal.parties:
            roles.setdefault(party.role, []).append(party.names[0])
        found.append((deal.kind, roles))
    return found
