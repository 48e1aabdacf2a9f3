"""How the ledger reaches its database: SQLite set up for one writer and many readers, faults told in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError

from pipeline.errors import LedgerError

Answer = TypeVar("Answer")
WRITING = "dealgraph_writing"
TRIES = 5
TURN = 0x6465616C  # the advisory lock of PostgreSQL that stands for us: "deal"
DUPLICATE_TABLE = "42P07"  # PostgreSQL's word for it

REMEDIES = {
    "is locked": ("another process is writing to it", "wait until the other dealgraph command ends"),
    "not a database": ("this file is no ledger, or is damaged", "move it away and ingest again, or restore a copy"),
    "malformed": ("the ledger is damaged", "move it away and ingest again, or restore a copy"),
    "readonly": ("it may not be written", "check the permissions of the file and its folder"),
    "unable to open": ("it cannot be opened", "check that the folder exists and may be written"),
    "disk is full": ("the disk is full", "make room and run the command again"),
    "disk I/O error": ("the disk cannot be read or written", "check the disk, then run the command again"),
}


def shown(path: Path | str) -> str:
    """How a ledger is called in messages: never with a password."""
    return sa.make_url(str(path)).render_as_string(hide_password=True) if _is_url(path) else str(path)


def engine_for(path: Path | str, name: str, *, patience: float) -> sa.Engine:
    """An engine for a file or a URL; `LedgerError` when its driver is missing."""
    try:
        url = sa.make_url(str(path)) if _is_url(path) else sa.URL.create("sqlite", database=str(path))
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, name, patience)
        return sa.create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError, ArgumentError) as error:
        raise LedgerError(
            f"no driver for this database ({error})", subject=name, remedy="install dealgraph[postgres]"
        ) from error


def _is_url(path: Path | str) -> bool:
    return isinstance(path, str) and "://" in path


def _sqlite(url: sa.URL, name: str, patience: float) -> sa.Engine:
    if url.database and Path(url.database).is_dir():
        raise LedgerError("this is a folder, not a ledger", subject=name, remedy="name the file in it")
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"its folder cannot be made ({error.strerror})", subject=name) from error
    engine = sa.create_engine(url, connect_args={"timeout": patience})
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin does
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # a crash of the machine may cost the last article, never the file


def _begin(connection: sa.Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer half-way could be refused without waiting.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def written(engine: sa.Engine, name: str, work: Callable[[sa.Connection], Answer]) -> Answer:
    """What `work` answers, done in one transaction; again when another writer got there first."""
    for tries_left in reversed(range(TRIES)):
        with told(name):
            try:
                with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                    return work(connection)
            except DatabaseError as error:
                if not tries_left or not _lost_a_race(error):
                    raise
    raise AssertionError("unreachable")


@contextmanager
def one_at_a_time(engine: sa.Engine, name: str) -> Iterator[None]:
    """Wait until no other process is in here with this ledger, and keep others out meanwhile. Death lets go."""
    if engine.dialect.name == "sqlite":
        if not engine.url.database or engine.url.database == ":memory:":
            yield
            return
        with FileLock(f"{engine.url.database}.lock"):
            yield
        return
    with told(name), engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:turn)"), {"turn": TURN})
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:turn)"), {"turn": TURN})


def _lost_a_race(error: DatabaseError) -> bool:
    """Two writers of one row or table, or a deadlock (SQLSTATE 40...): the second try finds it in place."""
    state = str(getattr(error.orig, "sqlstate", ""))
    return isinstance(error, IntegrityError) or state.startswith("40") or state == DUPLICATE_TABLE


@contextmanager
def told(name: str) -> Iterator[None]:
    """Tell the database's faults as a `LedgerError` that names the ledger and the remedy."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig)
        for sign, (message, remedy) in REMEDIES.items():
            if sign in said:
                raise LedgerError(message, subject=name, remedy=remedy) from error
        raise LedgerError(said, subject=name, remedy="check that the database is up and the URL right") from error
