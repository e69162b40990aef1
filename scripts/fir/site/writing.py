"""Generated files onto the disk, by two processes where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from fir.site.parallel import parallel

# Below this many parts a second process costs more than it saves.
_WORTH_A_PROCESS = 10
Part = Callable[[], Iterable[tuple[str, bytes]]]
_MODELS = 25


def in_parts(models: Iterable[str]) -> list[list[str]]:
    """The Device Models, a few together: who makes a part needs the answers of these alone."""
    names = sorted(models)
    return [names[start : start + _MODELS] for start in range(0, len(names), _MODELS)]


def write(folder: Path, parts: Sequence[Part]) -> None:
    """Makes and writes every part: files with their paths below `folder`."""

    def write_part(part: Part) -> None:
        for path, content in part():
            place = folder / path
            try:
                place.write_bytes(content)
            except FileNotFoundError:  # its folder is new; most are not, and asking takes time
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)

    parallel(write_part, parts, worth_it=len(parts) >= _WORTH_A_PROCESS)
