"""Noun phrases that can change hands: "its feature phone business", "a 12% stake", "30 new jets"."""

from __future__ import annotations

import re

_HEADS = frozenset(
    [
        "activities",
        "aircraft",
        "airline",
        "airlines",
        "airliners",
        "arm",
        "assets",
        "bank",
        "banks",
        "brand",
        "brands",
        "building",
        "business",
        "businesses",
        "cars",
        "centers",
        "centres",
        "chain",
        "chains",
        "channel",
        "channels",
        "chips",
        "company",
        "companies",
        "contract",
        "customers",
        "division",
        "divisions",
        "drones",
        "engines",
        "equipment",
        "facilities",
        "facility",
        "factories",
        "factory",
        "farms",
        "field",
        "fields",
        "fighters",
        "firm",
        "franchise",
        "helicopters",
        "holding",
        "holdings",
        "hotel",
        "hotels",
        "interest",
        "interests",
        "jet",
        "jets",
        "jetliners",
        "licence",
        "license",
        "licenses",
        "licences",
        "line",
        "lines",
        "mine",
        "mines",
        "missiles",
        "network",
        "networks",
        "newspaper",
        "newspapers",
        "operation",
        "operations",
        "parts",
        "patents",
        "pipeline",
        "plane",
        "planes",
        "plant",
        "plants",
        "platform",
        "portfolio",
        "property",
        "properties",
        "refinery",
        "rights",
        "satellites",
        "segment",
        "servers",
        "service",
        "services",
        "shareholding",
        "shares",
        "software",
        "stake",
        "stakes",
        "station",
        "stations",
        "store",
        "stores",
        "stock",
        "studio",
        "subsidiaries",
        "subsidiary",
        "system",
        "systems",
        "technology",
        "terminal",
        "tools",
        "trains",
        "tankers",
        "trucks",
        "turbines",
        "unit",
        "units",
        "vehicles",
        "vessels",
        "website",
        "ships",
    ]
)
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
        "of",
        "to",
        "for",
        "from",
        "in",
        "on",
        "at",
        "by",
        "with",
        "and",
        "or",
        "but",
        "as",
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "said",
        "says",
        "which",
        "who",
        "sell",
        "sells",
        "sold",
        "selling",
        "buy",
        "buys",
        "bought",
        "buying",
        "acquire",
        "acquires",
        "acquired",
        "acquiring",
        "purchase",
        "purchased",
        "order",
        "ordered",
        "orders",
        "take",
        "taking",
        "took",
        "about",
        "into",
        "over",
        "some",
        "all",
        "any",
        "no",
        "not",
        "it",
        "they",
        "he",
        "she",
        "we",
    ]
)
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


def _is_head(word: str) -> bool:
    return word.rstrip(".,;:)\"'”’").lower() in _HEADS


def _ends_phrase(word: str) -> bool:
    return word.lower() in _STOP or word[-1] in ',.;:)"”'
