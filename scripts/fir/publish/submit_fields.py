"""Fields of a form in HTML: label and hint are the title and the description of the schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from fir.model import Shapes
from fir.publish.markup import esc
from fir.read.text import Keys

_KIND = "submission"
_FORMS = ("One line of ", "One of ", "A real day ")
_CODE = 'class="code" spellcheck="false" autocapitalize="characters"'


class Field(NamedTuple):
    """A field by the way to it in a submission, such as `contact.email`."""

    name: str
    control: str = "text"
    """A kind of input, `code` for an identifier, or `lines`, `choice`, `radio`."""
    label: str = ""
    """Where the title would say too little, or too much."""
    hint: bool | str = True
    complete: str = "off"
    """What a browser may fill in."""

    @property
    def keys(self) -> Keys:
        return tuple(int(part) if part.isdecimal() else part for part in self.name.split("."))

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-')}"


def field(shapes: Shapes, of: Field) -> str:
    """Label, hint, control, and where it is said what is wrong with the value."""
    schema = shapes.field(_KIND, of.keys)
    label = of.label or esc(schema["title"])
    hint = _meaning(schema["description"]) if of.hint is True else of.hint or ""
    told = f'<p class="hint" id="{of.id}-hint">{hint}</p>' if hint else ""
    if of.control == "radio":
        return _radios(of, label, told, schema["enum"])
    described = f"{of.id}-hint {of.id}-said" if hint else f"{of.id}-said"
    return (
        f'<div class="fld" data-of="{of.name}"><label for="{of.id}">{label}</label>{told}'
        f"{_control(of, schema, described)}{_said(of)}</div>"
    )


def _meaning(description: str) -> str:
    """What a field is for, without the form of its text, which the page sees to."""
    form, colon, meaning = description.partition(": ")
    if not colon or not form.startswith(_FORMS):
        return esc(description)
    return esc(f"{meaning[:1].upper()}{meaning[1:]}")


def fields(shapes: Shapes, several: Iterable[Field], kind: str = "grid2") -> str:
    return f'<div class="{kind}">{"".join(field(shapes, each) for each in several)}</div>'


def _control(of: Field, schema: dict[str, Any], described: str) -> str:
    same = (
        f'id="{of.id}" name="{of.name}" autocomplete="{of.complete}" aria-describedby="{described}"'
    )
    if of.control == "lines":
        rows = 7 if of.name == "release_notes" else 3
        return f'<textarea {same} rows="{rows}"></textarea>'
    if of.control == "choice":
        options = "".join(f"<option>{esc(each)}</option>" for each in schema["enum"])
        return f'<select {same}><option value="">Choose</option>{options}</select>'
    if of.control == "code":
        return f'<input type="text" {same} {_CODE}>'
    return f'<input type="{of.control}" {same}>'


def _radios(of: Field, label: str, hint: str, choices: Iterable[str]) -> str:
    told = "".join(
        f'<label class="chk"><input type="radio" name="{of.name}" value="{value}"'
        f"{'' if value else ' checked'}><span>{words}</span></label>"
        for value, words in (("", "Not stated"), *((each, _spaced(each)) for each in choices))
    )
    return (
        f'<fieldset data-of="{of.name}"><legend class="vh">{label}</legend>{hint}{told}</fieldset>'
    )


def _spaced(choice: str) -> str:
    words = choice.replace("-", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _said(of: Field) -> str:
    return f'<div class="said" id="{of.id}-said"></div>'
