"""Copies of one report: the same words in ten papers are one report, two reports of one event are two."""

from __future__ import annotations

import pytest

from pipeline.copies import originals, sketch

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


def reports(**texts: str) -> dict[str, str]:
    """Of each text the one that it copies; they were published in the order given."""
    return originals(list(texts), {name: sketch(text) for name, text in texts.items()})


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
    assert reports(b=STORY, a=copy) == {"a": "b", "b": "b"}


@pytest.mark.parametrize("other", [OTHER, cut(STORY, 0.3) + OTHER, "Nokia sells."])
def test_another_report_of_the_same_event_is_its_own(other: str) -> None:
    assert reports(a=STORY, b=other) == {"a": "a", "b": "b"}


def test_two_lines_of_few_words_are_no_copies() -> None:
    assert reports(a="Shares fell.", b="Shares fell.") == {"a": "a", "b": "b"}


def test_ten_copies_are_one_report() -> None:
    copies = {f"copy{number}": STORY.replace("cash", f"cash {number}") for number in range(9)}
    found = reports(wire=STORY, own=OTHER, **copies)
    assert found == {"wire": "wire", "own": "own", **dict.fromkeys(copies, "wire")}


def test_what_is_like_two_that_look_apart_makes_them_one_report() -> None:
    first, last = cut(STORY, 0.6), " ".join(STORY.split()[45:])
    assert reports(a=first, b=last) == {"a": "a", "b": "b"}
    assert reports(a=first, b=last, c=STORY) == {"a": "a", "b": "a", "c": "a"}
