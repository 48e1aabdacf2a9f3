"""sources.toml: which sources a scheduled run reads.

Each `[[source]]` tells a name, a kind and an address; and if need be the publisher and language of its articles, the
seconds between two requests (pace), and the least articles that a run should yield (floor).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.addresses import is_address, site_of
from pipeline.errors import SettingsError
from schemas.records import Article

DEFAULT = Path(__file__).with_name("sources.toml")
# "online" is whatever stands at an address, told by its content.
Kind = Literal["feed", "sitemap", "page", "online", "addresses", "folder", "warc"]
KINDS: tuple[str, ...] = get_args(Kind)
ONLINE = ("feed", "sitemap", "page", "online")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. pace: seconds between two requests. floor: articles. since: a day, older entries are left out."""

    name: str
    kind: Kind
    address: str
    publisher: str | None = None
    language: str | None = None
    pace: Annotated[float, Field(ge=1)] = 1.0
    floor: Annotated[int, Field(ge=0)] = 0
    since: date | None = None

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


_sources = TypeAdapter(tuple[Source, ...])


def read_catalogue(path: Path = DEFAULT) -> tuple[Source, ...]:
    """The sources of a file; `SettingsError` names the entry that cannot be used."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"it cannot be read: {error.strerror}", subject=str(path), remedy="check the path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"it is no TOML: {error}", subject=str(path), remedy="mend that place") from error
    try:
        found = _sources.validate_python(told.get("source", []))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        number, *place = [*first["loc"], ""]
        subject = f"{path}, source {int(number) + 1}" if isinstance(number, int) else str(path)
        where = f'"{place[0]}": ' if place and place[0] else ""
        raise SettingsError(f"{where}{first['msg']}", subject=subject, remedy="see the default sources.toml") from error
    wrong = [source for source in found if source.kind in ONLINE and not is_address(source.address)]
    if wrong:
        told_as = f"no address of the web: {wrong[0].address}"
        raise SettingsError(told_as, subject=f"{path}, {wrong[0].name}", remedy="write http:// or https://")
    twice = {source.name for source in found if [other.name for other in found].count(source.name) > 1}
    if twice:
        raise SettingsError(f"two sources are called {min(twice)}", subject=str(path), remedy="name each its own way")
    return found


def completed(article: Article, source: Source) -> Article:
    """The article, with what its source knows where the page told nothing."""
    untold = article.publisher is None or (article.url is not None and article.publisher == site_of(article.url))
    return replace(
        article,
        publisher=source.publisher if untold and source.publisher else article.publisher,
        language=article.language or source.language,
    )
