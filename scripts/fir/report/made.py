"""What `fir new` wrote, or why it wrote nothing."""

from __future__ import annotations

from collections.abc import Iterable

from fir.contribute.new import New
from fir.read.yaml_text import places
from fir.report import many
from fir.report.diff import diff
from fir.wording import tick, visible


def refused(reasons: Iterable[tuple[str, str, str]]) -> str:
    """Every reason with its place and cure."""
    lines = (
        f"{visible(place)}: error: {visible(message)}\n    fix: {visible(fix)}\n"
        for place, message, fix in reasons
    )
    return "".join(lines)


def render(new: New, source: str | None) -> tuple[str, str]:
    """What to print: the files, and what there is to say of them."""
    files = "".join(diff(path, None, content) for path, content in new.files.items())
    said = []
    for each in new.said:
        place = places(new.files[each.path])[each.keys].value if each.path in new.files else None
        at = f"{each.path}:{place.line}:{place.column}" if place else each.path
        said.append(f"{at}: {each.level}: {visible(each.message)} [{each.check}]\n")
        said.append(f"    fix: {visible(each.fix)}\n")
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
    return files + "".join(said), "".join(f"{line}\n" for line in lines)
