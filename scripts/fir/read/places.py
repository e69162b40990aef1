"""Where a finding's value stands in its file; a file without findings is never asked."""

from __future__ import annotations

from os import PathLike

from fir.model import SNAPSHOT, WAIVERS
from fir.read.files import most_bytes, open_bytes
from fir.read.load import places
from fir.read.text import Keys, Places


class Locator:
    """Reads a file again, with places, when the first of its findings needs one."""

    def __init__(self, root: str | PathLike[str], of_rules: str | PathLike[str]) -> None:
        self.root = root
        self.of_rules = of_rules
        self.known: dict[str, dict[Keys, Places]] = {}

    def __call__(self, path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        """The place of a value, or of the nearest thing that should hold it, counted from 1."""
        if path not in self.known:
            self.known[path] = self._places(path)
        known = self.known[path]
        wanted: Keys = keys
        while wanted and wanted not in known:
            wanted = wanted[:-1]
        found = known.get(wanted)
        if found is None:
            return path, 1, 1
        place = found.key if key or len(wanted) < len(keys) else found.value
        return path, place.line, place.column

    def _places(self, path: str) -> dict[Keys, Places]:
        root = self.of_rules if path in (WAIVERS, SNAPSHOT) else self.root
        most = most_bytes(path)
        try:
            return (
                places(open_bytes(f"{root}/{path}", most), most) if path.endswith(".yaml") else {}
            )
        except OSError:
            return {}
