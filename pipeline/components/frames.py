"""Deal frames: a word that states a deal, with what stands in each role around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.components.clauses import Arguments, about, carrier, noun_arguments, together, verb_arguments
from pipeline.lexicons import lexicon, words

if not Doc.has_extension("frames"):
    Doc.set_extension("frames", default=None)

Entry = dict[str, Any]
_SIGNED = ("sign", "ink", "enter", "strike", "forge", "reach")
_RECEIVER = {"supply": "supplier", "licensing": "licensee"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A deal word and the heads of the noun phrases in its roles; what they name is told later.

    share: the head of "a 20% stake", where no more than that of the target changes hands.
    """

    kind: str
    trigger: Token
    roles: tuple[tuple[str, Token], ...]
    needs: tuple[str, ...] = ()
    share: Token | None = None


class DealFrames:
    """Sets `doc._.frames`. verbs, nouns: the lexicon of deal words."""

    def __init__(self, *, verbs: dict[str, Entry], nouns: dict[str, Entry]) -> None:
        self._verbs, self._nouns = verbs, nouns

    def __call__(self, doc: Doc) -> Doc:
        doc._.frames = [frame for token in doc for frame in self._at(token)]
        return doc

    def _at(self, token: Token) -> Iterator[Frame]:
        if _is_refused(token):
            return
        if token.pos_ == "VERB" and (entry := self._verbs.get(_phrase(token))):
            found = verb_arguments(token)
            if "object_is" not in entry or _is_capital(found["object"]):
                yield _frame(entry, token, found)
        elif (entry := self._of(token)) and _is_qualified(token) and not self._is_told(token, entry):
            yield _frame(_or_licence(token, entry), token, _carried(token, entry, noun_arguments(token)))

    def _of(self, noun: Token) -> Entry | None:
        """What the lexicon says of a noun, whole where it was cut at a hyphen ("spin-off") or by its last half."""
        if noun.dep_ == "compound" and noun.lower_ in words("deals", "licence") and self._of(noun.head):
            return None  # "a licensing deal": the deal tells it
        half = noun.lemma_.lower()
        if noun.i and noun.nbor(-1).text_with_ws == "-":
            before = noun.doc[max(0, noun.i - 2) : noun.i].text.lower()
            return self._nouns.get(before + half) or self._nouns.get(half)
        return self._nouns.get(half)

    def _is_told(self, noun: Token, entry: Entry) -> bool:
        """Whether the verb over a noun tells its deal: "supplies parts under a contract"."""
        verb = carrier(noun)
        return (
            verb is not None
            and noun.head.lower_ == "under"
            and self._verbs.get(_phrase(verb), {}).get("kind") == entry["kind"]
        )


def _phrase(verb: Token) -> str:
    """The verb with its particle: "take over", "spin off"."""
    for child in verb.children:
        if child.dep_ == "prt" or (verb.lemma_ == "join" and child.dep_ == "dobj" and child.lower_ == "forces"):
            return f"{verb.lemma_.lower()} {child.lemma_.lower()}"
    return verb.lemma_.lower()


def _is_refused(word: Token) -> bool:
    """ "will not buy", "does not invest": no deal at all, not even an ended one."""
    return any(child.dep_ == "neg" for child in word.children) and any(
        child.lower_ in ("will", "would", "do", "does", "wo") for child in word.children if child.dep_ == "aux"
    )


def _is_capital(heads: list[Token]) -> bool:
    """ "$20 million", "a seed round"; no loan, no order."""
    around = {word.lower_ for head in heads for word in head.subtree}
    money = any(head.ent_type_ == "MONEY" or head.lemma_ in ("million", "billion", "mln", "crore") for head in heads)
    return (money or bool(around & words("deals", "capital"))) and not around & words("deals", "debt")


def _is_qualified(noun: Token) -> bool:
    wanted = lexicon("deals")["qualified"].get(noun.lemma_.lower())
    if not wanted or any(child.lower_ in wanted for child in noun.lefts):
        return True
    return (
        "=carried" in wanted
        and noun.head.lemma_ in _SIGNED
        and not any(c.dep_ in ("acl", "relcl") for c in noun.children)
    )


def _or_licence(noun: Token, entry: Entry) -> Entry:
    """A "patent licence agreement" licenses; under a cross-licence each side is both."""
    before = {word.lower_ for child in noun.lefts for word in child.subtree}
    if entry["kind"] != "partnership" or not before & words("deals", "licence"):
        return entry
    cross = "cross" in before or any(word.startswith("cross") for word in before)
    agreement: Entry = lexicon("deals")["agreements"]["cross_licence" if cross else "licence"]
    return agreement


def _carried(noun: Token, entry: Entry, found: Arguments) -> Arguments:
    """The subject of "won an order" under its own role; of another verb, as the noun's possessor."""
    heads = found.pop("carrier", [])
    if entry["kind"] in _RECEIVER:
        found[f"={_RECEIVER[entry['kind']]}"] += found.pop("recipient", [])
    verb = noun.head.lemma_.lower() if noun.head.pos_ == "VERB" else ""
    role = lexicon("deals")["carriers"].get(noun.lemma_.lower(), {}).get(verb)
    if role:
        found[f"={role}"] += heads
    elif entry.get("carried"):
        found.clear()
    elif not found["poss"] and not found["by"]:
        found["poss"] += heads
    return found


def _frame(entry: Entry, trigger: Token, arguments: Arguments) -> Frame:
    roles: dict[tuple[str, int], Token] = {}
    for place, heads in arguments.items():
        for role in (place[1:] if place.startswith("=") else entry.get(place, "")).split():
            roles |= {(role, each.i): each for head in heads for each in together(about(head))}
    found = tuple((role, token) for (role, _), token in roles.items() if token != trigger)
    shares = [head for head in arguments.get("object", ()) if head.lemma_.lower() in words("deals", "shares")]
    return Frame(entry["kind"], trigger, found, tuple(entry["needs"]), shares[0] if shares else None)


@Language.factory(
    "deal_frames",
    requires=["token.dep", "token.pos", "token.lemma"],
    assigns=["doc._.frames"],
    default_config={"verbs": lexicon("deals")["verbs"], "nouns": lexicon("deals")["nouns"]},
)
def make_deal_frames(nlp: Language, name: str, verbs: dict[str, Entry], nouns: dict[str, Entry]) -> DealFrames:
    """verbs, nouns: added to those of the lexicon."""
    return DealFrames(verbs=verbs, nouns=nouns)
