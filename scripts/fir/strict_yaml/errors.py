"""What the YAML parser complains of, in words that help whoever wrote the file."""

from __future__ import annotations

from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, tick
from fir.strict_yaml.characters import refused

SECOND_DOCUMENT = "a second document begins here", "keep one document to a file"


class _Trouble(NamedTuple):
    """Our words for what the parser says: `part` of its sentence, and ours for people."""

    part: str
    message: str
    fix: str
    begun: bool = False
    """Whether the place is where the trouble was begun, not where it was noticed."""
    check: str = "yaml-syntax"


_QUOTE = "put the value in double quotes"
_ALIGN = "begin this line under the line it belongs with, with the same number of blanks before it"
_ESCAPE = "a backslash in double quotes begins an unknown escape", "write two backslashes for one"
_NO_CHARACTER = "an escape stands for no character", "remove the escape"
_BRACKET = "a bracket is not closed, or a comma is missing", "close the bracket"
_OPEN_QUOTE = "a quotation mark is not closed", "close the quotation mark"
_TEXT_AFTER_BAR = "`|` is followed by text", "begin the text in the next line, indented"
_NO_NAME = "an `&` or `*` is followed by no name", _QUOTE
_NO_FIELD = (
    "this line is neither a field with a colon nor indented below one",
    "write `field: value`, or indent text that belongs to the field above by two blanks",
)
# The first whose `part` occurs in the sentence counts.
_TROUBLES = (
    _Trouble("could not find expected ':'", *_NO_FIELD, begun=True),
    _Trouble("invalid Unicode", *_NO_CHARACTER, check="unreadable-text"),
    _Trouble("escape", *_ESCAPE),
    _Trouble("hexdecimal", *_ESCAPE),
    _Trouble("quoted scalar", *_OPEN_QUOTE, begun=True),
    _Trouble("comment or line break", *_TEXT_AFTER_BAR),
    _Trouble("chomping", *_TEXT_AFTER_BAR),
    _Trouble("block scalar", "the text after `|` is not indented evenly", _ALIGN),
    _Trouble("flow", *_BRACKET, begun=True),
    _Trouble("expected ',' or", *_BRACKET, begun=True),
    _Trouble("alias", *_NO_NAME),
    _Trouble("anchor", *_NO_NAME),
    _Trouble("document start", *SECOND_DOCUMENT, check="yaml-extra"),
    _Trouble("tag handle", "a value begins with a tag, `!`", _QUOTE, True, "yaml-extra"),
)
_QUOTES = {"'", '"'}
_CANNOT_BEGIN = ("cannot start any token", "node content")
_COLON = (
    "a second colon follows a field name in one line",
    "put the value in double quotes, or the second field in a line of its own",
)
_COLON_BELOW = (
    "a colon stands in text that a line above begins",
    "put the text in double quotes, or write `|` after the field name and the text below it",
)
_AFTER = "something follows a value that has ended", "put the whole value in one pair of quotes"
_INDENT = "this line is not indented like the lines it belongs with", _ALIGN


def explain(error: Any, text: str, last: Any) -> Diagnostic:
    """The parser's error in our words, at the place where it can be mended.

    `last` is the event that came before it.
    """
    complaint = f"{error.problem or ''} {error.context or ''}"
    check, mark = "yaml-syntax", error.problem_mark
    line = "".join(text.split("\n")[mark.line : mark.line + 1])
    before, character = line[: mark.column], line[mark.column : mark.column + 1]
    known = next((row for row in _TROUBLES if row.part in complaint), None)
    if known is not None:
        check, message, fix = known.check, known.message, known.fix
        mark = (error.context_mark if known.begun else None) or mark
    elif any(part in complaint for part in _CANNOT_BEGIN):
        shown = "a back-tick" if character == "`" else tick(character)
        message, fix = f"{shown} cannot begin a value", _QUOTE
    elif "mapping values" in complaint:
        message, fix = _COLON if ":" in before else _COLON_BELOW
    elif (
        getattr(last, "style", "") in _QUOTES
        and last.start_mark.line < last.end_mark.line == mark.line
    ):
        # What was meant to close a text opened another one.
        (message, fix), mark = _OPEN_QUOTE, last.start_mark
    else:
        message, fix = _AFTER if before.strip(" -") else _INDENT
    column = mark.column
    if message in (_ESCAPE[0], _NO_CHARACTER[0]):
        column = max(line.rfind("\\", 0, column + 1), 0)
    return refused(check, mark.line + 1, column + 1, message, fix)
