"""Logs where no person watches: one JSON object a line, with one id for all that belongs to a run."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

RUN: ContextVar[str] = ContextVar("run")
"""The id of the run under way: Prefect's own where Prefect runs it."""


def run_id() -> str:
    """The id of the run under way, made at the first question."""
    try:
        return RUN.get()
    except LookupError:
        RUN.set(uuid4().hex)
        return RUN.get()


def begin(run: str) -> None:
    """From here on all that is logged belongs to this run."""
    RUN.set(run)


def json_line(level: str, message: str, *, at: float | None = None, **more: object) -> str:
    """One line of log."""
    time = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    told = {"time": time.isoformat(timespec="milliseconds"), "level": level, "run": run_id(), "message": message}
    return json.dumps(told | {name: value for name, value in more.items() if value}, ensure_ascii=False, default=str)


class JsonLines(logging.Formatter):
    """Log records as JSON lines. Prefect makes it with its own arguments, which it does not need."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        return json_line(
            record.levelname.lower(),
            record.getMessage(),
            at=record.created,
            logger=record.name,
            flow=getattr(record, "flow_name", None),
            task=getattr(record, "task_run_name", None),
            error=self.formatException(record.exc_info) if record.exc_info else None,
        )


def to_standard_error(*, terminal: bool) -> None:
    """Our own rooms' warnings go to standard error, plain for a person and as JSON for a machine."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s") if terminal else JsonLines())
    for room in ("flows", "pipeline"):
        logger = logging.getLogger(room)
        logger.handlers, logger.propagate = [handler], False
