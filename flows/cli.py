"""The command line: thin commands over the steps. Exit code 0 done, 1 could not, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec

import typer

from flows import show
from flows.log import to_standard_error
from flows.settings import Settings, load_settings
from pipeline.errors import DealgraphError
from schemas.records import Article

app = typer.Typer(
    help="Turn tech and business news into a knowledge graph of corporate relationships.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Parameters = ParamSpec("Parameters")
Workspace = Annotated[Path | None, typer.Option("--workspace", "-w", help="Folder of the ledger and the graph.")]
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Feeds, sitemaps, page addresses, files, folders, WARC files, catalogues (.toml). "
        "Default: sources.toml of the workspace, else the one that ships."
    ),
]


def command(**options: Any) -> Callable[[Callable[Parameters, None]], Callable[Parameters, None]]:
    """Register a command whose expected errors are one line on standard error and exit code 1."""

    def register(function: Callable[Parameters, None]) -> Callable[Parameters, None]:
        @wraps(function)
        def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
            try:
                function(*args, **kwargs)
            except DealgraphError as error:
                show.error(str(error))
                raise typer.Exit(1) from error
            except BrokenPipeError:
                sys.stderr.close()
                raise typer.Exit(0) from None

        app.command(**options)(run)
        return run

    return register


def settings_of(workspace: Path | None) -> Settings:
    return load_settings(workspace=workspace)


@command()
def demo(workspace: Workspace = None) -> None:
    """Read the sample articles and show what comes of them: deals, a path, a picture.

    Example: dealgraph demo
    """
    from flows import intake, steps
    from pipeline.ask import path
    from pipeline.explore.page import write_page

    settings = load_settings(workspace=workspace or Path("data") / "demo", store="ladybug")
    with steps.open_ledger(settings) as ledger:
        for _, outcome in intake.take_in(intake.sources_of([str(steps.samples())], settings), settings, ledger):
            if isinstance(outcome, DealgraphError):
                show.error(str(outcome))
        built = steps.build(settings, ledger)
    with steps.store(settings) as store:
        show.deals(built.graph)
        for first, last in (("Nokia", "Microsoft"), ("Microsoft", "FIH Mobile"), ("FIH Mobile", "HMD Global")):
            show.steps(path(store, first, last))
    picture = settings.workspace / "graph.html"
    write_page(built.graph, picture)
    held = built.summary
    show.line(f"{held.nodes} nodes and {held.edges} edges in {settings.graph_path}; the picture is {picture}")


@command()
def ingest(
    sources: Sources = None,
    workspace: Workspace = None,
    again: Annotated[bool, typer.Option("--again", help="Read also what has not changed.")] = False,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a Prefect flow.")] = False,
) -> None:
    """Read articles into the ledger and bring the graph up to date. What cannot be read is named and set aside.

    Example: dealgraph ingest news/ https://news.example.com/feed.xml
    """
    import os

    settings = settings_of(workspace)
    if flow or os.environ.get("PREFECT_API_URL"):
        from flows.orchestra import run_flow

        done = run_flow(sources, settings, again=again)
    else:
        from flows.direct import run

        done = run(sources, settings, again=again)
    show.line(done.told())
    if done.set_aside or done.is_low:
        raise typer.Exit(1)


@command()
def sources(
    name: Annotated[
        str | None, typer.Argument(help="One source: its last runs, and what was set aside and why.")
    ] = None,
    workspace: Workspace = None,
    format: Annotated[Literal["table", "json"], typer.Option(help="json: one array of objects.")] = "table",
    init: Annotated[bool, typer.Option("--init", help="Write the default sources.toml into the workspace.")] = False,
) -> None:
    """List the sources of the workspace with their health: what the last run of each yielded.

    Example: dealgraph sources techcrunch
    """
    from flows import health, steps

    settings = settings_of(workspace)
    if init:
        show.line(f"wrote {health.write_default(settings)}")
        return
    with steps.open_ledger(settings) as ledger:
        rows = health.of_all(settings, ledger) if name is None else health.of_one(name, settings, ledger)
    show.records(rows, format)


@command()
def read(
    pages: Annotated[list[str], typer.Argument(help="Files or addresses.")],
    format: Annotated[Literal["json", "text"], typer.Option(help="json: one object a line.")] = "text",
) -> None:
    """Show what the reader makes of pages.

    Example: dealgraph read page.html --format json
    """
    from flows.reading import read_pages

    failed = False
    for row in read_pages(pages, load_settings()):
        failed |= "set_aside" in row
        show.page(row, as_json=format == "json")
    if failed:
        raise typer.Exit(1)


@command()
def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="Articles; standard input when none is named.")] = None,
    format: Annotated[
        Literal["text", "html", "jsonl"] | None,
        typer.Option(help="Default: told by the extension; jsonl on standard input."),
    ] = None,
) -> None:
    """Articles in, claims out as JSON lines; nothing is kept.

    Example: dealgraph extract --format jsonl < articles.jsonl > claims.jsonl
    """
    from flows import steps
    from flows.reading import articles_of
    from pipeline.extract import claims_json

    failed: list[DealgraphError] = []

    def readable() -> Iterator[Article]:
        for item in articles_of(files or [], format):
            if isinstance(item, DealgraphError):
                show.error(str(item))
                failed.append(item)
            else:
                yield item

    for claims in steps.extractor(load_settings()).many(readable()):
        sys.stdout.write(json.dumps(claims_json(claims), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


@command()
def build(
    workspace: Workspace = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Start from an empty store.")] = False,
) -> None:
    """Make the graph hold what the ledger says.

    Example: dealgraph build --rebuild
    """
    from flows import steps

    settings = settings_of(workspace)
    with steps.open_ledger(settings) as ledger:
        held = steps.build(settings, ledger, rebuild=rebuild).summary
    show.line(f"the graph holds {held.nodes} nodes and {held.edges} edges")


@command()
def query(
    cypher: Annotated[str, typer.Argument(help="A read-only question.")],
    workspace: Workspace = None,
    format: Annotated[Literal["table", "json", "csv"], typer.Option(help="json: one array of objects.")] = "table",
    param: Annotated[
        list[str] | None, typer.Option(help="A parameter as name=value; JSON values are understood.")
    ] = None,
) -> None:
    """Ask the graph in Cypher. Questions that write are refused.

    Example: dealgraph query "MATCH (c:Company)-[:SOLD_TO]->(d) RETURN c.name, d.name"
    """
    from flows import steps

    with steps.store(settings_of(workspace)) as store:
        show.rows(store.query(cypher, _parameters(param or [])), format)


@command(name="path")
def path_(
    a: Annotated[str, typer.Argument(help="A company.")],
    b: Annotated[str, typer.Argument(help="Another company.")],
    workspace: Workspace = None,
) -> None:
    """Show how two companies are connected.

    Example: dealgraph path Nokia "FIH Mobile"
    """
    from flows import steps
    from pipeline.ask import path

    with steps.store(settings_of(workspace)) as store:
        show.steps(path(store, a, b))


@command()
def score(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, JSON lines.")],
    predicted: Annotated[Path, typer.Argument(help="Claims, as `dealgraph extract` writes them.")],
    errors: Annotated[int, typer.Option(help="Print the first N errors.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Measure claims against gold: deals, relations, companies, products, attributes.

    Example: dealgraph score dev.gold.jsonl claims.jsonl --errors 20
    """
    from pipeline.score import read_lines, score, table

    result = score(read_lines(gold), read_lines(predicted))
    if as_json:
        show.line(json.dumps(result.figures()))
        return
    show.line(table(result))
    for error in result.errors[:errors]:
        show.line(" | ".join(str(part) for part in error))


