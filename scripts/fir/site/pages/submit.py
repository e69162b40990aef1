"""`/submit/` as it is before a script runs: the form, and the roads that need no script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from fir.model import Shapes
from fir.site.browser_data.find_index import index_version, version_of
from fir.site.browser_data.submit import submit_data
from fir.site.components import icon
from fir.site.edition import Edition
from fir.site.html import esc
from fir.site.shell import Page
from fir.strict_yaml.characters import Keys

# Fields of a form in HTML: label and hint are the title and the description of the schema.

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


GUIDE = "../guides/manufacturers/"
_DEVICE = "entries.0.device"


def submit_page(edition: Edition) -> Page:
    versions = (
        f'data-index="{index_version(edition)}" data-form="{version_of(submit_data(edition))}"'
    )
    shapes = edition.repository.shapes
    steps = "".join(
        _step(*each)
        for each in (
            ("entry", "Which entry?", _entry(shapes)),
            ("firmware", "Type the firmware version", _firmware(edition)),
            ("release", "Same release, other entries", '<div class="list"></div>'),
            ("notes", "What changed?", _notes(shapes)),
            ("contact", "Contact to publish", _contact(shapes)),
            ("more", "More, if you know it", _more(shapes)),
        )
    )
    content = (
        f'<div id="submit" {versions}>{_without_script(edition)}'
        f'<form class="submission" novalidate hidden><div class="steps-of">{steps}</div>'
        f'<aside class="side" aria-label="Before you send"></aside></form></div>'
    )
    return Page(url="submit/", shell="submit/", content=content)


def _step(name: str, title: str, body: str) -> str:
    return (
        f'<section class="step" id="step-{name}" aria-labelledby="step-{name}-is">'
        f'<span class="no" aria-hidden="true"></span><div>'
        f'<h2 id="step-{name}-is">{title}</h2>{body}</div></section>'
    )


def _without_script(edition: Edition) -> str:
    policy = edition.repository.policy
    panel = f'<a href="mailto:{esc(policy.panel_email)}">write to the {esc(policy.panel_name)}</a>'
    return (
        '<div class="scriptless"><p>This form works in your browser, with JavaScript, which is '
        "off. A record needs the "
        "CPL number, the firmware version from your own papers, release notes, and a company’s "
        'email, telephone and address. These ways need no script:</p><ul class="bullets">'
        f'<li><a href="{GUIDE}#form">The form you fill in anyway</a>, with an email: {panel}.</li>'
        f'<li><a href="{GUIDE}#table">A table</a>, a row a record, for many entries.</li>'
        f'<li><a href="{GUIDE}#issue">An issue</a>, or <a href="{GUIDE}#git">git</a>, where this '
        "repository is kept.</li></ul></div>"
    )


def _entry(shapes: Shapes) -> str:
    names = ("manufacturer_identifier", "model_identifier", "hardware_version", "hardware_revision")
    device = fields(
        shapes,
        (
            *(Field(f"{_DEVICE}.{name}", "code") for name in names),
            Field("entries.0.smets_chts_version", label="SMETS or CHTS version, if you know it"),
            Field("entries.0.gbcs_version", label="GBCS version, if you know it"),
        ),
    )
    form = "“CPL - New Entry”"
    device_type = field(shapes, Field(f"{_DEVICE}.type", "choice"))
    return (
        '<div class="fld" data-of="entries.0.cpl_number"><label for="f-number">CPL number</label>'
        '<p class="hint" id="f-number-hint">Six digits. Not at hand? Type a product or a Device '
        "Model, and pick.</p>"
        '<input type="text" id="f-number" name="number" class="code" autocomplete="off" '
        'spellcheck="false" aria-describedby="f-number-hint f-number-said">'
        '<div class="said" id="f-number-said" role="status"></div><ul class="picks"></ul></div>'
        '<div class="drop"><p><b>Have the filled-in form?</b> Drop the '
        f"{form} workbook here, or choose it: most of this fills itself in.</p>"
        '<div class="does"><input type="file" id="f-file" class="vh" accept=".xlsx,.xlsm">'
        '<label class="btn" for="f-file">Choose a file</label></div></div>'
        '<div class="said" id="f-file-said" role="status"></div>'
        '<p class="unlisted"><label class="chk"><input type="checkbox" name="unlisted">'
        "<span>The list has no number for it yet</span></label></p>"
        f'<div class="device" hidden>{device_type}{device}</div>'
    )


def _firmware(edition: Edition) -> str:
    hint = (
        "From your own release papers, not from this site: the two are compared, so that a wrong "
        "digit shows now. Eight hexadecimal digits."
    )
    name = f"{_DEVICE}.firmware_version"
    of = Field(name, "code", hint=hint)
    typed = field(edition.repository.shapes, of)
    cells = '<div class="cells" aria-hidden="true"></div>'
    return typed.replace("<input", f'<div class="typed">{cells}<input', 1).replace(
        '<div class="said"', '</div><div class="said" role="status"', 1
    )


def _notes(shapes: Shapes) -> str:
    hint = "Your own words, as plain text. Everyone can read them, so nothing confidential."
    return field(shapes, Field("release_notes", "lines", "Release notes", hint))


def _contact(shapes: Shapes) -> str:
    company = Field("new_manufacturer.name", label="Company", hint=False, complete="organization")
    contact = (
        Field("contact.email", "email", hint=False, complete="email"),
        Field("contact.telephone", "tel", hint=False, complete="tel"),
        Field(
            "contact.address.lines", "lines", hint="Building and street, up to four lines.",
            complete="street-address",
        ),
        Field("contact.address.locality", hint=False, complete="address-level2"),
        Field("contact.address.postal_code", hint=False, complete="postal-code"),
        Field("contact.address.country", "choice", hint=False, complete="country"),
        Field("website", "url", label="Website, if you like", hint=False, complete="url"),
    )  # fmt: skip
    return (
        '<p class="hint whose"></p><div class="fld makers" hidden><label for="f-maker">Manufacturer'
        '</label><select id="f-maker" name="maker"></select></div><div class="published"></div>'
        '<label class="chk changed" hidden><input type="checkbox" name="changed">'
        "<span>This has changed</span></label>"
        '<p class="hint remark-on" role="status"></p>'
        f'<div class="to-publish" hidden>{field(shapes, company)}{fields(shapes, contact)}</div>'
    )


def _more(shapes: Shapes) -> str:
    alert = Field(
        "outage_alert_on_activation", "radio", "Power outage alerts when the firmware is activated"
    )
    parts = (
        ("May be installed directly over…", '<div class="upgrades"></div>'),
        (
            "Does starting it raise an outage alert?",
            field(shapes, alert) + field(shapes, Field("outage_note")),
        ),
        (
            "Release date, product name, link",
            fields(shapes, (Field("released_on", "date"), Field("entries.0.product_name")))
            + field(shapes, Field("release_notes_url", "url")),
        ),
        ("You send it for a manufacturer", field(shapes, Field("submitter"))),
    )
    folded = "".join(
        f"<details><summary>{icon('chev')}{title}</summary><div>{body}</div></details>"
        for title, body in parts
    )
    correct = f'<a href="{GUIDE}#correct">how published notes are corrected</a>'
    return (
        f'<p class="hint">Optional, and what suppliers ask for most.</p>{folded}'
        f'<p class="hint after">Not here: {correct}, and how firmware is withdrawn.</p>'
    )
