"""What a reviewer is told of a pull request: verdict, labels, changes, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import workbooks
from around import MANUFACTURER, RECORD, change, lay, lay_schema, put, write
from hostility import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from marko.ext.gfm import gfm
from proposals import CONTACT, NOTES, PROPOSALS, TODAY, bring, entry, lay_base, lay_head, put_record

from fir.cli import main
from fir.cpl.importing import import_cpl
from fir.demonstration import build
from fir.demonstration import write as write_files
from fir.model import Entry
from fir.repository.read import read_repository
from fir.review.as_json import review_json
from fir.review.kinds import area, kind_of
from fir.review.review import Review
from fir.review.states import Asked, two_states
from fir.review.summary import render
from fir.review.wording import html

GOLDEN = Path(__file__).parent / "summaries"
SHOWN = ("new-record", "new-manufacturer", "contact-change", "deletion", "notes-corrected",
         "cpl-update", "waiver", "record-and-policy")  # fmt: skip
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

Summary = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_base(tmp_path_factory.mktemp("reviewed") / "base")


@pytest.fixture
def summary(capsys: pytest.CaptureFixture[str]) -> Summary:
    """Exit code and output of `fir summary`; nothing else is printed."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = main(["summary", *map(str, arguments)])
        said = capsys.readouterr()
        assert not said.err or code == 2
        return code, said.out or said.err

    return run


def told(summary: Summary, head: Path, base: Path, *more: str) -> dict[str, Any]:
    """The JSON of a summary, as the workflow asks for it."""
    _, out = summary("--root", head, "--rules", base, "--base", base, "--format", "json", *more)
    value: dict[str, Any] = json.loads(out)
    return value


# Each pull request


@pytest.mark.parametrize("name", PROPOSALS)
def test_a_proposal_is_what_it_is(
    name: str, base: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    proposal = PROPOSALS[name]
    head = lay_head(base, tmp_path / "head", proposal)
    with two_states(Asked(str(head), str(base), str(base))) as states:
        review = Review(states, proposal.author)
        said, page = review_json(review, "base"), render(review, "base")
    assert (said["kind"], " ".join(said["labels"])) == (proposal.kind, proposal.labels)
    assert " ".join(each["risk"] for each in said["risks"]) == proposal.risks
    assert bool(said["refused"]) == (proposal.kind == "mixed")
    assert_inert(page)
    if name in SHOWN:
        golden = GOLDEN / f"{name}.md"
        if pytestconfig.getoption("--update-golden"):
            golden.write_text(page, encoding="utf-8", newline="\n")
        assert page == golden.read_text(encoding="utf-8")


def test_every_summary_that_is_kept_is_one_of_the_proposals() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(SHOWN)


def test_the_json_has_the_promised_keys(base: Path, summary: Summary, tmp_path: Path) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["contact-change"])
    said = told(summary, head, base, "--author", "somebody-else")
    assert list(said) == [
        "decision", "kind", "refused", "labels", "risk", "risks", "author", "base", "head",
        "files", "changes", "comments", "cpl", "answers", "recorded", "waivers", "coverage",
        "findings", "counts", "questions", "unread",
    ]  # fmt: skip
    [changed] = said["changes"]
    assert changed["fields"][0] == {
        "field": "contact.email",
        "before": "firmware@harrowmere.example",
        "after": "firmware@harrow-mere.example",
    }
    assert said["coverage"]["before"] == said["coverage"]["after"]
    assert said["base"] == {"given": str(base), "commit": None, "cpl_version": "0.088"}


def test_a_refused_mixture_has_its_own_exit_code(
    base: Path, summary: Summary, tmp_path: Path
) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["record-and-waiver"])
    code, page = summary("--root", head, "--base", base)
    assert code == 1
    assert page.startswith("## Not as one pull request: records and waivers must be decided apart")
    assert summary("--root", head, "--base", head)[0] == 0


