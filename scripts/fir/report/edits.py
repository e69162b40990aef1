"""What `fir new` and `fir correct` wrote, or why they wrote nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fir.diagnostics import Diagnostic, tick, visible
from fir.editing.correct import Corrected
from fir.editing.new import New
from fir.report import many
from fir.report.text import diff
from fir.strict_yaml.reader import places


def refused(reasons: Sequence[Diagnostic], *, more: bool = False) -> tuple[str, str]:
    """Every reason with its place and cure, and how many there are.

    Nothing `more` is written where the command has completed what an earlier one had begun.
    """
    lines = (
        f"{visible(each.place)}: error: {visible(each.message)}\n    fix: {visible(each.fix)}\n"
        for each in reasons
    )
    return "".join(lines), f"{refusal(len(reasons), more=more)}\n"


def refusal(count: int, *, more: bool) -> str:
    return f"refused: {many(count, 'reason')}; nothing {'more ' if more else ''}is written"


def render(new: New, source: str | None) -> tuple[str, str]:
    """What to print: the files, and what there is to say of them."""
    files = "".join(diff(path, None, content) for path, content in new.files.items())
    lines = [f"{many(len(new.files), 'record')} written"]
    if source and new.copied:
        lines.append(f"copied from {source}: {', '.join(map(tick, new.copied))}")
    if source and new.left_out:
        left_out = ", ".join(map(tick, new.left_out))
        lines.append(f"left out of {source}: {left_out}, which may not hold for another entry")
    if new.notes_of:
        lines.append(f"the notes are those of firmware {new.notes_of}: change what differs")
    if new.blank:
        lines.append("the release notes are blank: write them into the files")
    return files + _warnings(new.diagnostics, new.files), "".join(f"{line}\n" for line in lines)


def render_corrected(corrected: Corrected, *, dry_run: bool) -> tuple[str, str]:
    """What to print: the changes, and what there is to say of them."""
    files = "".join(diff(*each) for each in corrected.files)
    after = {each.path: each.after for each in corrected.files}
    did = "would be corrected" if dry_run else "corrected"
    lines = [f"{many(len(corrected.files), 'record')} {did}"]
    if corrected.left:
        left = ", ".join(map(tick, corrected.left))
        lines.append(f"left alone: {left}, of the same release with other notes")
    return files + _warnings(corrected.diagnostics, after), "".join(f"{line}\n" for line in lines)


def _warnings(found: Iterable[Diagnostic], files: Mapping[str, bytes]) -> str:
    """What the checks will say of the files, each at its place."""
    lines = []
    for each in found:
        place = places(files[each.path])[each.keys].value if each.path in files else None
        at = f"{each.path}:{place.line}:{place.column}" if place else each.path
        lines.append(f"{at}: {each.level}: {visible(each.message)} [{each.check}]\n")
        lines.append(f"    fix: {visible(each.fix)}\n")
    return "".join(lines)
