"""The verdict on every submission that `fir add` received, as text or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from fir.diagnostics import tick, visible
from fir.report.json import as_json
from fir.report.text import diff
from fir.submissions.receive import Received
from fir.submissions.submission import ReadAs, Remark
from fir.submissions.verdict import Result

_STATUSES = ("written", "pending", "unchanged", "refused")


def render(received: Received, form: str, root: Path, today: date) -> tuple[str, str]:
    """What to print, and a summary; to be called before the files are written."""
    trailers = list(_trailers(received, today))
    if form == "json":
        value = {
            "results": [_as_dict(result) for result in received.results],
            "files": sorted(received.files),
            "trailers": trailers,
        }
        return as_json(value), f"{_summary(received.results)}\n"
    told: set[tuple[str, str]] = set()
    out = "".join(line for result in received.results for line in _lines(result, told))
    out += "".join(_changes(received.files, root))
    if trailers:
        out += "\nFor the commit:\n" + "".join(f"    {each}\n" for each in trailers)
    return out, f"{_summary(received.results)}\n"


def _as_dict(result: Result) -> dict[str, object]:
    return {
        "source": result.source,
        "row": result.row,
        "status": result.status,
        "path": result.path,
        "findings": [{**each._asdict(), "check": each.check or None} for each in result.findings],
        "read_as": [
            {"place": each.place, "field": each.field, "written": each.written, "read": each.read}
            for each in result.read_as
        ],
    }


def _lines(result: Result, told: set[tuple[str, str]]) -> Iterator[str]:
    """The verdict and what there is to say; what all entries of a file share is said once."""
    row = f", row {result.row}" if result.row else ""
    what = f"{result.status} {result.path}" if result.path else result.status
    yield f"{visible(result.source)}{row}: {what}\n"
    for line in (*map(_read, result.read_as), *map(_finding, result.findings)):
        if (result.source, line) not in told:
            told.add((result.source, line))
            yield line


def _read(read: ReadAs) -> str:
    was = f"{tick(read.written)} read as" if read.written else "found by its device:"
    return f"    {visible(read.place)}: {read.field}: {was} {tick(read.read)}\n"


def _finding(each: Remark) -> str:
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


def _summary(results: Iterable[Result]) -> str:
    counts = Counter(result.status for result in results)
    return ", ".join(f"{counts[status]:,} {status}" for status in _STATUSES if counts[status])
