"""The page of one CPL entry: the answer first, then what it takes to act on it."""

from __future__ import annotations

from fir.answer.words import WORDS, sentence
from fir.model import Entry
from fir.publish.contact import company, suggest
from fir.publish.edition import Edition
from fir.publish.entry_answer import sign
from fir.publish.entry_details import details, plate
from fir.publish.entry_history import history
from fir.publish.entry_remarks import basis, remarks
from fir.publish.entry_sections import sections
from fir.publish.entry_supply import lacks_record
from fir.publish.feeds import feeds_of_entry
from fir.publish.markup import by_bytes, crumbs, esc, identifier, section
from fir.publish.page import Page
from fir.publish.shown import ROOT, Shown, show
from fir.publish.sign import product, to_model


def entry_page(edition: Edition, entry: Entry) -> Page:
    page = show(edition, entry)
    number = entry.cpl_number
    parts = [*sections(page), *details(page), *history(page)]
    name = product(edition, entry)
    answer = WORDS[page.answer.answer]
    content = "".join(
        (
            _crumbs(page),
            f'<h1 id="content">CPL {identifier(number)}: <bdi>{esc(name)}</bdi>, '
            f"firmware {by_bytes(entry.firmware_version)}</h1>",
            sign(page),
            basis(page),
            remarks(page),
            plate(page),
            *map(section, parts),
        )
    )
    path = page.record.path if page.record else ""
    button = suggest(edition, path, f"CPL entry {number}")
    if lacks_record(page):
        button = '<a class="btn" href="#supply">Supply this record</a>'
    return Page(
        url=f"cpl/{number}/",
        shell="cpl/_shell/",
        title=f"CPL {number}: {answer.lower()}",
        description=f"{answer}. {entry.device.device_model}, firmware {entry.firmware_version}. "
        f"{sentence(page.answer, edition.snapshot)}",
        content=content,
        contents=(("answer", "Answer"), *((part.id, part.title) for part in parts)),
        suggest=button,
        feeds=tuple(feeds_of_entry(edition, entry)),
    )


def _crumbs(page: Shown) -> str:
    makers = page.edition.makers(page.entry)
    known = [company(makers[0], ROOT)] if len(makers) == 1 else []
    steps = (f'<a href="{ROOT}manufacturers/">Manufacturers</a>', *known)
    return crumbs(*steps, to_model(page.entry.device.device_model, ROOT), page.entry.cpl_number)
