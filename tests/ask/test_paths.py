"""How two companies are connected, asked of both stores."""

from __future__ import annotations

import pytest

from pipeline.ask import path
from pipeline.errors import QueryError
from pipeline.stores import GraphStore
from tests.graphs import sample


def test_the_shortest_path_reads_in_the_direction_of_its_edges(store: GraphStore) -> None:
    store.load(sample())
    assert [str(step) for step in path(store, "Cord", "Dart")] == [
        "Acme -[SOLD_TO (2016-05, completed)]-> Cord",
        "Acme -[COMPETES_WITH]-> Dart",
    ]


@pytest.mark.parametrize("name", ["acme", "ACME", "Acme Inc"])
def test_a_company_is_found_by_any_of_its_names_in_any_case(store: GraphStore, name: str) -> None:
    store.load(sample())
    assert len(path(store, name, "Dart")) == 1


def test_two_companies_without_connection_have_no_path(store: GraphStore) -> None:
    store.load(sample())
    assert path(store, "Acme", "Bolt") == []


def test_an_unknown_company_is_named(store: GraphStore) -> None:
    store.load(sample())
    with pytest.raises(QueryError, match="Nobody: no company"):
        path(store, "Acme", "Nobody")
