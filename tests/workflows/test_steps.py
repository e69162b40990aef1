"""The steps of the workflows by themselves: what they refuse, and what hostile text becomes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from actions import git
from around import RECORD, change, lay, put
from github_api import FakeGitHub, send, serving
from hostility import HOSTILE
from markup_read import without_code
from proposals import PROPOSALS

from fir.cli import main
from fir.model import Repository
from fir.repository.read import read_repository
from fir.workflows import cpl, github, label, remind, runner
from fir.workflows import judge as judging
from fir.workflows.judge import Proposal, judge, judge_pull
from fir.workflows.runner import StepFailed


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as found:
        found.permissions["t"] = {"pull-requests": "read", "issues": "write", "statuses": "write"}
        for name, value in (
            ("GITHUB_API_URL", found.address),
            ("GITHUB_GRAPHQL_URL", f"{found.address}/graphql"),
            ("GITHUB_REPOSITORY", "panel/fir"),
            ("GITHUB_SERVER_URL", "https://github.example"),
            ("GITHUB_TOKEN", "t"),
        ):
            monkeypatch.setenv(name, value)
        yield found


def test_an_annotation_is_one_command_whatever_it_says() -> None:
    said = runner.annotation("error", "50 %\n::warning::x\r\x1b[2J")
    assert said == "::error::50 %25\\n::warning::x\\x0d\\x1b[2J"


def test_an_output_cannot_bring_a_second_one(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    runner.output("kind", "record")
    with pytest.raises(StepFailed):
        runner.output("kind", "record\nother=1")
    assert (tmp_path / "output").read_text(encoding="utf-8") == "kind=record\n"


@pytest.mark.parametrize(
    "path", ["scripts/fir/cli/__init__.py", ".github/workflows/check.yml", "recordsx/a", "renamed"]
)
def test_an_import_reaches_records_and_nothing_else(
    tmp_path: Path, forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    tree = tmp_path / "tree"
    put(tree, "records/cpl/snapshot.yaml", "a\n")
    put(tree, "renamed", "a file that moves\n")
    git("init", "--quiet", str(tree))
    git("-C", str(tree), "add", "--all")
    git("-C", str(tree), "commit", "--quiet", "-m", "all")
    if path == "renamed":
        (tree / path).rename(tree / "records/cpl/moved")
    else:
        put(tree, path, "changed\n")
    put(tree, "records/cpl/snapshot.yaml", "b\n")
    git("-C", str(tree), "add", "--all")
    patch = git("-C", str(tree), "diff", "--cached", "--binary", "--find-renames")
    put(tmp_path, "proposal/cpl.patch", f"{patch}\n")
    git("-C", str(tree), "reset", "--quiet", "--hard")
    monkeypatch.chdir(tree)
    with pytest.raises(StepFailed, match="the import would change"):
        cpl.propose(tmp_path / "proposal")
    assert forge.wrote == []
    assert git("-C", str(tree), "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "lie", [{"labels": ["admin"]}, {"head": "../../labels"}, {"head": "a" * 40 + "\n"}]
)
def test_labels_and_commits_of_another_kind_are_refused(
    forge: FakeGitHub, lie: dict[str, Any]
) -> None:
    seen = {"number": 1, "head": "a" * 40, "passes": True, "labels": ["tooling"], "words": "x"}
    with pytest.raises(StepFailed, match="not to be trusted"):
        label.label([{**seen, **lie}])
    assert forge.wrote == []


def test_what_github_refuses_for_one_keeps_nothing_from_the_others(
    forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = github.call

    def call(method: str, path: str, body: Any = None) -> Any:
        if method == "POST" and path.endswith("a" * 40):
            raise StepFailed("422, `This SHA and context has reached the maximum`")
        return asked(method, path, body)

    monkeypatch.setattr(github, "call", call)
    seen = {"number": 1, "passes": False, "labels": ["tooling"], "words": "x"}
    both = [{**seen, "head": "a" * 40}, {**seen, "head": "b" * 40, "number": 2}]
    with pytest.raises(StepFailed, match="not all could be told: #1"):
        label.label(both)
    assert [each["state"] for each in forge.statuses["b" * 40]] == ["failure"]
    assert "::error::#1: 422" in capsys.readouterr().out


def test_one_proposal_cannot_take_the_time_of_all(
    tmp_path: Path, forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = tmp_path / "tree"
    for number in (1, 2):
        put(tree, f"records/{number}", "x\n")
        git("init", "--quiet", str(tree))
        git("-C", str(tree), "add", "--all")
        git("-C", str(tree), "commit", "--quiet", "-m", "all")
    merge = git("-C", str(tree), "rev-parse", "HEAD")
    git("-C", str(tree), "checkout", "--quiet", "--detach", "HEAD^")
    monkeypatch.setattr(judging, "MOST_FILES", 0)
    told = judge_pull(tree, {"number": 1, "user": None}, merge)
    assert (told["passes"], told["labels"]) == (False, ["risk:high"])
    assert told["words"] == "cannot be judged: 1 files are more than the 0 that are looked at"


WAIVED = f'''\
- check: "cpl-mismatch"
  path: "{RECORD}"
  reason: "Awaiting a corrected CPL"
  approved_by: "SEC Panel"
  until: "2027-01-31"
'''


def _mismatch(tree: Path) -> None:
    change(tree, RECORD, "01070300", "01070301")


def _mismatch_and_its_waiver(tree: Path) -> None:
    _mismatch(tree)
    put(tree, "records/waivers.yaml", WAIVED)


def _mismatch_and_a_list_that_agrees(tree: Path) -> None:
    _mismatch(tree)
    listed = (tree / "records/cpl/entries.csv").read_text(encoding="utf-8")
    row = next(line for line in listed.splitlines() if line.startswith("000042,"))
    change(tree, "records/cpl/entries.csv", row, row.replace("01070300", "01070301"))


@pytest.mark.parametrize(
    ("edit", "kind", "checks"),
    [
        (_mismatch, "record", ["cpl-mismatch"]),
        (_mismatch_and_its_waiver, "mixed", ["cpl-mismatch"]),
        (_mismatch_and_a_list_that_agrees, "mixed", ["cpl-mismatch"]),
        (lambda tree: put(tree, "records/waivers.yaml", WAIVED), "waiver", ["needless-waiver"]),
        (lambda tree: put(tree, "records/waivers.yaml", "a: ["), "waiver", ["yaml-syntax"]),
    ],
)
@pytest.mark.parametrize("verb", ["judge", "summary"])
def test_the_summary_and_the_verdict_find_the_same(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    edit: Callable[[Path], None],
    kind: str,
    checks: list[str],
) -> None:
    """What waives a finding, or makes the list agree with it, counts where it comes alone."""
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    edit(head)
    if verb == "judge":
        verdict = judge(Proposal(base, head, ""))
        told = verdict.summary
        assert [each.check for each in verdict.report.findings] == checks
        assert verdict.passes == (not verdict.report.counts["error"] and kind != "mixed")
    else:
        paths = ("--root", str(head), "--base", str(base), "--rules", str(base))
        assert main(["summary", *paths, "--format", "json"]) == (kind == "mixed")
        told = json.loads(capsys.readouterr().out)
    assert (told["kind"], [each["check"] for each in told["findings"]]) == (kind, checks)


def test_a_proposal_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    _mismatch(head)
    read: list[str] = []

    def counted(root: str, **rules: Any) -> Repository:
        read.append(root)
        return read_repository(root, **rules)

    for module in ("fir.review.review", "fir.review.states"):
        monkeypatch.setattr(f"{module}.read_repository", counted)
    judge(Proposal(base, head, ""))
    assert sorted(read) == [str(base), str(head)]


def test_what_cannot_be_read_has_no_verdict(tmp_path: Path) -> None:
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    shutil.rmtree(head / "records")
    with pytest.raises(StepFailed, match="is no repository of firmware records"):
        judge(Proposal(base, head, ""))


def test_triage_knows_every_label_of_a_summary() -> None:
    assert {name for each in PROPOSALS.values() for name in each.labels.split()} == label.LABELS


def test_a_verdict_of_any_length_fits_and_shows_what_it_holds(forge: FakeGitHub) -> None:
    words = "a\u202e" + "b" * 200
    seen = {"number": 1, "head": "a" * 40, "passes": False, "labels": ["tooling"], "words": words}
    label.label([seen])
    [status] = forge.statuses["a" * 40]
    assert status["description"].startswith("a\\u202eb") and len(status["description"]) == 140


def test_what_github_refuses_is_told_in_its_own_words(forge: FakeGitHub) -> None:
    with pytest.raises(StepFailed, match="403, `Resource not accessible by integration`"):
        github.call("POST", "/pulls", {})


def test_the_token_follows_no_redirection(
    forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    forge.download = lambda handler: elsewhere(handler, f"{forge.address}/other", heard)
    monkeypatch.setenv("GITHUB_API_URL", f"{forge.address}/download")
    with pytest.raises(StepFailed, match="302"):
        github.call("GET", "/pulls")
    assert heard == ["/download/repos/panel/fir/pulls"]


@pytest.mark.parametrize("answer", [b"<!doctype html>", b"", b"null", b'{"data": null}'])
def test_an_answer_that_is_none_is_no_fault_of_ours(
    forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    forge.download = partial(send, content=answer)
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{forge.address}/download/graphql")
    with pytest.raises(StepFailed, match=r"GitHub (could not answer|answered POST)"):
        github.query("query {}", {})


def elsewhere(handler: BaseHTTPRequestHandler, address: str, heard: list[str]) -> None:
    heard.append(handler.path)
    handler.send_response(302)
    handler.send_header("Location", address)
    handler.end_headers()


def test_every_page_of_a_list_is_asked_for(forge: FakeGitHub) -> None:
    forge.pulls = [{"number": number, "state": "open"} for number in range(205)]
    assert len(list(github.every("/pulls?state=open"))) == 205


@pytest.mark.parametrize("address", ["http://cpl.example/a.xlsx", "file:///etc/passwd", "", "a"])
def test_a_download_comes_over_https(tmp_path: Path, forge: FakeGitHub, address: str) -> None:
    with pytest.raises(StepFailed, match="is not an address that begins with https://"):
        cpl.fetch(address, tmp_path, 5)
    forge.download = lambda handler: elsewhere(handler, address, [])
    if address and ":" in address:
        with pytest.raises(StepFailed):
            cpl.fetch(f"{forge.address}/download/a", tmp_path, 5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://[cpl.example/a", "is not an address"),
        (f"https://{'a' * 70}.example/a", "could not be reached"),
        ("https://panel:secret@cpl.example/a", "the address holds a name or a password"),
    ],
)
def test_an_address_that_is_none_is_told_of_and_no_password(
    tmp_path: Path, address: str, said: str
) -> None:
    with pytest.raises(StepFailed, match=said) as refused:
        cpl.fetch(address, tmp_path, 5)
    assert "secret" not in str(refused.value)


def test_a_download_has_a_size_and_a_plain_name(
    tmp_path: Path, forge: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.download = partial(send, content=b"x" * 100)
    odd = "%2e%2e%2f-Liste%0a%C3%A4%20v2.xlsx?a=b"
    found = cpl.fetch(f"{forge.address}/download/{odd}", tmp_path, 5)
    assert (found.parent, found.name) == (tmp_path, "Liste-v2.xlsx")
    assert cpl.fetch(f"{forge.address}/download/", tmp_path, 5).name == "central-products-list"
    monkeypatch.setattr(cpl, "MOST_BYTES", 99)
    with pytest.raises(StepFailed, match="more than 99 bytes"):
        cpl.fetch(f"{forge.address}/download/a", tmp_path, 5)


def test_what_is_due_is_short_and_inert(forge: FakeGitHub) -> None:
    findings = [
        {"check": "expired-certificate", "path": f"records/{text}", "message": text, "fix": "ask"}
        for text in HOSTILE * 20
    ]
    body = remind.body_of(findings)
    assert f"### Certificates past their day: {len(findings):,}\n" in body
    assert "more findings" in body and len(body) < 65_536
    listed = "\n".join(re.findall(r"^- (.*:.*)$", body, re.MULTILINE))
    assert not re.search(r"[<>@#\[\]|]", without_code(listed)), "nothing of theirs is markup"