def test_only_what_is_new_counts_as_new(base: Path, summary: Summary, tmp_path: Path) -> None:
    said = told(summary, lay_head(base, tmp_path / "head", PROPOSALS["bad-record"]), base)
    new = {(each["check"], each["path"][-11:]) for each in said["findings"] if each["new"]}
    assert new == {
        ("cpl-mismatch", "000002.yaml"),
        ("empty-release-notes", "000002.yaml"),
    }
    assert sum(said["counts"]["known"].values()) == len(said["findings"]) - 2 > 0


def test_a_known_finding_stays_known_under_a_new_version_of_the_list(
    base: Path, summary: Summary, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(base, old)
    change(old, "records/firmware/harrowmere/000010.yaml", '"0101"', '"0102"')

    def update(root: Path) -> None:
        bring(root, list(read_repository(root).entries.values()), "0.089")

    said = told(
        summary, lay_head(old, tmp_path / "head", PROPOSALS["nothing"]._replace(make=update)), old
    )
    assert said["counts"]["new"] == {"error": 0, "warning": 0, "note": 0}
    assert said["counts"]["known"]["error"] == 1


# Who proposes it


@pytest.mark.parametrize(
    ("slug", "author", "risk", "asked"),
    [
        ("harrowmere", "HARROWMERE-firmware", None, False),
        ("harrowmere", "stranger", "unlisted-submitter", False),
        ("lindhoff", "harrowmere-firmware", "other-manufacturer", False),
        ("lindhoff", "stranger", None, True),
        ("quillfield", "stranger", None, True),
        ("quillfield", "harrowmere-firmware", "other-manufacturer", False),
    ],
)
def test_the_submitter_is_compared_with_the_accounts_of_the_base(
    slug: str, author: str, risk: str | None, asked: bool,
    base: Path, summary: Summary, tmp_path: Path,
) -> None:  # fmt: skip
    def add_own_account(root: Path) -> None:
        path = f"records/manufacturers/{slug}.yaml"
        text = (root / path).read_text(encoding="utf-8")
        text = re.sub(r"^github: .*\n", "", text, flags=re.MULTILINE)
        put(root, path, f'{text}github: ["{author}"]\n')

    proposal = PROPOSALS["nothing"]._replace(make=add_own_account)
    said = told(summary, lay_head(base, tmp_path / "head", proposal), base, "--author", author)
    found = {each["risk"] for each in said["risks"]}
    assert found - {"manufacturer-changed"} == ({risk} if risk else set())
    assert any(f"Is `{author}`" in question for question in said["questions"]) == asked
    without = told(summary, tmp_path / "head", base)
    assert {each["risk"] for each in without["risks"]} <= {"manufacturer-changed"}


# What may be changed together


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (RECORD, "record"),
        (MANUFACTURER, "record"),
        ("records/pending/a/b.yaml", "record"),
        ("records/cpl/entries.csv", "cpl"),
        ("records/waivers.yaml", "waiver"),
        ("records/waivers.yaml/x", "tooling"),
        ("records/other.yaml", "tooling"),
        ("Records/firmware/a/000001.yaml", "tooling"),
        ("records/firmware", "tooling"),
        ("schema/policy.yaml", "tooling"),
        (".github/workflows/check.yml", "tooling"),
    ],
)
def test_a_path_belongs_to_one_part(path: str, expected: str) -> None:
    assert area(path) == expected


def test_parts_do_not_mix_but_for_what_an_import_writes() -> None:
    one = {
        "record": RECORD,
        "cpl": "records/cpl/x",
        "waiver": "records/waivers.yaml",
        "tooling": "x",
    }
    for name, path in one.items():
        assert kind_of([path]) == (name, None)
        for other, beside in one.items():
            kind, refused = kind_of([path, beside])
            assert (kind == "mixed") == (name != other) == (refused is not None)
            if refused:
                assert set(refused.parts) == {name, other}
    assert kind_of([one["cpl"], RECORD, one["waiver"]], [RECORD, one["waiver"]]) == ("cpl", None)
    kind, refused = kind_of([one["cpl"], RECORD, one["waiver"]], [one["waiver"]])
    assert kind == "mixed" and refused and refused.parts["record"] == (RECORD,)
    assert kind_of([]) == ("none", None)


def _promoted(root: Path) -> Path:
    return root / "records/firmware/harrowmere/000130.yaml"


