"""The small pieces that pages are made of, as HTML: identifiers, badges, links, tables, contacts.

Each is a macro of `templates/components.html` and escapes what it is given, unless that is HTML of
ours already. Templates use them as filters. Free text never goes through Markdown; no piece carries
a `style` attribute or a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup, escape

from fir.answers import Firmware
from fir.answers.sentences import NO_NOTES, WORDS, CplNumber, Sentence
from fir.model import Entry, Manufacturer
from fir.site.edition import Edition, once_an_edition
from fir.site.entry_view import (
    SHAPES,
    first_listed,
    suggest_url,
    supply_url,
)
from fir.site.feeds import Feed
from fir.site.rendering import ENVIRONMENT, escaped, macro
from fir.site.wording import NO_RECORD, day

ROOT = "../../"
"""The way from the page of an entry, a Device Model or a manufacturer to the site's start."""
# A link as far as blanks, quotes or brackets go; no user name or port tricks before the first `/`.
_LINK = re.compile(
    r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?![\w@:]|\.\w)"
    r"(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]'-]*)?"
)
_CLOSING = {")": "(", "]": "["}
_MANY = 65536
"""Pieces worth remembering: a register has tens of thousands of versions and Device Models."""

# HTML and text may be equal as strings, so what is remembered is told apart by its type too.


_macro = partial(macro, "components.html")


# Text.


@lru_cache(maxsize=_MANY, typed=True)
def identifier(value: str) -> Markup:
    """Letters and digits to be read one by one, never broken by a line."""
    return _macro("identifier")(value)


@lru_cache(maxsize=_MANY, typed=True)
def by_bytes(value: str) -> Markup:
    """Hex with a margin after each byte; copied, it has no blanks."""
    return _macro("by_bytes")([value[at : at + 2] for at in range(0, len(value), 2)])


def external_link(url: str) -> Markup:
    """An https address as a link; anything else as the text it is."""
    return _macro("external_link")(url) if _LINK.fullmatch(url) else escape(url)


@lru_cache(maxsize=4096, typed=True)
def plain_text(text: str) -> Markup:
    """Free text as it was written: escaped, its line breaks kept by the style, https links made.

    What ends a sentence ends a link too, and so does a closing bracket that the link did not open.
    """
    parts = []
    end = 0
    for found in _LINK.finditer(text):
        url = _without_punctuation(found[0])
        if _LINK.fullmatch(url):  # cut back, it may be no address any more
            parts.append((text[end : found.start()], url))
            end = found.start() + len(url)
    return _macro("plain_text")([*parts, (text[end:], "")])


def _without_punctuation(url: str) -> str:
    while url:
        last = url[-1]
        opened = _CLOSING.get(last)
        if last in ".,;:!?'*" or (opened and url.count(opened) < url.count(last)):
            url = url[:-1]
        else:
            break
    return url


@lru_cache(maxsize=4096, typed=True)
def notes(text: str) -> Markup:
    """A block of free text, each line in its own direction of writing."""
    return _macro("notes")(plain_text(text.strip("\n")))


@lru_cache(maxsize=4096, typed=True)
def in_code(text: str) -> Markup:
    """A sentence of ours, with what stands in back-ticks set as code."""
    parts = [*re.split("`([^`]+)`", text), ""]
    return _macro("in_code")(list(zip(parts[::2], parts[1::2], strict=True)))


def phrase(words: str, *pieces: str) -> Markup:
    """Words of ours with a piece at each `{}`; no value of a record may stand among the words."""
    first, *others = _fixed(words)
    told = [first]
    for piece, fixed in zip(pieces, others, strict=True):
        told += (escaped(piece), fixed)
    return Markup("".join(told))


@cache
def _fixed(words: str) -> tuple[str, ...]:
    return tuple(escape(each) for each in words.split("{}"))


