"""Amounts of money and percentages in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.records import Money

_SIGNS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW",
    "RS": "INR", "RS.": "INR", "RMB": "CNY",
}  # fmt: skip
_WORDS = {
    "dlr": "USD", "dlrs": "USD", "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP",
    "pounds": "GBP", "stg": "GBP", "sterling": "GBP", "yen": "JPY", "rupee": "INR", "rupees": "INR", "yuan": "CNY",
    "won": "KRW", "francs": "FRF", "marks": "DEM", "crowns": "SEK", "lire": "ITL", "guilders": "NLG", "pesos": "MXN",
}  # fmt: skip
_COUNTRY_DOLLARS = {"canadian": "CAD", "australian": "AUD", "hong": "HKD", "u": "USD", "swiss": "CHF", "mexican": "MXN"}
_CODES = (
    "USD|EUR|GBP|JPY|INR|CNY|RMB|KRW|CHF|CAD|AUD|HKD|SGD|SEK|NOK|DKK|BRL|RUB|AED|SAR|ILS|MXN|ZAR|TRY|PLN|TWD|THB|IDR"
    "|MYR"
)
_SCALES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5,
    "m": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6,
    "cr": 1e7, "crore": 1e7, "crores": 1e7, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "billions": 1e9,
    "tn": 1e12, "trn": 1e12, "trillion": 1e12,
}  # fmt: skip
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_SCALE = rf"(?:[\s-]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
_BEFORE = re.compile(
    rf"(?P<currency>(?-i:(?<![A-Za-z])(?:US|A|AU|C|HK|NZ|S|R)?\$|\$)|€|£|¥|₹|₩|\bRs\.?|\b(?:{_CODES}))\s?{_NUMBER}{_SCALE}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b{_NUMBER}{_SCALE}[\s-]?(?P<currency>(?:(?:U\.?S\.?|Canadian|Australian|Hong Kong|Swiss|Mexican) )?"
    rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})|{_CODES})\b",
    re.IGNORECASE,
)
_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_PERCENT = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|\b(?:{'|'.join(_SPELLED)}))[- ]?(?:%|percent\b|per cent\b|pct\b)", re.IGNORECASE
)


def find_money(text: str) -> Iterator[tuple[int, int, Money]]:
    """Amounts with their characters, in the order of the text.

    >>> [(money.value, money.currency) for _, _, money in find_money("$1.2bn, Rs 500 crore, 40 mln dlrs")]
    [(1200000000.0, 'USD'), (5000000000.0, 'INR'), (40000000.0, 'USD')]
    >>> [(money.value, money.currency) for _, _, money in find_money("a £600m buy-out; C$5; 12 Swiss francs; 5 jets")]
    [(600000000.0, 'GBP'), (5.0, 'CAD'), (12.0, 'CHF')]
    """
    found: dict[int, tuple[int, int, Money]] = {}
    taken: set[int] = set()
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            if taken & set(range(*match.span())):
                continue
            number = float(match["number"].rstrip(",").replace(",", ""))
            value = round(number * _SCALES.get((match["scale"] or "").lower(), 1.0), 2)
            taken.update(range(*match.span()))
            found[match.start()] = (*match.span(), Money(value, _currency(match["currency"]), match.group()))
    return iter(found[start] for start in sorted(found))


def _currency(said: str) -> str:
    """The ISO code of a sign, word or code; "dollars" of no named country are American.

    >>> [_currency(said) for said in ("US$", "Rs.", "rmb", "Canadian dollars", "dlrs", "Swiss francs")]
    ['USD', 'INR', 'CNY', 'CAD', 'USD', 'CHF']
    """
    if said.upper() in _SIGNS:
        return _SIGNS[said.upper()]
    words = re.findall(r"[a-z]+", said.lower())
    if len(words) > 1:
        return _COUNTRY_DOLLARS[words[0]]
    return _WORDS.get(words[0], said.upper())


def find_percents(text: str) -> Iterator[tuple[int, int, float]]:
    """Percentages with their characters.

    >>> [percent for _, _, percent in find_percents("20 pct, 12.5%, a 9 per cent stake, five percent")]
    [20.0, 12.5, 9.0, 5.0]
    """
    for match in _PERCENT.finditer(text):
        said = match["number"].lower()
        yield *match.span(), float(_SPELLED.get(said, 0) or said)