@command()
def doctor(workspace: Workspace = None) -> None:
    """Tell what is installed and reachable, and how to mend what is not.

    Example: dealgraph doctor
    """
    from flows.doctor import examine

    findings = list(examine(settings_of(workspace)))
    for finding in findings:
        show.finding(finding.part, finding.well, finding.detail)
    if any(not finding.well for finding in findings):
        raise typer.Exit(1)


@command()
def schedule(
    sources: Sources = None,
    workspace: Workspace = None,
    every: Annotated[int, typer.Option(min=60, help="Seconds between runs.")] = 3600,
    cron: Annotated[str | None, typer.Option(help="A cron line instead of an interval.")] = None,
) -> None:
    """Serve the ingestion flow on a schedule with Prefect; a local Prefect server starts when none is named.

    Example: dealgraph schedule news/ --every 3600
    """
    from flows.schedule import serve

    serve(sources or [], settings_of(workspace), every=every, cron=cron)


@command()
def judge(
    verdict: Annotated[Literal["same", "different"], typer.Argument(help="same or different.")],
    a: str,
    b: str,
    workspace: Workspace = None,
) -> None:
    """Decide by hand whether two names mean one company; it wins over every score and is remembered.

    Example: dealgraph judge same "Meta" "Facebook"
    """
    from flows import steps

    settings = settings_of(workspace)
    with steps.open_ledger(settings) as ledger:
        ledger.judge(verdict, a, b)
        steps.build(settings, ledger)
    show.line(f"{a} and {b} are {verdict} from now on")


@command()
def withdraw(
    article: Annotated[str, typer.Argument(help="Address or id of an article.")], workspace: Workspace = None
) -> None:
    """Take an article's support away; what had no other goes with it.

    Example: dealgraph withdraw https://news.example.com/retracted
    """
    from flows import steps

    settings = settings_of(workspace)
    with steps.open_ledger(settings) as ledger:
        ids = ledger.withdraw(article)
        steps.build(settings, ledger)
    show.line(f"withdrawn: {', '.join(ids)}")


def _parameters(given: list[str]) -> dict[str, Any]:
    parameters = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            raise typer.BadParameter(f"{pair!r} is not name=value")
        try:
            parameters[name] = json.loads(value)
        except ValueError:
            parameters[name] = value
    return parameters


def main() -> None:
    """Entry point of `dealgraph`."""
    to_standard_error(terminal=sys.stderr.isatty())
    app()


if __name__ == "__main__":
    main()
