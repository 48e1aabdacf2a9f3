"""Copies of one report: the same words in ten papers are one report, two reports of one event are two."""

from __future__ import annotations

import random

import pytest

from pipeline.copies import originals
from schemas.records import Article

STORY = (
    "Nokia agreed on Tuesday to sell its devices and services business to Microsoft for 5.44 billion euros in cash. "
    "The Finnish company will license its patents to the buyer for ten years, and about 32,000 people are expected "
    "to move with the business. Stephen Elop steps aside as chief executive and will lead devices at Microsoft once "
    "the deal closes, which both companies expect in the first quarter of 2014. Nokia keeps its networks, its maps "
    "and its patents, and said that the price would leave it with a strong balance. Shareholders are to vote on the "
    "sale at a meeting in Helsinki in November. Analysts had long wondered how the two would go on as partners."
)
OTHER = (
    "Microsoft said it will pay 5.44 billion euros for the phone business of Nokia, ending years of guesses about "
    "the fate of a company that once sold four of every ten phones. The purchase brings it factories in Finland, "
    "Vietnam and China, along with a brand that it may use on cheaper phones only. It also brings back Stephen Elop, "
    "who left Microsoft for Nokia in 2010. Critics in Espoo called the price low, while investors sent the shares of "
    "the seller up by a third. Regulators in Brussels and Washington have yet to look at the purchase, people said."
)


def an_article(name: str, text: str, day: str | None = None) -> Article:
    return Article(name, "Nokia sells", text, published_at=day)


def cut(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * share)])


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        f"HELSINKI (Reuters) - {STORY}",
        STORY.replace("Tuesday", "Sept 3").replace("5.44 billion euros", "$7.17 billion"),
        STORY.replace(". ", ".\n\n").upper(),
        cut(STORY, 0.9),
        f"{STORY} The Harbour Ledger has written about the two firms since 2011 and will report on the vote.",
    ],
)
def test_a_copy_is_the_report_that_it_copies(copy: str) -> None:
    found = originals([an_article("b", STORY, "2013-09-03"), an_article("a", copy, "2013-09-04")])
    assert found == {"a": "b", "b": "b"}


@pytest.mark.parametrize("other", [OTHER, cut(STORY, 0.3) + OTHER, "Nokia sells."])
def test_another_report_of_the_same_event_is_its_own(other: str) -> None:
    assert originals([an_article("a", STORY), an_article("b", other)]) == {"a": "a", "b": "b"}


def test_two_lines_of_few_words_are_no_copies() -> None:
    assert originals([an_article("a", "Shares fell."), an_article("b", "Shares fell.")]) == {"a": "a", "b": "b"}


def test_ten_copies_are_one_report_in_any_order() -> None:
    articles = [
        an_article(f"copy{number}", STORY.replace("cash", f"cash {number}"), "2013-09-04") for number in range(9)
    ]
    articles += [an_article("wire", STORY, "2013-09-03"), an_article("own", OTHER, "2013-09-03")]
    expected = {article.id: "own" if article.id == "own" else "wire" for article in articles}
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert originals(articles) == expected
