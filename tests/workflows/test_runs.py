"""The workflows run whole on a small register: changed pages, publishing, a new CPL, upkeep."""

from __future__ import annotations

import json
import os
import re
import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import workbooks
from actions import APP_TOKEN, Event, Job, Runner, git, scripts
from around import RECORD, put
from forge import Forge, lay_small
from github_api import FakeGitHub, drip, send

from fir.repository.read import read_repository

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")
ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github/workflows"


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    return Forge(tmp_path_factory.mktemp("forge"), lay_small)


@pytest.fixture(scope="module")
def next_issue(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the CPL that follows the forge's, with one entry more."""
    entries = [
        entry
        for entry in read_repository(forge.tree).entries.values()
        if not entry.last_listed_version
    ]
    new = entries[0]._replace(
        cpl_number="000050", firmware_version="01070400", image_hash="5" * 64,
        first_version="0.004", first_issued_on="2026-11-20",
    )  # fmt: skip
    book = workbooks.published([*entries, new], "0.004", "2026-11-20")
    return workbooks.save(book, tmp_path_factory.mktemp("cpl")).read_bytes()


def main_event(forge: Forge, name: str = "schedule", sha: str = "") -> Event:
    return Event(name, sha or forge.main, payload={"repository": {"visibility": "public"}})


def take_in(runner: Runner, forge: Forge, address: str = "") -> dict[str, Job]:
    runner.variables["CPL_URL"] = address or f"{runner.api.address}/download/list%20v1.xlsx"
    return runner.run(WORKFLOWS / "cpl.yml", main_event(forge))


def branches(forge: Forge) -> dict[str, str]:
    listed = git(
        "-C", str(forge.origin), "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads"
    )
    return dict(line.split() for line in listed.splitlines())


def test_a_new_cpl_is_proposed_once_and_says_what_to_press(
    runner: Runner, forge: Forge, github: FakeGitHub, next_issue: bytes
) -> None:
    github.download = partial(send, content=next_issue)
    jobs = take_in(runner, forge)
    assert {name: job.result for name, job in jobs.items()} == {
        "import": "success",
        "propose": "success",
    }, jobs
    [pull] = github.pulls
    assert (pull["title"], pull["head"]["ref"], pull["base"]) == (
        "records: CPL 0.004",
        "cpl-update",
        "main",
    )
    assert "*Approve workflows to run*" in pull["body"]
    assert "000050 Current Gas Smart Meter" in pull["body"]
    assert "1 added" in jobs["import"].summary
    assert "opened #100" in jobs["propose"].summary
    branch = branches(forge)["refs/heads/cpl-update"]
    changed = git("-C", str(forge.origin), "diff", "--name-only", forge.main, branch).split()
    assert changed == [
        f"records/cpl/{name}" for name in ("changes.csv", "entries.csv", "snapshot.yaml")
    ]
    snapshot = git("-C", str(forge.origin), "show", f"{branch}:records/cpl/snapshot.yaml")
    assert 'source: "list-v1.xlsx"' in snapshot

    assert runner.ran == scripts(WORKFLOWS / "cpl.yml")

    # The next day finds the same, and a review under way is not disturbed.
    github.wrote.clear()
    assert "proposed already, in #100" in take_in(runner, forge)["propose"].summary
    assert github.wrote == []
    assert branches(forge)["refs/heads/cpl-update"] == branch

    # Unless somebody has put another list into the branch.
    clone = str(runner.folder / "somebody")
    git("clone", "--quiet", "--branch=cpl-update", str(forge.origin), clone)
    entries = Path(clone, "records/cpl/entries.csv")
    removed = entries.read_text(encoding="utf-8").replace("Current", "Removed", 1)
    entries.write_text(removed, encoding="utf-8")
    git("-C", clone, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git("-C", clone, "push", "--quiet", "--force", "origin", "cpl-update")
    assert "updated #100" in take_in(runner, forge)["propose"].summary
    branch = branches(forge)["refs/heads/cpl-update"]
    github.wrote.clear()

    # Once main has moved on, what was proposed may no longer fit it.
    moved = forge.propose(_record).sha
    jobs = runner.run(WORKFLOWS / "cpl.yml", main_event(forge, sha=moved))
    assert "updated #100" in jobs["propose"].summary
    assert github.wrote == ["PATCH /pulls/100"]
    branch = branches(forge)["refs/heads/cpl-update"]
    assert git("-C", str(forge.origin), "rev-parse", f"{branch}^") == moved

    # As a GitHub App, whose pull requests start their checks.
    github.pulls.clear()
    runner.variables["FIR_APP_CLIENT_ID"] = "Iv1.example"
    assert take_in(runner, forge)["propose"].result == "success"
    assert github.permissions[APP_TOKEN] == {"contents": "write", "pull-requests": "write"}
    assert "start by themselves" in github.pulls[0]["body"]


def test_the_cpl_that_is_there_already_changes_nothing(
    runner: Runner, forge: Forge, github: FakeGitHub, tmp_path: Path
) -> None:
    repository = read_repository(forge.tree)
    listed = [each for each in repository.entries.values() if not each.last_listed_version]
    book = workbooks.published(listed, "0.003", "2026-09-01")
    same = workbooks.save(book, tmp_path).read_bytes()
    github.download = partial(send, content=same)
    jobs = take_in(runner, forge)
    assert (jobs["import"].result, jobs["propose"].result) == ("success", "skipped")
    assert "no change" in jobs["import"].summary
    assert github.wrote == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("page", "the file is a web page or XML"),
        ("cut", "broke off after"),
        ("half", "the file is"),
        ("slow", "did not send it within 0.3 s"),
        ("gone", "answered 404"),
        ("refused", "could not be reached"),
        ("elsewhere", "is not an address that begins with https://"),
    ],
)
def test_a_download_that_is_no_workbook_changes_nothing_and_says_so(
    runner: Runner, forge: Forge, github: FakeGitHub, next_issue: bytes, name: str, said: str
) -> None:
    half = next_issue[: len(next_issue) // 2]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/list.xlsx"
    github.download = {
        "page": partial(send, content=b"<!doctype html><title>Sorry</title>"),
        "cut": partial(send, content=half, promised=len(next_issue)),
        "half": partial(send, content=half),
        "slow": drip,
        "gone": partial(send, content=b"not here", code=404),
    }.get(name)
    runner.overrides["SECONDS_AT_MOST"] = "0.3" if name == "slow" else "5"
    address = {"refused": nobody, "elsewhere": "http://cpl.example/list.xlsx"}.get(name, "")
    before = branches(forge)
    jobs = take_in(runner, forge, address)
    assert (jobs["import"].result, jobs["propose"].result) == ("failure", "skipped")
    told = jobs["import"].log + jobs["import"].summary
    assert said in told and "nothing was" in told, told
    assert (github.wrote, branches(forge)) == ([], before)


def test_without_an_address_there_is_nothing_to_do(
    runner: Runner, forge: Forge, github: FakeGitHub
) -> None:
    jobs = runner.run(WORKFLOWS / "cpl.yml", main_event(forge))
    assert (jobs["import"].result, jobs["propose"].result) == ("success", "skipped")
    assert jobs["import"].annotations == [
        "::notice::the variable CPL_URL is empty: there is nowhere to fetch the CPL from"
    ]


MERGED: dict[str, Any] = {
    "number": 7,
    "url": "https://github.example/panel/fir/pull/7",
    "mergedAt": "2026-11-20T10:00:00Z",
    "author": {"login": "maker"},
    "mergedBy": {"login": "secretary"},
    "mergeCommit": {"oid": "a" * 40},
    "latestOpinionatedReviews": {
        "nodes": [
            {
                "state": state,
                "submittedAt": "2026-11-19T09:00:00Z",
                "author": {"login": login},
                "commit": {"oid": "b" * 40},
            }
            for login, state in (("panelist", "APPROVED"), ("doubter", "CHANGES_REQUESTED"))
        ]
    },
    "commits": {
        "nodes": [
            {
                "commit": {
                    "oid": "b" * 40,
                    "statusCheckRollup": {
                        "contexts": {
                            "nodes": [
                                {"name": "Validate records", "conclusion": "SUCCESS"},
                                {"context": "Judged by main", "state": "SUCCESS"},
                            ]
                        }
                    },
                }
            }
        ]
    },
}
GHOSTLY: dict[str, Any] = {
    **MERGED,
    "number": 6,
    "mergedAt": "2026-11-21T10:00:00Z",
    "author": None,
    "mergedBy": None,
    "mergeCommit": None,
    "latestOpinionatedReviews": {"nodes": []},
    "commits": {"nodes": []},
}


def test_main_is_judged_built_attested_and_deployed_with_who_approved_it(
    runner: Runner, forge: Forge, github: FakeGitHub
) -> None:
    github.merged = [MERGED, *({**MERGED, "number": number} for number in (5, 4)), GHOSTLY]
    jobs = runner.run(WORKFLOWS / "publish.yml", main_event(forge, "push"))
    assert {job.result for job in jobs.values()} == {"success"}, jobs["build"].log
    (_, attested), (_, site) = runner.did
    assert {"fir.csv", "fir.sqlite", "SHA256SUMS", "approvals.json"} <= set(attested)
    page = (site / "cpl/000042/index.html").read_text(encoding="utf-8")
    assert forge.main[:7] in page, "made from the newest commit"
    assert forge.first[:7] in page, "the record is older, which only the whole history tells"
    told = json.loads((site / "data/approvals.json").read_text(encoding="utf-8"))
    assert (told["repository"], told["branch"], told["commit"]) == ("panel/fir", "main", forge.main)
    assert [each["pull_request"] for each in told["merged"]] == [6, 4, 5, 7]
    assert told["merged"][-1] == {
        "pull_request": 7,
        "url": "https://github.example/panel/fir/pull/7",
        "commit": "a" * 40,
        "head": "b" * 40,
        "merged_at": "2026-11-20T10:00:00Z",
        "merged_by": "secretary",
        "author": "maker",
        "approvers": [
            {"account": "panelist", "approved_at": "2026-11-19T09:00:00Z", "commit": "b" * 40}
        ],
        "checks": [
            {"name": "Judged by main", "conclusion": "success"},
            {"name": "Validate records", "conclusion": "success"},
        ],
    }
    assert (told["merged"][0]["author"], told["merged"][0]["approvers"]) == (None, [])

    assert runner.ran == scripts(WORKFLOWS / "publish.yml")

    # A private repository has no attestations; its site is deployed all the same.
    private = Event("push", forge.main, payload={"repository": {"visibility": "private"}})
    jobs = runner.run(WORKFLOWS / "publish.yml", private)
    assert {name: job.result for name, job in jobs.items()} == {
        "build": "success",
        "attest": "skipped",
        "deploy": "success",
    }


def test_nothing_is_published_of_a_repository_with_errors_or_of_another_branch(
    runner: Runner, forge: Forge
) -> None:
    bad = forge.propose(lambda tree: put(tree, RECORD, "cpl_number: 42\n"))
    event = main_event(forge, "push")
    for other in (event._replace(sha=bad.sha), event._replace(ref="refs/heads/mine")):
        jobs = runner.run(WORKFLOWS / "publish.yml", other)
        assert {jobs["attest"].result, jobs["deploy"].result} == {"skipped"}
        assert jobs["build"].result == ("failure" if other.ref == event.ref else "skipped")
    assert runner.did == []


def test_what_is_due_is_one_issue_kept_up_to_date_and_closed(
    runner: Runner, forge: Forge, github: FakeGitHub
) -> None:
    def look() -> str:
        jobs = runner.run(WORKFLOWS / "upkeep.yml", main_event(forge))
        assert {job.result for job in jobs.values()} == {"success"}, jobs
        return jobs["remind"].summary

    assert look() == "opened #100\n"
    [issue] = github.issues
    assert (issue["title"], issue["labels"]) == ("Upkeep: what is due", ["upkeep"])
    assert "### The CPL snapshot is old: 1" in issue["body"]
    assert "was issued 86 days ago" in issue["body"]
    assert look() == "#100 says it all already\n"
    issue["body"] = "of last week"
    assert look() == "updated #100\n"
    assert "### The CPL snapshot is old: 1" in issue["body"]
    runner.set_date("2026-10-02")
    assert look() == "nothing is due any more: closed #100\n"
    assert (issue["state"], look()) == ("closed", "nothing is due\n")
    assert [issue["number"] for issue in github.issues] == [100]
    assert runner.ran == scripts(WORKFLOWS / "upkeep.yml")


def _weakened(workflow: Path, folder: Path) -> Path:
    """The workflow as if nobody had thought of what an artifact may hold."""
    text = workflow.read_text(encoding="utf-8").replace("python3 -P ", "python3 ")
    text = re.sub(
        r"(uses: actions/download-artifact.*\n +with:\n +name: \w+\n) +path: .*\n", r"\1", text
    )
    text = text.replace("due/due.json", "due.json").replace("propose proposal", "propose .")
    folder.mkdir()
    (folder / workflow.name).write_text(text, encoding="utf-8")
    return folder / workflow.name


@pytest.mark.parametrize("name", ["upkeep.yml", "cpl.yml"])
def test_no_program_in_an_artifact_runs_beside_a_token(
    runner: Runner,
    forge: Forge,
    github: FakeGitHub,
    next_issue: bytes,
    tmp_path: Path,
    name: str,
) -> None:
    ran = tmp_path / "ran"
    program = f"open({str(ran)!r}, 'a').write(__file__)\n"
    for path in (
        *("argparse.py", "json/__init__.py", "sitecustomize.py", "fir/__init__.py"),
        *(
            "fir/flows/__main__.py",
            "scripts/fir/workflows/__main__.py",
            "scripts/fir/workflows/github.py",
        ),
    ):
        runner.smuggled[path] = program
    github.download = partial(send, content=next_issue)
    runner.variables["CPL_URL"] = f"{runner.api.address}/download/list.xlsx"
    jobs = runner.run(WORKFLOWS / name, main_event(forge))
    assert {job.result for job in jobs.values()} == {"success"}, jobs
    assert not ran.exists()
    runner.run(_weakened(WORKFLOWS / name, tmp_path / "weakened"), main_event(forge))
    assert ran.exists(), "the artifact would have run otherwise"


def _record(tree: Path) -> None:
    text = (tree / RECORD).read_text(encoding="utf-8")
    text = text.replace("000042", "000041").replace("01070300", "01070200")
    put(tree, RECORD.replace("000042", "000041"), text)


def test_a_record_is_shown_as_the_pages_it_changes(runner: Runner, forge: Forge) -> None:
    jobs = runner.run(WORKFLOWS / "check.yml", forge.propose(_record))
    assert {job.result for job in jobs.values()} == {"success"}, jobs["pages"].log
    pages = runner.artifacts["changed-pages"]
    changed = {path.relative_to(pages).as_posix() for path in pages.rglob("*.html")}
    assert {"changed.html", "cpl/000041/index.html", "models/7F01-0005-0203/index.html"} <= changed
    assert "cpl/000046/index.html" not in changed, "another manufacturer's page is as it was"
    told = (pages / "changed.html").read_text(encoding="utf-8")
    assert re.search('<a href="cpl/000041/index.html">CPL 000041: newer exists', told)
    assert (pages / "assets/pages.css").is_file()
    assert runner.ran == scripts(WORKFLOWS / "check.yml")
