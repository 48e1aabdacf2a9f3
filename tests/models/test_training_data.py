from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.models.train.examples import HERE, Example, own_articles, passages
from pipeline.models.train.passages import read_passages
from pipeline.models.windows import NAME_KINDS
from pipeline.score import read_lines
from schemas import ontology
from tests.models.ngrams import hashes, held_out

NOTE = "== a-1 | 2016-05-18\nTitle\n\nAcme bought Bolt, a {unit}.\n--\ncompany Acme\ncompany Bolt\n"


@pytest.fixture(scope="module")
def own() -> list[Example]:
    return [*passages(), *own_articles()]


def test_no_run_of_eight_words_of_the_held_out_texts_is_in_our_own(own: list[Example]) -> None:
    known = held_out()

    shared = {example.id for example in own for run in hashes(example.text) if run in known}

    assert not shared


def test_the_check_knows_the_held_out_texts() -> None:
    assert len(held_out()) > 30_000


def test_there_are_at_least_three_hundred_passages_and_every_kind_of_deal(own: list[Example]) -> None:
    kinds = {event.kind for example in own for event in example.events}

    assert len(own) >= 300
    assert kinds == set(ontology.load().roles)


def test_every_deal_of_a_passage_is_said_in_its_text(own: list[Example]) -> None:
    assert [example.id for example in own if any(event.evidence is None for event in example.events)] == []


def test_passages_have_names_of_their_own(own: list[Example]) -> None:
    names = [example.id for example in own]

    assert len(names) == len(set(names))


def test_no_network_learns_from_the_articles_that_thresholds_are_fitted_on() -> None:
    learned, kept = ({line["id"] for line in read_lines(HERE / name)} for name in ("news.jsonl", "held.jsonl"))

    assert len(kept) == 43
    assert not learned & kept


@pytest.mark.parametrize("file", ["news.jsonl", "held.jsonl"])
def test_annotations_of_news_hold_offsets_and_no_text(file: str) -> None:
    for line in read_lines(HERE / file):
        assert set(line) == {"id", "digest", "kinds", "listed", "places", "events", "relations", "forms"}
        assert set(line["kinds"]) <= set(NAME_KINDS)
        assert all(start < end and entity < len(line["kinds"]) for start, end, entity in line["places"])


@pytest.mark.parametrize(
    ("note", "complaint"),
    [
        ("company Cog", "'Cog' does not stand in the text"),
        ("deal acquisition completed | buyer Acme | target Cog | said Acme bought Bolt", "noted neither as company"),
        ("deal acquisition completed | buyer Acme | seller Bolt | said Acme bought Bolt", "has no 'seller'"),
        ("deal purchase completed | buyer Acme | said Acme bought Bolt", "no such deal"),
        ("deal acquisition completed | buyer Acme | target Bolt", "lacks its parties or `said`"),
        ("deal acquisition completed | buyer Acme | date May | said Acme bought Bolt", "the date 'May'"),
        ("bought Acme", "cannot read the note"),
    ],
)
def test_a_wrong_note_is_refused_by_name(tmp_path: Path, note: str, complaint: str) -> None:
    file = tmp_path / "own.txt"
    file.write_text(NOTE.format(unit="maker of nuts") + note, encoding="utf-8")

    with pytest.raises(ValueError, match=f"passage a-1: .*{complaint}"):
        list(read_passages(file))


def test_a_passage_is_read_with_its_title_date_and_deals(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    deal = "deal acquisition completed | buyer Acme | target Bolt\n | amount 5000000 USD | said Acme bought Bolt"
    file.write_text(NOTE.format(unit="maker of nuts") + deal, encoding="utf-8")

    (read,) = read_passages(file)

    assert (read["id"], read["title"], read["date"]) == ("own:a-1", "Title", "2016-05-18")
    assert read["deals"][0]["amount"] == {"value": 5_000_000.0, "currency": "USD"}
    assert [(p["role"], p["names"]) for p in read["deals"][0]["parties"]] == [("buyer", ["Acme"]), ("target", ["Bolt"])]