def sentence(said: Sentence, root: str) -> Markup:
    """A sentence about an answer, in which each firmware leads to its entry."""
    return phrase(said.words, *(_piece(each, root) for each in said.pieces))


def sentences(said: Iterable[Sentence], root: str) -> Markup:
    return Markup(" ").join(sentence(each, root) for each in said)


def _piece(piece: Firmware | CplNumber | str, root: str) -> str:
    if isinstance(piece, Firmware):
        return entry_link(piece.entry, root)
    return cpl_link(piece.number, root) if isinstance(piece, CplNumber) else piece


@lru_cache(maxsize=4096, typed=True)
def isolated(text: str) -> Markup:
    """Text whose direction of writing is its own."""
    return _macro("isolated")(text)


@lru_cache(maxsize=4096, typed=True)
def with_notes(value: str, *small: str) -> Markup:
    """A value and what is to be known of it in small type; empty notes are left out."""
    return _macro("with_notes")(value, small)


# Drawings and buttons.


@cache
def icon(name: str) -> Markup:
    """A drawing from the sheet of signs that every page carries."""
    return _macro("icon")(name)


@lru_cache(maxsize=4096, typed=True)
def badge(shape: str, word: str) -> Markup:
    """A drawing and a word in its colour, small enough for a row."""
    return _macro("badge")(shape, word)


def answer_badge(answer: str) -> Markup:
    return badge(SHAPES[answer], WORDS[answer])


@lru_cache(maxsize=_MANY, typed=True)
def cpl_badge(number: str) -> Markup:
    """A CPL number in a row, set like a number plate."""
    return _macro("cpl_badge")(number)


@cache
def fork_sign() -> Markup:
    """The drawing of an answer that nobody knows."""
    return _macro("fork_sign")()


def copy_button(value: str, what: str) -> Markup:
    """A button that copies; hidden where there is no script to do it."""
    return _macro("copy_button")(value, what)


def with_button(value: str, button: str) -> Markup:
    """A value with what can be done with it at the end of its line."""
    return _macro("with_button")(value, button)


def button(text: str, url: str) -> Markup:
    return _macro("button")(text, url)


def suggest_button(edition: Edition, path: str, subject: str) -> Markup:
    return button("Suggest a change", suggest_url(edition, path, subject))


# What holds other pieces.


class Section(NamedTuple):
    """A part of a page with its heading in the margin; the table of contents names it."""

    id: str
    title: str
    lead: str
    body: str


def section(part: Section) -> Markup:
    return _macro("section")(part)


def terms(rows: Iterable[tuple[str, str]]) -> Markup:
    """Labels and values; a row without a value is left out."""
    return _macro("terms")(rows)


@cache
def heads(names: tuple[str, ...]) -> Markup:
    """The head of a table; a name that begins with `#` stands over numbers.

    On a phone each row becomes a card, in which `data-l` says what a cell's head said.
    """
    return _macro("heads")(names)


def crumbs(steps: Iterable[str]) -> Markup:
    """Where the page stands: links, then its own name."""
    return _macro("crumbs")(steps)


@lru_cache(maxsize=4096, typed=True)
def version_change(name: str, before: str, after: str) -> Markup:
    return _macro("version_change")(name, before, after)


def inventory_strings(strings: Sequence[str]) -> Markup:
    """The identifiers of a device as the inventory shows them."""
    return _macro("inventory_strings")(strings)


def firmware_lines(firmware: Iterable[Firmware], root: str) -> Markup:
    """Firmware with its CPL number and its day, a line each; empty where there is none."""
    return _macro("firmware_lines")(
        [
            (entry_link(each.entry, root), each.entry.cpl_number, first_listed(each))
            for each in firmware
        ]
    )


def two_lines(first: str, second: str) -> Markup:
    return _macro("two_lines")(first, second)


def code(text: str) -> Markup:
    return _macro("code")(text)


def code_path(path: str, url: str) -> Markup:
    """The path of a file, which leads to where it can be read, if anywhere."""
    return _macro("code_path")(path, url)


