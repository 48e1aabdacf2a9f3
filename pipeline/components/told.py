"""Frames -> tellings: the noun phrases in the roles become entities of the article, or things without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.components.clauses import about
from pipeline.components.entities import Place
from pipeline.components.frames import Frame
from pipeline.lexicons import words
from pipeline.models.entities import Named
from pipeline.money import find_money
from pipeline.names import normal

_ASSET_ROLES = ("target", "subject")
_COMPANY_ROLES = frozenset({"buyer", "seller", "investor", "partner", "licensor", "licensee", "supplier", "customer"})
_LEFT_OUT = frozenset({"det", "poss", "nummod", "predet", "case", "punct"})
_NAMED_BY_MODIFIER = frozenset(
    {
        "unit",
        "subsidiary",
        "division",
        "arm",
        "startup",
        "start-up",
        "firm",
        "airline",
        "app",
        "company",
        "bank",
        "group",
    }
)


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a role: an entity of the article (its number), or a thing told by a noun phrase alone.

    owner: the entity whose thing it is said to be.
    """

    entity: int | None = None
    asset: str = ""
    owner: int | None = None

    @property
    def key(self) -> str:
        return f"#{self.entity}" if self.entity is not None else normal(self.asset)


@dataclass(frozen=True, slots=True)
class Telling:
    """A deal as one clause tells it. trigger, sentence: characters [start, end) of the Doc."""

    kind: str
    roles: tuple[tuple[str, Filler], ...]
    trigger: tuple[int, int]
    sentence: tuple[int, int]

    def having(self, role: str) -> list[Filler]:
        return [filler for name, filler in self.roles if name == role]


def tellings(doc: Doc) -> list[Telling]:
    """What the frames of a Doc tell, those that say too little left out."""
    told = (_told(frame, doc) for frame in doc._.frames)
    return [telling for telling, frame in zip(told, doc._.frames, strict=True) if _is_enough(telling, frame, doc)]


def _told(frame: Frame, doc: Doc) -> Telling:
    roles = list(_filled(frame.roles, doc))
    sent, trigger = frame.trigger.sent, frame.trigger
    telling = Telling(
        frame.kind,
        tuple(dict.fromkeys(roles)),
        (trigger.idx, trigger.idx + len(trigger)),
        (sent.start_char, sent.start_char + len(sent.text.rstrip())),
    )
    return _sale_of_an_owner(telling)


def _filled(roles: Iterable[tuple[str, Token]], doc: Doc) -> Iterator[tuple[str, Filler]]:
    for role, token in roles:
        filler = fill(token, doc, thing=role in _ASSET_ROLES)
        if filler is not None and _may_play(role, filler, doc):
            yield role, filler


def _may_play(role: str, filler: Filler, doc: Doc) -> bool:
    if filler.entity is None:
        return role in _ASSET_ROLES
    kind = doc._.entities[filler.entity].kind
    return kind != "product" or role in _ASSET_ROLES


def fill(token: Token, doc: Doc, *, thing: bool) -> Filler | None:
    """What the noun phrase headed by a word stands for. thing: it may also be a thing without a name."""
    token, named = about(token), doc._.references
    if token.i in named:
        return Filler(named[token.i].entity, owner=_owner(token, named))
    for child in token.children:
        inside = child.dep_ == "appos" or (child.dep_ in ("compound", "nmod") and token.lemma_ in _NAMED_BY_MODIFIER)
        if inside and child.i in named:
            return Filler(named[child.i].entity, owner=_owner(token, named))
    if thing and token.lemma_.lower() in words("deals", "asset_words") and (name := _thing_name(token)):
        return Filler(asset=name, owner=_owner(token, named))
    return None


def _owner(token: Token, named: dict[int, Place]) -> int | None:
    """X in "X's phone unit", "the phone unit of X"."""
    own = named[token.i].entity if token.i in named else None
    for child in token.subtree if token.i not in named else token.children:
        place = named.get(child.i)
        if place is None or place.entity == own:
            continue
        if child.dep_ == "poss" or (child.dep_ == "pobj" and child.head.lower_ == "of" and child.head.head == token):
            return place.entity
    return None


def _thing_name(token: Token) -> str:
    """The phrase without article, numbers and possessor: "handset business"."""
    start = token.i
    for child in token.lefts:
        if child.dep_ in ("compound", "amod", "nmod"):
            start = min(start, child.left_edge.i)
    while start < token.i and token.doc[start].dep_ in _LEFT_OUT:
        start += 1
    name = re.sub(r"\s+", " ", token.doc[start : token.i + 1].text)
    return name if start < token.i or any(child.dep_ == "poss" for child in token.children) else ""


def _sale_of_an_owner(telling: Telling) -> Telling:
    """An acquisition from a named owner is a divestiture."""
    if telling.kind != "acquisition":
        return telling
    buyers = {filler.entity for filler in telling.having("buyer")}
    sellers = {filler.entity for filler in telling.having("seller")}
    owners = {filler.owner for filler in telling.having("target")} - buyers - {None}
    if not (sellers or owners) - buyers:
        return telling
    extra = () if sellers else tuple(("seller", Filler(owner)) for owner in sorted(o for o in owners if o is not None))
    return replace(telling, kind="divestiture", roles=(*telling.roles, *extra))


def _is_enough(telling: Telling, frame: Frame, doc: Doc) -> bool:
    """Whether every role that the deal word needs is filled, by different things."""
    sentence = doc.text[slice(*telling.sentence)]
    if "money" in frame.needs and not any(True for _ in find_money(sentence)):
        return False
    for role in set(frame.needs) - {"money"}:
        wanted = sum(need == role for need in frame.needs)
        if len({filler.key for filler in telling.having(role)}) < wanted:
            return False
    keys = [filler.key for role, filler in telling.roles if role != "subject"]
    return len(keys) > 1 or telling.kind in ("investment", "divestiture")


def named_forms(filler: Filler, entities: list[Named]) -> tuple[str, ...]:
    """The forms of a filler's name, fullest first; a thing of an owner also under its owner's name."""
    if filler.entity is not None:
        return entities[filler.entity].names
    owner = f"{entities[filler.owner].names[-1]}'s {filler.asset}" if filler.owner is not None else None
    return (owner, filler.asset) if owner else (filler.asset,)
