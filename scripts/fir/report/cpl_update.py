"""What a CPL import did, or why it did nothing, as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fir.cpl.importing import Imported
from fir.cpl.update import Amendment
from fir.diagnostics import Diagnostic, tick, visible
from fir.report import many
from fir.report.markdown import Templates

_TEMPLATES = Templates(Path(__file__).parent / "templates")
_SHOWN = 50


def as_dict(imported: Imported) -> dict[str, Any]:
    """The JSON of an import: numbers sorted, one object an amended field."""
    merged, issue = imported.merged, imported.issue
    status = [each for each in merged.amended if each.field == "status"]
    amended = [
        each for each in merged.amended if each.field not in ("status", "last_listed_version")
    ]
    current = sum(entry.status == "Current" for entry in issue.entries.values())
    return {
        "version": issue.version,
        "issued_on": issue.issued_on,
        "entries": len(issue.entries),
        "current": current,
        "removed": len(issue.entries) - current,
        "added": list(merged.added),
        "amended": [each._asdict() for each in amended],
        "status_changed": [_without_field(each) for each in status],
        "lost": list(merged.lost),
        "promoted": [
            {"cpl_number": each.entry.cpl_number, "from": each.record.path, "to": each.path}
            for each in imported.promotions
        ],
        "waiting": [each._asdict() for each in imported.waiting],
        "without_record": list(imported.without_record),
        "carried_over": list(merged.carried),
        "emptied": list(merged.emptied),
        "filled": list(merged.filled),
        "repairs": list(issue.repairs),
        "waivers_proposed": [each._asdict() for each in imported.proposed],
        "waivers_dropped": [each._asdict() for each in imported.dropped],
        "changed": bool(imported.files),
    }


def _without_field(amendment: Amendment) -> dict[str, str]:
    return {
        "cpl_number": amendment.cpl_number,
        "before": amendment.before,
        "after": amendment.after,
    }


def render(imported: Imported, form: str, *, dry_run: bool = False) -> str:
    """The whole report in `form`: `text`, `json` or `markdown`."""
    if form == "json":
        return json.dumps(as_dict(imported), ensure_ascii=False, indent=2) + "\n"
    sections = list(_sections(imported))
    headline = _headline(imported, dry_run)
    if form == "markdown":
        return _TEMPLATES.document(
            "cpl_import.md", headline=headline, sections=sections, most=_SHOWN
        )
    parts = ["".join(headline)]
    for title, lines in sections:
        parts.append("\n".join([f"{title}:", *(f"  {visible(line)}" for line in lines)]))
    return "\n".join(parts) + "\n"


def refused(reasons: Iterable[Diagnostic], form: str) -> str:
    """Every reason an import was refused for, with place and cure."""
    reasons = list(reasons)
    if form == "json":
        faults = [{"place": r.place, "message": r.message, "fix": r.fix} for r in reasons]
        return json.dumps({"faults": faults}, ensure_ascii=False, indent=2) + "\n"
    if form == "markdown":
        return _TEMPLATES.document("cpl_refused.md", reasons=reasons)
    lines = [
        f"{visible(r.place)}: error: {visible(r.message)}\n    fix: {visible(r.fix)}\n"
        for r in reasons
    ]
    return "".join(lines)


def _headline(imported: Imported, dry_run: bool) -> tuple[str, str, str]:
    """A sentence: the words before the day of issue, the day, and those after it."""
    numbers = as_dict(imported)
    listed = (
        f": {numbers['entries']:,} entries, {numbers['current']:,} Current, "
        f"{numbers['removed']:,} Removed"
    )
    added, recorded = len(numbers["added"]), len(numbers["promoted"])
    did = (
        f"{added:,} added, {many(len(numbers['amended']), 'field')} amended, "
        f"{recorded:,} promoted{' (dry run: nothing written)' if dry_run else ''}"
    )
    came = did if imported.files else "no change"
    return f"CPL {numbers['version']}, issued ", numbers["issued_on"], f"{listed}; {came}"


def _sections(imported: Imported) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of everything there is to say; what did not happen is left out."""
    merged = imported.merged
    amended = [
        f"{each.cpl_number} {each.field}: {tick(each.before)} to {tick(each.after)}"
        for each in merged.amended
        if each.field != "last_listed_version"
    ]
    waivers = [
        f"{waiver.check} on {waiver.path} until {waiver.until}: {waiver.reason}"
        for waiver in imported.proposed
    ]
    for title, lines in (
        ("Added", [_entry(imported, number) for number in merged.added]),
        ("Amended", amended),
        ("No longer listed, kept", list(merged.lost)),
        ("Promoted", [f"{each.record.path} to {each.path}" for each in imported.promotions]),
        ("Waiting", [f"{each.path}: {each.reason}" for each in imported.waiting]),
        ("Added and without a record", list(imported.without_record)),
        ("Columns this file lacks, carried over", list(merged.carried)),
        ("Amended entries whose certificates this file cannot tell", list(merged.emptied)),
        ("Filled in, unknown until now", list(merged.filled)),
        ("Repaired", list(imported.issue.repairs)),
        ("Waivers proposed, for a reviewer to confirm", waivers),
        ("Waivers dropped, no longer needed", [f"{w.check} on {w.path}" for w in imported.dropped]),
    ):
        if lines:
            yield title, lines


def _entry(imported: Imported, number: str) -> str:
    entry = imported.merged.entries[number]
    words = (entry.status, entry.device_type, entry.device.device_model, entry.firmware_version)
    return " ".join((number, *words, entry.label)).rstrip()
