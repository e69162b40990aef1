"""How a value, a name or a near miss is put into a message; used by reader and checks alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

SHOWN = 60


def visible(text: str) -> str:
    """The text with every character that could move a cursor or hide itself written as `\\u202e`.

    Messages reach terminals, logs and web pages: what an attacker put into a file name or a value
    must arrive as letters.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\n":
        return "\\n"
    category = unicodedata.category(character)
    if category[0] == "C" or (category[0] == "Z" and character != " "):
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def tick(value: object) -> str:
    """A literal in back-ticks, on one line, shortened in the middle of nowhere it matters."""
    text = visible(str(value)).replace("`", "'")
    if len(text) > SHOWN:
        text = text[: SHOWN - 1] + "…"
    return f"`{text}`"


def quoted(value: str) -> str:
    """The value as one would type it into YAML, in double quotes."""
    text = visible(value).replace("\\", "\\\\") if value.isprintable() else visible(value)
    return '"' + text.replace('"', '\\"') + '"'


def shell(*words: str) -> str:
    """A command as one would type it."""
    import shlex  # as slow to load as it is seldom needed

    return shlex.join(words)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    import difflib  # slow to load, and needed only where something is wrong

    found = difflib.get_close_matches(word[:SHOWN].strip().lower(), list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def either(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = list(words)
    return f"{', '.join(first)} or {last}" if first else last
