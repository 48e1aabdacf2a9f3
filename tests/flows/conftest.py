"""A workspace of one's own, a site on 127.0.0.1, and settings that nothing outside the test decides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.settings import Settings, load_settings
from tests.loopback import site as site


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("DEALGRAPH_", "NEO4J_", "PREFECT_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(workspace=tmp_path / "data", threads=1, allow_hosts=("127.0.0.1",))
