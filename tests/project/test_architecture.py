"""The rooms of the package as ARCHITECTURE.md draws them: which may know which, and how large."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from around import ROOT

PACKAGE = ROOT / "scripts" / "fir"
# From the ground up: a room imports from the rows above its own, and from nothing else.
ROWS = (
    ("diagnostics",),
    ("model",),
    ("identifiers", "links", "repository_entry"),
    ("spreadsheet", "strict_yaml"),
    ("schemas",),
    ("repository",),
    ("demonstration", "checks", "answers"),
    ("cpl",),
    ("editing",),
    ("submissions",),
    ("report",),
    ("review",),
    ("site", "workflows"),
    ("cli",),
)
ROW = {room: number for number, rooms in enumerate(ROWS) for room in rooms}
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MOST_MODULES_IN_A_ROOM = 20
LONGEST = 450


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a module names, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


IMPORTS = {
    name: {each for each in imported(path) if each in MODULES and each != name}
    for name, path in MODULES.items()
}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_room_has_its_row() -> None:
    assert {room(module) for module in MODULES} - {"", "__main__"} == set(ROW)


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"fir", "fir.__main__"}))
def test_no_arrow_leads_down_to_a_room_that_stands_on_this_one(module: str) -> None:
    own = room(module)
    wrong = [each for each in IMPORTS[module] if room(each) != own and ROW[room(each)] >= ROW[own]]
    assert wrong == []


def test_only_the_hook_joins_checks_and_site() -> None:
    joining = {
        module
        for module, names in IMPORTS.items()
        if room(module) == "site" and any(room(each) == "checks" for each in names)
    }
    assert joining == {"fir.site.hook"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, (*way, module)
        if module not in done:
            for each in sorted(IMPORTS[module]):
                visit(each, (*way, module))
            done.add(module)

    for module in sorted(MODULES):
        visit(module, ())


def test_a_module_can_be_read_in_one_sitting() -> None:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()
    }
    longer = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    # Its locks, its journal and its places are one thought, and unsafe where one is read alone.
    assert set(longer) <= {"fir.repository.transaction"}


def test_no_room_is_a_maze() -> None:
    crowded = {
        folder.relative_to(PACKAGE).as_posix(): len(list(folder.glob("*.py")))
        for folder in PACKAGE.rglob("*")
        if folder.is_dir() and len(list(folder.glob("*.py"))) > MOST_MODULES_IN_A_ROOM
    }
    assert set(crowded) == {"checks"}  # one fault a file


def test_the_map_names_every_room_and_no_other() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("| Room |") : text.index("Beside them:")]
    first_cells = [line.split("|")[1] for line in table.splitlines()[2:] if line.startswith("|")]
    named = {each for cell in first_cells for each in re.findall(r"`([a-z_]+)(?:/|\.py)`", cell)}
    assert named == set(ROW)


def test_every_place_that_the_map_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for place in re.findall(r"`([\w./-]+/[\w./-]*|\w+\.(?:py|yaml))`", text):
        below = [PACKAGE, ROOT, ROOT / "docs" / "assets"]
        there = any((folder / place).exists() for folder in below)
        assert there or any(PACKAGE.rglob(place)), place
