"""The embedded store: one file, Cypher, no server.

A load writes a new file and puts it in the old one's place, so a reader sees the old graph or the new one and a killed
load leaves the old. Loads take turns. The file is opened read-only for questions, which is what refuses writes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import ladybug
from filelock import FileLock

from pipeline.errors import QueryError, StoreError
from pipeline.stores import LoadSummary, Rows
from pipeline.stores.checked import check, plain
from schemas import ontology
from schemas.records import Edge, Graph, Node

_TYPES = {
    "text": "STRING",
    "texts": "STRING[]",
    "integer": "INT64",
    "number": "DOUBLE",
    "date": "STRING",
    "moment": "STRING",
    "boolean": "BOOL",
}
_BATCH = 2000
_REMEDY = "move it away and run `dealgraph build --rebuild`"


class LadybugStore:
    """A graph in the file `path`; the file appears with the first load."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: ladybug.Database | None = None

    def load(self, graph: Graph) -> LoadSummary:
        """See GraphStore."""
        graph = check(graph)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._refuse_foreign_file()
        fresh = self._path.with_name(f"{self._path.name}.new")
        with FileLock(f"{self._path}.lock"):
            _remove(fresh)  # what a killed load left
            try:
                database = ladybug.Database(str(fresh))
                with database, ladybug.Connection(database) as connection:
                    _write(connection, graph)
                self.close()
                os.replace(fresh, self._path)
            except RuntimeError as error:
                raise StoreError(
                    _line(error), subject=str(self._path), remedy="check the disk and try again"
                ) from error
            finally:
                _remove(fresh)
        return LoadSummary(len(graph.nodes), len(graph.edges))

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """See GraphStore."""
        with ladybug.Connection(self._open()) as connection:
            try:
                result: Any = connection.execute(cypher, dict(parameters or {}))
            except RuntimeError as error:
                raise QueryError(_query_line(error)) from error
            last = result[-1] if isinstance(result, list) else result
            columns = tuple(_column(name) for name in last.get_column_names())
            return Rows(columns, tuple(tuple(_value(value) for value in row) for row in last.get_all()))

    def dump(self) -> Graph:
        """See GraphStore."""
        nodes, edges = [], []
        known = ontology.load()
        with ladybug.Connection(self._open()) as connection:
            for label in known.nodes:
                for (row,) in _all(connection, f"MATCH (n:{label}) RETURN n"):
                    properties = plain({k: v for k, v in row.items() if k in known.nodes[label].properties})
                    extra = known.second_label(properties["kind"]) if label == "Deal" else None
                    nodes.append(Node(label, row["id"], properties, extra))
            for type_ in known.edges:
                for a, e, b in _all(connection, f"MATCH (a)-[e:{type_}]->(b) RETURN a, e, b"):
                    properties = plain({k: v for k, v in e.items() if k in known.edges[type_].properties})
                    edges.append(Edge(type_, (a["_LABEL"], a["id"]), (b["_LABEL"], b["id"]), properties))
        return check(Graph(tuple(nodes), tuple(edges)))

    def close(self) -> None:
        """Let the file go."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> ladybug.Database:
        if self._database is None:
            if not self._path.exists():
                raise StoreError("no graph yet", subject=str(self._path), remedy="run `dealgraph build`")
            try:
                self._database = ladybug.Database(str(self._path), read_only=True)
            except RuntimeError as error:
                raise StoreError(_line(error), subject=str(self._path), remedy=_REMEDY) from error
        return self._database

    def _refuse_foreign_file(self) -> None:
        """Never write over a file that is no graph: it may be somebody's only copy of something else."""
        if self._path.exists():
            self._open()
            self.close()


def _all(connection: ladybug.Connection, cypher: str) -> list[Any]:
    result = connection.execute(cypher)
    return list((result[-1] if isinstance(result, list) else result).get_all())


