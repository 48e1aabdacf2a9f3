"""Settings: flags over the environment over dealgraph.toml over the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import load_settings
from pipeline.errors import SettingsError


def test_a_flag_wins_over_the_environment_and_that_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "dealgraph.toml").write_text('workspace = "file"\nfloor = 3\nlanes = 2\n')
    monkeypatch.setenv("DEALGRAPH_WORKSPACE", "environment")
    monkeypatch.setenv("DEALGRAPH_LANES", "4")
    settings = load_settings(workspace=Path("flag"))
    assert (settings.workspace, settings.lanes, settings.floor) == (Path("flag"), 4, 3)


def test_hosts_are_told_by_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALGRAPH_ALLOW_HOSTS", "127.0.0.1, intranet.example.com")
    assert load_settings().allow_hosts == ("127.0.0.1", "intranet.example.com")


@pytest.mark.parametrize("name", ["NEO4J_USERNAME", "NEO4J_USER"])
def test_neo4j_is_reached_by_its_own_variables(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "reader")
    assert load_settings().neo4j_username == "reader"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEALGRAPH_STORE", "oracle"), ("DEALGRAPH_WORKERS", "0"), ("DEALGRAPH_BELOW_FLOOR", "shrug")],
)
def test_a_value_that_cannot_be_used_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: "):
        load_settings()


@pytest.mark.parametrize("content", ["not toml", "wrong_name = 1"])
def test_a_settings_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "dealgraph.toml").write_text(content)
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert "\n" not in str(told.value)