@pytest.mark.parametrize(
    "meddle",
    [
        lambda root: change(root, "records/firmware/harrowmere/000130.yaml", "HM-1.", "HM-2."),
        lambda root: change(root, "records/waivers.yaml", '"2026-12-22"', '"2036-12-22"'),
        lambda root: change(root, "records/waivers.yaml", "000018.yaml", "000010.yaml"),
        lambda root: _promoted(root).unlink(),
        lambda root: put(root, MANUFACTURER, "name: x\n"),
    ],
)
def test_beside_a_new_cpl_only_what_the_import_writes_passes(
    meddle: Callable[[Path], object], base: Path, summary: Summary, tmp_path: Path
) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["cpl-update"])
    assert told(summary, head, base)["kind"] == "cpl"
    meddle(head)
    assert told(summary, head, base)["kind"] == "mixed"


def test_the_demonstration_may_give_way_to_a_real_list(
    demo_root: Path, summary: Summary, tmp_path: Path
) -> None:
    head = tmp_path / "head"
    shutil.copytree(demo_root, head)
    bring(
        head, [workbooks.sample("000042"), workbooks.sample("000043")], "2.051", replace_demo=True
    )
    said = told(summary, head, demo_root)
    assert said["kind"] == "cpl"
    assert said["decision"] == "CPL 2.051 replaces the demonstration data: 2 entries"
    assert said["cpl"]["added"] == ["000042", "000043"]
    back = told(summary, demo_root, head)
    assert "edited-by-hand" in {each["risk"] for each in back["risks"]}


@pytest.mark.parametrize(
    ("path", "old", "new", "shown"),
    [
        ("snapshot.yaml", 'issued_on: "2026-11-10"', 'issued_on: "2026-11-24"', "2026-11-24"),
        ("snapshot.yaml", 'imported_on: "2026-11-11"', 'imported_on: "2099-11-11"', "2099-11-11"),
        ("snapshot.yaml", "seed 1", "seed 2", "seed 2"),
        ("changes.csv", "", "0.088,2026-11-10,000010,status,Current,Removed\n"
         "0.088,2026-11-10,000010,status,Removed,Current\n", "000010"),
        ("changes.csv", "", "0.088,2026-11-10,000010,status,Current,Current\n", "000010"),
        ("changes.csv", "", "0.188,2026-11-30,000010,status,Current,Current\n", "another issue"),
    ],
)  # fmt: skip
def test_nothing_of_a_snapshot_changes_unseen(
    path: str, old: str, new: str, shown: str, base: Path, summary: Summary, tmp_path: Path
) -> None:
    """Though no entry differs: who reads the page of sources and history is told of it."""
    head = lay_head(base, tmp_path / "head", PROPOSALS["nothing"])
    if old:
        change(head, f"records/cpl/{path}", old, new)
    else:
        put(head, f"records/cpl/{path}", (head / f"records/cpl/{path}").read_text("utf-8") + new)
    _, page = summary("--root", head, "--base", base)
    body = page[page.index("### The Central") :]
    assert shown in body
    assert "holds what no import writes" in page


# A new issue of the list: everything that it does, and nothing else


def test_every_change_of_a_list_is_found_and_nothing_else(
    base: Path, summary: Summary, tmp_path: Path
) -> None:
    entries = list(read_repository(base).entries.values())
    assert_found(
        summary, base, tmp_path, [each for each in entries if not each.last_listed_version]
    )


def test_every_change_of_the_published_list_is_found_and_nothing_else(
    real_cpl: Path, summary: Summary, tmp_path: Path
) -> None:
    root = lay(tmp_path / "base")
    shutil.rmtree(root / "records/firmware")
    for name in ("entries.csv", "changes.csv", "snapshot.yaml"):
        (root / "records/cpl" / name).unlink()
    write(root, import_cpl(root, real_cpl, today=TODAY))
    assert_found(summary, root, tmp_path, list(read_repository(root).entries.values()), "2.052")


