"""The system of record: what was fetched, read, claimed, judged, withdrawn and set aside.

The graph is made from the ledger and can be made again; nothing here is. SQLite is the default (WAL, so that readers
never wait for the writer); any SQLAlchemy URL names another database. One article is one transaction: after a crash
the ledger holds it whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from pipeline.copies import sketch
from pipeline.errors import Conflict, LedgerError
from pipeline.ledger_engine import engine_for, one_at_a_time, shown, told, written
from pipeline.ledger_tables import (
    SCHEMA_VERSION,
    about,
    article,
    aside,
    judgement,
    page,
    source_run,
    tables,
    withdrawal,
)
from pipeline.resolve.judgements import check
from schemas.records import Article, Claims, Judgement, Page, SourceRun

VERDICTS = ("same", "different")
AT_A_TIME = 500

_claims = TypeAdapter(Claims)
_standing = article.c.id.not_in(sa.select(withdrawal.c.article_id))


class Ledger:
    """The ledger, open. Safe to share between threads; another process opens its own."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @classmethod
    def open(cls, path: Path | str, *, patience: float = 30.0) -> Ledger:
        """Open the ledger of a file or an SQLAlchemy URL, making an empty one where there is none.

        patience: seconds to wait while another process writes. `LedgerError` when the file is damaged, locked,
        of something else, or of another version, or when the database cannot be reached.
        """
        name = shown(path)
        engine = engine_for(path, name, patience=patience)
        ledger = cls(engine, name)
        try:
            with told(name):
                ledger._make_or_check()
        except LedgerError:
            engine.dispose()
            raise
        return ledger

    def _make_or_check(self) -> None:
        with self._engine.connect() as connection:
            present = set(sa.inspect(connection).get_table_names())
        if not present & set(tables.tables):
            if present and self._engine.dialect.name == "sqlite":
                raise LedgerError(
                    "this database belongs to something else", subject=self._name, remedy="name another file"
                )
            self._make()
        with self._engine.connect() as connection:
            found = connection.scalar(sa.select(about.c.value).where(about.c.key == "schema_version"))
        if found != str(SCHEMA_VERSION):
            raise LedgerError(
                f"its schema is version {found}, this dealgraph reads version {SCHEMA_VERSION}",
                subject=self._name,
                remedy="use the dealgraph that wrote it, or ingest into a new workspace",
            )

    def _make(self) -> None:
        def make(connection: sa.Connection) -> None:
            tables.create_all(connection)
            known = connection.scalar(sa.select(sa.func.count()).select_from(about))
            if not known:
                connection.execute(about.insert(), {"key": "schema_version", "value": str(SCHEMA_VERSION)})

        self._write(make)

    def _write(self, work: Any) -> Any:
        return written(self._engine, self._name, work)

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with told(self._name), self._engine.connect() as connection:
            yield connection

    # What was read

    def record(self, read: Article, claims: Claims, *, page: Page | None = None) -> None:
        """Keep an article with its claims, replacing what it said before; with its page, to know it again.

        Of a page that gives itself another address now, what was read under the old one goes.
        """
        row = {**_fields(read), "claims": _claims.dump_json(claims).decode(), "sketch": sketch(read.text)}

        def replace(connection: sa.Connection) -> None:
            connection.execute(article.delete().where(article.c.id == read.id))
            connection.execute(article.insert(), row)
            subjects = [read.id, *([page.url] if page else []), *([read.url] if read.url else [])]
            connection.execute(aside.delete().where(aside.c.subject.in_(subjects)))
            if page is not None:
                _keep_page(connection, page, read.id)

        self._write(replace)

    def has(self, article_id: str) -> bool:
        """Whether the article was read, withdrawn or not."""
        with self._read() as connection:
            return connection.scalar(sa.select(article.c.id).where(article.c.id == article_id)) is not None

    def articles(self) -> Iterator[Article]:
        """The articles that stand, by id."""
        for read, _ in self._rows():
            yield read

    def claims(self) -> Iterator[tuple[Article, Claims]]:
        """What stands, by article id: one consistent view, whatever is written meanwhile."""
        for read, stored in self._rows():
            try:
                yield read, _claims.validate_json(stored)
            except ValidationError:
                raise LedgerError(
                    f"the claims of article {read.id} are damaged", subject=self._name, remedy="ingest it again"
                ) from None

    def _rows(self) -> Iterator[tuple[Article, str]]:
        wanted = sa.select(article).where(_standing).order_by(article.c.id)
        with self._read() as connection:
            for row in connection.execution_options(yield_per=AT_A_TIME).execute(wanted).mappings():
                fields = {name: row[name] for name in row if name not in ("claims", "sketch")}
                yield Article(**{**fields, "authors": tuple(row["authors"])}), row["claims"]

    def sketches(self) -> dict[str, bytes]:
        """By the id of each article that stands, what its copies are known by."""
        with self._read() as connection:
            rows = connection.execute(sa.select(article.c.id, article.c.sketch).where(_standing))
            return {row.id: row.sketch for row in rows}

    # Pages and sources

    def is_unchanged(self, seen: Page | Article) -> bool:
        """Whether this page was read with the same content before; an article, with the same words."""
        with self._read() as connection:
            if isinstance(seen, Article):
                row = connection.execute(sa.select(article).where(article.c.id == seen.id)).mappings().first()
                return row is not None and all(row[k] == v for k, v in _fields(seen).items() if k != "fetched_at")
            return connection.scalar(sa.select(page.c.digest).where(page.c.url == seen.url)) == digest(seen)

    def set_aside(self, subject: str, reason: str) -> None:
        """Remember an input that cannot be read, and why."""

        def keep(connection: sa.Connection) -> None:
            connection.execute(aside.delete().where(aside.c.subject == subject))
            connection.execute(aside.insert(), {"subject": subject, "reason": reason})

        self._write(keep)

    def asides(self) -> Iterator[tuple[str, str]]:
        """(subject, reason) of all that is set aside, by subject."""
        with self._read() as connection:
            yield from [(s, r) for s, r in connection.execute(sa.select(aside).order_by(aside.c.subject))]

    def keep_runs(self, runs: Iterable[SourceRun]) -> None:
        """Remember what sources yielded in a run."""
        rows = [asdict(run) for run in runs]

        def keep(connection: sa.Connection) -> None:
            for row in rows:
                same = (source_run.c.source == row["source"]) & (source_run.c.at == row["at"])
                connection.execute(source_run.delete().where(same))
                connection.execute(source_run.insert(), row)

        self._write(keep)

    def runs(self, source: str, *, most: int = 20) -> list[SourceRun]:
        """What a source yielded in its last runs, the latest first."""
        of_it = sa.select(source_run).where(source_run.c.source == source)
        return self._runs(of_it.order_by(source_run.c.at.desc()).limit(most))

    def latest_runs(self) -> dict[str, SourceRun]:
        """What each source yielded in its last run, by name."""
        last = sa.select(source_run.c.source, sa.func.max(source_run.c.at)).group_by(source_run.c.source)
        runs = self._runs(sa.select(source_run).where(sa.tuple_(source_run.c.source, source_run.c.at).in_(last)))
        return {run.source: run for run in runs}

    def _runs(self, wanted: sa.Select[Any]) -> list[SourceRun]:
        with self._read() as connection:
            rows = connection.execute(wanted).mappings()
            return [SourceRun(**{**row, "reasons": tuple(row["reasons"])}) for row in rows]

    # A person's word

    def withdraw(self, url_or_id: str) -> tuple[str, ...]:
        """Take an article's support away, also when it is read again. Returns the ids; `LedgerError` when unknown."""

        def withdraw(connection: sa.Connection) -> tuple[str, ...]:
            ids = self._ids(connection, url_or_id)
            connection.execute(withdrawal.delete().where(withdrawal.c.article_id.in_(ids)))
            connection.execute(withdrawal.insert(), [{"article_id": i} for i in ids])
            return ids

        ids: tuple[str, ...] = self._write(withdraw)
        return ids

    def restore(self, url_or_id: str) -> tuple[str, ...]:
        """Undo a withdrawal. Returns the ids; `LedgerError` when unknown."""

        def restore(connection: sa.Connection) -> tuple[str, ...]:
            ids = self._ids(connection, url_or_id)
            connection.execute(withdrawal.delete().where(withdrawal.c.article_id.in_(ids)))
            return ids

        ids: tuple[str, ...] = self._write(restore)
        return ids

    def _ids(self, connection: sa.Connection, url_or_id: str) -> tuple[str, ...]:
        known = sa.or_(article.c.id == url_or_id, article.c.url == url_or_id)
        ids = tuple(connection.scalars(sa.select(article.c.id).where(known).order_by(article.c.id)))
        if not ids:
            raise LedgerError("no article of this address or id", subject=url_or_id, remedy="see `dealgraph query`")
        return ids

    def judge(self, verdict: str, a: str, b: str) -> None:
        """Remember that two names are "same" or "different", in place of an earlier word on the same two.

        `Conflict` when it contradicts the judgements already made; then nothing is written.
        """
        first, second = sorted((a, b))
        word = Judgement(verdict, first, second)
        if verdict not in VERDICTS:
            raise Conflict(f"a verdict is {' or '.join(VERDICTS)}, not {verdict!r}", subject=f"{a} / {b}")

        def judge(connection: sa.Connection) -> None:
            _forget(connection, first, second)
            check([*_judgements(connection), word])
            connection.execute(judgement.insert(), asdict(word))

        self._write(judge)

    def unjudge(self, a: str, b: str) -> bool:
        """Withdraw the judgement on two names; whether there was one."""
        first, second = sorted((a, b))
        return bool(self._write(lambda connection: _forget(connection, first, second)))

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, by name."""
        with self._read() as connection:
            yield from _judgements(connection)

    # The ledger itself

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes of this ledger waiting: a graph made from an older view must not replace a newer one."""
        with one_at_a_time(self._engine, self._name):
            yield

    def counts(self) -> dict[str, int]:
        """Rows by table, and under `standing` the articles that are not withdrawn."""
        with self._read() as connection:
            rows = {name: _count(connection, table) for name, table in tables.tables.items() if table is not about}
            return rows | {"standing": _count(connection, article, _standing)}

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _fields(read: Article) -> dict[str, Any]:
    return {**asdict(read), "authors": list(read.authors)}


def digest(seen: Page) -> str:
    """What tells a page's content apart: its SHA-256."""
    return hashlib.sha256(seen.content).hexdigest()


def _keep_page(connection: sa.Connection, seen: Page, article_id: str) -> None:
    """Know a page again; what was read from it under another id goes, unless another page still says it."""
    before = connection.scalar(sa.select(page.c.article_id).where(page.c.url == seen.url))
    connection.execute(page.delete().where(page.c.url == seen.url))
    connection.execute(page.insert(), {"url": seen.url, "digest": digest(seen), "article_id": article_id})
    if before is not None and before != article_id and not _count(connection, page, page.c.article_id == before):
        connection.execute(article.delete().where(article.c.id == before))


def _judgements(connection: sa.Connection) -> list[Judgement]:
    rows = connection.execute(sa.select(judgement).order_by(judgement.c.a, judgement.c.b)).mappings()
    return [Judgement(row["verdict"], row["a"], row["b"]) for row in rows]


def _forget(connection: sa.Connection, a: str, b: str) -> int:
    return connection.execute(judgement.delete().where(judgement.c.a == a, judgement.c.b == b)).rowcount


def _count(connection: sa.Connection, table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*which)) or 0
