"""The command line: thin commands over the steps. Exit code 0 done, 1 could not, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec

import typer

from flows import show
from flows.settings import Settings, load_settings
from pipeline.errors import DealgraphError

app = typer.Typer(
    help="Turn tech and business news into a knowledge graph of corporate relationships.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Parameters = ParamSpec("Parameters")
Workspace = Annotated[Path | None, typer.Option("--workspace", "-w", help="Folder of the ledger and the graph.")]
Sources = Annotated[list[str], typer.Argument(help="Files, folders, feeds, sitemaps, page addresses, WARC files.")]


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
    from flows import steps
    from pipeline.ask import path
    from pipeline.explore.page import write_page

    settings = load_settings(workspace=workspace or Path("data") / "demo", store="ladybug")
    extract = steps.extractor(settings)
    with steps.open_ledger(settings) as ledger:
        for item in steps.ingest([str(steps.samples())], ledger, extract):
            if isinstance(item, DealgraphError):
                show.error(str(item))
        graph, summary = steps.build(settings, ledger)
    with steps.store(settings) as store:
        show.deals(graph)
        for first, last in (("Nokia", "Microsoft"), ("Microsoft", "FIH Mobile"), ("FIH Mobile", "HMD Global")):
            show.steps(path(store, first, last))
    picture = settings.workspace / "graph.html"
    write_page(graph, picture)
    show.line(f"{summary.nodes} nodes and {summary.edges} edges in {settings.graph_path}; the picture is {picture}")


@command()
def ingest(
    sources: Sources,
    workspace: Workspace = None,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a Prefect flow.")] = False,
) -> None:
    """Read articles into the ledger and bring the graph up to date. What cannot be read is named and set aside.

    Example: dealgraph ingest news/ more.jsonl
    """
    import os

    settings = settings_of(workspace)
    if flow or os.environ.get("PREFECT_API_URL"):
        from flows.ingest import news_to_graph

        failed = len(news_to_graph(sources=list(sources), workspace=settings.workspace)["set_aside"])
        raise typer.Exit(1 if failed else 0)
    from flows import steps

    extract = steps.extractor(settings)
    articles, deals, failures = 0, 0, 0
    with steps.open_ledger(settings) as ledger:
        for item in show.progress(steps.ingest(sources, ledger, extract), "articles"):
            if isinstance(item, DealgraphError):
                show.error(str(item))
                failures += 1
            else:
                articles, deals = articles + 1, deals + item[1]
        _, summary = steps.build(settings, ledger)
    show.line(
        f"{articles} articles read, {deals} deals told, {failures} inputs set aside; the graph holds "
        f"{summary.nodes} nodes and {summary.edges} edges"
    )
    if failures:
        raise typer.Exit(1)


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
    for row in read_pages(pages):
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

    extractor = steps.extractor(load_settings())
    failed = False
    for item in articles_of(files or [], format):
        if isinstance(item, DealgraphError):
            show.error(str(item))
            failed = True
        else:
            sys.stdout.write(json.dumps(claims_json(extractor(item)), ensure_ascii=False) + "\n")
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
    if rebuild and settings.store == "ladybug":
        settings.graph_path.unlink(missing_ok=True)
    with steps.open_ledger(settings) as ledger:
        _, summary = steps.build(settings, ledger)
    show.line(f"the graph holds {summary.nodes} nodes and {summary.edges} edges")


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
    sources: Sources,
    workspace: Workspace = None,
    every: Annotated[int, typer.Option(min=60, help="Seconds between runs.")] = 3600,
    cron: Annotated[str | None, typer.Option(help="A cron line instead of an interval.")] = None,
) -> None:
    """Serve the ingestion flow on a schedule with Prefect; a local Prefect server starts when none is named.

    Example: dealgraph schedule news/ --every 3600
    """
    from flows.schedule import serve

    serve(list(sources), settings_of(workspace), every=every, cron=cron)


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
    app()


if __name__ == "__main__":
    main()
