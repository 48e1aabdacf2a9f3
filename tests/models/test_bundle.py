from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.models.bundle import DEFAULT, load_bundle


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reader.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(SettingsError, match="is no model file"):
        load_bundle(path)


def test_a_model_file_of_another_version_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "reader.zip"
    with zipfile.ZipFile(DEFAULT) as whole, zipfile.ZipFile(path, "w") as older:
        for name in whole.namelist():
            if name != "terms.json":
                older.writestr(name, whole.read(name))
    with pytest.raises(SettingsError, match=r"has no terms\.json"):
        load_bundle(path)
