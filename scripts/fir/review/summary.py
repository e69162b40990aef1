"""A review as Markdown, for a reviewer with ten minutes: what to decide first, details below.

Risks and questions are never left out; everything else is told as far as there is room. Nothing
that came from a file is more than text in it: see `fir.report.markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fir.diagnostics import tick, visible
from fir.report import Report, many
from fir.report import markdown as findings_page
from fir.report.markdown import code_span, html_code, html_prose, prose
from fir.review import sections as of_rest
from fir.review.decision import decision, labels
from fir.review.questions import questions
from fir.review.review import Review
from fir.review.risks import ABOUT
from fir.review.sections import cpl, manufacturers, records, unreadable
from fir.review.wording import MOST_BYTES, Room, numbers

# Thousands of long paths by themselves would be more than a summary may be; each risk is told.
_MOST_OF_A_RISK = 20_000
_MOST_QUESTIONS = 200
# Of these there may be hundreds; of the others each folds what is long in it.
_MANY = ("unreadable file", "manufacturer", "group")


def render(review: Review, given: str) -> str:
    """The whole summary; `given` is the base as it was asked for."""
    head = _head(review)
    foot = _foot(review, given)
    room = Room(MOST_BYTES - len(f"{head}{foot}".encode()))
    checks = _checks(review, room)
    body = "".join(
        room.section(title, blocks, noun, fold=noun in _MANY)
        for title, blocks, noun in (
            ("What could not be read", unreadable(review), "unreadable file"),
            ("Manufacturers", manufacturers(review), "manufacturer"),
            ("The Central Products List", _cpl(review), "part of the CPL"),
            ("Records", records(review) if review.kind != "cpl" else (), "group"),
            ("Comments, for everybody to read", of_rest.remarks(review), "list of comments"),
            ("Waivers", of_rest.waivers(review), "list of waivers"),
            ("What readers will be told", of_rest.answers(review), "list of answers"),
            ("Programs, rules and pages", of_rest.tooling(review), "list of files"),
            ("Coverage", of_rest.coverage(review), "line"),
        )
    )
    failed = any(each.level == "error" for each in review.findings[0])
    told = f"{checks}{body}" if failed else f"{body}{checks}"
    return f"{head}{told}{room.said_of_the_cut()}{foot}"


def _cpl(review: Review) -> Iterable[str]:
    if not review.cpl:
        return ()
    return cpl(review)


def _head(review: Review) -> str:
    parts = [f"## {prose(decision(review))}\n\n"]
    if review.refused:
        parts.append(f"**{prose(review.refused.why)}.**\n\n")
        first, *rest = review.refused.split
        parts.append(f"{prose(first)}\n\n" + "".join(f"- {prose(each)}\n" for each in rest) + "\n")
    by = f" Proposed by {code_span(visible(review.author))}." if review.author else ""
    named = " ".join(map(code_span, labels(review)))
    parts.append(f"{_verdict(review)}{by} Labels: {named}\n\n")
    if review.risks:
        lines = "".join(_risks(review))
        parts.append(f"### Why the risk is high\n\n<ul>\n{lines}</ul>\n\n")
    asked = "".join(_asked(questions(review)))
    parts.append(f"### Only a person can say\n\n{asked}\n" if asked else "")
    return "".join(parts)


def _asked(found: Sequence[str]) -> Iterator[str]:
    for question in found[:_MOST_QUESTIONS]:
        yield f"- [ ] {prose(question)}\n"
    left = len(found) - _MOST_QUESTIONS
    if left > 0:
        yield f"- [ ] {left:,} more like these, too many to answer: ask for smaller proposals\n"


def _verdict(review: Review) -> str:
    counts = Report(review.findings[0], 0).counts
    told = ", ".join(many(count, f"new {level}") for level, count in counts.items() if count)
    if counts["error"]:
        return f"**The checks do not pass:** {told}."
    return f"**The checks find no new error**{told and f', but {told}'}."


def _risks(review: Review) -> Iterator[str]:
    """A line for each kind of risk, with everything it was found in."""
    found: dict[str, list[str]] = {}
    for each in review.risks:
        found.setdefault(each.risk, []).append(each.subject)
    for risk, subjects in found.items():
        named = list(dict.fromkeys(filter(None, subjects)))
        which = f": {_fitting(named)}" if named else ""
        about = ABOUT[risk]
        yield f"<li><b>{html_prose(about[:1].upper() + about[1:])}</b>{which}</li>\n"


def _fitting(named: Sequence[str]) -> str:
    """As many as a summary has room for, whatever they are called; the rest are counted."""
    left = _MOST_OF_A_RISK
    for place, each in enumerate(sorted(named)):
        left -= len(html_code(each).encode())
        if left < 0:
            return numbers(named, place)
    return numbers(named, len(named))


def _checks(review: Review, room: Room) -> str:
    new, known = review.findings
    report = Report(new, review.states.head.repository.files)
    said = findings_page.render(report, room.left // 3) if new else "Nothing new.\n"
    before = f"\nNot of this change: {many(len(known), 'finding')}, as before.\n" if known else ""
    room.left -= len(said.encode())
    return f"### What the checks say\n\n{said}{before}\n"


def _foot(review: Review, given: str) -> str:
    commit = review.states.base.commit
    snapshot = review.head.snapshot
    against = tick(given) + (f" at commit {tick(commit[:12])}" if commit else "")
    listed_in = f", CPL {snapshot.version}" if snapshot else ""
    return f"---\n\n{prose(f'Compared with {against}{listed_in}')}.\n"
