"""The checklist: only what no program can answer, each question once."""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import tick
from fir.model import SNAPSHOT, Record
from fir.report import many
from fir.review.review import Review
from fir.review.risks import undecided

_ORDER = {"upgrade_from", "released_on", "withdrawn.replaced_by"}


def questions(review: Review) -> list[str]:
    """In the order in which a reviewer would ask them; none where it must be split first."""
    if review.refused:
        return []
    of_records = () if review.kind == "cpl" else (*_of_people(review), *_of_texts(review))
    return [*of_records, *_of_cpl(review), *_of_the_rest(review)]


def _of_people(review: Review) -> Iterator[str]:
    risks = {each.risk for each in review.risks}
    new = [
        each.slug for each in review.changes if each.fate == "new" and each.kind == "manufacturer"
    ]
    for slug in new:
        yield (
            f"Is {tick(slug)} who it says it is, and is this contact its own? Ask over a way "
            "that you knew before, not over the contact given here"
        )
    for slug in sorted(each.subject for each in review.risks if each.risk == "contact-change"):
        yield (
            f"Has {tick(slug)} confirmed the new contact, over the old one or another way that "
            "you knew before?"
        )
    if risks & {"other-manufacturer", "unlisted-submitter"}:
        yield f"Why does {tick(review.author)} submit for a manufacturer that does not name it?"
    for slug, teams in (
        undecided(review.author, review.changes, review.base) if review.author else ()
    ):
        of = f"a member of {tick(teams)}" if teams else "allowed to submit, as no account is named"
        yield f"Is {tick(review.author)} {of}, for {tick(slug)}?"


def _of_texts(review: Review) -> Iterator[str]:
    risks = {each.risk for each in review.risks}
    new = [each for each in review.changes if each.fate == "new"]
    texts = {
        each.after.release_notes
        for each in review.changes
        if isinstance(each.after, Record) and (each in new or "release_notes" in each.stated)
    }
    if texts:
        yield (
            f"May {'this text' if len(texts) == 1 else f'each of these {len(texts):,} texts'} be "
            "public: no commercial terms, no vulnerability that is still open (SEC G3.20)?"
        )
    if any(each.kind == "pending" for each in new):
        yield "Is the device as its certificates have it? The CPL cannot tell before it lists it"
    if "notes-changed" in risks:
        yield "Does the new text mean the same? If not, an entry under `corrections` is due"
    elif any({"release_notes", "corrections"} <= each.stated for each in review.changes):
        yield "Does the new entry under `corrections` say all that the text now says otherwise?"
    if "withdrawal" in risks:
        yield "Has the manufacturer confirmed the withdrawal, and do those who must know it know?"
    if "record-deleted" in risks:
        yield (
            "Why must the record go? F2.15 asks for one while the entry is listed; a faulty "
            "firmware is withdrawn and a wrong text corrected, and both stay readable"
        )
    if "manufacturer-of-record" in risks:
        yield "Which document shows that the firmware is that other manufacturer's now?"
    if risks & {"device-changed", "number-changed"}:
        yield "Which document shows that the published record stood against the wrong device?"
    if any(each.stated & _ORDER and each.was_published and each.after for each in review.changes):
        yield "Is this order the manufacturer's own statement? A wrong one harms meters (MP231)"


def _of_cpl(review: Review) -> Iterator[str]:
    snapshot = review.head.snapshot
    if review.paths("cpl") and snapshot:
        yield (
            "Is this the published list? Fetch it yourself: `fir cpl import FILE --dry-run` must "
            f"say no change; {tick(SNAPSHOT)} gives its checksum as `{snapshot.sha256}`"
        )
    if review.cpl and review.cpl.lost:
        lost = many(len(review.cpl.lost), "entry")
        yield f"Has the code administrator said why {lost} left the list?"


def _of_the_rest(review: Review) -> Iterator[str]:
    if review.comments:
        yield "May what the comments say be public? No page shows them, but the files are public"
    if review.waivers[0] and review.kind == "cpl":
        yield "Has somebody asked for the waived records to be corrected before their waivers end?"
    elif review.waivers[0]:
        yield "Has whoever stands under `approved_by` decided this, and is the day right?"
    tooling = review.paths("tooling")
    if tooling:
        yield "Has somebody who knows the programs read this, and are its own tests green?"
    if "schema/policy.yaml" in tooling:
        yield "Has the Panel decided this change of its policy?"