def assert_found(
    summary: Summary, base: Path, tmp_path: Path, entries: list[Entry], version: str = "0.089"
) -> None:
    """Ten entries are removed, ten amended and ten reinstated; two come and two go."""
    current = [each for each in entries if each.status == "Current"]
    was_removed = [each for each in entries if each.status == "Removed"][:10]
    current = current[:: max(len(current) // 20, 1)][:20]
    removed, amended = current[::2], current[1::2]
    issue = {each.cpl_number: each for each in entries}
    issue |= {each.cpl_number: each._replace(status="Removed") for each in removed}
    issue |= {each.cpl_number: each._replace(status="Current") for each in was_removed}
    issue |= {each.cpl_number: each._replace(image_hash="F" * 64) for each in amended}
    touched = {each.cpl_number for each in (*removed, *amended, *was_removed)}
    lost = [number for number in issue if number not in touched][-2:]
    for number in lost:
        del issue[number]
    added = {number: replace_number(entries[0], number) for number in ("000998", "000999")}
    head = tmp_path / "head"
    shutil.copytree(base, head)
    bring(head, [*issue.values(), *added.values()], version)

    said = told(summary, head, base)
    update = said["cpl"]
    assert (said["kind"], update["version"]) == ("cpl", version)
    assert "edited-by-hand" not in {each["risk"] for each in said["risks"]}
    for name, expected in (
        ("added", added), ("lost", lost), ("dropped", []), ("relisted", []),
        ("removed", [each.cpl_number for each in removed]),
        ("reinstated", [each.cpl_number for each in was_removed]),
    ):  # fmt: skip
        assert update[name] == sorted(expected), name
    assert update["amended"] == [
        {"cpl_number": each.cpl_number, "field": "image_hash", "before": each.image_hash,
         "after": "F" * 64}
        for each in sorted(amended)
    ]  # fmt: skip
    assert len(removed) == len(amended) == 10
    before, after = (read_repository(root).entries for root in (base, head))
    touched |= {*added, *lost}
    lines = {state[number].line for state in (before, after) for number in touched & state.keys()}
    answered = {number for each in said["answers"] for number in each["cpl_numbers"]}
    assert answered <= {number for number, each in after.items() if each.line in lines}
    assert {*added, *lost} <= answered


def replace_number(entry: Entry, number: str) -> Entry:
    return entry._replace(cpl_number=number, firmware_version=f"FF{number}", image_hash="")


def test_a_list_that_nobody_imported_is_seen(base: Path, summary: Summary, tmp_path: Path) -> None:
    def rewritten(root: Path) -> None:
        path = "records/cpl/changes.csv"
        lines = (root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        put(root, path, "".join(lines[:-1]))

    def older(root: Path) -> None:
        change(root, "records/cpl/snapshot.yaml", '"0.088"', '"0.087"')

    def imported_late(root: Path) -> None:
        """The waivers of an import end a while after it: for ever, if it may say any day."""
        bring(root, list(read_repository(root).entries.values())[:-1], "0.089")
        change(root, "records/cpl/snapshot.yaml", '"2026-11-22"', '"2036-11-22"')

    for number, meddle in enumerate((rewritten, older, imported_late)):
        head = lay_head(base, tmp_path / str(number), PROPOSALS["nothing"]._replace(make=meddle))
        said = told(summary, head, base)
        assert said["labels"] == ["cpl-update", "risk:high"]
        assert "edited-by-hand" in {each["risk"] for each in said["risks"]}


# Whatever is proposed


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "yaml": (lambda root: put(root, RECORD, "a: [\n"), "1 unreadable record"),
    "shape": (lambda root: change(root, RECORD, "manufacturer:", "maker:"), "1 unreadable record"),
    "manufacturer": (
        lambda root: change(root, MANUFACTURER, "email:", "mail:"),
        "1 unreadable manufacturer",
    ),
    "bytes": (lambda root: (root / RECORD).write_bytes(b"\xff\0\r"), "1 unreadable record"),
    "link": (lambda root: _linked(root), "1 unreadable record"),
    "misplaced": (lambda root: change(root, RECORD, '"000042"', '"000043"'), "1 record changed"),
    "odd name": (
        lambda root: put(root, "records/firmware/$(id)`@x\n/-rf\u202e.yaml", "a"),
        "1 unreadable record",
    ),
    "nothing left": (lambda root: shutil.rmtree(root / "records"), "must be decided apart"),
    "damaged snapshot": (
        lambda root: put(root, "records/cpl/entries.csv", "x\n"),
        "cannot be read",
    ),
    "journal": (lambda root: put(root, ".fir-write/journal.json", "[]"), "`.fir-write` must go"),
    "schema": (lambda root: put(root, "schema/manufacturer.schema.json", "{"), "Programs"),
    "waivers": (lambda root: put(root, "records/waivers.yaml", "- x"), "cannot be read"),
}


def _linked(root: Path) -> None:
    (root / RECORD).unlink()
    try:
        (root / RECORD).symlink_to("/etc/passwd")
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_proposal_still_has_a_summary(name: str, summary: Summary, tmp_path: Path) -> None:
    break_it, decision = BROKEN[name]
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    break_it(head)
    for rules in ((), ("--rules", base)):
        code, page = summary("--root", head, "--base", base, *rules)
        assert code in (0, 1)
        assert_inert(page)
        said = json.loads(summary("--root", head, "--base", base, *rules, "--format", "json")[1])
        assert decision in said["decision"]
        assert said["risk"] == "high"
        assert name == "manufacturer" or said["answers"] == [], "what cannot be read tells nothing"
        assert "root:" not in page, "a link is not followed"


def test_no_text_is_more_than_text(summary: Summary, tmp_path: Path) -> None:
    """Everything that the hostile repository holds comes new, changes, and goes."""
    plain, attack = lay(tmp_path / "plain"), hostile(tmp_path / "hostile")
    put(attack, f"docs/{HOSTILE[0].replace('/', '')} @team #1.md", "x")
    changed = tmp_path / "changed"
    shutil.copytree(attack, changed)
    for path in (changed / "records").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("alert(1)", "alert(2)"), encoding="utf-8")
    for base, head in ((plain, attack), (attack, plain), (attack, changed)):
        _, page = summary("--root", head, "--base", base, "--author", "@team #1 <b>")
        assert_inert(page)
        assert "onerror=alert" in page


class _Elements(HTMLParser):
    """What a renderer makes of a summary: its elements, and the text that stands outside code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: set[str] = set()
        self.outside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert tag == "input" or not attributes, (tag, attributes)
        if tag not in ("input", "br", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"code", "pre"}.intersection(self.open):
            self.outside += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


OURS = set("h2 h3 h4 p ul li b strong code pre table tr th td br hr del ins details summary input"
           .split())  # fmt: skip


def assert_inert(page: str) -> None:
    """No element is made by a text, and no mention, link or reference is left to be found."""
    assert all(character.isprintable() for character in page.replace("\n", ""))
    rendered = _Elements(gfm.convert(page))
    assert rendered.found <= OURS, rendered.found - OURS
    assert not rendered.open
    assert not re.search(r"[@#<>|`*~]|GH-|://|www\.|[0-9a-f]{7,}", rendered.outside)
    assert len(page.encode()) < 1 << 20


# Much


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("much") / "base"
    write_files(root, build(entries=500, coverage=0.0))
    lay_schema(root)
    return root


@pytest.mark.parametrize("texts", [1, 300])
def test_three_hundred_records_stay_readable(
    texts: int, thousand: Path, summary: Summary, tmp_path: Path
) -> None:
    repository = read_repository(thousand)
    free = [
        each for each in repository.entries.values() if each.cpl_number not in repository.by_number
    ]
    slugs = {
        identifier: slug
        for slug, maker in sorted(repository.manufacturers.items())
        for identifier in maker.manufacturer_identifiers
    }
    known = [each for each in free if each.manufacturer_identifier in slugs][:300]
    head = tmp_path / "head"
    shutil.copytree(thousand, head)
    for place, each in enumerate(known):
        text = NOTES + (f"Build {place}: {'w ' * 2_000}\n" if texts > 1 else "")
        put_record(head, each, slugs[each.manufacturer_identifier], text)
    assert len(known) == 300
    code, page = summary("--root", head, "--base", thousand)
    assert code == 0
    assert len(page.encode()) < 1 << 20
    if texts == 1:
        assert_inert(page)
        makers = {slugs[each.manufacturer_identifier] for each in known}
        assert page.count("<pre>Shows the standing charge") == len(makers)
        assert len(page) < 200_000
    else:
        left = re.search(r"Left out for want of room:\*\* ([0-9]+) groups", page)
        assert left and page.count("<pre>Shows the standing charge") + int(left[1]) == 300
        assert "### Coverage" in page and "### What readers will be told" in page


def test_no_risk_is_left_out_however_much_there_is(summary: Summary, tmp_path: Path) -> None:
    base, head = lay(tmp_path / "base"), tmp_path / "head"
    text = (base / RECORD).read_text(encoding="utf-8")
    for number in range(100, 400):
        put(base, f"records/firmware/example-meters/{number:06}.yaml",
            text.replace("000042", f"{number:06}") + f"product_name: \"{'p' * 90}\"\n")  # fmt: skip
    shutil.copytree(base, head)
    shutil.rmtree(head / "records/firmware")
    change(head, MANUFACTURER, "firmware@", "hardware@")
    code, page = summary("--root", head, "--base", base, "--author", "x")
    top = page[: page.index("### Only a person")]
    assert code == 0
    assert "A published contact changes" in top
    assert "<code>000042</code>" in top, "the only one of them that the CPL lists"


def test_no_names_however_long_are_more_than_a_summary_may_be(
    summary: Summary, tmp_path: Path
) -> None:
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    folder = "/".join(["&" * 240] * 4)
    for number in range(250):
        put(head, f"tools/{folder}/{number:06}.py", "")
        put(head, f"records/manufacturers/{'m' * 50}-{number}.yaml", CONTACT)
    code, page = summary("--root", head, "--base", base)
    assert (code, len(page.encode()) < 1 << 20) == (1, True)
    shutil.rmtree(head / "tools")
    _, page = summary("--root", head, "--base", base)
    assert page.count("- [ ] Is ") == 200 and "- [ ] 50 more like these" in page


# The base


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@panel.example", *arguments]
    return subprocess.run(
        command, cwd=root, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A branch that left main before main went on."""
    root = lay(tmp_path / "clone")
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "start")
    _git(root, "switch", "-qc", "proposal")
    change(root, RECORD, "gas day boundary", "boundary of the gas day")
    _git(root, "commit", "-qam", "proposal")
    _git(root, "switch", "-q", "main")
    change(root, MANUFACTURER, "firmware@", "elsewhere@")
    _git(root, "commit", "-qam", "main goes on")
    _git(root, "switch", "-q", "proposal")
    return root


