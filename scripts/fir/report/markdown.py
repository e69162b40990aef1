"""Markdown out of templates, for GitHub: findings for the summary of a job, and `Templates`.

Markdown and the HTML in it stand in `templates/`. Python hands plain values over, and nothing that
came from a file is more than text where a template shows it: see `fir.report.escape`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from fir.diagnostics import Diagnostic
from fir.report import Report, many
from fir.report.escape import code_span, escape_html, escape_markdown, parts_of


def _environment(folder: Path, finalize: Callable[..., object], **filters: object) -> Environment:
    """`finalize` makes what `{{ value }}` writes; no filter is known but those that are named."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,  # what a macro makes is `Markup`
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters = filters  # such as `safe` could pass a value by the escape
    return environment


def _lines(value: object) -> Markup:
    """Text within tags, with its own line breaks."""
    return value if isinstance(value, Markup) else Markup(escape_html(str(value)))


_FOLDER = Path(__file__).parent / "templates"
_VALUES = _environment(_FOLDER, _lines, parts=parts_of, split=str.split)
_AS_HTML: Any = _VALUES.get_template("value.html").module


def _is_html(context: Context) -> bool:
    return (context.name or "").endswith(".html")


@pass_context
def _inert(context: Context, value: object) -> Markup:
    """A sentence, escaped as the template's name says, unless a template made it."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int):
        return Markup(value)
    return Markup((_AS_HTML.words if _is_html(context) else escape_markdown)(str(value)))


@pass_context
def _code(context: Context, value: str) -> Markup:
    return Markup((_AS_HTML.code if _is_html(context) else code_span)(value))


def _day(iso: str) -> Markup:
    """`2026-11-20`; raises ValueError for all that is none."""
    return Markup(date.fromisoformat(iso).isoformat())


class Templates:
    """The templates of one folder: `x.md` is Markdown, `x.html` HTML that Markdown leaves alone.

    Each escapes what it is given: `{{ sentence }}` as words of ours with values in back-ticks,
    `{{ value | code }}` as a value, `{{ text | lines }}` as lines of a `pre` in HTML.
    """

    def __init__(self, folder: Path, **filters: Callable[..., object]) -> None:
        ours = {"code": _code, "lines": _lines, "day": _day, "length": len, "many": many}
        self._environment = _environment(folder, _inert, count="{:,}".format, **ours, **filters)

    def document(self, name: str, **values: object) -> Markup:
        return Markup(self._environment.get_template(name).render(values))

    def part(self, name: str, macro: str, *values: object) -> Markup:
        """What one macro of a file of macros makes, for what must be measured by itself."""
        module: Any = self._environment.get_template(name).module
        made: Markup = getattr(module, macro)(*values)
        return made


_TEMPLATES = Templates(_FOLDER)
# GitHub throws away a summary of more than 1 MiB, and other commands may add to the same one.
_MAX_BYTES = 900_000
_UNFOLDED = 20


def render(report: Report, most: int = _MAX_BYTES) -> Markup:
    """A verdict, then the findings by file, those with errors first; folded after some."""
    size = len(_TEMPLATES.document("findings.md", report=report, shown=[], total=0).encode())
    findings = _by_file(report)
    shown: list[Markup] = []
    path = ""
    for finding in findings:
        is_first = finding.path != path or len(shown) == _UNFOLDED
        path = finding.path
        part = _TEMPLATES.part("finding.md", "finding", finding, is_first)
        size += len(part.encode())
        if size > most:
            break
        shown.append(part)
    return _TEMPLATES.document(
        "findings.md", report=report, shown=shown, total=len(findings), unfolded=_UNFOLDED
    )


def _by_file(report: Report) -> list[Diagnostic]:
    """The findings, file by file as judged; the files with errors before those without."""
    levels = list(report.counts)
    worst: dict[str, int] = {}
    for finding in report.findings:
        level = levels.index(finding.level)
        worst[finding.path] = min(level, worst.get(finding.path, level))
    return sorted(report.findings, key=lambda finding: (worst[finding.path], finding.path))
