"""Logs for machines."""

from __future__ import annotations

import json
import logging

from flows.log import JsonLines, json_line


def record(**more: object) -> logging.LogRecord:
    made = logging.LogRecord("flows.intake", logging.WARNING, "x.py", 1, "set aside: %s", ("a\nb",), None)
    made.__dict__.update(more)
    return made


def test_a_record_is_one_line_of_json_with_the_id_of_its_run() -> None:
    line = JsonLines("default", "", "%").format(record(flow_name="ingest"))
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["message"], told["flow"]) == ("warning", "set aside: a\nb", "ingest")
    assert told["run"] == json.loads(json_line("info", "another"))["run"]


def test_what_is_not_known_is_left_out() -> None:
    assert "task" not in json.loads(JsonLines().format(record()))