@needs_git
def test_a_ref_is_compared_from_where_the_branch_left_it(clone: Path, summary: Summary) -> None:
    put(clone, "untracked.txt", "x")
    put(clone, ".gitignore", "ignored\n")
    put(clone, "ignored", "x")
    before = _git(clone, "status", "--porcelain=v2")
    said = json.loads(summary("--root", clone, "--base", "main", "--format", "json")[1])
    assert [each["path"] for each in said["files"]] == [".gitignore", RECORD, "untracked.txt"]
    assert said["base"]["commit"] == _git(clone, "merge-base", "main", "HEAD")
    assert _git(clone, "status", "--porcelain=v2") == before
    (clone / "untracked.txt").unlink()
    (clone / ".gitignore").unlink()
    (clone / "ignored").unlink()
    code, page = summary("--root", clone, "--base", "main")
    assert code == 0
    assert "<ins> the boundary of</ins> the gas day<del> boundary</del>" in page


def _stricter(root: Path) -> None:
    path = "schema/firmware-record.schema.json"
    text = (root / path).read_text(encoding="utf-8")
    put(root, path, text.replace('"required": [', '"required": ["product_name", ', 1))


@needs_git
def test_a_commit_and_a_folder_say_the_same(base: Path, summary: Summary, tmp_path: Path) -> None:
    """Of a commit only what differs is written out; what stays is known all the same."""
    root = tmp_path / "root"
    shutil.copytree(base, root)
    put(root, "records/firmware/harrowmere/000002.yaml", "unreadable: [\n")
    put(root, "records/firmware/harrowmere/000003.yaml", 'shapeless: "1"\n')
    change(root, "records/firmware/harrowmere/000010.yaml", "000010", "000011")
    folder = tmp_path / "folder"
    shutil.copytree(root, folder)
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "start")
    names = ("deletion", "cpl-update", "contact-change")
    for propose in (*(PROPOSALS[name].make for name in names), _stricter):
        propose(root)
        for rules in ((), ("--rules", folder)):
            said = [
                json.loads(summary("--root", root, "--base", of, *rules, "--format", "json")[1])
                for of in ("HEAD", folder)
            ]
            assert said[0].pop("base") != said[1].pop("base")
            assert said[0] == said[1]
            assert said[0]["counts"]["known"]["error"] >= 3
        _git(root, "reset", "-q", "--hard")
        _git(root, "clean", "-qfd")

    path = "records/firmware/harrowmere/000018.yaml"
    with (
        two_states(Asked(str(root), "HEAD")) as since,
        two_states(Asked(str(root), str(folder))) as beside,
    ):
        one, other = since.base.repository, beside.base.repository
        assert (one.records, one.files) == (other.records, other.files)
        assert one.at(path, "release_notes") == other.at(path, "release_notes")