def _write(connection: ladybug.Connection, graph: Graph) -> None:
    known = ontology.load()
    for label, kind in known.nodes.items():
        columns = ", ".join(f"`{name}` {_TYPES[type_]}" for name, type_ in kind.properties.items())
        connection.execute(f"CREATE NODE TABLE {label}(id STRING PRIMARY KEY, {columns})")
    for type_, edge in known.edges.items():
        ends = ", ".join(f"FROM {a} TO {b}" for a in edge.sources for b in edge.targets)
        columns = "".join(f", `{name}` {_TYPES[kind]}" for name, kind in edge.properties.items())
        connection.execute(f"CREATE REL TABLE {type_}({ends}{columns})")
    connection.execute("CREATE MACRO type(r) AS label(r)")
    by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in graph.nodes:
        by_label[node.label].append({"id": node.id, **node.properties})
    for label, rows in by_label.items():
        names = ["id", *known.nodes[label].properties]
        _create(connection, rows, names, f"CREATE (:{label} {{{_assignments(names)}}})", lead=names)
    by_ends: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for edge_ in graph.edges:
        row = {"a": edge_.source[1], "b": edge_.target[1], **edge_.properties}
        by_ends[edge_.type, edge_.source[0], edge_.target[0]].append(row)
    for (type_, source, target), rows in by_ends.items():
        names = list(known.edges[type_].properties)
        match = f"MATCH (x:{source} {{id: a}}) MATCH (y:{target} {{id: b}})"
        create = f"{match} CREATE (x)-[:{type_} {{{_assignments(names)}}}]->(y)"
        _create(connection, rows, ["a", "b", *names], create, lead=["a", "b", *names])


def _assignments(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`: `_{name}`" for name in names)


def _create(
    connection: ladybug.Connection, rows: list[dict[str, Any]], names: list[str], statement: str, *, lead: list[str]
) -> None:
    """Rows in batches. Every row needs every key, and a column without any value has no type to be read with."""
    present = [name for name in names if any(row.get(name) not in (None, [], ()) for row in rows)]
    absent = [name for name in lead if name not in present]
    for name in absent:
        statement = re.sub(rf"(, )?`{name}`: `_{name}`", "", statement)
    statement = statement.replace("{, ", "{")
    given = ", ".join(f"r.`{name}` AS {name if name in ('a', 'b') else f'`_{name}`'}" for name in present)
    for start in range(0, len(rows), _BATCH):
        batch = [{name: _parameter(row.get(name)) for name in present} for row in rows[start : start + _BATCH]]
        connection.execute(f"UNWIND $rows AS r WITH {given} {statement}", {"rows": batch})


def _parameter(value: Any) -> Any:
    return list(value) or None if isinstance(value, (list, tuple)) else value


def _value(value: Any) -> Any:
    """Nodes and edges as dicts with their label or type and what they carry; paths as lists of both."""
    if isinstance(value, list):
        return [_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "_NODES" in value:
        steps: list[Any] = [_value(value["_NODES"][0])]
        for edge, node in zip(value["_RELS"], value["_NODES"][1:], strict=True):
            steps += [_value(edge), _value(node)]
        return steps
    if "_LABEL" in value:
        name = "type" if "_SRC" in value else "label"
        return {name: value["_LABEL"]} | plain({k: v for k, v in value.items() if not k.startswith("_")})
    return {key: _value(item) for key, item in value.items()}


def _column(name: str) -> str:
    return re.sub(r"^LABEL\((\w+)\._ID,.*\)$", r"type(\1)", name)


def _line(error: RuntimeError) -> str:
    return str(error).split("\n")[0].split("exception: ", 1)[-1]


def _query_line(error: RuntimeError) -> str:
    line = _line(error)
    if "read-only" in line:
        return "the graph is only written by `dealgraph build`; a question must not change it"
    return re.sub(r"\(line: (\d+), offset: (\d+)\)", lambda m: f"at line {m[1]}, column {int(m[2]) + 1}", line)


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
