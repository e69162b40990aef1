"""Pull requests of every kind, through the workflows whole: verdict, labels, no way round."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from pathlib import Path

import pytest
from actions import Event, Job, Runner, scripts
from around import ROOT, change, put
from forge import Edit, Forge
from github_api import FakeGitHub
from hostility import HOSTILE
from proposals import PROPOSALS, Proposal, entry, lay_base, put_record

from fir.repository.read import read_repository
from fir.repository.snapshot import ENTRIES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")
WORKFLOWS = ROOT / ".github/workflows"
CHECK, CODE, TRIAGE = (WORKFLOWS / f"{name}.yml" for name in ("check", "code", "triage"))
MANY = tuple(f"{number:06}" for number in range(400, 700))
TAKEN = "000002"
"""The number of an entry that has no record yet; `bad-record` describes it wrongly."""


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    return Forge(tmp_path_factory.mktemp("forge"), _with_many)


def _with_many(tree: Path) -> None:
    """What proposals begin from, with entries for three hundred records more."""
    lay_base(tree)
    model = entry(tree, TAKEN)
    rows = [model._replace(cpl_number=number, model_identifier=f"1{number[3:]}") for number in MANY]
    text = (tree / ENTRIES).read_text(encoding="utf-8")
    added = io.StringIO(newline="")
    csv.writer(added, lineterminator="\n").writerows(rows)
    put(tree, ENTRIES, text + added.getvalue())
    path = "records/cpl/snapshot.yaml"
    old = re.search(r'^entries: "([0-9]+)"$', (tree / path).read_text(encoding="utf-8"), re.M)
    assert old
    change(tree, path, old[0], f'entries: "{int(old[1]) + len(rows)}"')


def many_records(tree: Path) -> None:
    entries = read_repository(tree).entries
    for number in MANY:
        put_record(tree, entries[number], "harrowmere", "One text for all.\n")


def hostile_contents(tree: Path) -> None:
    notes = "\n".join((*HOSTILE, "$(touch pwned) `touch pwned`"))
    put_record(tree, entry(tree, TAKEN), "harrowmere", f"{notes}\n")


def hostile_names(tree: Path) -> None:
    folder = tree / "records/firmware/harrowmere"
    injected = "a\n::error file=x::y.yaml"
    for name in ("$(touch pwned).yaml", injected, "-rf.yaml", "`id`.yaml", "..yaml"):
        shutil.copy(folder / "000010.yaml", folder / name)
    (folder / "000999.yaml").symlink_to("/etc/passwd")


def weak_check(tree: Path) -> None:
    text = (tree / "scripts/fir/checks/cpl_mismatch.py").read_text(encoding="utf-8")
    put(tree, "scripts/fir/checks/cpl_mismatch.py", text + "\n\ndef check(repository): return ()\n")


def weak_program(tree: Path) -> None:
    put(tree, "scripts/fir/__main__.py", "raise SystemExit(0)\n")
    put(tree, "scripts/fir/workflows/__main__.py", "raise SystemExit(0)\n")
    put(tree, "Makefile", "fir:\n\ttrue\n")


def weak_schema(tree: Path) -> None:
    put(tree, "schema/firmware-record.schema.json", "{}")


def weak_policy(tree: Path) -> None:
    change(tree, "schema/policy.yaml", 'pending: "accepted"', 'pending: "refused"')


def weak_snapshot(tree: Path) -> None:
    """The list made to say what the record says."""
    text = (tree / ENTRIES).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"{TAKEN},"))
    change(tree, ENTRIES, row, row.replace(",01000000,", ",01000001,"))


def weak_git(tree: Path) -> None:
    put(tree, ".gitattributes", "records/firmware/** export-ignore -diff linguist-generated\n")
    put(tree, ".gitignore", "records/firmware/\n")


def weak_workflow(tree: Path) -> None:
    """The one thing of a pull request that GitHub takes from the pull request itself."""
    judging = 'base/.venv/bin/python -P -m fir.workflows judge base head --author="$AUTHOR"'
    change(tree, ".github/workflows/check.yml", judging, "true")


def both(one: str, *edits: Edit) -> Proposal:
    """A proposal that does this to the programs, the rules or the list as well."""

    def make(tree: Path) -> None:
        for each in (PROPOSALS[one].make, *edits):
            each(tree)

    return Proposal(make, "harrowmere-firmware", "mixed", "tooling")


ONLY_OF_SUMMARY = ("one-text", "notes-changed", "notes-corrected", "taken-over", "cpl-edited")
"""What makes another summary and no other verdict is left to the tests of summaries."""
PULLS: dict[str, Proposal] = {
    **{name: each for name, each in PROPOSALS.items() if name not in ONLY_OF_SUMMARY},
    "300-records": Proposal(many_records, "harrowmere-firmware", "record", "new-record risk:low"),
    "hostile-contents": Proposal(
        hostile_contents, "$(touch pwned)", "record", "new-record risk:high"
    ),
    "hostile-names": Proposal(hostile_names, "`touch pwned`", "record", "risk:high"),
    "record-and-tooling": both("new-record", PROPOSALS["tooling"].make),
    "weaker-check": both("bad-record", weak_check),
    "weaker-program": both("bad-record", weak_program),
    "weaker-schema": both("bad-record", weak_schema),
    "weaker-policy": both("bad-record", weak_policy),
    "weaker-snapshot": both("bad-record", weak_snapshot)._replace(labels="cpl-update"),
    "weaker-git": both("bad-record", weak_git),
}
ERRORS = {
    "bad-record": "cpl-mismatch",
    "device-changed": "cpl-mismatch",
    "hostile-names": "unsafe-file",
    **{name: "cpl-mismatch" for name in PULLS if name.startswith("weaker-")},
}
"""Those with an error in a record, which must be said whatever else is proposed beside it."""


RECORD, TOOLING = PROPOSALS["new-record"].make, PROPOSALS["tooling"].make


def judged(runner: Runner, event: Event) -> Job:
    return runner.run(CHECK, event, only="validate")["validate"]


@pytest.mark.parametrize("name", PULLS)
def test_each_pull_request_gets_the_verdict_it_deserves(
    runner: Runner, forge: Forge, name: str
) -> None:
    _, author, kind, labels, *_ = PULLS[name]
    job = judged(runner, forge.propose(PULLS[name].make, author))
    passes = kind != "mixed" and name not in ERRORS
    assert job.result == ("success" if passes else "failure"), job.log
    said = next(line for line in job.annotations if line.startswith("::notice::labels: "))
    assert set(labels.split()) <= set(said.removeprefix("::notice::labels: ").split(", "))
    refusals = [line for line in job.annotations if line.startswith("::error::refused: ")]
    assert len(refusals) == (kind == "mixed"), job.log
    if name in ERRORS:
        assert any(f"title={ERRORS[name]}::" in line for line in job.annotations), job.log
    assert 0 < len(job.summary.encode()) < 900_000
    assert not any(line.startswith("::error file=x") for line in job.annotations)
    assert not list(runner.folder.rglob("pwned")), "no text is a script"


def test_a_merge_queue_judges_against_what_is_before_it(runner: Runner, forge: Forge) -> None:
    proposed = forge.propose(RECORD)
    event = Event(
        "merge_group",
        proposed.sha,
        "refs/heads/gh-readonly-queue/main/pr-1",
        {"merge_group": {"base_sha": forge.main}},
    )
    jobs = runner.run(CHECK, event)
    assert (jobs["validate"].result, jobs["pages"].result) == ("success", "skipped")
    jobs = runner.run(CODE, event)
    assert jobs["test"].result == "skipped"


@pytest.mark.parametrize(("edit", "result"), [(RECORD, "skipped"), (TOOLING, "success")])
def test_the_code_is_tested_where_more_than_records_changes(
    runner: Runner, forge: Forge, edit: Edit, result: str
) -> None:
    jobs = runner.run(CODE, forge.propose(edit))
    assert (jobs["touched"].result, jobs["test"].result) == ("success", result)
    assert ("every test has run" in jobs["test"].log) == (result == "success")
    assert (runner.ran == scripts(CODE)) == (result == "success")


def test_the_code_is_tested_where_nobody_saw_what_is_touched(
    runner: Runner, forge: Forge, tmp_path: Path
) -> None:
    """GitHub counts a skipped job as passed: one that fails must not have the next one skipped."""
    text = CODE.read_text(encoding="utf-8")
    put(tmp_path, "code.yml", text.replace("run: if git diff", "run: false; if git diff"))
    jobs = runner.run(tmp_path / "code.yml", forge.propose(TOOLING))
    assert jobs["touched"].result == "failure"
    assert "every test has run" in jobs["test"].log


def test_triage_labels_all_and_sees_what_a_workflow_of_its_own_hides(
    runner: Runner, forge: Forge, github: FakeGitHub
) -> None:
    by_stranger = forge.propose(PROPOSALS["contact-change"].make, "stranger")
    unjudged = forge.propose(lambda tree: shutil.rmtree(tree / "records"))
    weakened = forge.propose(both("bad-record", weak_workflow).make)
    edited = Path(forge.tree / ".github/workflows/check.yml")
    assert runner.run(edited, weakened, only="validate")["validate"].result == "success"
    for event in (by_stranger, unjudged, weakened):
        github.pulls.append({**event.payload["pull_request"], "state": "open"})
    just_pushed = {**github.pulls[0], "head": {"sha": "0" * 40}}
    github.pulls.append(just_pushed)
    hers, nobodys, its = (
        event.payload["pull_request"] for event in (by_stranger, unjudged, weakened)
    )
    github.labels[hers["number"]] = {"help wanted", "new-record"}
    github.labels[nobodys["number"]] = {"risk:low"}

    jobs = runner.run(TRIAGE, Event("schedule", forge.main))
    assert {job.result for job in jobs.values()} == {"success"}, jobs
    why = "it has just been changed; the next run looks at it"
    lacks = "cannot be judged: this is no repository of firmware records: it has no `records`"
    assert jobs["look"].annotations == [
        f"::error::#{nobodys['number']} {lacks}",
        f"::warning::#{hers['number']} was left out: {why}",
    ]
    assert github.labels[nobodys["number"]] == {"risk:high"}
    assert github.labels[hers["number"]] == {"help wanted", "contact-change", "risk:high"}
    assert {"tooling", "risk:high"} <= github.labels[its["number"]]
    verdicts = {
        sha: [(each["context"], each["state"]) for each in said]
        for sha, said in github.statuses.items()
    }
    assert verdicts == {
        hers["head"]["sha"]: [("Judged by main", "success")],
        nobodys["head"]["sha"]: [("Judged by main", "failure")],
        its["head"]["sha"]: [("Judged by main", "failure")],
    }
    github.wrote.clear()
    runner.run(TRIAGE, Event("schedule", forge.main))
    assert runner.ran >= scripts(TRIAGE)
    assert github.wrote == [], "what is said already is not said again"
