"""Text -> words, sentences and word pieces, with character offsets. Training and reading share this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

from pipeline.lexicons import words as lexicon_words

BULLET = r"(?:\*{1,3}|[•▪●])"  # the sign of an item, in a round-up told as one block
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_BREAK = re.compile(
    r"(?<=[.!?][\"”’)])\s+(?=[A-Z\"“‘(])|(?<=[.!?])\s+(?=[A-Z\"“‘(0-9])|\n+"
    rf"|\s+(?={BULLET}\s)"
)
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Inc|Corp|Co|Ltd|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|U\.S|U\.K|[A-Z])\.$"
)
SHAPES = ("pad", "lower", "title", "upper", "mixed", "digits", "alphanumeric", "punctuation", "single")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, or one other character; offsets count characters."""

    text: str
    start: int
    end: int


_FUNCTION = lexicon_words("forms", "stuck")
_ENDINGS = tuple(_FUNCTION)
_LEAST_NAME = 3  # letters
_ONE_OF = "|".join(sorted(word for word in _FUNCTION if len(word) > 2))
# "UnitedandSouthwest", "OpenAIare", "MagicBriefand"; not "FinlandAir", "FlightAware", "McFarland".
_CAMEL = re.compile(
    rf"(?P<before>[A-Z][a-z]{{3,}}[a-km-z](?=and[A-Z])|[A-Z][a-z]{{2,}}[A-Z]{{2,}}(?=(?:{_ONE_OF})$)"
    r"|(?!Mac)[A-Z][a-z]{2,}[A-Z][a-z]+(?=(?:and|from|reportedly|said|will|with)$)).+"
)


@lru_cache(maxsize=32)  # both networks and the names of deals want the words of each text
def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text; a function word stuck to a name comes off, if the name stands by itself elsewhere.

    >>> [word.text for word in split_words("Nokia's $1.2bn")]
    ['Nokia', "'", 's', '$', '1', '.', '2bn']
    >>> [word.text for word in split_words("SAP fell. OracleandSAPsaid so")]
    ['SAP', 'fell', '.', 'Oracle', 'and', 'SAP', 'said', 'so']
    """
    found = [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    names = {word.text for word in found if word.text[0].isupper() and len(word.text) >= _LEAST_NAME}
    return tuple(part for word in found for part in _unstuck(word, names))


def _unstuck(word: Word, names: set[str]) -> list[Word]:
    if len(word.text) < _LEAST_NAME + 2 or not word.text.isalpha() or word.text[1:].isupper():
        return [word]
    at = _seam(word.text, names)
    if at is None:
        return [word]
    place = word.start + at
    return [
        part
        for half in (Word(word.text[:at], word.start, place), Word(word.text[at:], place, word.end))
        for part in _unstuck(half, names)
    ]


def _seam(text: str, names: set[str]) -> int | None:
    """Where a known name ends before a function word or begins after one, or where capitals leave no doubt."""
    if match := _CAMEL.fullmatch(text):
        return match.end("before")
    for at in range(2, len(text) - 1):
        before, after = text[:at], text[at:]
        if before in names and any(_leads(word, before, after) for word in _FUNCTION):
            return at
        if before in _FUNCTION and len(before) > 2 and after[0].isupper():
            return at
        if after not in names and not (
            after.endswith(_ENDINGS)
            and any(after.endswith(word) and after[: -len(word)] in names for word in _FUNCTION)
        ):
            continue
        if before in _FUNCTION:
            return at
        if before[0].isupper():
            ends = [word for word in _FUNCTION if before.endswith(word) and 3 <= len(word) <= at - _LEAST_NAME]
            if ends:
                return at - max(map(len, ends))
    return None


def find_name(name: str, text: str, *, ignore_case: bool = False) -> list[tuple[int, int]]:
    """Characters of every place where a name stands as whole words, whatever its quotes and white space.

    >>> find_name("SAP", "SAP fell; OracleandSAPsaid so. SAPs")
    [(0, 3), (19, 22)]
    """
    body = re.sub(r"(\\?\s)+", r"\\s+", re.escape(name.strip()))
    body = re.sub(r"['’‘]", "['’‘]", re.sub(r'["“”]', '["“”]', body))
    spans = [match.span() for match in re.finditer(body, text, re.IGNORECASE if ignore_case else 0)]
    if not spans:
        return []
    starts, ends = _edges(text)
    return [(start, end) for start, end in spans if start in starts and end in ends]


@lru_cache(maxsize=4)
def _edges(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where words start and end."""
    words = split_words(text)
    return frozenset(word.start for word in words), frozenset(word.end for word in words)


def _leads(word: str, before: str, after: str) -> bool:
    """Whether `after` is a function word, alone or before a capital."""
    if not after.startswith(word) or not (len(after) == len(word) or after[len(word)].isupper()):
        return False
    return len(before) > 4 or before[-1].isupper()  # "Flockover", but "Westover"


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of sentences; a line break or the sign of an item always ends one.

    >>> text = "Acme Inc. bought Bolt. It paid cash."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Acme Inc. bought Bolt.', 'It paid cash.']
    >>> [text[start:end] for text in ["Bids of Friday: ** Acme eyes Bolt"] for start, end in split_sentences(text)]
    ['Bids of Friday:', '** Acme eyes Bolt']
    """
    spans, start = [], 0
    for match in _BREAK.finditer(text):
        piece = text[start : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(piece):
            continue
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = match.end()
    rest = text[start:]
    if rest.strip():
        spans.append((start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip())))
    return spans


def shape(word: str) -> int:
    """Index into SHAPES: what the lower-cased vocabulary forgets about a word.

    >>> [SHAPES[shape(word)] for word in ("Nokia", "IBM", "eBay", "787", "A350", "$", "x")]
    ['title', 'upper', 'mixed', 'digits', 'alphanumeric', 'punctuation', 'lower']
    """
    if word.isdigit():
        return 5
    if not word[0].isalnum():
        return 7
    if any(letter.isdigit() for letter in word):
        return 6
    if word.islower():
        return 1
    if len(word) == 1:
        return 8
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 4


class Pieces:
    """Word pieces of single words, remembered: news repeats itself."""

    UNKNOWN, START, END = 100, 101, 102

    def __init__(self, tokenizer_json: str) -> None:
        self._tokenizer = Tokenizer.from_str(tokenizer_json)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        # A word of more than 100 characters is [UNK] to the tokenizer as well.
        return tuple(self._tokenizer.encode(word[:100], add_special_tokens=False).ids) or (self.UNKNOWN,)