@needs_git
def test_a_commit_without_records_could_not_run(clone: Path, summary: Summary) -> None:
    _git(clone, "switch", "-q", "--orphan", "empty")
    put(clone, "readme", "x")
    _git(clone, "add", "-A")
    _git(clone, "commit", "-qm", "nothing")
    lay(clone.parent / "new")
    shutil.copytree(clone.parent / "new" / "records", clone / "records")
    shutil.copytree(clone.parent / "new" / "schema", clone / "schema")
    code, said = summary("--root", clone, "--base", "HEAD")
    assert (code, said) == (2, "fir: `HEAD` holds no firmware records to compare with\n")


@needs_git
def test_what_is_no_commit_could_not_run(clone: Path, summary: Summary) -> None:
    for ref in ("nowhere", "--help", "-x", "main:records", "main..proposal", "a b;c", "\u202e", ""):
        code, said = summary("--root", clone, f"--base={ref}")
        assert code == 2, ref
        assert said.endswith(" is neither a folder with `records` nor a commit of git\n"), ref
        assert said.count("\n") == 1


@needs_git
def test_attributes_of_a_commit_hide_nothing(clone: Path, summary: Summary) -> None:
    put(clone, ".gitattributes", "records/** export-ignore\n*.yaml text eol=crlf\n")
    _git(clone, "add", "-A")
    _git(clone, "commit", "-qm", "hide")
    said = json.loads(summary("--root", clone, "--base", "HEAD", "--format", "json")[1])
    assert (said["kind"], said["coverage"]["before"]) == ("none", said["coverage"]["after"])


