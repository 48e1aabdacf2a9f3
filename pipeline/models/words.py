"""Text -> words, sentences and word pieces, with character offsets. Training and reading share this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_BREAK = re.compile(r"(?<=[.!?][\"”’)])\s+(?=[A-Z\"“‘(])|(?<=[.!?])\s+(?=[A-Z\"“‘(0-9])|\n+")
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


def split_words(text: str) -> list[Word]:
    """The words of a text.

    >>> [word.text for word in split_words("Nokia's $1.2bn")]
    ['Nokia', "'", 's', '$', '1', '.', '2bn']
    """
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of sentences; a line break always ends one.

    >>> text = "Acme Inc. bought Bolt. It paid cash."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Acme Inc. bought Bolt.', 'It paid cash.']
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
