"""The tables of the ledger."""

from __future__ import annotations

import sqlalchemy as sa

# 2: sketches of articles, the article of each page, and what each run of a source yielded.
SCHEMA_VERSION = 2

tables = sa.MetaData()
about = sa.Table("about", tables, sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.String))
article = sa.Table(
    "article",
    tables,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("url", sa.String, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("publisher", sa.String),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("published_at", sa.String),
    sa.Column("language", sa.String),
    sa.Column("fetched_at", sa.String),
    sa.Column("claims", sa.Text, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)
page = sa.Table(
    "page",
    tables,
    sa.Column("url", sa.String, primary_key=True),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("article_id", sa.String, nullable=False, index=True),
)
aside = sa.Table(
    "set_aside", tables, sa.Column("subject", sa.String, primary_key=True), sa.Column("reason", sa.Text, nullable=False)
)
withdrawal = sa.Table("withdrawal", tables, sa.Column("article_id", sa.String, primary_key=True))
judgement = sa.Table(
    "judgement",
    tables,
    sa.Column("a", sa.String, primary_key=True),
    sa.Column("b", sa.String, primary_key=True),
    sa.Column("verdict", sa.String, nullable=False),
)
source_run = sa.Table(
    "source_run",
    tables,
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("at", sa.String, primary_key=True),
    sa.Column("fetched", sa.Integer, nullable=False),
    sa.Column("new", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("deals", sa.Integer, nullable=False),
    sa.Column("floor", sa.Integer, nullable=False),
    sa.Column("set_aside", sa.Integer, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)
