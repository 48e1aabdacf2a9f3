"""A model file -> networks that training can go on from. What int8 weights have lost, they have lost for good."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from pipeline.models.train.nets import PairNet, Tagger

_PARTS = ("attention.output.dense", "intermediate.dense", "output.dense")  # the dense layers of each of the encoder's


def restore(path: Path) -> tuple[Tagger, PairNet]:
    """Both networks of a model file. Heads that only training uses begin anew."""
    with zipfile.ZipFile(path) as archive:
        graphs = [onnx.load_from_string(archive.read(name)) for name in ("names.onnx", "pairs.onnx")]
        tables = np.load(BytesIO(archive.read("tables.npz")))
    tagger, pairs = Tagger(), PairNet()
    for number, (model, graph) in enumerate(zip((tagger, pairs), graphs, strict=True)):
        weights = _weights(graph.graph)
        weights["encoder.shapes.weight"] = torch.tensor(tables["shapes"][number].astype(np.float32))
        weights["encoder.marks.weight"] = torch.tensor(tables["marks"].astype(np.float32))
        left = set(model.load_state_dict(weights, strict=False).missing_keys)
        if unknown := {key for key in left if not key.startswith(("encoder.bert.embeddings.", "sentence."))}:
            raise ValueError(f"{path}: no weights of {', '.join(sorted(unknown))}; is it a model file of this version?")
    return tagger, pairs


def _weights(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Parameters by their names in the network."""
    held = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {name.removeprefix("model."): array for name, array in held.items() if name.startswith("model.")}
    weights = {name: array for name, array in found.items() if name.endswith((".weight", ".bias"))}

    def scaled(name: str) -> np.ndarray:
        whole: np.ndarray = held[f"{name}_quantized"].astype(np.float32) - held.get(f"{name}_zero_point", 0)
        return whole * held[f"{name}_scale"]

    # The exporter has folded the one type of token there is, the only vector that it adds, into a constant.
    (kind,) = (array for name, array in held.items() if name.startswith("onnx::Add_") and array.ndim == 1)
    weights["encoder.bert.embeddings.token_type_embeddings.weight"] = np.stack([kind, kind])
    if "model.features.weight_quantized" in held:
        weights["features.weight"] = scaled("model.features.weight")
    for node in graph.node:
        name = node.input[1] if node.op_type in ("MatMul", "MatMulInteger") else ""
        stem = name.removesuffix("_quantized").removesuffix("_float")
        if stem != name:
            weights[f"{_module(node.name)}.weight"] = scaled(stem).T
    return {name: torch.tensor(array) for name, array in weights.items()}


def _module(node: str) -> str:
    """The layer that a graph's node was exported from.

    >>> _module("/dense_4/MatMul_quant"), _module("/key/MatMul_quant"), _module("/key_6/Gemm_MatMul_quant")
    ('encoder.bert.encoder.layer.1.intermediate.dense', 'encoder.bert.encoder.layer.0.attention.self.key', 'key')
    """
    name, number = re.fullmatch(r"(.*?)(?:_(\d+))?", node.split("/")[1]).groups("0")  # type: ignore[union-attr]
    if name == "dense":
        return f"encoder.bert.encoder.layer.{int(number) // 3}.{_PARTS[int(number) % 3]}"
    if name in ("query", "key", "value") and "Gemm" not in node:
        return f"encoder.bert.encoder.layer.{number}.attention.self.{name}"
    return name
