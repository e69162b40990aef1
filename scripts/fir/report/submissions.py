"""The verdict on every submission that `fir add` received, as text or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from fir.diagnostics import Diagnostic, tick, visible
from fir.report.json import as_json
from fir.report.text import diff
from fir.submissions.receive import Received, Verdict
from fir.submissions.submission import ReadAs

_STATUSES = ("written", "pending", "unchanged", "refused")


def render(received: Received, form: str, root: Path, today: date) -> tuple[str, str]:
    """What to print, and a summary; to be called before the files are written."""
    trailers = list(_trailers(received, today))
    if form == "json":
        value = {
            "results": [_as_dict(verdict) for verdict in received.verdicts],
            "files": sorted(received.files),
            "trailers": trailers,
        }
        return as_json(value), f"{_summary(received.verdicts)}\n"
    printed: set[tuple[str, str]] = set()
    out = "".join(line for verdict in received.verdicts for line in _lines(verdict, printed))
    out += "".join(_changes(received.files, root))
    if trailers:
        out += "\nFor the commit:\n" + "".join(f"    {each}\n" for each in trailers)
    return out, f"{_summary(received.verdicts)}\n"


def _as_dict(verdict: Verdict) -> dict[str, object]:
    return {
        "source": verdict.source,
        "row": verdict.row,
        "status": verdict.status,
        "path": verdict.path,
        "findings": [
            {
                "place": each.place,
                "level": each.level,
                "check": each.check or None,
                "message": each.message,
                "fix": each.fix,
            }
            for each in verdict.findings
        ],
        "read_as": [
            {"place": each.place, "field": each.field, "written": each.written, "read": each.read}
            for each in verdict.read_as
        ],
    }


def _lines(verdict: Verdict, printed: set[tuple[str, str]]) -> Iterator[str]:
    """The verdict and what was found; what all entries of a file share is printed once."""
    row = f", row {verdict.row}" if verdict.row else ""
    what = f"{verdict.status} {verdict.path}" if verdict.path else verdict.status
    yield f"{visible(verdict.source)}{row}: {what}\n"
    for line in (*map(_read, verdict.read_as), *map(_finding, verdict.findings)):
        if (verdict.source, line) not in printed:
            printed.add((verdict.source, line))
            yield line


def _read(read: ReadAs) -> str:
    was = f"{tick(read.written)} read as" if read.written else "found by its device:"
    return f"    {visible(read.place)}: {read.field}: {was} {tick(read.read)}\n"


def _finding(each: Diagnostic) -> str:
    check = f" [{each.check}]" if each.check else ""
    return (
        f"    {visible(each.place)}: {each.level}: {visible(each.message)}{check}\n"
        f"        fix: {visible(each.fix)}\n"
    )


def _changes(files: Mapping[str, bytes | None], root: Path) -> Iterator[str]:
    """What changes of files that are there already: new ones are what was sent."""
    for path, content in sorted(files.items()):
        if (root / path).is_file():
            yield "\n" + diff(path, (root / path).read_bytes(), content)


def _trailers(received: Received, today: date) -> Iterator[str]:
    for name in received.submitters:
        yield f"FIR-Submitter: {' '.join(visible(name).split())}"
    if received.submitters:
        yield f"FIR-Received: {today.isoformat()}"


def _summary(verdicts: Iterable[Verdict]) -> str:
    counts = Counter(verdict.status for verdict in verdicts)
    return ", ".join(f"{counts[status]:,} {status}" for status in _STATUSES if counts[status])
