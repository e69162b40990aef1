"""Values become HTML: the one Jinja2 environment of the site, where every value is escaped.

HTML stands in `templates/` and nowhere else. A template is read once and its line breaks and
indentation are not put out: a page holds no white space that a reader does not see. Where two
pieces need a blank between them, both stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, nodes
from markupsafe import Markup, escape

from fir.report import many

TEMPLATES = Path(__file__).parent / "templates"
_BREAK = re.compile(r"\n\s*")
_SPECIAL = re.compile("[&<>\"']").search  # most values have none, and looking is quick
# Characters that no XML document may hold, however they are written.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Loader(BaseLoader):
    """Templates of this package, without the white space that only orders them."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = TEMPLATES / template
        if not path.is_file():
            raise TemplateNotFound(template)
        source = _BREAK.sub("", path.read_text(encoding="utf-8"))
        return source, str(path), lambda: True


class _Environment(Environment):
    """Templates escape by `escaped`: what is HTML already, as most pieces are, is not made anew."""

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        made = super()._generate(source, name, filename, defer_init)
        return f"{made}\nfrom {__name__} import escaped as escape\n"


def escaped(value: object) -> str:
    """What markupsafe's `escape` gives, but text that needs no escape stays plain text."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL(value)):
        return value
    return escape(value)


ENVIRONMENT = _Environment(
    loader=_Loader(), autoescape=True, undefined=StrictUndefined, auto_reload=False, cache_size=-1
)
ENVIRONMENT.policies["json.dumps_kwargs"] = {"allow_nan": False}


def xml(text: str) -> Markup:
    """Text as XML; a reader gets back every character that XML can hold."""
    escaped = escape(_NO_XML.sub("\ufffd", text))
    return escaped.replace("\r", Markup("&#13;")) if "\r" in text else escaped


def thousands(number: int) -> str:
    """`1234` as `1,234`."""
    return f"{number:,}"


ENVIRONMENT.filters.update(xml=xml, thousands=thousands, many=many)


def template(name: str) -> Template:
    """A template of `templates/`, such as `entry.html`; compiled once in a process."""
    return ENVIRONMENT.get_template(name)


def compile_templates() -> None:
    """All of them at once, before pages are shared among processes that would each do it again."""
    for path in TEMPLATES.iterdir():
        template(path.name)


def render(name: str, /, **values: object) -> Markup:
    """A template filled in: each value is escaped, unless it is `Markup` already."""
    return Markup(template(name).render(values))


class Macro(Protocol):
    def __call__(self, *values: object) -> Markup: ...


@cache
def macro(file: str, name: str) -> Macro:
    """A macro of a template, to be called from Python: each value is escaped, unless it is HTML."""
    found: Macro = getattr(template(file).module, name)
    return found
