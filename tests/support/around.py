"""The small repository that tests start from: what surrounds the cases, with the schemas.

Its policy and its address are the tests' own: whoever adopts the project decides and is found
elsewhere, and no test may depend on it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from fir.repository.transaction import writing

if TYPE_CHECKING:
    from fir.cpl.importing import Imported

ROOT = Path(__file__).parents[2]
AROUND = Path(__file__).parents[1] / "cases" / "_around"
POLICY = Path(__file__).parent / "policy.yaml"
ADDRESS = "https://fir.example/"
RECORD = "records/firmware/example-meters/000042.yaml"
MANUFACTURER = "records/manufacturers/example-meters.yaml"


def lay(root: Path) -> Path:
    """Makes the repository in a folder that is not there yet."""
    shutil.copytree(AROUND, root)
    lay_schema(root)
    return root


def lay_schema(root: Path) -> None:
    """Lays the schemas, with the tests' policy and at the tests' address."""
    shutil.copytree(ROOT / "schema", root / "schema")
    shutil.copy(POLICY, root / "schema/policy.yaml")
    for path in (root / "schema").glob("*.schema.json"):
        text = path.read_text(encoding="utf-8")
        address = json.loads(text)["$id"].partition("schema/v1/")[0]
        if address != ADDRESS:
            path.write_text(text.replace(address, ADDRESS), encoding="utf-8", newline="\n")


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replaces in a file what must be there exactly once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="\n")


def write(root: Path, imported: Imported) -> None:
    """Writes what an import worked out, as the command does."""
    with writing(root) as transaction:
        transaction.write(imported.files)
