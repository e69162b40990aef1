"""Pieces of pages for modules that still make HTML in Python: their text counts as HTML already."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from fir.model import Contact
from fir.site import components, wording
from fir.site.components import Section

Pairs = Iterable[tuple[str, str]]


def esc(value: str) -> str:
    """Text as HTML, safe between tags and within a quoted attribute; HTML stays as it is."""
    return f"{escape(value)}"


def day(iso: str) -> str:
    return esc(wording.day(iso))


def badge(shape: str, word: str) -> str:
    return _text(components.badge(shape, Markup(word)))


def large_badge(shape: str, word: str, said: str, beside: str, facts: Pairs) -> str:
    return _text(
        components.large_badge(shape, Markup(word), Markup(said), Markup(beside), _pairs(facts))
    )


def contact_terms(contact: Contact, beside: Pairs = ()) -> str:
    return _text(components.contact_terms(contact, _pairs(beside)))


def terms(rows: Pairs) -> str:
    return _text(components.terms(_pairs(rows)))


def with_button(value: str, button: str) -> str:
    return _text(components.with_button(Markup(value), Markup(button)))


def table(heads: Iterable[str], rows: str, kind: str = "") -> str:
    return _text(components.table([Markup(head) for head in heads], Markup(rows), kind))


def section(part: Section) -> str:
    return _text(components.section(Section(*map(Markup, part))))


def numbers(cells: Iterable[tuple[str, str, str]]) -> str:
    return _text(components.numbers((Markup(a), Markup(b), Markup(c)) for a, b, c in cells))


def crumbs(*steps: str) -> str:
    return _text(components.crumbs(map(Markup, steps)))


def _pairs(rows: Pairs) -> list[tuple[Markup, Markup]]:
    return [(Markup(label), Markup(value)) for label, value in rows]


def _text(made: Markup) -> str:
    """Plain text again: added to HTML that Python made, `Markup` would escape it."""
    return f"{made}"
