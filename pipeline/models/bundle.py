"""The model file: one zip of a piece table, two ONNX graphs, the tokenizer and what was measured on them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from pipeline.errors import SettingsError
from pipeline.models.windows import Window
from pipeline.models.words import Pieces

DEFAULT = Path(__file__).with_name("reader.zip")
_PARTS = {"tables.npz", "names.onnx", "pairs.onnx", "tokenizer.json", "settings.json", "terms.json"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded model. embeddings: int8 [pieces, width]; scales: float32 [pieces, 1]; settings: thresholds and scales;
    terms: for amounts, shares and dates the weights by which they are chosen (`choice.py`)."""

    embeddings: np.ndarray
    scales: np.ndarray
    shapes: np.ndarray
    marks: np.ndarray
    names: onnxruntime.InferenceSession
    pairs: onnxruntime.InferenceSession
    pieces: Pieces
    settings: dict[str, Any]
    terms: dict[str, dict[str, float]]

    def inputs(self, window: Window, *, which: str) -> np.ndarray:
        """Input vectors of a window [1, length, width] for the encoder of `names` or `pairs`."""
        ids = np.array(window.ids)
        vectors = self.embeddings[ids].astype(np.float32) * self.scales[ids]
        table = self.shapes[0 if which == "names" else 1]
        vectors += table[np.array(window.shapes)]
        marks = np.array(window.marks)
        vectors[marks > 0] = self.marks[marks[marks > 0]]
        batch: np.ndarray = vectors[None]
        return batch


@lru_cache(maxsize=2)
def load_bundle(path: Path = DEFAULT, *, threads: int = 0) -> Bundle:
    """Read a model file once per process; `SettingsError` when it is missing, damaged or of another version. threads 0: all cores."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise SettingsError(
            f"is no model file: {error}", subject=str(path), remedy="reinstall dealgraph or unset DEALGRAPH_MODEL"
        ) from error
    if missing := _PARTS - parts.keys():
        raise SettingsError(
            f"has no {', '.join(sorted(missing))}: another version wrote it",
            subject=str(path),
            remedy="train it anew, or unset DEALGRAPH_MODEL",
        )
    tables = np.load(BytesIO(parts["tables.npz"]))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Spinning threads starve the parser that runs beside them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")

    def session(name: str) -> onnxruntime.InferenceSession:
        return onnxruntime.InferenceSession(parts[name], options, providers=["CPUExecutionProvider"])

    return Bundle(
        tables["embeddings"],
        tables["scales"].astype(np.float32),
        tables["shapes"].astype(np.float32),
        tables["marks"].astype(np.float32),
        session("names.onnx"),
        session("pairs.onnx"),
        Pieces(parts["tokenizer.json"].decode()),
        json.loads(parts["settings.json"]),
        json.loads(parts["terms.json"]),
    )
