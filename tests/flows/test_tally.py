"""What a run yielded, and when that is too little."""

from __future__ import annotations

import pickle

import pytest

from flows.tally import BelowFloor, Outcome, Recorded, Tally, Unchanged, check_floors
from pipeline.errors import FetchError
from schemas.records import Article


def new(deals: int = 1) -> Recorded:
    return Recorded(Article("a", "Title", "Text."), deals, is_new=True)


def changed() -> Recorded:
    return Recorded(Article("a", "Title", "Text."), 0, is_new=False)


def counted(*outcomes: Outcome, floor: int = 0) -> Tally:
    tally = Tally("wire", floor)
    for outcome in outcomes:
        tally.count(outcome)
    return tally


def test_a_tally_tells_new_from_changed_and_unchanged() -> None:
    row = counted(new(2), changed(), Unchanged("b"), FetchError("gone", subject="c")).row()
    assert row == {
        "source": "wire",
        "fetched": 3,
        "new": 1,
        "unchanged": 1,
        "set aside": 1,
        "articles": 2,
        "deals": 2,
        "floor": "",
    }


@pytest.mark.parametrize(
    ("outcomes", "floor", "is_below"),
    [
        ((), 1, True),
        ((), 0, False),
        ((new(),), 1, False),
        ((Unchanged("a"), Unchanged("b")), 2, False),  # a quiet hour
        ((FetchError("no answer"), FetchError("no answer")), 1, True),  # dark
        ((new(), FetchError("no answer")), 2, True),
    ],
)
def test_a_source_is_below_its_floor_by_what_it_offers(
    outcomes: tuple[Outcome, ...], floor: int, is_below: bool
) -> None:
    assert counted(*outcomes, floor=floor).is_below_floor is is_below


def test_too_little_names_the_sources_and_keeps_all_tallies() -> None:
    tallies = [counted(new(), floor=1), Tally("dark", 5)]
    with pytest.raises(BelowFloor, match=r"^dark: 0 articles, its floor is 5 ") as low:
        check_floors(tallies)
    assert low.value.tallies == tuple(tallies)


def test_the_failure_crosses_processes_whole() -> None:
    error = BelowFloor("dark: 0 articles", tallies=[Tally("dark", 5)])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.tallies) == (str(error), error.tallies)
