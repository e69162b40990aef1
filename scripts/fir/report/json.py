"""Findings as JSON, for programs."""

from __future__ import annotations

import json

from fir.report import Report

_FIELDS = ("path", "line", "column", "level", "check", "message", "fix")


def render(report: Report) -> str:
    """`findings`, `counts` by level, and `records`, the number of record files judged."""
    return as_json(
        {
            "findings": [
                {field: getattr(finding, field) for field in _FIELDS} for finding in report.findings
            ],
            "counts": report.counts,
            "records": report.records,
        }
    )


def as_json(value: object) -> str:
    """How this project prints JSON: UTF-8 as it is, keys in the order given, never `NaN`."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
