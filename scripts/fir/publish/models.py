"""Every Device Model by manufacturer identifier, each with its latest firmware: all plain links."""

from __future__ import annotations

from collections.abc import Iterable

from fir.publish.contact import company
from fir.publish.device_model import product_of
from fir.publish.edition import Edition
from fir.publish.latest import latest
from fir.publish.markup import esc, identifier, table
from fir.publish.model_answer import line_name
from fir.publish.page import Page
from fir.publish.sign import to_model

_ROOT = "../"


def models_page(edition: Edition) -> Page:
    groups: dict[str, list[str]] = {}
    for model, lines in edition.models.items():
        groups.setdefault(lines[0].line.manufacturer_identifier, []).append(model)
    jumps = "".join(
        f'<li><a class="pn" href="#{esc(stated)}">{esc(stated)}</a>'
        f" {_makers(edition, stated, link=False)}</li>"
        for stated in groups
    )
    content = "".join(_group(edition, stated, models) for stated, models in groups.items())
    return Page(
        url="models/",
        shell="models/",
        content=f'<nav aria-label="Manufacturer identifiers"><ul class="jumps">{jumps}</ul></nav>'
        f"{content}",
    )


def _makers(edition: Edition, stated: str, *, link: bool) -> str:
    makers = edition.users.get(stated, ())
    told = [company(each, _ROOT) if link else f"<bdi>{esc(each.name)}</bdi>" for each in makers]
    return " or ".join(told) or "no contact yet"


def _group(edition: Edition, stated: str, models: Iterable[str]) -> str:
    told = table(
        ("Device Model", "Product", "Latest", "#Firmwares", "#Entries"),
        "".join(_row(edition, model) for model in models),
        "models",
    )
    return (
        f'<section class="sec" id="{esc(stated)}"><header><h2>{identifier(stated)}</h2>'
        f"<p>{_makers(edition, stated, link=True)}</p></header><div>{told}</div></section>"
    )


def _row(edition: Edition, model: str) -> str:
    lines = edition.models[model]
    firmware = [each for history in lines for each in history.firmware]
    named = len(lines) > 1
    newest = "".join(
        f'<div class="each">{f"<small>{line_name(each, lines)}</small>" if named else ""}'
        f"{latest(each, _ROOT)}</div>"
        for each in lines
    )
    return (
        f'<tr><th scope="row">{to_model(model, _ROOT)}</th>'
        f'<td data-l="">{esc(product_of(edition, lines))}</td>'
        f'<td data-l="Latest">{newest}</td>'
        f'<td class="n" data-l="Firmwares">{len(firmware):,}</td>'
        f'<td class="n" data-l="Entries">{sum(len(each.entries) for each in firmware):,}</td></tr>'
    )
