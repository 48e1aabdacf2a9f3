"""Who stands where around a verb or noun, over the dependency parse: subjects, objects, what prepositions bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.lexicons import words

_SUBJECT = ("nsubj", "csubj")
_RELATIVE = ("who", "which", "that", "whom", "whose")
_CONTROL = ("xcomp", "advcl", "pcomp", "ccomp", "conj", "acl", "parataxis")
_MONEY = frozenset({"million", "billion", "mln", "bn", "dollar", "dlrs", "euro", "pound", "crore", "m", "yen"})
_OBJECT_CONTROL = frozenset({"allow", "ask", "force", "let", "require", "order", "help", "enable", "tell", "persuade"})

Arguments = dict[str, list[Token]]


def verb_arguments(verb: Token) -> Arguments:
    """ "subject", "object" and each preposition -> heads of the noun phrases there; passive is turned to active."""
    found: Arguments = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        if child.dep_ in _SUBJECT or child.dep_ == "nsubjpass":
            found["object" if passive else "subject"].append(antecedent(child))
        elif child.dep_ in ("dobj", "attr") and not passive:
            found["object"].append(antecedent(child))
        elif child.dep_ == "agent":
            found["subject"] += [word for word in child.children if word.dep_ == "pobj"]
        elif child.dep_ == "dative":
            found["to"] += [word for word in child.children if word.dep_ == "pobj"] or [child]
    _add_prepositions(verb, found)
    for word in found["object"]:
        _add_prepositions(
            word, found, skip=() if word.lemma_.lower() in _MONEY or word.ent_type_ == "MONEY" else ("of", "in")
        )
    _add_from_above(verb, found, passive=passive)
    return found


def noun_arguments(noun: Token) -> Arguments:
    """ "poss", "compound", each preposition, and "carrier" (subject of the verb that carries the noun) -> heads."""
    found: Arguments = defaultdict(list)
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod", "npadvmod"):
            found["poss" if child.dep_ == "poss" else "compound"].append(child)
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
            for role, heads in verb_arguments(child).items():
                if role in ("subject", "with", "to", "from"):
                    found["by" if role == "subject" else role] += [head for head in heads if head != noun]
    _add_prepositions(noun, found)
    verb = carrier(noun)
    if verb is not None:
        found["carrier"] += subjects(verb)
        found["recipient"] += [child for child in verb.children if child.dep_ == "nsubjpass" and noun.dep_ == "dobj"]
        for child in verb.children:
            if child.dep_ == "dative":
                found["to"] += [word for word in child.children if word.dep_ == "pobj"] or [child]
        _add_prepositions(verb, found)
    return found


def carrier(noun: Token) -> Token | None:
    """The verb whose object, or prepositional object, the noun is: "won" in "won an order"."""
    head = noun
    while (up := _noun_over(head)) is not None:
        head = up
    if head.dep_ in ("dobj", "nsubjpass", "attr") and head.head.pos_ in ("VERB", "AUX"):
        return head.head
    if head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ in ("VERB", "AUX"):
        return head.head.head
    return None


def _noun_over(noun: Token) -> Token | None:
    """The noun that this one is part of: "letter" of "letter of intent", "deal" of "supply deal"."""
    if noun.dep_ in ("conj", "compound") and noun.head.pos_ in ("NOUN", "PROPN"):
        return noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        return noun.head.head
    return None


def subjects(verb: Token) -> list[Token]:
    """Subjects of an active verb, agents of a passive one; taken from above where the verb has none."""
    return verb_arguments(verb)["subject"]


def is_passive(verb: Token) -> bool:
    """Whether what stands before the verb undergoes it: "was bought", "a firm bought by X"."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "dobj" for child in verb.children):
        return False
    active = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    return not active and (verb.dep_ == "acl" or any(child.dep_ == "agent" for child in verb.children))


def antecedent(word: Token) -> Token:
    """The noun that a relative pronoun stands for; any other word itself."""
    if word.lower_ in _RELATIVE and word.head.dep_ == "relcl":
        return word.head.head
    return word


def together(word: Token) -> Iterator[Token]:
    """A noun and those joined to it by "and": "A, B and C"."""
    yield word
    for child in word.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X"):
            yield from together(child)


def about(word: Token) -> Token:
    """What a share or part is of: X in "a 20% stake in X", "control of X"; any other word itself."""
    if word.lemma_.lower() in words("deals", "partitive"):
        for child in word.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "in"):
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return about(noun)
    return word


def _add_prepositions(word: Token, found: Arguments, *, skip: tuple[str, ...] = ()) -> None:
    for child in word.children:
        if child.dep_ in ("prep", "prt") and child.lower_ not in skip:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    found[child.lower_].append(antecedent(noun))
                elif noun.dep_ == "prep":
                    found[noun.lower_] += [deep for deep in noun.children if deep.dep_ == "pobj"]


def _add_from_above(verb: Token, found: Arguments, *, passive: bool) -> None:
    """Arguments that an embedded verb shares with the one over it: "agreed to buy", "X, bought by Y"."""
    missing = "object" if passive else "subject"
    if found[missing] and missing == "subject":
        if verb.dep_ == "relcl" and not found["object"]:
            found["object"].append(verb.head)
        return
    if found[missing]:
        return
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN") and (passive or verb.tag_ == "VBG"):
        found[missing].append(verb.head)
    elif verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
        found[missing] += _holders(verb.head)
    elif verb.dep_ in _CONTROL and verb.head != verb:
        found[missing] += _shared(verb, missing)


def _holders(noun: Token) -> list[Token]:
    """Whose plan it is: "Acme's plan to buy", "Acme announced an agreement to buy"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    verb = carrier(noun)
    return owners or (subjects(verb) if verb is not None and verb != noun else [])


def _shared(verb: Token, missing: str) -> list[Token]:
    above = verb.head
    if verb.dep_ in ("pcomp", "advcl", "ccomp") and above.pos_ == "ADP":
        above = above.head
    if above.pos_ in ("NOUN", "PROPN"):
        return _holders(above)
    if above.pos_ not in ("VERB", "AUX"):
        return []
    if verb.dep_ == "xcomp" and above.lemma_ in _OBJECT_CONTROL:
        return [child for child in above.children if child.dep_ == "dobj"]
    if is_passive(above):
        own = [child for child in above.children if child.dep_ == "nsubjpass"]
        return own or (_shared(above, missing) if above.dep_ in _CONTROL and above.head != above else [])
    return subjects(above)
