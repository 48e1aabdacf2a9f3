"""Noun phrases that can change hands: "its feature phone business", "a 12% stake", "30 new jets"."""

from __future__ import annotations

import re

from pipeline.lexicons import words as lexicon_words

_HEADS = lexicon_words("assets", "heads")
_STOP = lexicon_words("assets", "stop")
_EMPTY = _STOP | lexicon_words("assets", "empty")
_TOKEN = re.compile(r"\S+")
_LONGEST = 6  # words


def asset_phrases(text: str) -> list[tuple[int, int]]:
    """Characters of candidate phrases, each cut after the last word that cannot stand inside one.

    >>> text = "Acme sold its loss-making phone business and took a 12% stake"
    >>> [text[start:end] for start, end in asset_phrases(text)]
    ['loss-making phone business', '12% stake']
    """
    words = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    found = []
    for last, (word, start) in enumerate(words):
        head = word.rstrip(".,;:)\"'”’")
        if head.lower() not in _HEADS or (head == word and last + 1 < len(words) and _is_head(words[last + 1][0])):
            continue
        first = last
        while first > 0 and last - first < _LONGEST and not _ends_phrase(words[first - 1][0]):
            first -= 1
        if first < last:
            found.append((words[first][1], start + len(head)))
    return found


def is_phrase(text: str) -> bool:
    """Whether a phrase tells of anything: it has a word that can stand inside one.

    >>> is_phrase("about"), is_phrase("other's"), is_phrase("its first"), is_phrase("its patents")
    (False, False, False, True)
    """
    return any(word not in _EMPTY for word in re.findall(r"[^\W_]{2,}", text.lower()))


def _is_head(word: str) -> bool:
    return word.rstrip(".,;:)\"'”’").lower() in _HEADS


def _ends_phrase(word: str) -> bool:
    return word.lower() in _STOP or word[-1] in ',.;:)"”'
