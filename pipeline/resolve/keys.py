"""A name as it is compared: its key, its words, its initials."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import yaml
from rigour.names import extract_org_types


@cache
def words(kind: str) -> frozenset[str]:
    """A word list of `words.yml`."""
    read = yaml.safe_load(resources.files("pipeline.resolve").joinpath("words.yml").read_text(encoding="utf-8"))
    return frozenset(read[kind])


@lru_cache(maxsize=1 << 18)
def plain(name: str) -> str:
    """Lower-case, without accents, possessives, punctuation and articles; legal forms stay.

    >>> plain("The Coca-Cola Company’s"), plain("J.P. Morgan"), plain("Salesforce.com, Inc.")
    ('coca cola company', 'jp morgan', 'salesforce inc')
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    text = re.sub(r"['’‘]s?(?=\s|$)", "", folded)
    text = re.sub(r"(?<=\w{3})\.(com|net|org|io|ai)\b", "", text)
    text = re.sub(r"(?<=\w)[.'’](?=\w)|\.", "", text)
    found = re.sub(r"[^\w&+]+", " ", text).split()
    while len(found) > 1 and found[0] in {"the", "a", "an", "its", "their"}:
        found.pop(0)
    return " ".join("&" if word == "and" else word for word in found)


@lru_cache(maxsize=1 << 18)
def key(name: str) -> str:
    """What two spellings of one name share: `plain` without legal forms at the end.

    >>> key("Nokia Oyj") == key("Nokia Corp.") == key("nokia"), key("Tata Sons Pvt Ltd"), key("AS Roma"), key("Group")
    (True, 'tata sons', 'as roma', 'group')
    """
    return _without_legal(plain(name))


def _without_legal(text: str) -> str:
    found = text.split()
    while len(found) > 1:
        if found[-1] in words("legal") | {"&"}:
            found.pop()
            continue
        rest = " ".join(found)
        ending = [form for form, _ in extract_org_types(rest) if rest.endswith(" " + form)]
        if not ending:
            break
        found = rest[: -len(max(ending, key=len))].split()
    return " ".join(found)


@lru_cache(maxsize=1 << 18)
def squeezed(key_: str) -> str:
    """A key without spaces and signs: "jp morgan" and "jpmorgan", "at&t" and "att" are one spelling."""
    return re.sub(r"[^\w+]", "", key_)


def initials(name: str) -> frozenset[str]:
    """The acronyms a name may go by, with and without small words and its legal form.

    >>> sorted(initials("Taiwan Semiconductor Manufacturing Co")), sorted(initials("Research In Motion"))
    (['tsm', 'tsmc'], ['rim', 'rm'])
    """
    variants = set()
    for text in (key(name), plain(name)):
        every = text.split()
        for chosen in (every, [word for word in every if word not in words("small")]):
            letters = "".join(word[0] for word in chosen if word[0].isalnum())
            if len(every) > 1 and len(letters) > 1:
                variants.add(letters)
    return frozenset(variants)


@lru_cache(maxsize=1 << 16)
def is_acronym(form: str) -> bool:
    """Whether a form is written as one: capitals only, two to six of them.

    >>> [is_acronym(form) for form in ("IBM", "AT&T", "Ibm", "GENERAL", "A")]
    [True, True, False, False, False]
    """
    letters = [c for c in form if c.isalpha()]
    return " " not in form and 1 < len(letters) < 7 and all(c.isupper() for c in letters)


@lru_cache(maxsize=1 << 18)
def is_name(name: str) -> bool:
    """Whether a form names anything at all, unlike "the company"."""
    found = key(name)
    return any(c.isalnum() for c in found) and found not in words("no_names")


@lru_cache(maxsize=1 << 18)
def is_description(name: str) -> bool:
    """Whether a form describes rather than names, so that the same words elsewhere mean something else.

    >>> [is_description(name) for name in ("its solar unit", "the Government", "eBay", "iRobot", "787s", "HP unit")]
    [True, True, False, False, False, False]
    """
    if key(name) in words("descriptions"):
        return True
    return len(plain(name).split()) > 1 and is_plain_word(name)


def is_plain_word(name: str) -> bool:
    """Whether a form has neither a capital nor a digit."""
    return not any(c.isupper() or c.isdigit() for c in name)
