"""Names within one article: how two forms are compared, which is the fullest, what shortens what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lexicons import words

LEGAL_FORMS = words("companies", "legal")
_LEADING = frozenset({"the", "a", "an", "its", "their"})
_SILENT = frozenset({"of", "and", "for", "the", "&", "de"})


def normal(name: str) -> str:
    """A name as it is compared: lower case, without possessive, punctuation, article and legal forms.

    >>> normal("The Walt Disney Co.'s"), normal("AT&T Inc"), normal("S.A.P. AG"), normal("Group")
    ('walt disney', 'at&t', 'sap', 'group')
    """
    text = re.sub(r"['’]s\b|['’](?=\s|$)", "", name.lower())
    words = re.sub(r"[^\w\s&+]", " ", text.replace(".", "")).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    return " ".join(words)


def has_legal_form(name: str) -> bool:
    """Whether a name ends as only a company's does.

    >>> has_legal_form("Hillards Plc"), has_legal_form("Nokia"), has_legal_form("Group")
    (True, False, False)
    """
    words = re.sub(r"[^\w\s]", "", name.lower()).split()
    return len(words) > 1 and words[-1] in LEGAL_FORMS


def fullest(names: Iterable[str]) -> list[str]:
    """The distinct forms of one name, the fullest first; text order breaks ties.

    >>> fullest(["Nokia", "NOKIA CORP", "Nokia Corp", "Nokia"])
    ['Nokia Corp', 'NOKIA CORP', 'Nokia']
    """
    forms = dict.fromkeys(" ".join(name.split()) for name in names)
    return sorted(forms, key=lambda form: (-len(form.split()), -len(form), form.isupper()))


def shortens(short: str, full: str) -> bool:
    """Whether `short` is a form that the same article may use for `full`: its beginning, or its initials.

    >>> shortens("Foxconn", "Foxconn Technology Group"), shortens("GM", "General Motors"), shortens("Fox", "Foxconn")
    (True, True, False)
    """
    a, b = normal(short).split(), normal(full).split()
    return is_acronym(short, full) or (0 < len(a) < len(b) and b[: len(a)] == a)


def is_acronym(short: str, full: str) -> bool:
    """Whether `short` is made of the initials of `full`, with or without its small words and its legal form.

    >>> is_acronym("IBM", "International Business Machines Corp"), is_acronym("BA", "British Airways")
    (True, True)
    >>> is_acronym("CBAM", "Coinbase Asset Management"), is_acronym("TI", "Tesco")
    (False, False)
    """
    letters = re.sub(r"[^A-Za-z&]", "", short)
    if not (1 < len(letters) < 7) or letters != letters.upper():
        return False
    words = [word for word in re.findall(r"[A-Za-z&]+", full) if word.lower() not in {"s"}]
    kept = [word for word in words if word.lower() not in _SILENT]
    bare = [word for word in kept if word.lower() not in LEGAL_FORMS]
    return letters.upper() in {"".join(word[0].upper() for word in some) for some in (words, kept, bare) if some}
