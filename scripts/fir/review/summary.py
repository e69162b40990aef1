"""A review as Markdown, for a reviewer with ten minutes: what to decide first, details below.

Risks and questions are never left out; everything else is told as far as there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from fir.diagnostics import tick
from fir.report import Report, many
from fir.report import markdown as findings_page
from fir.review import blocks
from fir.review.decision import decision, labels
from fir.review.questions import questions
from fir.review.review import Review
from fir.review.risks import ABOUT
from fir.review.wording import TEMPLATES, html, markdown

# GitHub throws away a summary of more than 1 MiB, and other steps may add to the same one.
MOST_BYTES = 900_000
# No section takes all that is left: those after it have something to say as well.
_SHARE = 0.75
# Thousands of long paths by themselves would be more than a summary may be; each risk is told.
_MOST_OF_A_RISK = 20_000
_MOST_QUESTIONS = 200
# Of these there may be hundreds; of the others each folds what is long in it.
_MANY = ("unreadable file", "manufacturer", "group")


class _Section(NamedTuple):
    title: str
    noun: str
    """What one of its blocks is."""
    in_sight: Sequence[Markup]
    folded: Sequence[Markup] = ()


class SizeBudget:
    """How many bytes are left, and how many blocks had no room, by their noun."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.left_out: dict[str, int] = {}

    def section(self, title: str, found: Iterable[Markup], noun: str) -> _Section | None:
        """The blocks under a title, as many as there is room for; None where there are none."""
        found = list(found)
        if not found:
            return None
        self.left -= len(f"### {title}\n\n")
        fitting = found[: self._fitting(found, int(self.left * _SHARE))]
        if len(fitting) < len(found):
            self.left_out[noun] = len(found) - len(fitting)
        in_sight = blocks.IN_SIGHT if noun in _MANY else len(fitting)
        return _Section(title, noun, fitting[:in_sight], fitting[in_sight:])

    def _fitting(self, found: list[Markup], most: int) -> int:
        for place, block in enumerate(found):
            size = len(block.encode())
            most -= size
            if most < 0:
                return place
            self.left -= size
        return len(found)


def render(review: Review, given: str) -> Markup:
    """The whole summary; `given` is the base as it was asked for."""
    frame = _frame(review, given)
    without = TEMPLATES.document("summary.md", **frame, sections=[], left_out="")
    budget = SizeBudget(MOST_BYTES - len(without.encode()))
    checks = _checks(review, budget)
    found = [
        budget.section(title, made, noun)
        for title, made, noun in (
            ("What could not be read", blocks.unreadable(review), "unreadable file"),
            ("Manufacturers", blocks.manufacturers(review), "manufacturer"),
            ("The Central Products List", blocks.cpl(review), "part of the CPL"),
            ("Records", blocks.records(review) if review.kind != "cpl" else (), "group"),
            ("Comments, for everybody to read", blocks.comments(review), "list of comments"),
            ("Waivers", blocks.waivers(review), "list of waivers"),
            ("What readers will be told", blocks.answers(review), "list of answers"),
            ("Programs, rules and pages", blocks.tooling(review), "list of files"),
            ("Coverage", blocks.coverage(review), "line"),
        )
    ]
    body = [section for section in found if section]
    sections = [checks, *body] if frame["new_errors"] else [*body, checks]
    left_out = ", ".join(many(count, noun) for noun, count in budget.left_out.items())
    return TEMPLATES.document("summary.md", **frame, sections=sections, left_out=left_out)


def _frame(review: Review, given: str) -> dict[str, object]:
    """What is told however much there is: the decision, its reasons, and what was compared."""
    counts = Report(review.findings[0], 0).counts
    new = ", ".join(many(count, f"new {level}") for level, count in counts.items() if count)
    asked = questions(review)
    commit, snapshot = review.states.base.commit, review.head.snapshot
    against = tick(given) + (f" at commit {tick(commit[:12])}" if commit else "")
    return {
        "decision": decision(review),
        "refused": review.refused,
        "new_errors": counts["error"],
        "new_findings": new,
        "author": review.author,
        "labels": labels(review),
        "risks": list(_risks(review)),
        "questions": asked[:_MOST_QUESTIONS],
        "more_questions": max(len(asked) - _MOST_QUESTIONS, 0),
        "compared": f"Compared with {against}{f', CPL {snapshot.version}' if snapshot else ''}",
    }


class _FoundRisk(NamedTuple):
    """A kind of risk and everything it was found in, of which `most` rows are shown."""

    about: str
    subjects: list[str]
    most: int


def _risks(review: Review) -> Iterator[_FoundRisk]:
    found: dict[str, list[str]] = {}
    for each in review.risks:
        found.setdefault(each.risk, []).append(each.subject)
    for risk, subjects in found.items():
        about, named = ABOUT[risk], list(dict.fromkeys(filter(None, subjects)))
        yield _FoundRisk(about[:1].upper() + about[1:], named, _fitting(named))


def _fitting(named: Sequence[str]) -> int:
    """How many a summary has room for, whatever they are called; the rest are counted."""
    left = _MOST_OF_A_RISK
    for place, each in enumerate(sorted(named)):
        left -= len(html("value", each).encode())
        if left < 0:
            return place
    return len(named)


def _checks(review: Review, budget: SizeBudget) -> _Section:
    new, known = review.findings
    report = Report(new, review.states.head.repository.files)
    page = findings_page.render(report, budget.left // 3) if new else None
    budget.left -= len((page or "Nothing new.\n").encode())
    return _Section("What the checks say", "list", [markdown("checks", page, len(known))])
