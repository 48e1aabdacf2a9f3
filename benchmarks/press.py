"""Made-up news in any quantity, for benchmarks and tests: the same for the same seed, and no word of it true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

HEADS = [
    "Kano",
    "Veltri",
    "Zonmer",
    "Luxdan",
    "Phoqui",
    "Bersto",
    "Ramgil",
    "Oslandt",
    "Tyvane",
    "Quorvex",
    "Melbris",
    "Hadron",
]
TAILS = ["Systems", "Motors", "Networks", "Energy", "Robotics", "Foods", "Materials", "Software"]
DEALS = [
    ("acquisition", "{a} said on {day} that it had agreed to acquire {b} for ${n} million in cash."),
    ("investment", "{a} has invested ${n} million in {b}, which makes industrial sensors."),
    ("supply", "{a} won a contract worth ${n} million to supply batteries to {b}."),
    ("partnership", "{a} and {b} announced a partnership to develop charging stations."),
    ("divestiture", "{a} sold its packaging business to {b} for ${n} million."),
]
FILLER = [
    "The board had discussed the plan since spring, according to people who sat at the table.",
    "Analysts expect little change for customers in the first year.",
    "Shares rose three percent in early trading before giving up most of the gain.",
    "The company employs about four thousand people at nine sites.",
    "Its chief executive said that the market for the products had doubled in five years.",
    "Regulators have a month to raise objections, and lawyers see no reason for any.",
    "Union officials asked for guarantees that no plant would close before the end of the decade.",
    "A spokesman declined to comment on the timetable.",
]


def press(articles: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """JSON lines for `dealgraph ingest`: a headline, a deal or two, and about two hundred words around them."""
    chance = random.Random(seed)
    firms = [f"{head} {tail}" for head in HEADS for tail in TAILS]
    for number in range(articles):
        day = date(2019, 1, 1) + timedelta(days=number % 1500)
        a, b = chance.sample(firms, 2)
        told = [
            form.format(a=one, b=other, n=chance.randint(2, 900), day=day.strftime("%A"))
            for _, form in chance.sample(DEALS, chance.randint(1, 2))
            for one, other in [(a, b)]
        ]
        body = [*told, *(chance.choice(FILLER) for _ in range(12))]
        chance.shuffle(body)
        paragraphs = [" ".join(body[start : start + 3]) for start in range(0, len(body), 3)]
        yield {
            "id": f"press-{seed}-{number}",
            "title": f"{a} moves on {b}",
            "date": day.isoformat(),
            "text": "\n\n".join(paragraphs),
        }
