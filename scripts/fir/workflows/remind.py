"""What time has made due, as one issue: opened, kept up to date, and closed when all is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fir.report import many
from fir.report.escape import code_span, escape_markdown
from fir.workflows import github

LABEL = "upkeep"
TITLE = "Upkeep: what is due"
_SHOWN = 30
_TITLES = {
    "stale-snapshot": "The CPL snapshot is old",
    "expired-waiver": "Waivers that have come to their end",
    "needless-waiver": "Waivers that excuse nothing any more",
    "expired-certificate": "Certificates past their day",
    "unconfirmed-contact": "Contacts to confirm with the manufacturer",
}


def remind(file: Path) -> str:
    """Takes the JSON of `fir check --today`; what was done."""
    findings = json.loads(file.read_text(encoding="utf-8"))["findings"]
    issues = github.every(f"/issues?state=open&labels={LABEL}")
    there = next((each for each in issues if each["title"] == TITLE), None)
    if not findings:
        if there is None:
            return "nothing is due"
        done = {"state": "closed", "body": "Nothing is due.\n"}
        github.call("PATCH", f"/issues/{there['number']}", done)
        return f"nothing is due any more: closed #{there['number']}"
    body = body_of(findings)
    if there is None:
        new = {"title": TITLE, "body": body, "labels": [LABEL]}
        return f"opened #{github.call('POST', '/issues', new)['number']}"
    if there["body"] == body:
        return f"#{there['number']} says it all already"
    github.call("PATCH", f"/issues/{there['number']}", {"body": body})
    return f"updated #{there['number']}"


def body_of(findings: list[Mapping[str, Any]]) -> str:
    """A list for each kind, the first of each shown; what records hold stays text."""
    parts = [
        "Nothing here makes a check fail. This issue is brought up to date by the *Upkeep* "
        "workflow, and closed by it when nothing is due. On your own machine: "
        "`fir check --today DATE`.\n"
    ]
    for check, title in _TITLES.items():
        of_check = [each for each in findings if each["check"] == check]
        if not of_check:
            continue
        parts.append(f"\n### {title}: {len(of_check):,}\n\n")
        parts += [f"- {_line(each)}\n" for each in of_check[:_SHOWN]]
        if of_check[_SHOWN:]:
            parts.append(f"- and {many(len(of_check) - _SHOWN, 'more finding')}\n")
        parts.append(f"\nWhat to do: {escape_markdown(of_check[0]['fix'])}\n")
    return "".join(parts)


def _line(finding: Mapping[str, Any]) -> str:
    return f"{code_span(finding['path'])}: {escape_markdown(finding['message'])}"
