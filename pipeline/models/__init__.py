"""The trained reader: which names an article holds, and what they do to each other.

Two small encoders share one table of word pieces (see `card.md`). The first tags names; the second reads the article
again with every name, amount and date marked, and scores each pair of them. Both run in onnxruntime; torch is needed
only to train (`train/`).
"""