def test_without_git_a_folder_is_compared(summary: Summary, tmp_path: Path) -> None:
    base, head = lay(tmp_path / "base"), lay(tmp_path / "head")
    (head / "records/pending").mkdir(exist_ok=True)
    assert summary("--root", head, "--base", base)[1].startswith("## Nothing changes\n")
    assert summary("--root", head, "--base", tmp_path)[0] == 2


# Words


def test_numbers_in_a_row_are_told_as_a_row() -> None:
    found = ["000003", "000001", "000002", "000009", "x.yaml"]
    assert re.sub("</?code>", "", html("numbers", found)) == "000001 to 000003, 000009, x.yaml"
    assert html("numbers", [f"{n:06}" for n in range(0, 60, 2)]).endswith(" and 18 more")


@given(*[st.text(alphabet="ab <&\n.", max_size=30)] * 2)
def test_both_texts_are_whole_in_their_difference(before: str, after: str) -> None:
    said = html("word_by_word", before, after)
    plain = {"del": before, "ins": after}
    for kept, dropped in (("del", "ins"), ("ins", "del")):
        left = re.sub(f"<{dropped}>.*?</{dropped}>", "", said, flags=re.DOTALL)
        left = re.sub(f"</?{kept}>", "", left)
        assert left.replace("&lt;", "<").replace("&amp;", "&") == plain[kept]


