"""Claims and judgements -> entities, deals and relations: explained, reversible, in any order the same."""

from pipeline.resolve.resolution import Resolution, resolve
from pipeline.resolve.why import Verdict, why

__all__ = ["Resolution", "Verdict", "resolve", "why"]
