"""Frames -> tellings: the noun phrases in the roles become entities of the article, or things without a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.components.clauses import about
from pipeline.components.entities import Place
from pipeline.components.frames import Frame
from pipeline.components.relations import maker_of
from pipeline.lexicons import words
from pipeline.models.entities import Named
from pipeline.money import find_money, find_percents
from pipeline.names import normal

_ASSET_ROLES = ("target", "subject")
_COMPANY_ROLES = frozenset({"buyer", "seller", "investor", "partner", "licensor", "licensee", "supplier", "customer"})
_GOODS = {"buyer": "customer", "target": "subject", "seller": "supplier"}
_PLURAL_GOODS = frozenset(
    {"aircraft", "jet", "plane", "airplane", "jetliner", "airliner", "helicopter", "engine", "chip", "widebody"}
)
_SUPPLY_NEEDS = ("supplier", "customer")
_HALF = 50  # per cent; above is control
_NEXT_SENTENCE = 5  # characters between two sentences that follow each other
_LONGEST_PLACE = 6  # words of "operations in Northern Ireland"
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
    """A deal as one clause tells it. trigger, sentence: characters [start, end) of the Doc; goes_on: it tells more of the
    deal told before."""

    kind: str
    roles: tuple[tuple[str, Filler], ...]
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    goes_on: bool = False

    def having(self, role: str) -> list[Filler]:
        return [filler for name, filler in self.roles if name == role]

    def keys(self, role: str) -> set[str]:
        return {filler.key for filler in self.having(role)}


def tellings(doc: Doc) -> list[Telling]:
    """What the frames of a Doc tell, those that say too little left out."""
    makers = maker_of(doc)
    told = [_with_maker(_as_supply(_told(frame, doc), frame, doc), frame, doc, makers) for frame in doc._.frames]
    told = [_with_target(telling, told[:n]) for n, telling in enumerate(told)]
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
    return _stake_bought(_sale_of_an_owner(telling), frame)


def _stake_bought(telling: Telling, frame: Frame) -> Telling:
    """Buying a minority stake that nobody is said to sell is an investment."""
    if telling.kind != "acquisition" or frame.share is None or _is_control(frame.share):
        return telling
    roles = tuple(("investor" if role == "buyer" else role, filler) for role, filler in telling.roles)
    return replace(telling, kind="investment", roles=roles)


def _is_control(share: Token) -> bool:
    phrase = share.doc[share.left_edge.i : share.right_edge.i + 1]
    if {word.lower_ for word in phrase} & words("deals", "control"):
        return True
    return any(percent > _HALF for _, _, percent in find_percents(phrase.text))


def _filled(roles: Iterable[tuple[str, Token]], doc: Doc) -> Iterator[tuple[str, Filler]]:
    for role, token in roles:
        filler = fill(token, doc, thing=role in _ASSET_ROLES)
        if filler is not None and _may_play(role, filler, doc):
            yield role, filler


def _may_play(role: str, filler: Filler, doc: Doc) -> bool:
    if filler.entity is None:
        return role in _ASSET_ROLES
    kind = doc._.entities[filler.entity].kind
    if kind == "person" and role in _ASSET_ROLES:
        return False
    return kind != "product" or role in _ASSET_ROLES


def fill(token: Token, doc: Doc, *, thing: bool) -> Filler | None:
    """What the noun phrase headed by a word stands for. thing: it may also be a thing without a name."""
    token, named = _bearer(about(token)), doc._.references
    if token.i in named:
        return Filler(named[token.i].entity, owner=_owner(token, named))
    for child in token.children:
        inside = child.dep_ == "appos" or (child.dep_ in ("compound", "nmod") and token.lemma_ in _NAMED_BY_MODIFIER)
        if inside and child.i in named:
            return Filler(named[child.i].entity, owner=_owner(token, named))
    if thing and token.lemma_.lower() in words("deals", "asset_words") and (name := _thing_name(token)):
        return _owned(name, _owner(token, named), doc)
    return None


def _owned(name: str, owner: int | None, doc: Doc) -> Filler:
    """A thing without its owner's name, which the parse may have left in: "IBM's PC business"."""
    before, _, after = name.replace("’", "'").partition("'s ")
    owners = [n for n, entity in enumerate(doc._.entities) if after and before in entity.names]
    return Filler(asset=after, owner=owners[0]) if owners else Filler(asset=name, owner=owner)


def _bearer(token: Token) -> Token:
    """X in "X is a startup that raised ..."."""
    if token.dep_ == "attr":
        return next((child for child in token.head.children if child.dep_ == "nsubj"), token)
    return token


