"""The canonical YAML text of a record, a manufacturer, the waivers or the snapshot.

Values are text, lists and mappings, as the strict reader yields them, and keys come in the order
the caller gives. Every string is double-quoted, so that no reader can take `0005` for a number;
several lines of text become a literal block, which reads back to the character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

STEP = "  "

# What a reader may refuse, alter or not show: control characters, the line breaks that only some
# readers know, and characters without a shape of their own. Listed, not asked of Python, whose
# idea of "printable" changes with its version.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*\Z")
# Words that a YAML 1.1 reader takes for a boolean or null, even as a key.
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def to_yaml(value: Mapping[str, Value] | Sequence[Value], schema: str | None = None) -> str:
    """The document, ending in a line feed; `schema` is what editors are told in the first line."""
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    if not value:
        body = ["{}" if isinstance(value, Mapping) else "[]"]
    elif isinstance(value, Mapping):
        body = list(_mapping(value, ""))
    else:
        body = list(_items(value, ""))
    return "\n".join([*head, *body]) + "\n"


def _mapping(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, item in value.items():
        name = f"{indent}{_key(key)}:"
        if isinstance(item, str):
            yield f"{name} {_text(item, indent + STEP)}"
        elif _is_flow(item):
            yield f"{name} {_flow(item)}"
        elif isinstance(item, Mapping):
            yield name
            yield from _mapping(item, indent + STEP)
        else:
            yield name
            yield from _items(item, indent + STEP)


def _items(items: Sequence[Value], indent: str) -> Iterator[str]:
    """A block list; the first key of a mapping stands beside its dash."""
    for item in items:
        if isinstance(item, Mapping) and item:
            first, *rest = _mapping(item, indent + STEP)
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {_flow(item)}"


def _is_flow(item: Sequence[Value] | Mapping[str, Value]) -> bool:
    return not item or (
        not isinstance(item, Mapping) and all(isinstance(member, str) for member in item)
    )


def _flow(item: Value) -> str:
    if isinstance(item, str):
        return quoted(item)
    if isinstance(item, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(value)}" for key, value in item.items()) + "}"
    return "[" + ", ".join(_flow(member) for member in item) + "]"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.match(key) and key.lower() not in _NOT_TEXT else quoted(key)


def _text(text: str, indent: str) -> str:
    """A literal block for several lines, wherever that reads back as the same text."""
    body = text.rstrip("\n")
    if "\n" not in text or not body or _HIDDEN.search(text):
        return quoted(text)
    # Without this a reader would guess the indentation from a line that has blanks of its own.
    width = str(len(STEP)) if text[0] in " \t\n" else ""
    chomp = {0: "-", 1: ""}.get(len(text) - len(body), "+")
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([f"|{width}{chomp}", *(indent + line if line else "" for line in lines)])


def quoted(text: str) -> str:
    """Double-quoted on one line; what cannot be seen is written as an escape."""
    return _HIDDEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
