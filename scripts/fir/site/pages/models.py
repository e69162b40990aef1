"""Every Device Model by manufacturer identifier, each with its latest firmware: all plain links."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from fir.model import Manufacturer
from fir.site.edition import Edition
from fir.site.entry_rows import latest_firmware
from fir.site.pages.device_model import line_name, product_of
from fir.site.rendering import render
from fir.site.shell import Page

_ROOT = "../"


class Model(NamedTuple):
    """A Device Model, with the latest of each of its lines, which are named if they are several."""

    model: str
    product: str
    latest: list[tuple[str, Markup]]
    firmwares: str
    entries: str


class Group(NamedTuple):
    """The Device Models of one manufacturer identifier, and who uses it."""

    identifier: str
    makers: tuple[Manufacturer, ...]
    rows: list[Model]


def models_page(edition: Edition) -> Page:
    groups: dict[str, list[Model]] = {}
    for model, lines in edition.models.items():
        row = _model(edition, model)
        groups.setdefault(lines[0].line.manufacturer_identifier, []).append(row)
    told = [Group(each, edition.users.get(each, ()), rows) for each, rows in groups.items()]
    content = render("models.html", root=_ROOT, groups=told)
    return Page(url="models/", shell="models/", content=content)


def _model(edition: Edition, model: str) -> Model:
    lines = edition.models[model]
    firmware = [each for history in lines for each in history.firmware]
    latest = [
        (line_name(each, lines) if len(lines) > 1 else "", latest_firmware(each, _ROOT))
        for each in lines
    ]
    entries = sum(len(each.entries) for each in firmware)
    product = product_of(edition, lines)
    return Model(model, product, latest, f"{len(firmware):,}", f"{entries:,}")
