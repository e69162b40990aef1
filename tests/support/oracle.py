"""The answer of every entry worked out a second time, the plain way, to hold `fir.answer` to.

It takes and gives plain rows, shares no line with `fir`, and prefers the slow and obvious: pairs
compared one by one, and the manufacturer's statements closed as a matrix. An entry is a dict of
the columns of `entries.csv`; a statement is a dict with `upgrade_from`, `released_on`, `withdrawn`
and `replaced_by`, and stands under the CPL number of its record.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

Row = dict[str, Any]
Closed = tuple[set[tuple[str, str]], set[tuple[str, str]]]
MODEL = (
    "device_type",
    "manufacturer_identifier",
    "model_identifier",
    "hardware_version",
    "hardware_revision",
)


class Expected(NamedTuple):
    """What the answer of one entry ought to be; firmware is named by its eight digits."""

    listing: str
    newer: str
    newer_firmware: frozenset[str]
    unclear_firmware: frozenset[str]
    latest: str | None
    withdrawn: bool
    recorded: bool
    answer: str
    direct: dict[str, str]
    """For each newer firmware, whether it can be installed directly."""
    steps: dict[str, int]
    """For each newer firmware reached by stated upgrades, the fewest there are."""
    since: frozenset[str]
    """Where the latest is newer: it, and whatever is newer than this and older than it."""


def expected(entries: list[Row], statements: dict[str, Row]) -> dict[str, Expected]:
    """The answer of each entry, by CPL number."""
    lines: dict[tuple[str, ...], list[Row]] = {}
    for entry in entries:
        smets1 = numbers(entry["gbcs_version"]) == [0, 0]
        line = (*(entry[part] for part in MODEL), "one" if smets1 else "two")
        lines.setdefault(line, []).append(entry)
    answers: dict[str, Expected] = {}
    for rows in lines.values():
        answers.update(_line(rows, statements))
    return answers


def numbers(version: str) -> list[int]:
    """The numbers a version is written with: [3, 2] of `GBCS Version 3.2`, none where unknown."""
    return [int(digits) for digits in re.findall("[0-9]+", version)]


def status(entry: Row) -> str:
    if entry["last_listed_version"] != "":
        return "no-longer-listed"
    return {"Current": "current", "Removed": "removed"}[entry["status"]]


def _line(rows: list[Row], statements: dict[str, Row]) -> dict[str, Expected]:
    names = sorted({row["firmware_version"] for row in rows})
    entries = {name: [row for row in rows if row["firmware_version"] == name] for name in names}
    facts = {name: _facts(entries[name], statements) for name in names}
    stated = _stated_upgrades(facts)
    closed = (_closed(names, _replacements(facts)), _closed(names, stated))
    installable = {(s, t) for s, t in stated if facts[t]["candidate"]}

    answers: dict[str, Expected] = {}
    for name in names:
        mine = facts[name]
        candidates = [other for other in names if facts[other]["candidate"]]
        others = [other for other in candidates if other != name]
        verdicts = {other: _verdict(name, other, facts, closed) for other in others}
        newer = frozenset(other for other in others if verdicts[other] == "newer")
        unclear = frozenset(other for other in others if verdicts[other] == "unclear")
        exists = "exists" if newer else "unclear" if unclear else "none"
        steps = {to: _fewest(name, to, installable) for to in newer}
        latest = _latest(candidates, facts, closed)
        expectation = Expected(
            listing=mine["listing"],
            newer=exists,
            newer_firmware=newer,
            unclear_firmware=unclear,
            latest=latest,
            withdrawn=mine["withdrawn"],
            recorded=mine["recorded"],
            answer=_word(mine, exists),
            direct={to: _direct(name, to, steps[to], facts, stated) for to in newer},
            steps={to: count for to, count in steps.items() if count},
            since=frozenset(
                other
                for other in names
                if latest in newer
                and _verdict(name, other, facts, closed) == "newer"
                and (other == latest or _verdict(other, latest, facts, closed) == "newer")
            ),
        )
        for row in entries[name]:
            answers[row["cpl_number"]] = expectation
    return answers


def _facts(entries: list[Row], statements: dict[str, Row]) -> Row:
    """What is known of one firmware: from all its records, and from the entries that speak."""
    said = {row["cpl_number"]: statements.get(row["cpl_number"], {}) for row in entries}
    all_said = list(said.values())

    def withdrawn(row: Row) -> bool:
        return bool(said[row["cpl_number"]].get("withdrawn"))

    current = [row for row in entries if status(row) == "current"]
    removed = [row for row in entries if status(row) == "removed"]
    offered = [row for row in current if not withdrawn(row)]
    speaking = offered or current or removed or entries
    gone = all(map(withdrawn, current)) if current else any(map(withdrawn, entries))
    lists = [said[row["cpl_number"]].get("upgrade_from") for row in speaking]
    dates = {each["released_on"] for each in all_said if each.get("released_on")}
    instead = {each["replaced_by"] for each in all_said if each.get("replaced_by")}
    return {
        "numbers": set(said),
        "first": min(int(row["cpl_number"]) for row in entries),
        "version": int(entries[0]["firmware_version"], 16),
        "gbcs": max((numbers(row["gbcs_version"]) for row in speaking), default=[]),
        "listing": status(speaking[0]),
        "candidate": bool(offered),
        "withdrawn": gone,
        "recorded": any(number in statements for number in said),
        "states_sources": any(each is not None for each in lists),
        "sources": {number for each in lists for number in each or ()},
        "replaced_by": instead if gone else set(),
        "released_on": dates.pop() if len(dates) == 1 else None,
    }


def _stated_upgrades(facts: dict[str, Row]) -> set[tuple[str, str]]:
    """Each (source, target) the target's records list, but not a way back out of a withdrawal."""
    return {
        (source, target)
        for source in facts
        for target in facts
        if source != target
        and facts[source]["numbers"] & facts[target]["sources"]
        and not facts[source]["numbers"] & facts[target]["replaced_by"]
    }


