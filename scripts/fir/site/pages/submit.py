"""`/submit/` as it is before a script runs: the form, and the ways that need no script."""

from __future__ import annotations

from typing import NamedTuple

from fir.model import Shapes
from fir.site.browser_data.find_index import index_version, version_of
from fir.site.browser_data.submit import submit_data
from fir.site.edition import Edition
from fir.site.rendering import render
from fir.site.shell import Page

_KIND = "submission"
_DEVICE = "entries.0.device"
# How the schema begins to describe a text whose form the page itself sees to.
_FORMS = ("One line of ", "One of ", "A real day ")


class Field(NamedTuple):
    """A field of the form, under the way to it in a submission, such as `contact.email`."""

    name: str
    control: str
    """A kind of input, `code` for an identifier, or `lines`, `choice`, `radio`."""
    label: str
    hint: str
    complete: str
    """What a browser may fill in."""
    choices: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-')}"

    @property
    def rows(self) -> int:
        return 7 if self.name == "release_notes" else 3


class _Form:
    """Label and hint are the title and the description of the schema, where the page has none."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes

    def field(
        self,
        name: str,
        control: str = "text",
        label: str = "",
        hint: str | None = None,
        complete: str = "off",
    ) -> Field:
        keys = [int(part) if part.isdecimal() else part for part in name.split(".")]
        schema = self._shapes.field(_KIND, keys)
        if hint is None:
            hint = _meaning(schema["description"])
        choices = tuple(schema["enum"]) if control in ("choice", "radio") else ()
        return Field(name, control, label or schema["title"], hint, complete, choices)


def _meaning(description: str) -> str:
    """What a field is for, without the form of its text, which the page sees to."""
    form, colon, meaning = description.partition(": ")
    if not colon or not form.startswith(_FORMS):
        return description
    return f"{meaning[:1].upper()}{meaning[1:]}"


def submit_page(edition: Edition) -> Page:
    form, policy = _Form(edition.repository.shapes), edition.repository.policy
    content = render(
        "submit.html",
        index=index_version(edition),
        form=version_of(submit_data(edition)),
        panel_name=policy.panel_name,
        panel_email=policy.panel_email,
        device_type=form.field(f"{_DEVICE}.type", "choice"),
        device=_device(form),
        firmware=form.field(
            f"{_DEVICE}.firmware_version",
            "code",
            hint="From your own release papers, not from this site: the two are compared, so that "
            "a wrong digit shows now. Eight hexadecimal digits.",
        ),
        notes=form.field(
            "release_notes",
            "lines",
            "Release notes",
            "Your own words, as plain text. Everyone can read them, so nothing confidential.",
        ),
        company=form.field(
            "new_manufacturer.name", label="Company", hint="", complete="organization"
        ),
        contact=_contact(form),
        outage_alert=form.field(
            "outage_alert_on_activation",
            "radio",
            "Power outage alerts when the firmware is activated",
        ),
        outage_note=form.field("outage_note"),
        release=(form.field("released_on", "date"), form.field("entries.0.product_name")),
        notes_url=form.field("release_notes_url", "url"),
        submitter=form.field("submitter"),
    )
    return Page(url="submit/", shell="submit/", content=content)


def _device(form: _Form) -> tuple[Field, ...]:
    names = ("manufacturer_identifier", "model_identifier", "hardware_version", "hardware_revision")
    return (
        *(form.field(f"{_DEVICE}.{name}", "code") for name in names),
        form.field("entries.0.smets_chts_version", label="SMETS or CHTS version, if you know it"),
        form.field("entries.0.gbcs_version", label="GBCS version, if you know it"),
    )


def _contact(form: _Form) -> tuple[Field, ...]:
    address = "contact.address"
    lines = "Building and street, up to four lines."
    return (
        form.field("contact.email", "email", hint="", complete="email"),
        form.field("contact.telephone", "tel", hint="", complete="tel"),
        form.field(f"{address}.lines", "lines", hint=lines, complete="street-address"),
        form.field(f"{address}.locality", hint="", complete="address-level2"),
        form.field(f"{address}.postal_code", hint="", complete="postal-code"),
        form.field(f"{address}.country", "choice", hint="", complete="country"),
        form.field("website", "url", label="Website, if you like", hint="", complete="url"),
    )
