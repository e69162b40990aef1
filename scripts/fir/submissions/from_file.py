"""A file as submissions: its content says which kind it is, its name nothing.

Our own kind, YAML or JSON, is what the site's form gives and an editor can write.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fir.diagnostics import Diagnostic, Refused, refusal, visible
from fir.model import Shapes
from fir.spreadsheet.xlsx import read_spreadsheet
from fir.strict_yaml.characters import MAX_BYTES, Keys
from fir.strict_yaml.reader import MAX_DEPTH, parse, places
from fir.submissions.from_form import forms, from_form
from fir.submissions.from_issue import from_issue, is_issue
from fir.submissions.from_table import by_table_header, from_table, is_header, tables
from fir.submissions.submission import Submission, unreadable

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 20_000
# Beginnings of files that are no text of ours: workbooks, web pages, PDF documents, archives.
_NOT_OURS = (b"PK", b"<", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf")
# Fields of an email's head, of which one says that it is that.
_EMAIL = re.compile(
    rb"(?:[A-Za-z-]{1,60}:.{0,990}\n(?:[ \t].{0,990}\n){0,50}){0,100}?mime-version:", re.I
)
# A thousand entries with their devices.
MOST_BYTES = 16 * MAX_BYTES
_AS_DESCRIBED = "write it as `schema/submission.schema.json` describes, or use a form or a table"


def from_file(path: Path, shapes: Shapes) -> list[Submission]:
    """Every submission in a file; what cannot be read is a submission that says why."""
    source = visible(str(path))
    try:
        data = _beginning(path)
        if data.lstrip().startswith(_NOT_OURS) or _is_table(data, shapes):
            return _of_spreadsheet(source, path, shapes)
        text = _text(data)
        if is_issue(text, shapes):
            return [from_issue(source, text, shapes)]
        return [_of_text(source, data)]
    except Refused as refused:  # which file it was, nobody but us knows
        return [unreadable(source, *(each._replace(path=source) for each in refused.diagnostics))]


def _text(data: bytes) -> str:
    """The text of a file as far as it is one, to be recognised by."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    return data.decode(encoding, "replace")


def _is_table(data: bytes, shapes: Shapes) -> bool:
    """Whether one of the first lines is the headers of a table; read as CSV they are in earnest."""
    known = by_table_header(shapes)
    for line in _text(data[:_HEAD]).splitlines()[:30]:
        if line.startswith("### "):
            return False
        for separator in (",", ";", "\t"):
            if is_header([cell.strip(' "') for cell in line.split(separator)], known):
                return True
    return False


def _beginning(path: Path) -> bytes:
    """The first bytes of a file: all of it, where it may be a text."""
    try:
        if not path.is_file():
            what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
            raise refusal("", what, "give the path of the file itself")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "bad name").lower()
        message = f"the file cannot be opened: {why}"
        raise refusal("", message, "check the path") from error


def _of_spreadsheet(source: str, path: Path, shapes: Shapes) -> list[Submission]:
    """The forms of a workbook, or the rows of its tables."""
    sheets = read_spreadsheet(path).sheets
    filled_in = forms(sheets)
    if filled_in:
        return [from_form(source, form) for form in filled_in]
    found = [each for table in tables(sheets, shapes) for each in from_table(source, table, shapes)]
    if not found:
        message = "the workbook holds neither the CPL New Entry form nor a table of ours"
        fix = "fill in the form's sheet, `CPL - New Entry`, or the table's template"
        raise refusal("", message, fix)
    return found


def _of_text(source: str, data: bytes) -> Submission:
    """The submission in our own kind of file; raises Refused.

    Line ends, and the mark that some editors put first, are what a mail or an editor on the way
    made of them; they say nothing.
    """
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    if data.lstrip().startswith(b"{"):
        return _of_json(source, data)
    if _EMAIL.match(data):
        fix = "save what is attached to it, and add that"
        raise refusal("", "the file is an email", fix)
    value, faults = parse(data, MOST_BYTES)
    if faults:
        raise Refused(faults)
    if not isinstance(value, dict):
        message = "the file holds no fields of a submission"
        raise refusal("", message, _AS_DESCRIBED)
    if "device" in value and "entries" not in value:
        fix = "put it where its kind of file belongs in `records`, and run `fir check`"
        raise refusal("", "the file is a record itself, not a submission", fix)
    known = places(data, MOST_BYTES)
    where = {
        keys: f"{source}:{place.value.line}:{place.value.column}" for keys, place in known.items()
    }
    return Submission(source, None, value, where)


def _of_json(source: str, data: bytes) -> Submission:
    value = _parsed_json(data)
    leaves = list(_leaves((), value))
    where = {keys: f"{source}, `{_dotted(keys)}`" for keys, _ in leaves}
    not_text = tuple(
        Diagnostic(
            where[keys],
            0,
            0,
            f"`{_dotted(keys)}` is {_named(leaf)}, not text",
            "put the value in double quotes",
            "unquoted-value",
            "error",
        )
        for keys, leaf in leaves
        if not isinstance(leaf, str)
    )
    return Submission(source, None, value, {**where, (): source}, unreadable=not_text)


def _parsed_json(data: bytes) -> Any:
    try:
        if len(data) > MOST_BYTES:
            message = f"the file is larger than {MOST_BYTES:,} bytes"
            raise refusal("", message, "send several files")
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise refusal("", "the file is not UTF-8 text", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        message = "the file is not JSON: something is missing or out of place here"
        fix = "download the submission again"
        here = Diagnostic("", error.lineno, error.colno, message, fix, level="error")
        raise Refused([here]) from error
    except (RecursionError, ValueError) as error:  # a number of five thousand digits is one
        raise refusal("", "the file is not a submission", _AS_DESCRIBED) from error
    if _depth(value) > MAX_DEPTH:
        raise refusal("", "the file is not a submission", _AS_DESCRIBED)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise refusal("", f"`{name[:60]}` is given twice", "remove one of the two")
        found[name] = value
    return found


def _depth(value: Any) -> int:
    """How deep values are nested, looked at level by level."""
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth


def _leaves(keys: Keys, value: Any) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves((*keys, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves((*keys, index), inner)
    else:
        yield keys, value


def _named(value: Any) -> str:
    if value is None:
        return "nothing (null)"
    return "true or false" if isinstance(value, bool) else "a number"


def _dotted(keys: Keys) -> str:
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in keys)