def test_an_answer_before_and_after(base: Path, summary: Summary, tmp_path: Path) -> None:
    """A withdrawal changes what readers of the firmware, and of those before it, are told."""
    head = lay_head(base, tmp_path / "head", PROPOSALS["withdrawal"])
    said = told(summary, head, base)["answers"]
    [withdrawn] = [each for each in said if "000090" in each["cpl_numbers"]]
    assert withdrawn["before"].startswith("Newer exists: ")
    assert withdrawn["after"].startswith("Withdrawn: The manufacturer withdrew this firmware")


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("# About us\n\nThe template: a form. Click *on* it.\n", "low"),
        ("# About\n\n<script>fetch('/')</script>\n", "high"),
        ('# About\n\n<b\nonclick\n="x()">us</b>\n', "high"),
        ("[us](javascript:x)\n", "high"),
        ("---\ntitle: About\n'template': main.html\n---\n# About\n", "high"),
    ],
)
def test_a_page_in_which_something_runs_is_no_prose(
    text: str, risk: str, base: Path, summary: Summary, tmp_path: Path
) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["nothing"])
    put(head, "docs/about/index.md", text)
    assert told(summary, head, base)["risk"] == risk


def test_a_correction_is_asked_about(base: Path, summary: Summary, tmp_path: Path) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["notes-corrected"])
    _, page = summary("--root", head, "--base", base)
    assert "- [ ] Does the new entry under `corrections` say all" in page


def test_among_many_that_move_the_one_that_changes_stands_out(
    base: Path, summary: Summary, tmp_path: Path
) -> None:
    def renamed(root: Path) -> None:
        for path in sorted((root / "records/firmware/harrowmere").iterdir()):
            text = path.read_text(encoding="utf-8").replace('"harrowmere"', '"quillfield"')
            path.unlink()
            put(root, f"records/firmware/quillfield/{path.name}", text)
        path = "records/firmware/quillfield/000010.yaml"
        change(root, path, 'product_name: "HM-1"', 'product_name: "HM-7"')

    head = lay_head(base, tmp_path / "head", PROPOSALS["nothing"]._replace(make=renamed))
    _, page = summary("--root", head, "--base", base)
    assert re.findall("^#### (.*moved.*)$", page, re.MULTILINE) == [
        "21 records of `quillfield`, moved, one change",
        "Record `000010` of `quillfield`, moved",
    ]
    assert page.count("<code>manufacturer</code>") == 2
    assert page.index("<code>HM-7</code>") > page.index("#### Record `000010`")


def test_a_takeover_is_asked_about_as_one(base: Path, summary: Summary, tmp_path: Path) -> None:
    head = lay_head(base, tmp_path / "head", PROPOSALS["taken-over"])
    _, page = summary("--root", head, "--base", base)
    assert "Which document shows that the firmware is that other manufacturer's now?" in page
    assert "wrong device" not in page


def test_a_record_that_only_changes_its_form_says_so(
    base: Path, summary: Summary, tmp_path: Path
) -> None:
    def comment(root: Path) -> None:
        for path in ("firmware/harrowmere/000010", "manufacturers/harrowmere", "waivers"):
            text = (root / f"records/{path}.yaml").read_text(encoding="utf-8")
            put(root, f"records/{path}.yaml", f"# A <b>remark</b>.\n{text} # Another.\n")

    head = lay_head(base, tmp_path / "head", PROPOSALS["nothing"]._replace(make=comment))
    _, page = summary("--root", head, "--base", base)
    assert "Only its form changes" in page and entry(base, "000010").firmware_version in page
    assert page.count("<code># A &lt;b&gt;remark&lt;/b&gt;.<br># Another.</code>") == 3
    shutil.copy(base / "records/waivers.yaml", head / "records")
    path = "records/firmware/harrowmere/000017.yaml"
    text = (base / path).read_text(encoding="utf-8")
    put(head, path, f"{text}# yaml-language-server: call me\n")
    assert "<code># yaml-language-server: call me" in summary("--root", head, "--base", base)[1]
    assert "May what the comments say be public?" in summary("--root", head, "--base", base)[1]
    assert "Comments" not in summary("--root", head, "--base", head)[1]
