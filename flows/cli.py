"""The command line."""

from __future__ import annotations


def main() -> None:
    """Entry point of `dealgraph`."""
    raise SystemExit("dealgraph: no commands yet")
