"""Neo4j: a community server is enough, without plugins."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
from neo4j.graph import Node as Neo4jNode
from neo4j.graph import Path as Neo4jPath
from neo4j.graph import Relationship

from pipeline.errors import QueryError, StoreError
from pipeline.stores import LoadSummary, Rows
from pipeline.stores.checked import check, plain
from schemas import ontology
from schemas.records import Edge, Graph, Node

_BATCH = 5000
_OURS = "graph"  # property that tells our nodes from others in the same database
_STAMP = "load"


class Neo4jStore:
    """One named graph in a Neo4j database. Nothing that another program wrote there is touched."""

    def __init__(
        self,
        uri: str,
        *,
        username: str | None = None,
        password: str | None = None,
        database: str | None = None,
        graph: str = "dealgraph",
    ) -> None:
        self._uri, self._database, self._graph = uri, database, graph
        auth = (username or "neo4j", password) if password is not None else None
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri, auth=auth, connection_timeout=5, max_transaction_retry_time=60, notifications_min_severity="OFF"
            )
            self._driver.verify_connectivity()
        except AuthError as error:
            raise StoreError(
                f"refuses user {username or 'neo4j'!r}", subject=uri, remedy="check NEO4J_USERNAME and NEO4J_PASSWORD"
            ) from error
        except (ServiceUnavailable, DriverError, Neo4jError, ValueError) as error:
            raise StoreError(
                "is not a Neo4j server that answers", subject=uri, remedy="start the server or mend NEO4J_URI"
            ) from error

    def load(self, graph: Graph) -> LoadSummary:
        """See GraphStore. One transaction, behind one lock node: writers queue up, readers see all or nothing."""
        graph = check(graph)
        with self._told(), self._driver.session(database=self._database) as session:
            for label in ontology.load().nodes:
                name = f"dealgraph_{label.lower()}"
                session.run(
                    f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE (n.id, n.{_OURS}) IS UNIQUE"
                ).consume()
                session.run(f"CREATE INDEX {name}_id IF NOT EXISTS FOR (n:{label}) ON (n.id)").consume()
                if "name" in ontology.load().nodes[label].properties:
                    session.run(f"CREATE INDEX {name}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)").consume()
            session.execute_write(self._write, graph)
        return LoadSummary(len(graph.nodes), len(graph.edges))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell the server's faults in one line."""
        try:
            yield
        except (ServiceUnavailable, SessionExpired, TransientError) as error:
            raise StoreError("does not answer any more", subject=self._uri, remedy="try again") from error
        except (DriverError, Neo4jError) as error:
            said = getattr(error, "message", None) or str(error)
            raise StoreError(said.split("\n")[0], subject=self._uri, remedy="look into the server's log") from error

    def _write(self, tx: neo4j.ManagedTransaction, graph: Graph) -> None:
        stamp = uuid.uuid4().hex
        own = {"graph": self._graph, "stamp": stamp}
        tx.run("MERGE (l:DealgraphLoad {id: $graph}) SET l.load = $stamp", own).consume()
        for (label, extra), rows in _by_label(graph).items():
            second = f" SET n:{extra}" if extra else ""
            stale = [
                kind for kind in map(ontology.load().second_label, ontology.load().roles) if extra and kind != extra
            ]
            drop = f" REMOVE n:{':'.join(stale)}" if stale else ""
            for batch in _batches(rows):
                tx.run(
                    f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id, {_OURS}: $graph}}) SET n = row.properties "
                    f"SET n.id = row.id, n.{_OURS} = $graph, n.{_STAMP} = $stamp{second}{drop}",
                    {"rows": batch, **own},
                ).consume()
        for (type_, source, target), rows in _by_ends(graph).items():
            identity = ", ".join(f"{name}: row.properties.{name}" for name in ontology.load().edges[type_].identity)
            for batch in _batches(rows):
                tx.run(
                    f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a, {_OURS}: $graph}}) "
                    f"MATCH (b:{target} {{id: row.b, {_OURS}: $graph}}) "
                    f"MERGE (a)-[e:{type_} {{{identity}}}]->(b) SET e = row.properties SET e.{_STAMP} = $stamp",
                    {"rows": batch, **own},
                ).consume()
        types = "|".join(ontology.load().edges)
        tx.run(
            f"MATCH (a {{{_OURS}: $graph}})-[e:{types}]->(b {{{_OURS}: $graph}}) WHERE e.{_STAMP} <> $stamp DELETE e",
            own,
        ).consume()
        for label in ontology.load().nodes:
            tx.run(f"MATCH (n:{label} {{{_OURS}: $graph}}) WHERE n.{_STAMP} <> $stamp DETACH DELETE n", own).consume()

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """See GraphStore. The query's type is asked of the planner before it runs, and the session only reads."""
        reading = self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS)
        with self._told(), reading as session:
            try:
                kind = session.run("EXPLAIN " + cypher, dict(parameters or {})).consume().query_type
                if kind != "r":
                    raise QueryError("the graph is only written by `dealgraph build`; a question must not change it")
                result = session.run(cypher, dict(parameters or {}))
                columns = tuple(result.keys())
                return Rows(columns, tuple(tuple(_value(value) for value in record.values()) for record in result))
            except ClientError as error:
                raise QueryError(_query_line(error)) from error

    def dump(self) -> Graph:
        """See GraphStore."""
        nodes, edges = [], []
        known = ontology.load()
        reading = self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS)
        with self._told(), reading as session:
            for label, kind in known.nodes.items():
                for record in session.run(f"MATCH (n:{label} {{{_OURS}: $graph}}) RETURN n", graph=self._graph):
                    node = record["n"]
                    extra = next(iter(set(node.labels) - {label}), None)
                    properties = plain({k: v for k, v in node.items() if k in kind.properties})
                    nodes.append(Node(label, node["id"], properties, extra))
            question = (
                f"MATCH (a {{{_OURS}: $graph}})-[e]->(b {{{_OURS}: $graph}}) WHERE type(e) IN $types RETURN "
                "[l IN labels(a) WHERE l IN $labels][0] AS a_label, a.id AS a, e, "
                "[l IN labels(b) WHERE l IN $labels][0] AS b_label, b.id AS b"
            )
            for record in session.run(question, graph=self._graph, types=list(known.edges), labels=list(known.nodes)):
                edge = record["e"]
                properties = plain({k: v for k, v in edge.items() if k in known.edges[edge.type].properties})
                ends = ((record["a_label"], record["a"]), (record["b_label"], record["b"]))
                edges.append(Edge(edge.type, *ends, properties))
        return check(Graph(tuple(nodes), tuple(edges)))

    def close(self) -> None:
        """Let the connections go."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _by_label(graph: Graph) -> dict[tuple[str, str | None], list[dict[str, Any]]]:
    groups: dict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for node in graph.nodes:
        groups[node.label, node.extra_label].append({"id": node.id, "properties": _parameters(node.properties)})
    return groups


def _by_ends(graph: Graph) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for edge in graph.edges:
        row = {"a": edge.source[1], "b": edge.target[1], "properties": _parameters(edge.properties)}
        groups[edge.type, edge.source[0], edge.target[0]].append(row)
    return groups


def _parameters(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in plain(dict(properties)).items()}


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


def _value(value: Any) -> Any:
    """Nodes and edges as dicts with their label or type and what they carry; paths as lists of both."""
    if isinstance(value, Neo4jPath):
        steps: list[Any] = [_value(value.start_node)]
        for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [_value(edge), _value(node)]
        return steps
    if isinstance(value, Neo4jNode):
        label = next((label for label in ontology.load().nodes if label in value.labels), None)
        return {"label": label} | plain({k: v for k, v in value.items() if k not in (_OURS, _STAMP)})
    if isinstance(value, Relationship):
        return {"type": value.type} | plain({k: v for k, v in value.items() if k != _STAMP})
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    return value


def _query_line(error: ClientError) -> str:
    message = error.message or "the server refused the question"
    place = re.search(r"\(line (\d+), column (\d+)", message)
    first = message.split("\n")[0].split(" (line ")[0]
    return f"{first} at line {place[1]}, column {place[2]}" if place else first
