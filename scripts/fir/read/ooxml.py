"""The small XML parts of a workbook: sheet names, shared strings, which styles show dates.

Parsed by expat, event by event: nothing is built before it is looked at, and a document type
declaration, the door to entity bombs, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from xml.parsers import expat

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_PLACEHOLDERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
Attributes = Mapping[str, str]


def parse(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Calls back with names less their namespace; that of an attribute stays, as `URI name`."""

    def refuse(*_: object) -> None:
        raise ValueError("a document type declaration")

    local = _LocalNames()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(local[name])
    parser.CharacterDataHandler = data
    # In one piece: fed in chunks, expat scans a long unfinished token again each time.
    parser.Parse(xml, True)


class _LocalNames(dict[str, str]):
    """Each `URI name` that was met with its name alone, worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name[name.rfind(" ") + 1 :]
        return self[name]


def index(digits: str) -> int:
    """A count or position; int() alone would take signs, blanks and underscores too."""
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError("not a whole number")
    return int(digits)


def sheet_names(workbook: bytes) -> tuple[list[tuple[str, str]], date]:
    """The sheets of `xl/workbook.xml` with the ids of their parts, and the day dates count from."""
    found: list[tuple[str, str]] = []
    epoch = date(1899, 12, 30)

    def start(name: str, attributes: Attributes) -> None:
        nonlocal epoch
        if name == "sheet":
            part = next(value for key, value in attributes.items() if key.endswith(" id"))
            found.append((attributes["name"] or "without a name", part))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)

    parse(workbook, start)
    return found, epoch


def worksheet_parts(relationships: bytes) -> dict[str, str]:
    """The target of every worksheet in `xl/_rels/workbook.xml.rels`, by its id."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes["Type"].endswith("/worksheet"):
            found[attributes["Id"]] = attributes["Target"]

    parse(relationships, start)
    return found


def shared_strings(xml: bytes) -> list[str]:
    """The texts of `xl/sharedStrings.xml`, without their formatting and phonetic hints."""
    found: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            pieces.clear()
        elif name in ("t", "rPh"):
            inside.append(name)

    def data(piece: str) -> None:
        if inside == ["t"]:
            pieces.append(piece)

    def end(name: str) -> None:
        if name == "si":
            found.append("".join(pieces))
        elif name in ("t", "rPh"):
            inside.pop()

    parse(xml, start, end, data)
    return found


def date_styles(styles: bytes) -> list[bool]:
    """Of every cell style of `xl/styles.xml`, whether it shows a number as a date."""
    codes: dict[str, str] = {}
    found: list[bool] = []
    inside = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name in ("cellXfs", "cellStyleXfs"):
            inside = name
        elif name == "numFmt":
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif name == "xf" and inside == "cellXfs":
            number = attributes.get("numFmtId", "0")
            code = _NOT_PLACEHOLDERS.sub("", codes.get(number, "")).lower()
            found.append(index(number) in _DATE_FORMATS or bool(set(code) & set("dmyhs")))

    parse(styles, start)
    return found
