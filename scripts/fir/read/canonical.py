"""The canonical form of a file, read line by line: a shortcut past the YAML parser.

`fir fmt` writes only this small part of YAML: fields with a double-quoted text, a list of such
texts, a literal block, fields or a list of mappings below them, and comments in lines of their own.
What has this form means the same to every YAML reader, and is read before one could be loaded;
whatever has not is left to `yaml_text`, which also finds all faults. The two must agree on every
file that this one takes, in values and in places, and a property test says so.
"""

from __future__ import annotations

import re
from typing import Any

from fir.strict_yaml.characters import MAX_BYTES, Keys, Place, Places, decode

_LINE = re.compile(
    r"""(?P<indent>[ ]*) (?P<dash>-[ ])?
    (?:(?P<key>(?P<quote>"?)
        (?P<name>[A-Za-z][A-Za-z0-9_-]{0,60}(?:[ ][A-Za-z0-9_-]{1,60}){0,9})
    (?P=quote)):(?:[ ](?=.)|$))?
    (?P<value>"(?P<text>[^"\\]*)" | (?P<texts>\[(?:"[^"\\]*"(?:,[ ]"[^"\\]*")*)?\]) | \|)?""",
    re.VERBOSE,
)
_STEP = 2
_DEEPEST = 6 * _STEP


class _Other(Exception):
    """The file has another form."""


def read(data: bytes, most: int = MAX_BYTES) -> tuple[Any, dict[Keys, Places]] | None:
    """The values of a file in canonical form and their places; None if it has any other form."""
    text = decode(data, most)
    if not isinstance(text, str) or not text.endswith("\n"):
        return None
    try:
        reader = _Reader(text)
        return reader.document(), reader.places
    except _Other:
        return None


class _Reader:
    """Goes through the lines; `line` is the one where it stands, taken apart, None at the end."""

    def __init__(self, text: str) -> None:
        self.places: dict[Keys, Places] = {}
        self.lines = text.removesuffix("\n").split("\n")
        self.line: re.Match[str] | None = None
        self.at = self.indent = -1
        self.step()

    def step(self) -> None:
        """To the next line that is neither empty nor a comment."""
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line and not line.lstrip(" ").startswith("#"):
                return self.look()
            self.at += 1
        self.line, self.indent = None, -1

    def look(self) -> None:
        self.line = _LINE.fullmatch(self.lines[self.at])
        if self.line is None:
            raise _Other
        self.indent = len(self.line["indent"])

    def here(self, column: int) -> Place:
        return Place(self.at + 1, column + 1)

    def document(self) -> Any:
        if self.line is None:
            raise _Other
        self.places[()] = Places(self.here(0), self.here(0))
        alone = self.line["texts"] and not (self.line["key"] or self.line["dash"] or self.indent)
        value = self.texts(self.line, ()) if alone else self.below(0, ())
        if self.line is not None:
            raise _Other
        return value

    def below(self, indent: int, keys: Keys) -> Any:
        """The fields or the list that begin here."""
        if self.line is None or self.indent != indent or indent > _DEEPEST:
            raise _Other
        return self.items(indent, keys) if self.line["dash"] else self.fields(indent, keys)

    def fields(self, indent: int, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self.line and self.indent == indent and not self.line["dash"]:
            name = self.line["name"]
            if name is None or name in found:
                raise _Other
            found[name] = self.value(self.line, (*keys, name))
        return found

    def items(self, indent: int, keys: Keys) -> list[Any]:
        found: list[Any] = []
        while self.line and self.indent == indent and self.line["dash"]:
            inner = (*keys, len(found))
            here = self.here(indent + _STEP)
            self.places[inner] = Places(here, here)
            if self.line["key"]:  # the first field of a mapping stands beside the dash
                self.lines[self.at] = self.lines[self.at].replace("-", " ", 1)
                self.look()
                found.append(self.fields(indent + _STEP, inner))
            elif self.line["text"] is not None:
                found.append(self.line["text"])
                self.step()
            else:
                raise _Other
        return found

    def value(self, line: re.Match[str], keys: Keys) -> Any:
        """What follows the name of a field, or stands below it."""
        key = self.here(line.start("key"))
        inside = len(line["indent"]) + _STEP
        if line["value"] is None:
            self.step()
            self.places[keys] = Places(key, self.here(self.indent))
            return self.below(inside, keys)
        self.places[keys] = Places(key, self.here(line.start("value")))
        if line["texts"]:
            return self.texts(line, keys)
        if line["text"] is None:
            return self.block(" " * inside)
        self.step()
        return line["text"]

    def texts(self, line: re.Match[str], keys: Keys) -> list[str]:
        found = line["texts"][2:-2].split('", "') if len(line["texts"]) > 2 else []
        column = line.start("texts") + 1
        for index, text in enumerate(found):
            self.places[(*keys, index)] = Places(self.here(column), self.here(column))
            column += len(f'"{text}", ')
        self.step()
        return found

    def block(self, margin: str) -> str:
        begin = self.at + 1
        end = next(
            (
                number
                for number in range(begin, len(self.lines))
                if self.lines[number] and not self.lines[number].startswith(margin)
            ),
            len(self.lines),
        )
        lines = [line[len(margin) :] for line in self.lines[begin:end]]
        # Blanks before the text, or empty lines after it, depend on who reads them.
        if not lines or lines[0][:1] in ("", " ") or lines[-1][-1:] in ("", " "):
            raise _Other
        self.at = end - 1
        self.step()
        return "\n".join(lines) + "\n"
