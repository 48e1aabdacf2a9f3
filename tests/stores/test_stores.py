"""What every store promises, asked of a real one of each."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from pipeline.errors import QueryError, SettingsError, StoreError
from pipeline.stores import GraphStore, open_store
from pipeline.stores.checked import check
from pipeline.stores.networkx_ import to_networkx
from schemas.ontology import OntologyError
from schemas.records import Edge, Graph, Node
from tests.graphs import company, sample, shuffled
from tests.neo4j.server import Server


def test_a_store_gives_back_what_it_was_given(store: GraphStore) -> None:
    store.load(sample())
    assert store.dump() == check(sample())


@pytest.mark.parametrize("seed", range(3))
def test_loading_again_in_another_order_changes_nothing(store: GraphStore, seed: int) -> None:
    store.load(sample())
    store.load(shuffled(sample(), seed))
    assert store.dump() == check(sample())


def test_what_lost_its_support_is_gone_after_a_load(store: GraphStore) -> None:
    store.load(sample(articles=5))
    store.load(sample(articles=1))
    assert store.dump() == check(sample(articles=1))


def test_a_deal_that_changes_its_kind_changes_its_label(store: GraphStore) -> None:
    deals = [Node("Deal", "t-d", {"kind": kind}, label) for kind, label in (("merger", "Merger"), ("supply", "Supply"))]
    for deal in deals:
        store.load(Graph((deal,), ()))
    assert store.dump().nodes == (deals[1],)


@pytest.mark.parametrize(
    ("graph", "complaint"),
    [
        (Graph((Node("Planet", "t-mars"),), ()), "no node label 'Planet'"),
        (Graph((company("acme", colour="red"),), ()), "no property 'colour'"),
        (
            Graph((company("acme"),), (Edge("LOVES", ("Company", "t-acme"), ("Company", "t-acme")),)),
            "no edge type 'LOVES'",
        ),
        (
            Graph((company("acme"),), (Edge("PRODUCES", ("Company", "t-acme"), ("Company", "t-acme")),)),
            "cannot go to Company",
        ),
        (
            Graph((company("acme"),), (Edge("COMPETES_WITH", ("Company", "t-acme"), ("Company", "t-x")),)),
            "the graph lacks",
        ),
    ],
)
def test_what_the_ontology_does_not_name_is_refused(ladybug_store: GraphStore, graph: Graph, complaint: str) -> None:
    with pytest.raises(OntologyError, match=complaint):
        ladybug_store.load(graph)


QUESTION = "MATCH (a:Company)-[e:SOLD_TO]->(b:Company) RETURN a.name AS seller, b.name AS buyer, e.`on` AS day"


def test_a_question_is_answered_with_plain_values(store: GraphStore) -> None:
    store.load(sample())
    assert store.query(QUESTION).dicts() == [{"seller": "Acme", "buyer": "Cord", "day": "2016-05"}]


def test_a_node_is_answered_with_its_label_and_properties(store: GraphStore) -> None:
    store.load(sample())
    rows = store.query("MATCH (p:Product) RETURN p").rows
    assert rows == (({"label": "Product", "id": "t-widget", "name": "Widget"},),)


def test_a_parameter_reaches_the_question(store: GraphStore) -> None:
    store.load(sample())
    answer = store.query("MATCH (c:Company {name: $name}) RETURN c.id AS id", {"name": "Dart"})
    assert answer.dicts() == [{"id": "t-dart"}]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Company {id: 't-evil'}) RETURN n",
        "MATCH (n:Company) SET n.name = 'Evil' RETURN n",
        "MATCH (n:Company) DETACH DELETE n",
        "MERGE (n:Company {id: 't-evil'}) RETURN n",
    ],
)
def test_a_question_that_writes_is_refused_and_changes_nothing(store: GraphStore, cypher: str) -> None:
    store.load(sample())
    with pytest.raises(QueryError, match="must not change it"):
        store.query(cypher)
    assert store.dump() == check(sample())


def test_a_mistake_in_a_question_is_one_line_with_its_place(store: GraphStore) -> None:
    store.load(sample())
    with pytest.raises(QueryError) as caught:
        store.query("MATCH (n:Company RETURN n")
    assert "line 1, column" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_graph_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.lbug"
    path.write_bytes(b"someone's letters" * 100)
    for act in (lambda s: s.query("RETURN 1"), lambda s: s.load(sample())):
        with open_store("ladybug", path=path) as store, pytest.raises(StoreError, match=r"graph\.lbug"):
            act(store)
    assert path.read_bytes().startswith(b"someone's letters")


def test_an_unreachable_server_is_one_line_with_the_remedy() -> None:
    with pytest.raises(StoreError, match=r"bolt://127\.0\.0\.1:1: is not a Neo4j server that answers \(start"):
        open_store("neo4j", uri="bolt://127.0.0.1:1", password="x")


@pytest.mark.neo4j
def test_a_wrong_password_is_one_line_with_the_remedy(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="NEO4J_PASSWORD"):
        open_store("neo4j", uri=neo4j_server.uri, password="wrong-password")


@pytest.mark.parametrize("name", ["oracle", "neo4j"])
def test_a_store_that_cannot_be_opened_names_the_setting(name: str) -> None:
    with pytest.raises(SettingsError, match=r"DEALGRAPH_STORE|NEO4J_URI"):
        open_store(name)


def _load_in_a_process(uri: str, username: str, password: str, seed: int) -> None:
    with open_store("neo4j", uri=uri, username=username, password=password, graph="dealgraph-tests") as store:
        for round_ in range(3):
            store.load(shuffled(sample(articles=30), seed + round_))


@pytest.mark.neo4j
def test_two_processes_loading_at_once_end_with_one_graph(neo4j_server: Server, neo4j_store: GraphStore) -> None:
    context = multiprocessing.get_context("spawn")
    server = (neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    writers = [context.Process(target=_load_in_a_process, args=(*server, seed)) for seed in (0, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert neo4j_store.dump() == check(sample(articles=30))


@pytest.mark.neo4j
def test_what_others_keep_in_the_same_database_is_left_alone(neo4j_server: Server, neo4j_store: GraphStore) -> None:
    import neo4j

    auth = (neo4j_server.username, neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver:
        driver.execute_query("CREATE (:Company {id: 't-theirs', name: 'Theirs'})")
        neo4j_store.load(sample())
        neo4j_store.load(Graph((), ()))
        records = driver.execute_query(
            "MATCH (n:Company {id: 't-theirs'}) WITH n, n.name AS name DELETE n RETURN name"
        ).records
    assert [record["name"] for record in records] == ["Theirs"]


@pytest.mark.neo4j
def test_two_graphs_in_one_database_keep_their_own_nodes(neo4j_server: Server, neo4j_store: GraphStore) -> None:
    reached = {"uri": neo4j_server.uri, "username": neo4j_server.username, "password": neo4j_server.password}
    with open_store("neo4j", **reached, graph="dealgraph-tests-other") as other:  # type: ignore[arg-type]
        other.load(sample())
        neo4j_store.load(sample(articles=5))
        neo4j_store.load(Graph((), ()))
        kept = other.dump()
        other.load(Graph((), ()))
    assert kept == check(sample())


def test_networkx_holds_the_same_nodes_and_edges() -> None:
    graph = to_networkx(sample())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (8, 8)
    assert graph.nodes["t-widget"] == {"label": "Product", "name": "Widget"}
