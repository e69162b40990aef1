"""HTML stands in templates: no tag in a Python string, and nothing is called safe elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fir

ROOT = Path(fir.__file__).parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
# Neither the name of a regular expression's group nor that of a folder in a path is a tag.
TAG = re.compile(r"(?<!\?P)(?!<manufacturer>)</?[a-z][a-z0-9-]*[\s>/]")
READERS = {
    "site/shell.py",  # cuts up what the theme has rendered
    "spreadsheet/xlsx.py",  # an empty part of a workbook, where one is missing
}
MAY_CALL_SAFE = {
    "report/markdown.py",  # what templates of Markdown escape
    "site/components.py",
    "site/rendering.py",
}


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string but docstrings, which say in words what templates hold."""
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in described:
            yield node


def tags(source: str) -> list[str]:
    """Line and tag of each string that holds one; an f-string is its fixed pieces."""
    found = []
    for node in strings(ast.parse(source)):
        text = node.value.decode("latin-1") if isinstance(node.value, bytes) else str(node.value)
        found += [f"{node.lineno}: {tag[0].strip()}" for tag in TAG.finditer(text)]
    return found


def test_no_string_of_python_holds_a_tag() -> None:
    offenders = {path: tags((ROOT / path).read_text("utf-8")) for path in MODULES}
    assert {path: found for path, found in offenders.items() if found and path not in READERS} == {}


def test_those_excused_need_it() -> None:
    idle = {path for path in READERS if not tags((ROOT / path).read_text("utf-8"))}
    assert not idle, "take these from the list"


@pytest.mark.parametrize(
    "source",
    ["x = '<p>'", "x = f'<a href=\"{y}\">'", "x = '<br/>'", "x = f'{y}</b >'", "x = b'<svg '"],
)
def test_a_tag_is_seen_in_every_kind_of_string(source: str) -> None:
    assert tags(source)


@pytest.mark.parametrize("source", ["'''Makes a <p> of it.'''", "x = 'a < b'"])
def test_what_is_no_tag_is_let_be(source: str) -> None:
    assert not tags(source)


def test_text_is_called_safe_where_pieces_and_templates_are_made_alone() -> None:
    callers = {
        path
        for path in MODULES
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "Markup"
    }
    assert callers <= MAY_CALL_SAFE
