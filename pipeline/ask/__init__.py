"""Questions that people ask again and again."""

from pipeline.ask.paths import Step, find_companies, path

__all__ = ["Step", "find_companies", "path"]
