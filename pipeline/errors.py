"""Everything that can go wrong on purpose.

DealgraphError          one line for a person: what, which input, what to do
|- FetchError           the web did not answer as hoped; trying again may help
|- ParseError           this input cannot be read; set it aside, go on
|- StoreError           the graph store is unreachable, refuses, or is damaged
|  |- QueryError        a question the store cannot answer: syntax, or a write
|- LedgerError          the ledger is damaged, locked, or of another version
|- SettingsError        a setting that cannot be used
|- Conflict             two judgements contradict each other; stop and ask a person
"""

from __future__ import annotations


class DealgraphError(Exception):
    """Base of all. `subject` names the input (a path, address, line or setting), `remedy` what to do about it."""

    def __init__(self, message: str, *, subject: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.subject = subject
        self.remedy = remedy

    def __str__(self) -> str:
        line = f"{self.subject}: {self.message}" if self.subject else self.message
        line = f"{line} ({self.remedy})" if self.remedy else line
        return " ".join(line.split())

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments are lost by Exception's own pickling, and errors cross process boundaries.
        return (_rebuild, (type(self), self.message, self.subject, self.remedy))


def _rebuild(cls: type[DealgraphError], message: str, subject: str | None, remedy: str | None) -> DealgraphError:
    return cls(message, subject=subject, remedy=remedy)


class FetchError(DealgraphError):
    """The web did not answer as hoped."""


class ParseError(DealgraphError):
    """This input cannot be read."""


class StoreError(DealgraphError):
    """The graph store is unreachable, refuses, or is damaged."""


class QueryError(StoreError):
    """A question that the store cannot answer."""


class LedgerError(DealgraphError):
    """The ledger is damaged, locked, or of another version."""


class SettingsError(DealgraphError):
    """A setting that cannot be used."""


class Conflict(DealgraphError):
    """Two judgements contradict each other."""
