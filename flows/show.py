"""What people see: tables and lines on standard output, errors on standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from flows.log import json_line
from pipeline.stores import Rows
from schemas.records import Graph

Item = TypeVar("Item")


def line(text: str) -> None:
    """One line, at once: whoever reads along must not wait for a buffer to fill."""
    print(text, flush=True)


def error(text: str) -> None:
    """One line on standard error; JSON where no person watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"error: {text}\n")
    else:
        sys.stderr.write(json_line("error", text) + "\n")


def progress(items: Iterable[Item], what: str) -> Iterator[Item]:
    """The items, counted on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with Progress(SpinnerColumn(), TextColumn("{task.completed} " + what), console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        for item in items:
            yield item
            bar.advance(task)


def rows(answer: Rows, format_: Literal["table", "json", "csv"]) -> None:
    """An answer in the form asked for."""
    if format_ == "json":
        line(json.dumps(answer.dicts(), ensure_ascii=False, default=str))
    elif format_ == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows([[_cell(value) for value in row] for row in answer.rows])
    else:
        table(answer.columns, answer.rows)


def records(told: Sequence[Mapping[str, Any]], format_: Literal["table", "json"]) -> None:
    """Rows that share their columns, in the form asked for; a list in a cell is told line by line."""
    if format_ == "json":
        line(json.dumps(told, ensure_ascii=False))
    elif told:
        table(
            [name.replace("_", " ") for name in told[0]], ([_listed(value) for value in row.values()] for row in told)
        )


def _listed(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def table(columns: Iterable[str], lines: Iterable[Iterable[Any]]) -> None:
    drawn = Table(header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for cells in lines:
        drawn.add_row(*(_cell(value) for value in cells))
    # A pipe has no width; 80 columns would break every name in two.
    Console(width=None if sys.stdout.isatty() else 160).print(drawn)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:g}" if isinstance(value, float) else str(value)


def deals(graph: Graph) -> None:
    """The deals of a graph as a table, by date."""
    names = {(node.label, node.id): str(node.properties.get("name", "")) for node in graph.nodes}
    parties: dict[str, list[tuple[str, str]]] = {}
    for edge in graph.edges:
        if edge.type == "PARTY_TO":
            parties.setdefault(edge.target[1], []).append((edge.properties["role"], names[edge.source]))
    lines = []
    for node in graph.nodes:
        if node.label == "Deal":
            told = node.properties
            amount = told.get("amount")
            price = f"{amount / 1e6:,.10g} million {told.get('currency')}" if amount else ""
            who = "; ".join(f"{role} {name}" for role, name in sorted(parties.get(node.id, [])))
            date = told.get("completed_on") or told.get("announced_on") or ""
            lines.append((date, told["kind"], told["status"], who, price, told.get("reports", 0)))
    table(("date", "kind", "status", "parties", "amount", "reports"), sorted(lines))


def steps(found: list[Any]) -> None:
    """A path, one step a line."""
    for step in found:
        line(str(step))


def page(row: dict[str, Any], *, as_json: bool) -> None:
    """What the reader made of a page."""
    if as_json:
        line(json.dumps(row, ensure_ascii=False))
        return
    for name, value in row.items():
        if name != "text" and value:
            line(f"{name}: {', '.join(value) if isinstance(value, (list, tuple)) else value}")
    line(f"\n{row.get('text', '')}")


def finding(part: str, well: bool, detail: str) -> None:
    """What the doctor says of one part."""
    line(f"{'ok  ' if well else 'MEND'} {part}: {detail}")