def _replacements(facts: dict[str, Row]) -> set[tuple[str, str]]:
    return {
        (gone, instead)
        for gone in facts
        for instead in facts
        if gone != instead and facts[instead]["numbers"] & facts[gone]["replaced_by"]
    }


def _closed(names: list[str], edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The transitive closure, by Warshall's matrix."""
    size = range(len(names))
    matrix = [[(names[i], names[j]) in edges for j in size] for i in size]
    for k in size:
        for i in size:
            for j in size:
                matrix[i][j] = matrix[i][j] or (matrix[i][k] and matrix[k][j])
    return {(names[i], names[j]) for i in size for j in size if matrix[i][j]}


def _verdict(a: str, b: str, facts: dict[str, Row], closed: Closed) -> str:
    """What `b` is to `a`: newer, older or unclear; replacements speak before upgrades."""
    for stated in closed:
        onward, back = (a, b) in stated, (b, a) in stated
        if onward or back:
            return "unclear" if onward and back else "newer" if onward else "older"
    first, second = facts[a], facts[b]
    dates = (first["released_on"], second["released_on"])
    if all(dates) and dates[0] != dates[1]:
        return "newer" if dates[1] > dates[0] else "older"
    if not first["gbcs"] or not second["gbcs"]:
        return "unclear"
    if (
        second["first"] > first["first"]
        and second["version"] > first["version"]
        and second["gbcs"] >= first["gbcs"]
    ):
        return "newer"
    if (
        second["first"] < first["first"]
        and second["version"] < first["version"]
        and second["gbcs"] <= first["gbcs"]
    ):
        return "older"
    return "unclear"


def _latest(candidates: list[str], facts: dict[str, Row], closed: Closed) -> str | None:
    """The one candidate that is newer than, or is, every candidate."""
    found = [
        one
        for one in candidates
        if all(
            one == other or _verdict(other, one, facts, closed) == "newer" for other in candidates
        )
    ]
    assert len(found) <= 1
    return found[0] if found else None


def _fewest(source: str, target: str, edges: set[tuple[str, str]]) -> int:
    """How many stated upgrades lead from one to the other at the fewest, 0 where none do."""
    reached, count = {source}, 0
    while target not in reached:
        wider = reached | {t for s, t in edges if s in reached}
        if wider == reached:
            return 0
        reached, count = wider, count + 1
    return count


def _direct(
    source: str, target: str, steps: int, facts: dict[str, Row], stated: set[tuple[str, str]]
) -> str:
    if (source, target) in stated:
        return "stated-yes"
    if steps:
        return "via"
    return "stated-no" if facts[target]["states_sources"] else "not-stated"


def _word(mine: Row, newer: str) -> str:
    if mine["withdrawn"]:
        return "withdrawn"
    if mine["listing"] != "current":
        return str(mine["listing"])
    return {"exists": "newer-exists", "unclear": "unclear", "none": "latest"}[newer]
