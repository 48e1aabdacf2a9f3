"""Sources to ledger as a Prefect flow.

A task is a source (read with patience, because the web is what fails) or a batch of articles, never one article: a
task costs more than reading an article does. The flow itself writes the ledger, one article a transaction, so that a
run which died is simply run again.
"""

# No `from __future__ import annotations` here: Prefect sends a flow to other processes by value, where the names that
# written-out annotations refer to would be missing.

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.tasks import exponential_backoff

from flows import artifacts, health, intake
from flows.batches import Read, Reading, Workers, read_batch, subject_of
from flows.gathering import Lane, Put
from flows.runners import task_runner
from flows.settings import BelowFloorIs, Settings, load_settings
from flows.steps import open_ledger, reading_of
from flows.tally import BelowFloor, Dark, Tally, check_floors, tallies_of
from pipeline.errors import DealgraphError, ParseError
from pipeline.sources import Source
from schemas.records import Article, Page


class Parcel:
    """What travels to a task or back, in a wrapping that neither Prefect nor Dask looks into: they would search every
    article for futures."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def take(self) -> list[Any]:
        """What is in it, taken out: Prefect holds every result until the run ends, and a run can be long."""
        items, self.items = self.items, []
        return items


def _is_dark(_task: Any, _run: Any, state: Any) -> bool:
    return _failure(state, Dark)


def _is_no_fault_of_the_input(_task: Any, _run: Any, state: Any) -> bool:
    return not _failure(state, DealgraphError)


def _failure(state: Any, kind: type[Exception]) -> bool:
    return isinstance(state.result(raise_on_failure=False), kind)


@task(
    name="read source",
    task_run_name="read {name}",
    retries=2,
    retry_delay_seconds=exponential_backoff(5),
    retry_jitter_factor=0.5,
    retry_condition_fn=_is_dark,
    cache_policy=NO_CACHE,
    tags=["web"],
)
def read_source(name: str, read: Callable[[], None]) -> None:
    """One source, to its end. Tried again where it answers nothing at all: a page that fails alone is set aside."""
    read()


@task(
    name="read batch",
    retries=2,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=_is_no_fault_of_the_input,
    cache_policy=NO_CACHE,
)
def read_batch_task(batch: Parcel, reading: Reading, workers: Workers | None) -> Parcel:
    """Parse and extract a batch. Tried again only where a worker was lost: a page that cannot be read stays so."""
    return Parcel(workers.read(batch.items) if workers else read_batch(batch.items, reading))


class Pending:
    """A batch under way in Prefect. One that is lost for good sets its articles aside, and the run goes on."""

    def __init__(self, batch: list[Page | Article], future: PrefectFuture[Parcel]) -> None:
        self._batch = batch
        self._future = future

    def result(self) -> list[Read]:
        """See `intake.Answer`."""
        try:
            reads: list[Read] = self._future.result().take()
            return reads
        except DealgraphError:
            raise
        except Exception as error:  # whatever took the batch's worker away
            told = f"its batch was lost: {type(error).__name__}: {error}"
            return [
                ParseError(told, subject=subject_of(item), remedy="it is tried in the next run") for item in self._batch
            ]


@contextmanager
def reading(settings: Settings) -> Iterator[intake.Submit]:
    """Batches as tasks of the runner that the settings ask for."""
    how = reading_of(settings)
    with ExitStack() as opened:
        runner = opened.enter_context(task_runner(settings).duplicate())
        here = settings.runner == "local" and settings.workers > 1
        workers = opened.enter_context(Workers(how, settings.workers)) if here else None

        def submit(batch: list[Page | Article]) -> Pending:
            parameters = {"batch": Parcel(batch), "reading": how, "workers": workers}
            return Pending(batch, runner.submit(read_batch_task, parameters=parameters))

        yield submit


def as_task(lane: Lane, progress: artifacts.Progress) -> Lane:
    """The lane, each source a task."""

    def read(source: Source, put: Put) -> None:
        try:
            read_source(source.name, partial(lane, source, put))
        finally:
            progress.source_ended()

    return read


@flow(name="ingest", description="Sources to ledger: each source a task, then batches of articles.")
def ingest(
    sources: list[str] | None = None,
    workspace: Path | None = None,
    again: bool = False,
    below_floor: BelowFloorIs | None = None,
) -> list[Tally]:
    """Read all sources; what each yielded. `BelowFloor` at the end, unless a low yield is only to be told.

    Args:
        sources: Feeds, sitemaps, page addresses, files, folders, catalogues (.toml); none: the workspace's own.
        workspace: Folder of the ledger and the graph; none: that of the settings.
        again: Read also what has not changed, as after a change of the reader.
        below_floor: Whether a source below its floor makes the run fail or warn; none: as the settings say.
    """
    log = get_run_logger()
    settings = load_settings(workspace=workspace, below_floor=below_floor)
    named = intake.sources_of(sources or (), settings)
    tallies = tallies_of(named)
    progress = artifacts.Progress(len(named))
    with open_ledger(settings) as ledger, intake.web(settings, named) as fetcher, reading(settings) as submit:
        outcomes = intake.ingest(
            named,
            ledger=ledger,
            lane=as_task(intake.lane(ledger=ledger, fetcher=fetcher, again=again), progress),
            submit=submit,
            lanes=settings.lanes,
            window=settings.workers,
        )
        for source, outcome in outcomes:
            tallies[source.name].count(outcome)
            progress.item()
            if isinstance(outcome, DealgraphError):
                log.warning("set aside, from %s: %s", source.name, outcome)
        health.keep(ledger, health.lasting(named, tallies))
    artifacts.sources(tallies.values())
    floors(tallies.values(), settings)
    return list(tallies.values())


def floors(tallies: Iterable[Tally], settings: Settings) -> None:
    """Fail, or warn, when a source is below its floor."""
    try:
        check_floors(tallies)
    except BelowFloor as low:
        if settings.below_floor == "fail":
            raise
        get_run_logger().warning("below its floor: %s", low)
