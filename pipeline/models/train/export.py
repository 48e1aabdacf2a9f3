"""Trained networks -> the model file that `pipeline.models.bundle` loads: int8 weights in ONNX, and a table of pieces."""

from __future__ import annotations

import json
import math
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from pipeline.models.train.nets import BASE, Encoder, PairNet, Tagger

OPSET = 18


def encode(encoder: Encoder, vectors: Tensor) -> Tensor:
    """BERT over one unpadded window [1, length, width], spelt out: the graph of the library's own is four times as large."""
    bert = encoder.bert
    table = bert.embeddings
    length = vectors.shape[1]
    x = table.LayerNorm(vectors + table.position_embeddings.weight[:length] + table.token_type_embeddings.weight[0])
    heads = bert.config.num_attention_heads
    for layer in bert.encoder.layer:
        own = layer.attention.self

        def split(y: Tensor) -> Tensor:
            return y.view(1, -1, heads, y.shape[-1] // heads).transpose(1, 2)

        query, key, value = split(own.query(x)), split(own.key(x)), split(own.value(x))
        weights = (query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])).softmax(-1)
        mixed = (weights @ value).transpose(1, 2).reshape(1, -1, x.shape[-1])
        x = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + x)
        inner = nn.functional.gelu(layer.intermediate.dense(x))
        x = layer.output.LayerNorm(layer.output.dense(inner) + x)
    return x


class _Names(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, vectors: Tensor) -> Tensor:
        tags: Tensor = self.model.head(encode(self.model.encoder, vectors))
        return tags


class _Pairs(nn.Module):
    def __init__(self, model: PairNet) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, vectors: Tensor, at: Tensor, sentence_at: Tensor, first: Tensor, second: Tensor, features: Tensor
    ) -> tuple[Tensor, ...]:
        hidden = encode(self.model.encoder, vectors)[0]
        return self.model.score(hidden, at, sentence_at, first, second, features)


def write_bundle(tagger: Tagger, pairs: PairNet, settings: dict[str, Any], terms: dict[str, Any], out: Path) -> None:
    """Write the model file. Both networks must share the base's piece table, which training leaves alone."""
    tables = BytesIO()
    weight = pairs.encoder.bert.embeddings.word_embeddings.weight.detach().numpy()
    scales = np.abs(weight).max(1, keepdims=True) / 127 + 1e-9
    np.savez(
        tables,
        embeddings=np.round(weight / scales).astype(np.int8),
        scales=scales.astype(np.float16),
        shapes=np.stack([n.encoder.shapes.weight.detach().numpy() for n in (tagger, pairs)]).astype(np.float16),
        marks=pairs.encoder.marks.weight.detach().numpy().astype(np.float16),
    )
    n, s = torch.zeros(3, dtype=torch.long), torch.zeros(2, dtype=torch.long)
    example = (torch.randn(1, 16, 384), s, s + 1, n, n + 1, torch.zeros(3, 3, dtype=torch.long))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables.npz", tables.getvalue())
        archive.writestr("names.onnx", _onnx(_Names(tagger), example[:1], ["vectors"], ["tags"]))
        names = ["vectors", "at", "sentence_at", "first", "second", "features"]
        archive.writestr(
            "pairs.onnx", _onnx(_Pairs(pairs), example, names, ["pairs", "status", "roles", "role_status", "core"])
        )
        archive.writestr("tokenizer.json", (BASE / "tokenizer.json").read_text(encoding="utf-8"))
        archive.writestr("settings.json", json.dumps(settings, indent=1))
        archive.writestr("terms.json", json.dumps(terms, ensure_ascii=False))


_SIZES = {"vectors": {1: "length"}, "at": {0: "spans"}, "sentence_at": {0: "spans"}}
_SIZES |= {"first": {0: "pairs"}, "second": {0: "pairs"}, "features": {0: "pairs"}}


def _onnx(model: nn.Module, example: tuple[Tensor, ...], inputs: list[str], outputs: list[str]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            model.eval(),
            example,
            str(full),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes={name: _SIZES[name] for name in inputs},
            opset_version=OPSET,
            dynamo=False,
        )
        kept = _after_gelu(onnx.load(str(full)).graph) if isinstance(model, _Pairs) else []
        quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept)
        return _with_small_weights(onnx.load(str(small)), kept).SerializeToString()


def _after_gelu(graph: onnx.GraphProto) -> list[str]:
    """The products behind each layer's GELU. Its outputs have outliers: in int8, they cost relations 2 points of
    F1. Names lose nothing by them."""
    dense = [node.name for node in graph.node if node.op_type == "MatMul" and node.name.startswith("/dense")]
    return dense[2::3]


def _with_small_weights(model: onnx.ModelProto, nodes: list[str]) -> onnx.ModelProto:
    """The model with the weights of some products in int8, which are made float32 again when it is loaded."""
    graph = model.graph
    held = {item.name: item for item in graph.initializer}
    for node in [node for node in graph.node if node.name in nodes]:
        name = node.input[1]
        weight = numpy_helper.to_array(held[name])
        scale = (np.abs(weight).max(0) / 127 + 1e-9).astype(np.float32)
        small = np.round(weight / scale).astype(np.int8)
        graph.initializer.remove(held[name])
        graph.initializer.extend(
            [numpy_helper.from_array(small, f"{name}_quantized"), numpy_helper.from_array(scale, f"{name}_scale")]
        )
        node.input[1] = f"{name}_float"
        inputs = [f"{name}_quantized", f"{name}_scale"]
        graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [f"{name}_float"], axis=1))
    return model
