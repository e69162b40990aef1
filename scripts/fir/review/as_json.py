"""A review for programs. Its keys are a promise: workflows read `kind`, `refused` and `labels`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fir.diagnostics import Diagnostic, visible
from fir.model import Entry
from fir.review.changes import Changed, ChangedAnswer
from fir.review.cpl_update import CplUpdate
from fir.review.decision import decision, labels
from fir.review.questions import questions
from fir.review.review import Review

Json = dict[str, Any]


def review_json(review: Review, given: str) -> Json:
    """Everything a review holds; `given` is the base as it was asked for. Absent is null."""
    refused, old, new = review.refused, review.base.snapshot, review.head.snapshot
    before, after = review.coverage
    return {
        "decision": decision(review),
        "kind": review.kind,
        "refused": refused and {**refused._asdict(), "parts": _parts(refused.parts)},
        "labels": labels(review),
        "risk": review.risk,
        "risks": [
            {"risk": each.risk, "subject": each.subject, "path": _path(each.path),
             "message": each.message}
            for each in review.risks
        ],
        "author": review.author or None,
        "base": {
            "given": given,
            "commit": review.states.base.commit,
            "cpl_version": old.version if old else None,
        },
        "head": {"cpl_version": new.version if new else None},
        "files": [{**each._asdict(), "path": _path(each.path)} for each in review.files],
        "changes": [_change(each, review) for each in review.changes],
        "comments": [
            {"path": _path(each.path), "said": each.comments} for each in review.comments
        ],
        "cpl": _cpl(review.cpl) if review.cpl else None,
        "answers": [_answer(each) for each in review.answers],
        "recorded": review.recorded._asdict(),
        "waivers": {
            name: [each._asdict() for each in waivers]
            for name, waivers in zip(("added", "dropped"), review.waivers, strict=True)
        },
        "coverage": {"before": before, "after": after},
        **_findings(*review.findings),
        "questions": questions(review),
        "unread": list(review.states.unread),
    }  # fmt: skip


def _answer(answer: ChangedAnswer) -> Json:
    before, after = (each and " ".join(each) for each in (answer.before, answer.after))
    return {"cpl_numbers": answer.cpl_numbers, "before": before, "after": after}


def _path(path: str | None) -> str | None:
    """A path that is no UTF-8 cannot be written as JSON; it is written as findings write it."""
    return path if path is None else visible(path)


def _parts(parts: Any) -> Json:
    return {name: [_path(path) for path in paths] for name, paths in parts.items()}


def _change(each: Changed, review: Review) -> Json:
    record = each.record
    number = record.cpl_number if record else ""
    return {
        "path": _path(each.path),
        "from": _path(each.source),
        "what": each.fate,
        "kind": each.kind,
        "manufacturer": visible(each.slug),
        "cpl_number": number or None,
        "fields": [field._asdict() for field in each.fields],
        "cpl": _entry(review.head.entries.get(number)),
        "why": each.why or None,
    }


def _entry(entry: Entry | None) -> Json | None:
    """What the CPL says beside the claims."""
    return entry and {name: value or None for name, value in entry._asdict().items()}


def _cpl(update: CplUpdate) -> Json:
    return {
        **update._asdict(),
        "since": update.since or None,
        "facts": [each._asdict() for each in update.facts],
        "amended": [each._asdict() for each in update.amended],
        "filled": [each._asdict() for each in update.filled],
        "promoted": [
            {"cpl_number": each.entry.cpl_number, "from": each.record.path, "to": each.path}
            for each in update.promoted
        ],
        "waiting": [each._asdict() for each in update.waiting],
    }


def _findings(new: tuple[Diagnostic, ...], known: tuple[Diagnostic, ...]) -> Json:
    found = [(True, each) for each in new] + [(False, each) for each in known]
    found.sort(key=lambda pair: (pair[1].path, pair[1].line, pair[1].column, pair[1].check))
    counts = {name: Counter(each.level for each in of) for name, of in
              (("new", new), ("known", known))}  # fmt: skip
    return {
        "findings": [{**each._asdict(), "new": is_new} for is_new, each in found],
        "counts": {
            name: {level: of[level] for level in ("error", "warning", "note")}
            for name, of in counts.items()
        },
    }
