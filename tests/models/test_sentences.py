from __future__ import annotations

import pytest

from pipeline.models.train.examples import Example, from_gold
from pipeline.models.train.sentences import sentences_alone


def told_in(text: str, *deals: tuple[str, str, str], relations: tuple[tuple[str, str], ...] = ()) -> Example:
    """An article of a headline and a text. deals: buyer, target and the words that state it."""
    title, body = text.split("\n\n")
    return from_gold(
        {"id": "a", "title": title, "text": body},
        {
            "id": "a",
            "companies": [["Acme"], ["Bolt"], ["Crest"]],
            "deals": [
                {
                    "type": "acquisition",
                    "status": "completed",
                    "parties": [
                        {"role": role, "kind": "company", "names": [name]}
                        for role, name in (("buyer", buyer), ("target", target))
                    ],
                    "evidence": said,
                }
                for buyer, target, said in deals
            ],
            "relations": [{"type": "COMPETES_WITH", "subject": [a], "object": [b]} for a, b in relations],
        },
    )


def test_a_sentence_that_states_a_deal_is_told_alone_with_its_names_and_parties() -> None:
    article = told_in(
        "Acme buys\n\nIt is May. Crest fell, as Acme bought Bolt. Bolt rose.", ("Acme", "Bolt", "bought Bolt")
    )
    (alone,) = sentences_alone(article)
    assert (alone.text, alone.title_length) == ("Crest fell, as Acme bought Bolt.", 0)
    assert [alone.text[start:end] for start, end, _ in alone.places] == ["Crest", "Acme", "Bolt"]
    (event,) = alone.events
    assert event.parties == article.events[0].parties
    assert event.evidence == (0, len(alone.text))


BOTH = "Acme bought Bolt."


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(told_in(f"{BOTH}\n\nAcme paid cash.", ("Acme", "Bolt", BOTH)), id="the headline"),
        pytest.param(told_in("May\n\nAcme grew. It bought Bolt.", ("Acme", "Bolt", "bought Bolt")), id="one name"),
        pytest.param(
            told_in(
                f"May\n\n{BOTH[:-1]}, not Crest. It owns Crest.",
                ("Acme", "Bolt", BOTH[:-1]),
                ("Acme", "Crest", "owns"),
            ),
            id="two names of a deal told elsewhere",
        ),
        pytest.param(
            told_in(f"May\n\n{BOTH}", ("Acme", "Bolt", BOTH), relations=(("Acme", "Bolt"),)),
            id="a relation, told who knows where",
        ),
        pytest.param(told_in(f"May\n\n{BOTH}"), id="no deal"),
    ],
)
def test_no_sentence_is_told_alone_that_may_not_state_all_that_it_seems_to(article: Example) -> None:
    assert sentences_alone(article) == []
