"""Amounts, dates and percentages as things the pair model can point to."""

from __future__ import annotations

from pipeline.dates import find_dates
from pipeline.money import find_money, find_percents
from schemas.records import Money

Value = Money | float | str


def values(text: str, date: str | None) -> list[tuple[int, int, str, Value]]:
    """(start, end, kind, value) without overlap; kind: money, percent or date. date: the article's day.

    >>> values("bought 20% for $5m in 2016", None)
    [(7, 10, 'percent', 20.0), (15, 18, 'money', Money(value=5000000.0, currency='USD', text='$5m')), (22, 26, 'date', '2016')]
    """
    found: list[tuple[int, int, str, Value]] = []
    taken: set[int] = set()
    everything: list[tuple[int, int, str, Value]] = [
        *((start, end, "money", money) for start, end, money in find_money(text)),
        *((start, end, "percent", percent) for start, end, percent in find_percents(text)),
        *((start, end, "date", day) for start, end, day in find_dates(text, date)),
    ]
    for value in everything:
        if not taken & set(range(value[0], value[1])):
            taken.update(range(value[0], value[1]))
            found.append(value)
    return sorted(found, key=lambda value: value[0])


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values are one, an amount within one per cent.

    >>> same_value(Money(5e6, "USD", "$5m"), Money(5.01e6, "USD")), same_value("2016", "2016-05")
    (True, False)
    """
    if isinstance(one, Money) and isinstance(other, Money):
        return same_money(one, other.value, other.currency)
    return one == other


def same_money(money: Money, value: float, currency: str) -> bool:
    """The same currency, and within one per cent."""
    return money.currency == currency and abs(money.value - value) <= 0.01 * abs(value)


def same_date(one: str, other: str) -> bool:
    """Equal as far as both are told.

    >>> same_date("2016-05", "2016-05-18"), same_date("2016", "2017-01")
    (True, False)
    """
    return one.startswith(other) or other.startswith(one)
