"""The canonical form of a record, read by one pattern: a shortcut past the YAML parser.

`fir fmt` writes only this small part of YAML: fields with a double-quoted text, a list of such
texts, a literal block, or one level of fields. What matches means the same to every YAML reader,
and is read eight times faster; whatever does not match is left to `yaml_text`, which also finds
all faults. The two must agree on every file that this one takes, and a property test says so.
"""

from __future__ import annotations

import re

from fir.read.text import MAX_BYTES

Value = str | list[str] | dict[str, str]

_TEXT = r'"[^"\\\n]*"'
# Tried at the start of a line only: one word of 64 KiB would take minutes from every letter.
_ITEM = re.compile(
    rf"""^(([a-z][a-z_]*):(?:
        [ ]({_TEXT})\n
      | [ ](\[(?:{_TEXT}(?:,[ ]{_TEXT})*)?\])\n
      | [ ]\|\n([ ][ ][^ \n][^\n]*\n(?:(?:[ ][ ][^\n]*)?\n)*)
      | \n((?:[ ][ ][a-z][a-z_]*:[ ]{_TEXT}\n)+)
    ))""",
    re.VERBOSE | re.MULTILINE,
)
_MODELINE = re.compile(r"# yaml-language-server:[ -~]*\n")
_FIELD = re.compile(r'  ([a-z_]+): "([^"\n]*)"\n')
_PRINTABLE = bytes([10, *range(32, 127)])


def read(data: bytes) -> dict[str, Value] | None:
    """The values of a file in canonical form, or None where it is in any other form."""
    if len(data) > MAX_BYTES or data.translate(None, _PRINTABLE):
        return None
    text = data.decode("ascii")
    modeline = _MODELINE.match(text)
    left = len(text) - (modeline.end() if modeline else 0)
    found: dict[str, Value] = {}
    for whole, key, quoted, listed, block, fields in _ITEM.findall(text, len(text) - left):
        left -= len(whole)
        if key in found:
            return None
        if quoted:
            found[key] = quoted[1:-1]
        elif listed:
            found[key] = listed[2:-2].split('", "') if len(listed) > 2 else []
        elif fields:
            pairs = _FIELD.findall(fields)
            found[key] = dict(pairs)
            if len(found[key]) < len(pairs):
                return None
        elif block.endswith(("\n\n", " \n")):  # what trails depends on who reads it
            return None
        else:
            found[key] = block[2:].replace("\n  ", "\n")
    # Every character is part of an item, or the file holds something else.
    return found if found and left == 0 else None
