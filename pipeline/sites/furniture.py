"""What stands around an article and is not of it, told by its words or by the name of its box (`furniture.yml`)."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

LONGEST = 260
LONGEST_STOP = 80
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"

_words: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("furniture.yml").read_text("utf-8"))


def _any_of(entries: list[str], *, before: str = r"^\W*", after: str = "") -> re.Pattern[str]:
    spaced = "|".join(entry.replace(" ?", r"\s*").replace(" ", r"\s+").replace("MONTH", MONTH) for entry in entries)
    return re.compile(f"{before}(?:{spaced}){after}", re.IGNORECASE)


WHOLE = _any_of(_words["whole"], after=r"\W*$")
OPENS = _any_of(_words["opens"])
STOP = _any_of(_words["stop"], after=r"\W*$")
PAYWALL = _any_of(_words["paywall"], before="")
BOX = _any_of([entry.replace("-", "[-_]?") for entry in _words["boxes"]], before=r"(?:^|[\s_-])", after=r"(?:$|[\s_-])")
# The letters of a byline count: "by then Nokia had sold" is prose.
BYLINE = re.compile(r"^\W*(?:By|BY)\s+[A-Z][\w.'’-]+(?:(?:\s+|,\s*|\s+and\s+|\s+&\s+)[A-Z][\w.'’-]+){1,8}\W*$")


def is_furniture(text: str) -> bool:
    """Whether this line is no prose of the article.

    >>> [is_furniture(t) for t in ("By Ann Lee and Bo Ek", "Read more: Nokia sells", "By 2013 Nokia had sold it.")]
    [True, True, False]
    >>> [is_furniture(t) for t in ("March 30, 2016 21:45 JST", "In March 2016 it sold.")]
    [True, False]
    """
    return len(text) <= LONGEST and bool(BYLINE.match(text) or WHOLE.match(text) or OPENS.match(text))


def is_stop(text: str) -> bool:
    """Whether the article ends before this line.

    >>> is_stop("Related stories"), is_stop("Related firms sold shares.")
    (True, False)
    """
    return len(text) <= LONGEST_STOP and bool(STOP.match(text))


def is_box(labels: str) -> bool:
    """Whether a node with these classes and ids is a box beside the article.

    >>> is_box("story__related-links wide"), is_box("article-body")
    (True, False)
    """
    return bool(BOX.search(labels))


def tells_paywall(text: str) -> bool:
    """Whether the page asks for a subscription before it goes on."""
    return bool(PAYWALL.search(text))
