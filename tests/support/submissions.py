"""Submissions of an invented manufacturer, for tests to change one thing in."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from fir.cli import main

FOLDER = "records/firmware/example-meters"
WAITING = "records/pending/example-meters"
NOTES = "Corrects the tariff table after a restart.\n"
GAS = {
    "type": "Gas Smart Meter",
    "manufacturer_identifier": "7F01",
    "model_identifier": "0005",
    "hardware_version": "02",
    "hardware_revision": "03",
    "firmware_version": "01070200",
}
CONTACT = {
    "email": "firmware@example-meters.example",
    "telephone": "+441632960123",
    "address": {
        "lines": ["Unit 4, Example Park"],
        "locality": "Exampleton",
        "postal_code": "EX1 2MP",
        "country": "GB",
    },
}
UNLISTED = {**GAS, "firmware_version": "01080000"}


def submission(*entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A submission of the entries, or of entry 000041; fields that are None are left out."""
    value = {
        "manufacturer": "example-meters",
        "entries": list(entries) or [{"cpl_number": "000041", "device": GAS}],
        "release_notes": NOTES,
        **fields,
    }
    return copy.deepcopy({name: each for name, each in value.items() if each is not None})


class Desk:
    """Where submissions arrive: a repository, and what `fir add` says of files."""

    def __init__(self, root: Path, inbox: Path, capsys: Any) -> None:
        self.root, self.inbox, self._capsys = root, inbox, capsys
        inbox.mkdir()

    def file(self, name: str, content: bytes | str) -> Path:
        path = self.inbox / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def sent(self, *values: dict[str, Any]) -> list[Path]:
        return [self.file(f"{at}.json", json.dumps(value)) for at, value in enumerate(values)]

    def add(self, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
        """The exit code and the JSON of a run."""
        self._capsys.readouterr()
        given = [*map(str, arguments), "--root", str(self.root)]
        code = main(["add", *given, "--format", "json"])
        out = self._capsys.readouterr().out
        return code, json.loads(out)

    def text(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main(["add", *map(str, arguments), "--root", str(self.root)])
        return code, *self._capsys.readouterr()

    def check(self) -> int:
        """The exit code of `fir check`, once `fir fmt` has nothing to change."""
        assert main(["fmt", "--check", "--root", str(self.root)]) == 0
        return main(["check", "--root", str(self.root)])

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


def statuses(report: dict[str, Any]) -> list[str]:
    return [result["status"] for result in report["results"]]


def findings(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for result in report["results"] for each in result["findings"]]
