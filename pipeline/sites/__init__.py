"""Readers of pages: a general one, and a small class for each site whose markup says more.

To add a site: a module here with a class under `@site("host")`, its name in the list below, and a page in that markup
under `tests/pages/<host>/<class>/`. A test walks the registry, so that none stays unproven.
"""

from __future__ import annotations

from pipeline.sites import arstechnica, bbc, guardian, prnewswire, techcrunch, theregister
from pipeline.sites.registry import reader_for, readers

__all__ = ["arstechnica", "bbc", "guardian", "prnewswire", "reader_for", "readers", "techcrunch", "theregister"]
