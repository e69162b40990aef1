"""What a command changes in a file, line by line, as `diff -u` and git show it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from fir.wording import visible


def diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """The change of one file; None where there is none before, or after."""
    names = ("/dev/null" if before is None else path), ("/dev/null" if after is None else path)
    lines = unified_diff(_lines(before), _lines(after), *names, lineterm="")
    return "".join(f"{line}\n" for line in _shown(lines))


def _lines(content: bytes | None) -> list[str]:
    text = (content or b"").decode("utf-8", "backslashreplace")
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], f"{lines[-1]} (no line feed)"]


def _shown(lines: Iterator[str]) -> Iterator[str]:
    """What cannot be seen is written out: a carriage return is what a line may differ in."""
    return map(visible, lines)
