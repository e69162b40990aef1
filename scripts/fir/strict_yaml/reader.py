"""YAML bytes become text values with places, or the reasons why not.

The event stream cannot recurse and builds nothing that was not asked for, so it is read rather
than loaded. Every scalar is text. What YAML could have read as a number, a date or a boolean must
be quoted, so that every other reader sees the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from fir.diagnostics import SHOWN, Diagnostic, quoted, tick
from fir.strict_yaml.characters import (
    MAX_BYTES,
    Keys,
    Place,
    Places,
    decode,
    odd_characters,
    refused,
    unfinished_merge,
)
from fir.strict_yaml.errors import SECOND_DOCUMENT, explain

try:  # libyaml is ten times faster; the pure parser reads the same language
    from yaml import CBaseLoader as _Loader
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]
    from yaml import BaseLoader as _Parser  # type: ignore[assignment]

MAX_DEPTH = 8
_MOST_FAULTS = 100

# What some YAML 1.1 or 1.2 reader takes for null, a boolean, a number, a date or a merge.
_LOOKS_LIKE = r"""(?x)(?:
      (?P<nothing>~|null|Null|NULL|)
    | (?P<boolean>y|Y|n|N|[Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)
    | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?)
    | (?P<number>[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+
                 |[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
                 |(?:[0-9][0-9_,]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?
                 |\.(?:inf|Inf|INF)) | \.(?:nan|NaN|NAN))
    | (?P<other>=|<<)
    )"""
_KINDS = {
    "nothing": "nothing (null)",
    "boolean": "true or false",
    "date": "a date",
    "number": "a number",
    "other": "an instruction",
}


# Unknown instructions are an error to one parser and nothing to the other.
_DIRECTIVE = re.compile(r"(?:#.*\n| *\n)*%")


class _Stop(Exception):
    """Raised where going on would cost too much or make no sense."""


_COMMENT = re.compile(" +#")


class _Builder:
    """Events in, nested dict, list and str out; faults are collected, not raised."""

    def __init__(self, as_text: bool = False) -> None:
        self.as_text = as_text
        self.faults: list[Diagnostic] = []
        self.seen: set[str] = set()
        self.hashes: dict[int, str] = {}
        """The lines that may hold a comment after a value, counted from 0."""

    def fault(self, check: str, mark: Any, message: str, fix: str) -> None:
        self.faults.append(refused(check, mark.line + 1, mark.column + 1, message, fix))
        if len(self.faults) == _MOST_FAULTS:
            raise _Stop

    def extra(self, kind: str, mark: Any, message: str, fix: str) -> None:
        """One finding for each kind of extra: twenty aliases are one habit."""
        if kind not in self.seen:
            self.seen.add(kind)
            self.fault("yaml-extra", mark, message, fix)

    def build(self, text: str) -> Any:
        if " #" in text:
            self.hashes = {n: line for n, line in enumerate(text.split("\n")) if " #" in line}
        root: list[Any] = []
        stack: list[tuple[Any, str | None, dict[str, Any]]] = []
        container: Any = root
        key: str | None = None
        marks: dict[str, Any] = {}
        documents = 0
        escapes = "\\" in text
        event: Any = None
        parser = _Parser(text)
        next_event = parser.get_event
        try:
            while True:
                event = next_event()
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    value: Any = event.value
                    plain = not event.style
                    if event.tag is not None or event.anchor:
                        self.property(event)
                        plain = False
                    elif escapes and event.style == '"':
                        self.escaped(value, event)
                    if key is None and container.__class__ is dict:
                        key = value
                        if value in marks or value == "<<":
                            self.key(value, event, marks)
                        else:
                            marks[value] = event.start_mark
                        continue
                    if plain:
                        self.plain(value, event)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    if event.anchor or event.tag is not None:
                        self.property(event)
                    if len(stack) == MAX_DEPTH:
                        message = f"values are nested more than {MAX_DEPTH} levels deep"
                        self.extra("depth", event.start_mark, message, "remove the inner levels")
                        raise _Stop
                    if container.__class__ is dict and key is None:
                        message = "a list or a mapping stands where a field name belongs"
                        self.extra("key", event.start_mark, message, "write a plain field name")
                        raise _Stop
                    stack.append((container, key, marks))
                    container = {} if kind is yaml.MappingStartEvent else []
                    key, marks = None, {}
                    continue
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    value = container
                    container, key, marks = stack.pop()
                elif kind is yaml.AliasEvent:
                    message = f"{tick('*' + event.anchor)} repeats a value by reference"
                    self.extra("anchor", event.start_mark, message, "write the value out in full")
                    if container.__class__ is dict and key is None:
                        raise _Stop
                    value = ""
                elif kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        self.extra("documents", event.start_mark, *SECOND_DOCUMENT)
                        raise _Stop
                    continue
                elif kind is yaml.StreamEndEvent:
                    break
                else:
                    continue
                if container.__class__ is dict:
                    if key is not None:
                        container[key] = value
                        key = None
                else:
                    container.append(value)
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self.faults = _with_syntax(self.faults, explain(error, text, event))
            return None
        finally:
            parser.dispose()
        return root[0] if root else None

    def key(self, value: str, event: Any, marks: dict[str, Any]) -> None:
        """A field's name that merges other fields, or is there already."""
        if value == "<<" and event.implicit[0]:
            message = "`<<` merges another mapping into this one"
            self.extra("merge", event.start_mark, message, "write the fields out in full")
        elif value in marks:
            message = f"{tick(value)} is given twice, first in line {marks[value].line + 1}"
            fix = f"keep one {tick(value)} and remove the other"
            self.fault("duplicate-key", event.start_mark, message, fix)
        marks.setdefault(value, event.start_mark)

    def plain(self, value: str, event: Any) -> None:
        if self.hashes:
            end = event.end_mark
            if _COMMENT.match(self.hashes.get(end.line, ""), end.column):
                message = "what follows ` #` on this line is no text to YAML: it is not read"
                fix = "put the whole value in double quotes, or the comment on a line of its own"
                self.fault("unquoted-value", event.start_mark, message, fix)
                return
        match = re.fullmatch(_LOOKS_LIKE, value)
        if match is None or match.lastgroup is None:
            return
        if self.as_text and match["nothing"] is None:
            return
        kind = _KINDS[match.lastgroup]
        message = f"{tick(value)} without quotes is {kind} to other readers, not text"
        fix = f"write {quoted(value)}" if len(value) <= SHOWN else "put it in double quotes"
        if not value:
            message = f"a field without a value is {kind} to other readers, not text"
        if match["nothing"] is not None:
            fix = "write the value in double quotes, or remove the field"
        self.fault("unquoted-value", event.start_mark, message, fix)

    def escaped(self, value: str, event: Any) -> None:
        """An escape such as `\\0` can make a character that the file itself does not hold."""
        odd = next(odd_characters(value), None)
        if odd is not None:
            self.fault(odd.check, event.start_mark, odd.message, odd.fix)

    def property(self, event: Any) -> None:
        if event.anchor:
            anchor = tick("&" + event.anchor)
            message = f"{anchor} marks a value to be repeated by reference"
            fix = f"remove {anchor} and write repeated values out in full"
            self.extra("anchor", event.start_mark, message, fix)
        if event.tag is not None:
            message = f"the tag {tick(event.tag)} tells readers to turn text into something else"
            self.extra("tag", event.start_mark, message, "remove the tag and write plain text")


def parse(
    data: bytes, most: int = MAX_BYTES, *, as_text: bool = False
) -> tuple[Any, list[Diagnostic]]:
    """The nested text values of a YAML file (dict, list, str; None if empty), and its faults.

    Where there are faults the value is not to be used. With `as_text` a number or a date without
    quotes is no fault, but the text that stands there: what is written anew will have quotes.
    """
    text = decode(data, most)
    if not isinstance(text, str):
        return None, text
    if merge := unfinished_merge(text):
        return None, [merge]
    if "%" in text and (directive := _DIRECTIVE.match(text)):
        message = "a line beginning with `%` gives instructions to YAML readers"
        line = directive[0].count("\n") + 1
        return None, [refused("yaml-extra", line, 1, message, "remove the line")]
    builder = _Builder(as_text)
    value = builder.build(text)
    if not builder.faults:
        return value, []
    merge = unfinished_merge(text, certain=False)
    return value, [merge] if merge else _within(text, builder.faults)


def _within(text: str, faults: list[Diagnostic]) -> list[Diagnostic]:
    """The faults with their places; of a last line without line feed, the parser sees one more."""
    if not faults:
        return faults
    lines = text.split("\n")
    last, end = len(lines), len(lines[-1]) + 1
    return [each._replace(line=last, column=end) if each.line > last else each for each in faults]


def _with_syntax(faults: list[Diagnostic], syntax: Diagnostic) -> list[Diagnostic]:
    """The faults that do not come of the broken syntax, and the syntax unless it comes of them."""
    earlier = [fault for fault in faults if fault[1:3] < syntax[1:3]]
    return earlier if earlier and earlier[-1].line == syntax.line else [*earlier, syntax]


def places(data: bytes, most: int = MAX_BYTES, *, as_text: bool = False) -> dict[Keys, Places]:
    """Where each key and value of a file stands; nothing of a file that `parse` refuses."""
    # Composing recurses, so a file that changed since it was read is not tried.
    if parse(data, most, as_text=as_text)[1]:
        return {}
    node = yaml.compose(data.decode("utf-8"), Loader=_Loader)
    return dict(_walk((), node, node)) if node else {}


def _walk(keys: Keys, key: yaml.Node, node: yaml.Node) -> Iterator[tuple[Keys, Places]]:
    yield keys, Places(_place(key), _place(node))
    if isinstance(node, yaml.MappingNode):
        for inner_key, inner in node.value:
            yield from _walk((*keys, inner_key.value), inner_key, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, inner in enumerate(node.value):
            yield from _walk((*keys, index), inner, inner)


def _place(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)