class Remark(NamedTuple):
    """What must be known beside the answer: a title, what it means, and a list."""

    shape: str
    title: str
    said: str
    items: tuple[str, ...] = ()
    supply: str = ""
    """Where the missing record is supplied."""
    due: bool = False


def remark(said: Remark) -> Markup:
    return _macro("remark")(said)


def device_identifiers(cells: Iterable[tuple[str, str, str]], copied: str) -> Markup:
    """The parts of an identifier as on a type plate: kind, label and value of each."""
    return _macro("device_identifiers")(cells, copied)


# Links to other pages.


def internal_link(text: str, url: str) -> Markup:
    return _macro("internal_link")(text, url)


@lru_cache(maxsize=_MANY, typed=True)
def cpl_link(number: str, root: str) -> Markup:
    """A CPL number that leads to its entry."""
    return _macro("cpl_link")(number, root)


def entry_link(entry: Entry, root: str) -> Markup:
    """A firmware version that leads to its entry."""
    return _entry_link(entry.cpl_number, entry.firmware_version, root)


@lru_cache(maxsize=_MANY, typed=True)
def _entry_link(number: str, version: str, root: str) -> Markup:
    return _macro("entry_link")(number, by_bytes(version), root)


def version_link(firmware: Firmware, this: Firmware, root: str) -> Markup:
    """A firmware version; it leads to its entry unless it is this one."""
    return by_bytes(firmware.version) if firmware is this else entry_link(firmware.entry, root)


@lru_cache(maxsize=_MANY, typed=True)
def model_link(model: str, root: str) -> Markup:
    """A Device Model that leads to its page."""
    return _macro("model_link")(model, root)


@once_an_edition
def issue_link(edition: Edition, version: str, root: str) -> Markup:
    """A CPL issue that leads to what it did, where that is told."""
    issue = edition.issues.by_version.get(version)
    return _macro("internal_link")(version, root + issue.place) if issue else escape(version)


def manufacturer_link(manufacturer: Manufacturer, root: str) -> Markup:
    return _manufacturer_link(manufacturer.slug, manufacturer.name, root)


@lru_cache(maxsize=4096, typed=True)
def _manufacturer_link(slug: str, name: str, root: str) -> Markup:
    return _macro("manufacturer_link")(slug, name, root)


def manufacturer_names(edition: Edition, entry: Entry) -> Markup:
    """The names of the companies the entry may be of; empty where none is known."""
    return _macro("manufacturer_names")([maker.name for maker in edition.makers(entry)])


def add_record_link(entry: Entry, root: str) -> Markup:
    """A link to where the record of an entry is made, named for those who only hear it."""
    return _macro("add_record_link")(entry.cpl_number, supply_url(entry, root))


def machine_links(feed: Feed, what: str, file: str, root: str) -> Markup:
    """Links to a feed, named by what it is of, and to a file of the API."""
    return _macro("machine_links")(feed.path, what, file, root)


def follow(feed: Feed, what: str, file: str, root: str) -> Section:
    """Where machines read what a page says, and how to be told when it changes."""
    body = _macro("paragraph")(machine_links(feed, what, file, root))
    return Section("follow", "Follow", "New firmware and changes, told to a feed reader", body)


ENVIRONMENT.globals.update(NO_RECORD=NO_RECORD, NO_NOTES=NO_NOTES)
ENVIRONMENT.filters.update(
    identifier=identifier,
    by_bytes=by_bytes,
    notes=notes,
    sentence=sentence,
    in_code=in_code,
    icon=icon,
    badge=badge,
    cpl_badge=cpl_badge,
    copy_button=copy_button,
    remark=remark,
    section=section,
    terms=terms,
    heads=heads,
    crumbs=crumbs,
    cpl_link=cpl_link,
    model_link=model_link,
    manufacturer_link=manufacturer_link,
    add_record_link=add_record_link,
    day=day,
)