def _owner(token: Token, named: dict[int, Place]) -> int | None:
    """X in "X's phone unit", "the phone unit of X"."""
    own = named[token.i].entity if token.i in named else None
    near = [*token.children, *(deep for child in token.lefts for deep in child.children)]
    near += [noun for child in token.children if child.lower_ == "of" for noun in child.children]
    for child in near if token.i not in named else token.children:
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
    end = token.i + 1
    if start == token.i and (place := [c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("of", "in")]):
        end = place[0].right_edge.i + 1 if place[0].right_edge.i - token.i < _LONGEST_PLACE else end
    name = re.sub(r"\s+", " ", token.doc[start:end].text)
    told = end - start > 1 or token.lemma_ == "patent" or any(child.dep_ == "poss" for child in token.children)
    return name if told else ""


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


def _as_supply(telling: Telling, frame: Frame, doc: Doc) -> Telling:
    """Buying jets or chips is a supply: goods change hands, no business does."""
    things = [token for role, token in frame.roles if role == "target"]
    if telling.kind not in ("acquisition", "divestiture") or not things:
        return telling
    if not all(_is_product(token, doc) for token in things):
        return telling
    roles = tuple((_GOODS[role], replace(filler, owner=None)) for role, filler in telling.roles if role in _GOODS)
    return replace(telling, kind="supply", roles=roles)


def _is_product(token: Token, doc: Doc) -> bool:
    place = doc._.references.get(token.i)
    if place is not None:
        return bool(
            doc._.entities[place.entity].kind == "product" and (token.tag_ in ("NNS", "NNPS") or _is_counted(token))
        )
    return token.lemma_.lower() in _PLURAL_GOODS or (
        token.tag_ == "NNS" and token.lower_ in words("companies", "product_nouns")
    )


def _is_counted(token: Token) -> bool:
    return any(child.dep_ == "nummod" for child in token.children)


def _with_maker(telling: Telling, frame: Frame, doc: Doc, makers: dict[int, int]) -> Telling:
    """ "ordered 20 Boeing 737s" names the supplier with the goods."""
    if telling.kind != "supply" or telling.having("supplier"):
        return telling
    goods = [token for role, token in frame.roles if role in ("subject", "target")]
    named, entities = doc._.references, doc._.entities
    inside = [named[word.i].entity for token in goods for word in token.subtree if word.i in named]
    found = [makers.get(entity, entity) for entity in inside if entities[entity].kind == "company" or entity in makers]
    taken = {filler.entity for _, filler in telling.roles}
    things = [Filler(entity) for entity in inside if entities[entity].kind == "product"]
    extra = [("supplier", Filler(entity)) for entity in found if entity not in taken]
    more = [("subject", thing) for thing in things if thing not in telling.having("subject")]
    return replace(telling, roles=tuple(dict.fromkeys([*telling.roles, *extra, *more])))


def _with_target(telling: Telling, before: list[Telling]) -> Telling:
    """A round told without its company is that of the round told just before: "The round was led by X"."""
    if telling.kind != "investment" or telling.having("target"):
        return telling
    near = [other for other in before if other.kind == "investment" and other.having("target")]
    if not near or telling.sentence[0] - near[-1].sentence[1] > _NEXT_SENTENCE:
        return telling
    return replace(telling, roles=(*telling.roles, ("target", near[-1].having("target")[0])), goes_on=True)


def _is_enough(telling: Telling, frame: Frame, doc: Doc) -> bool:
    """Whether every role that the deal word needs is filled, by different things."""
    needs = Counter(frame.needs if telling.kind != "supply" else _SUPPLY_NEEDS)
    sentence = doc.text[slice(*telling.sentence)]
    if needs.pop("money", 0) and not any(True for _ in find_money(sentence)):
        return False
    if any(len(telling.keys(role)) < wanted for role, wanted in needs.items()):
        return False
    if telling.keys("target") & (telling.keys("buyer") | telling.keys("investor")):
        return False
    keys = [filler.key for role, filler in telling.roles if role != "subject"]
    return len(keys) > 1 or telling.kind in ("investment", "divestiture")


def named_forms(filler: Filler, entities: list[Named]) -> tuple[str, ...]:
    """The forms of a filler's name, fullest first; a thing of an owner also under its owner's name."""
    if filler.entity is not None:
        return entities[filler.entity].names
    owner = f"{entities[filler.owner].names[-1]}'s {filler.asset}" if filler.owner is not None else None
    return (owner, filler.asset) if owner else (filler.asset,)
