"""How two companies are connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import QueryError
from pipeline.stores import GraphStore
from schemas import ontology

LONGEST = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, in its own direction: `source` -[type]-> `target`."""

    source: str
    type: str
    target: str
    on: str | None = None
    status: str | None = None

    def __str__(self) -> str:
        told = ", ".join(part for part in (self.on, self.status) if part)
        return f"{self.source} -[{self.type}{f' ({told})' if told else ''}]-> {self.target}"


def find_companies(store: GraphStore, name: str) -> list[str]:
    """Ids of the companies of that name or alias, in any case; `QueryError` when there is none."""
    by_name = "MATCH (c:Company) WHERE toLower(c.name) = toLower($name) RETURN c.id AS id"
    by_alias = (
        "MATCH (c:Company) UNWIND c.aliases AS alias WITH c, alias WHERE toLower(alias) = toLower($name) "
        "RETURN DISTINCT c.id AS id"
    )
    for question in (by_name, by_alias):
        ids = sorted(row["id"] for row in store.query(question, {"name": name}).dicts())
        if ids:
            return ids
    raise QueryError("no company of that name in the graph", subject=name, remedy="try another spelling")


def path(store: GraphStore, a: str, b: str, *, longest: int = LONGEST) -> list[Step]:
    """The shortest path between two companies over deals and standing facts; empty when there is none.

    Found breadth first, a hop a question, so that both stores answer alike; among equals the first by name.
    """
    starts, goals = find_companies(store, a), set(find_companies(store, b))
    came: dict[str, tuple[str, Step] | None] = dict.fromkeys(starts)
    frontier: Sequence[str] = starts
    for _ in range(longest):
        reached: list[str] = []
        for here, there, step in _edges(store, frontier):
            if there not in came:
                came[there] = (here, step)
                reached.append(there)
        met = sorted(goals & set(reached))
        if met:
            return _unwound(came, met[0])
        if not reached:
            break
        frontier = reached
    return []


def _edges(store: GraphStore, ids: Sequence[str]) -> list[tuple[str, str, Step]]:
    """(from, to, step) for every company edge that touches one of the ids."""
    between = [
        t for t, kind in ontology.load().edges.items() if "Company" in kind.sources and "Company" in kind.targets
    ]
    types = "|".join(between)
    rows = []
    for out, pattern in ((True, f"(x)-[e:{types}]->(y:Company)"), (False, f"(x)<-[e:{types}]-(y:Company)")):
        question = f"UNWIND $ids AS id MATCH (x:Company {{id: id}}) MATCH {pattern} RETURN x, e, y"
        for x, e, y in store.query(question, {"ids": list(ids)}).rows:
            source, target = (x, y) if out else (y, x)
            step = Step(source["name"], e["type"], target["name"], e.get("on"), e.get("status"))
            rows.append((x["id"], y["id"], step))
    return sorted(rows, key=lambda row: (str(row[2]), row[0], row[1]))


def _unwound(came: dict[str, tuple[str, Step] | None], at: str) -> list[Step]:
    steps: list[Step] = []
    while (link := came[at]) is not None:
        at, step = link
        steps.append(step)
    return steps[::-1]
