"""The cases that test a check, as its page shows them: the very files of `tests/cases`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fir.publish.edition import Example

_ASIDE = ("__pycache__", "arguments")


def read_examples(folder: Path) -> tuple[Example, ...]:
    """The cases in `tests/cases/<check>/bad` or `good`, by name; none where there is no folder."""
    cases = sorted(path for path in folder.glob("*") if path.is_dir() and path.name not in _ASIDE)
    return tuple(Example(case.name, tuple(_files(case)), _said(case)) for case in cases)


def _files(case: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(case.rglob("*")):
        place = path.relative_to(case)
        if path.is_file() and not set(place.parts) & set(_ASIDE):
            text = path.read_bytes().decode("utf-8", errors="backslashreplace")
            yield place.as_posix(), text


def _said(case: Path) -> str:
    said = case.with_name(f"{case.name}.out")
    return said.read_text(encoding="utf-8") if said.is_file() else ""
