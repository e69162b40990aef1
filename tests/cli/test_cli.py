"""The command line as people and workflows meet it: each verb, exit code and format."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import workbooks
from around import MANUFACTURER, RECORD, ROOT, change, lay, put

from fir import cli
from fir.checks import checks
from fir.cli import commands as verbs
from fir.report.json import as_json

FORMATS = ("text", "github", "json", "markdown")


class Said(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> Said:
        code = cli.main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


# One mistake each: the file to find it in, its place, its check, and what the cure must say.


class Mistake(NamedTuple):
    make: Callable[[Path], None]
    path: str
    line: int
    column: int
    check: str
    fix: str


def _copied(number: str, **values: str) -> Callable[[Path], None]:
    """A record of another number, with some values of its device."""

    def make(root: Path) -> None:
        text = (root / RECORD).read_text(encoding="utf-8").replace("000042", number)
        for field, value in values.items():
            text = re.sub(rf'({field}): ".*"', rf'\1: "{value}"', text)
        put(root, f"records/firmware/example-meters/{number}.yaml", text)

    return make


def _changed(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: change(root, path, old, new)


def _moved(path: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / RECORD).rename(root / path)

    return make


def _linked(root: Path) -> None:
    try:
        (root / FOLDER / "000041.yaml").symlink_to("000042.yaml")
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")


def _bomb(root: Path) -> None:
    lines = ['a: &a ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    put(root, f"{FOLDER}/000041.yaml", "\n".join(lines) + "\n")


FOLDER = "records/firmware/example-meters"
TWIN = "records/firmware/sample-displays/000042.yaml"
ELECTRIC = {
    "type": "Single Element Electricity Metering Equipment",
    "model_identifier": "0006",
    "hardware_version": "01",
    "hardware_revision": "00",
}
MISTAKES = {
    "mistyped CPL number": Mistake(
        _copied("000490", **{**ELECTRIC, "model_identifier": "0007"}, firmware_version="01000000"),
        f"{FOLDER}/000490.yaml",
        *(2, 13, "unknown-cpl-number", 'write "000049"'),
    ),
    "transposed digit": Mistake(
        _copied("000034", hardware_revision="04"),
        f"{FOLDER}/000034.yaml",
        *(2, 13, "unknown-cpl-number", 'write "000043"'),
    ),
    "unquoted version": Mistake(
        _changed(RECORD, '"01070300"', "01070300"),
        RECORD,
        *(10, 21, "unquoted-value", 'write "01070300"'),
    ),
    "BCD version": Mistake(
        _copied("000044", **ELECTRIC, firmware_version="00040A01"),
        f"{FOLDER}/000044.yaml",
        *(10, 21, "cpl-mismatch", 'write "00041001"'),
    ),
    "missing telephone": Mistake(
        _changed(MANUFACTURER, '  telephone: "+441632960123"\n', ""),
        MANUFACTURER,
        *(5, 3, "schema", '`telephone: "+441632960123"`'),
    ),
    "blank notes": Mistake(
        _changed(RECORD, "|\n  Corrects the gas day boundary after a clock change.", '" "'),
        RECORD,
        *(11, 16, "empty-release-notes", "say what changed"),
    ),
    "misspelt key": Mistake(
        _changed(RECORD, "manufacturer:", "manufacter:"),
        RECORD,
        *(3, 1, "schema", "did you mean `manufacturer`?"),
    ),
    "duplicate": Mistake(
        lambda root: put(
            root,
            TWIN,
            (root / RECORD)
            .read_text(encoding="utf-8")
            .replace("example-meters", "sample-displays"),
        ),
        TWIN,
        *(2, 13, "duplicate-record", f"git rm {TWIN}"),
    ),
    "wrong folder": Mistake(_moved(TWIN), TWIN, *(3, 15, "wrong-path", f"git mv {TWIN} {RECORD}")),
    "symlink": Mistake(
        _linked,
        f"{FOLDER}/000041.yaml",
        *(1, 1, "unsafe-file", "replace the link with what it points to"),
    ),
    "YAML bomb": Mistake(_bomb, f"{FOLDER}/000041.yaml", *(1, 4, "yaml-extra", "remove `&a`")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_makes_one_finding_with_its_place_and_cure(
    name: str, root: Path, run: Run
) -> None:
    mistake = MISTAKES[name]
    mistake.make(root)
    said = {format: run("check", "--root", root, "--format", format) for format in FORMATS}
    assert {each.code for each in said.values()} == {1}

    first, fix = said["text"].out.splitlines()
    place = f"{mistake.path}:{mistake.line}:{mistake.column}: error: "
    assert first.startswith(place) and first.endswith(f" [{mistake.check}]")
    assert fix.startswith("    fix: ") and mistake.fix in fix

    [finding] = json.loads(said["json"].out)["findings"]
    assert finding["path"] == mistake.path
    assert (finding["line"], finding["column"]) == (mistake.line, mistake.column)
    assert (finding["level"], finding["check"]) == ("error", mistake.check)
    assert mistake.fix in finding["fix"]

    [command] = said["github"].out.splitlines()
    properties = f"file={mistake.path},line={mistake.line},col={mistake.column}"
    assert command.startswith(f"::error {properties},title={mistake.check}::")
    assert mistake.fix in command.partition("%0Afix: ")[2]

    summary = said["markdown"].out
    assert summary.count("- **error**, line ") == 1
    assert f"\n#### `{mistake.path}`\n" in summary
    assert f"- **error**, line {mistake.line}, column {mistake.column}: " in summary
    bare = mistake.fix.replace("`", "")
    assert bare in summary.replace("`", "").partition("  fix: ")[2]


# check


def test_a_sound_repository_passes_in_every_format(root: Path, run: Run) -> None:
    for format in FORMATS:
        said = run("check", "--root", root, "--format", format)
        assert said.code == 0
        assert said.err == "1 record, nothing found\n"
    assert run("check", "--root", root).out == ""


def test_warnings_fail_only_when_asked(root: Path, run: Run) -> None:
    _copied("000048", firmware_version="01070000")(root)
    change(root, f"{FOLDER}/000048.yaml", "Corrects the", "Now corrects the")
    assert run("check", "--root", root).code == 0
    strict = run("check", "--root", root, "--strict")
    assert strict.code == 1
    assert strict.err == "1 warning in 1 of 2 records\n"


def test_dates_are_judged_only_when_asked(root: Path, run: Run) -> None:
    assert run("check", "--root", root, "--strict").code == 0
    said = run("check", "--root", root, "--strict", "--today", "2036-01-01")
    assert said.code == 1
    assert "[stale-snapshot]" in said.out


def test_only_runs_the_checks_named(root: Path, run: Run) -> None:
    change(root, RECORD, '"01070300"', '"01070301"')
    assert run("check", "--root", root).code == 1
    assert run("check", "--root", root, "--only", "schema").code == 0
    both = run("check", "--root", root, "--only", "schema", "--only", "cpl-mismatch")
    assert both.out.count("[cpl-mismatch]") == 1


def test_only_an_unknown_check_could_not_run(root: Path, run: Run) -> None:
    said = run("check", "--root", root, "--only", "cpl-mismach")
    assert said == (
        2,
        "",
        "fir: there is no check `cpl-mismach`; did you mean `cpl-mismatch`?\n",
    )


@pytest.fixture
def twice_wrong(root: Path) -> Path:
    change(root, RECORD, '"01070300"', '"01070301"')
    change(root, MANUFACTURER, "+441632960123", "01632 960123")
    return root


@pytest.mark.parametrize(
    ("folder", "path", "files"),
    [
        (".", RECORD, [RECORD]),
        (".", "records/firmware", [RECORD]),
        (".", "records/firmware/", [RECORD]),
        (".", "records", [RECORD, MANUFACTURER]),
        (".", "records/firm*", None),
        ("records/firmware", "example-meters", [RECORD]),
        ("records/firmware/example-meters", "000042.yaml", [RECORD]),
        ("records/firmware", "../manufacturers", [MANUFACTURER]),
        ("records/firmware", RECORD, [RECORD]),
        ("records/firmware", ".", [RECORD]),
        ("schema", MANUFACTURER, [MANUFACTURER]),
        (".", "records/firmware/example-meters/00004", None),
    ],
)
def test_a_path_narrows_the_report(
    twice_wrong: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
    path: str,
    files: list[str] | None,
) -> None:
    monkeypatch.chdir(twice_wrong / folder)
    said = run("check", "--format", "json", path)
    if files is None:
        assert said.code == 2
        assert said.err.startswith(f"fir: there is no `{path}`, neither here nor in ")
    else:
        assert said.code == 1
        assert [each["path"] for each in json.loads(said.out)["findings"]] == files


def test_an_absolute_path_and_one_through_a_link_narrow_too(
    twice_wrong: Path, run: Run, tmp_path: Path
) -> None:
    try:
        (tmp_path / "link").symlink_to(twice_wrong, target_is_directory=True)
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")
    for root in (twice_wrong, tmp_path / "link"):
        for path in (twice_wrong / RECORD, tmp_path / "link" / RECORD):
            assert run("check", "--root", root, path).out.count("    fix: ") == 1


def test_a_path_outside_the_repository_could_not_run(
    twice_wrong: Path, run: Run, tmp_path: Path
) -> None:
    said = run("check", "--root", twice_wrong, tmp_path)
    assert said.code == 2
    assert "is not in the repository" in said.err


def test_a_path_of_the_repository_wins_over_one_elsewhere(
    twice_wrong: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lay(tmp_path / "elsewhere"))
    said = run("check", "--root", twice_wrong, RECORD)
    assert said.out.count("    fix: ") == 1


def test_a_path_without_findings_passes(twice_wrong: Path, run: Run) -> None:
    said = run("check", "--root", twice_wrong, "records/waivers.yaml")
    assert said.code == 0


# --rules


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return lay(tmp_path / "base")


def _weaker_schema(root: Path) -> None:
    required = '"required": ["cpl_number", "manufacturer", "device", "release_notes"]'
    change(root, "schema/firmware-record.schema.json", required, '"required": []')
    change(root, "schema/firmware-record.schema.json", '"maxLength": 20000', '"maxLength": 1')
    change(root, RECORD, 'manufacturer: "example-meters"\n', "")


def _weaker_waivers(root: Path) -> None:
    put(
        root,
        "records/waivers.yaml",
        f'- check: "unknown-upgrade-source"\n  path: "{RECORD}"\n  reason: "Why not."\n'
        '  approved_by: "nobody"\n  until: "2099-01-01"\n',
    )
    change(root, RECORD, "release_notes:", 'upgrade_from: ["999999"]\nrelease_notes:')


def _own_entry(root: Path) -> None:
    """An entry that no CPL holds, to make a record of it look right."""
    path = root / "records/cpl/entries.csv"
    text = path.read_text(encoding="utf-8")
    last = text.splitlines()[-1].replace("000049", "000050").replace("01000000", "02000000")
    put(root, "records/cpl/entries.csv", f"{text}{last}\n")
    change(root, "records/cpl/snapshot.yaml", 'entries: "10"', 'entries: "11"')
    values = {**ELECTRIC, "model_identifier": "0007", "firmware_version": "02000000"}
    _copied("000050", **values)(root)


@pytest.mark.parametrize("weaken", [_weaker_waivers, _own_entry])
def test_a_proposal_is_judged_by_the_rules_of_the_base(
    weaken: Callable[[Path], None], root: Path, base: Path, run: Run
) -> None:
    weaken(root)
    assert run("check", "--root", root).code == 0, "by its own rules it passes"
    assert run("check", "--root", root, "--rules", base).code == 1
    assert run("check", "--root", root, "--rules", base, "--own-cpl").code == 0


def test_a_proposal_cannot_bring_its_own_schema(root: Path, base: Path, run: Run) -> None:
    _weaker_schema(root)
    for arguments in (["--rules", base], ["--rules", base, "--own-cpl"]):
        said = run("check", "--root", root, *arguments)
        assert said.code == 1
        assert "`manufacturer` is missing" in said.out


def test_a_proposal_cannot_bring_its_own_policy(root: Path, base: Path, run: Run) -> None:
    put(root, "schema/policy.yaml", "no policy")
    assert run("check", "--root", root).code == 2
    assert run("check", "--root", root, "--rules", base).code == 0
    change(base, "schema/policy.yaml", 'stale_snapshot_days: "60"', 'stale_snapshot_days: "9999"')
    said = run("check", "--root", root, "--rules", base, "--today", "2027-01-01")
    assert "[stale-snapshot]" not in said.out


# What could not run


@pytest.mark.parametrize("verb", ["check", "find 42", "coverage", "cpl import x.csv"])
def test_a_folder_that_is_no_repository_could_not_run(
    verb: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*verb.split())
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert said.err.endswith(" is not in a repository of firmware records; give one with --root\n")


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("schema/policy.yaml", "device_types: {}\n", "`pending` is missing in the policy; fix: "),
        ("schema/policy.yaml", "a: [", "policy.yaml:"),
        ("schema/manufacturer.schema.json", "{", "cannot be read"),
    ],
)
def test_broken_rules_could_not_run(path: str, text: str, words: str, root: Path, run: Run) -> None:
    put(root, path, text)
    said = run("check", "--root", root)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("fir: ") and said.err.count("\n") == 1
    assert words in said.err


def test_a_missing_schema_folder_could_not_run(root: Path, run: Run, tmp_path: Path) -> None:
    assert run("check", "--root", root, "--rules", tmp_path).code == 2
    assert run("check", "--root", tmp_path / "nowhere").code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("chek", "there is no command `chek`; did you mean `check`?"),
        (
            "zzz",
            "there is no command `zzz`; there is add, check, correct, coverage, cpl, explain, "
            "export, find, fmt, new or summary",
        ),
        (
            "check --format xml",
            "argument --format: `xml` is not text, github, json or markdown; "
            "`fir check --help` explains",
        ),
        (
            "check --today 2026-13-01",
            "argument --today: `2026-13-01` is no date like 2026-11-22; "
            "`fir check --help` explains",
        ),
        ("check --stric", "unrecognized arguments: --stric; `fir --help` explains"),
        (
            "find",
            "the following arguments are required: QUERY; `fir find --help` explains",
        ),
        (
            "explain nonsense-of-mine",
            "there is no check `nonsense-of-mine`; `fir explain` lists them",
        ),
        ("find --root . !", "the query holds nothing to look for"),
    ],
)
def test_arguments_that_make_no_sense_are_one_sentence(
    arguments: str, sentence: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert run(*arguments.split()) == (2, "", f"fir: {sentence}\n")


def test_no_command_shows_the_help_and_could_not_run(run: Run) -> None:
    for arguments in ([], ["cpl"]):
        said = run(*arguments)
        assert said.code == 2
        assert said.err.startswith("usage: fir")


def test_an_interruption_has_its_own_code(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(options: object) -> verbs.Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr("fir.cli.commands.check.run", interrupted)
    assert run("check", "--root", root) == (130, "", "")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied", "a\x1bb"), "fir: a\\x1bb: Permission denied\n"),
        (OSError(28, "No space left on device"), "fir: No space left on device\n"),
        (
            ModuleNotFoundError("No module named 'yaml'", name="yaml"),
            "fir: `yaml` is not installed here; run `make setup` first\n",
        ),
        (KeyError("odd\nkey"), "fir: a fault of fir itself, please report it: KeyError: "),
    ],
)
def test_a_fault_is_one_sentence_and_no_traceback(
    error: Exception, sentence: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(options: object) -> verbs.Outcome:
        raise error

    monkeypatch.setattr("fir.cli.commands.check.run", fail)
    said = run("check", "--root", root)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(sentence) and said.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_could_not_run(root: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = _fir("coverage", "--root", str(root), stdout=full)
    assert done.returncode == 2
    assert done.stderr == "fir: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error on Windows")
def test_a_reader_that_has_seen_enough_is_no_fault(root: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as closed:
        done = _fir("coverage", "--root", str(root), stdout=closed)
    assert (done.returncode, done.stderr) == (0, "")


# What each verb can be asked twice over with the same outcome.
_ASKED = {
    "add": ("nothing.csv",),
    "check": ("--strict",),
    "correct": ("000042", "--notes", "nothing.txt"),
    "coverage": (),
    "cpl import": ("nothing.xlsx",),
    "explain": ("schema",),
    "export": ("{out}",),
    "find": ("999999",),
    "fmt": ("--check",),
    "new": ("000042",),
    "summary": ("--base", "{root}"),
}


def test_every_verb_is_asked_with_its_streams_closed() -> None:
    assert [*_ASKED] == verbs.names()


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes streams is no part of Windows")
@pytest.mark.parametrize("verb", [*_ASKED, "--help", "--version", "nonsense"])
def test_a_stream_that_is_closed_or_has_no_reader_is_no_fault(
    verb: str, root: Path, tmp_path: Path
) -> None:
    """And the exit code is the same: who closes a stream asks for nothing else."""
    put(root, RECORD.replace("000042", "999999"), "cpl_number: 999999\n")
    asked = [
        each.replace("{out}", str(tmp_path / "out")).replace("{root}", str(root))
        for each in _ASKED.get(verb, ())
    ]
    command = [sys.executable, "-m", "fir", *verb.split(), *asked]

    def run(redirected: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", f'set -o pipefail; "$@" {redirected}', "bash", *command],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
            check=False,
        )

    whole = run("")
    assert "fault of fir" not in whole.stderr
    closed = run(">&-")
    assert (closed.returncode, closed.stdout, closed.stderr) == (whole.returncode, "", whole.stderr)
    silent = run("2>&-")
    assert (silent.returncode, silent.stdout, silent.stderr) == (whole.returncode, whole.stdout, "")
    for redirected in (">&- 2>&- <&-", "2>&1 >&- | true", "2> >(true) | true"):
        done = run(redirected)
        assert (done.returncode, done.stdout, done.stderr) == (whole.returncode, "", ""), redirected
    unread = run("| true")
    assert unread.returncode == whole.returncode
    assert unread.stderr in ("", whole.stderr)


def _fir(*arguments: str, stdout: object) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-m", "fir", *arguments],
        stdout=stdout,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**kept, "PYTHONPATH": str(ROOT / "scripts")},
        check=False,
    )


# Options everywhere, help, version


def test_root_may_stand_before_or_after_the_command(root: Path, run: Run) -> None:
    before = run("--root", root, "find", "42")
    after = run("find", "42", "--root", root)
    assert before == after
    assert before.code == 0


def test_rules_may_stand_before_the_command(root: Path, base: Path, run: Run) -> None:
    _own_entry(root)
    assert run("--rules", base, "--root", root, "check").code == 1
    assert run("--own-cpl", "--rules", base, "check", "--root", root).code == 0


@pytest.mark.parametrize(
    "verb",
    ["", "check", "explain", "find", "coverage", "fmt", "new", "add", "cpl import", "summary"],
)
def test_help_is_plain_and_has_an_example(verb: str, run: Run) -> None:
    said = run(*verb.split(), "--help")
    assert said.code == 0
    assert f"usage: fir {verb}".strip() in said.out
    assert "Example: fir " in said.out or not verb


def test_version_is_told(run: Run) -> None:
    said = run("--version")
    assert said.code == 0
    assert re.fullmatch(r"fir ([0-9.]+|\(not installed\))\n", said.out)


def test_colour_is_for_terminals_and_never_with_no_color(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(root, RECORD, '"01070300"', '"01070301"')
    assert "\x1b" not in run("check", "--root", root).out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31merror\x1b[0m" in run("check", "--root", root).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", "--root", root).out


# explain, find, coverage, cpl import


def test_explain_lists_every_check(run: Run) -> None:
    said = run("explain")
    assert said.code == 0
    for check in checks().values():
        assert re.search(rf"^  {check.id} +{check.level} ", said.out, re.MULTILINE)


@pytest.mark.parametrize("id", ["cpl-mismatch", "CPL_Mismatch", "[cpl-mismatch]"])
def test_explain_gives_the_manual_of_a_check(id: str, run: Run) -> None:
    said = run("explain", id)
    assert said.code == 0
    assert said.out.startswith("cpl-mismatch (error, may be waived)\n\nThe device of a record")
    assert "\n\nWhy: " in said.out and "\n\nMend: " in said.out
    assert max(map(len, said.out.splitlines())) <= 88


def test_find_prints_the_answer_as_text_and_json(root: Path, run: Run) -> None:
    said = run("find", "--root", root, "7F01", "00050203", "01070300")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("LATEST. Nothing newer is listed for this exact device in CPL 0.003")
    said = run("find", "--root", root, "7F01 00050203 01070300", "--format", "json")
    assert json.loads(said.out)["hits"][0]["answer"] == "latest"
    assert said.out == as_json(json.loads(said.out))


def test_nothing_found_is_said_in_the_code(root: Path, run: Run) -> None:
    assert run("find", "--root", root, "999999").code == 1
    said = run("find", "--root", root, "999999", "--format", "json")
    assert said.code == 1
    assert json.loads(said.out)["hits"] == []


def test_coverage_prints_text_and_json(root: Path, run: Run) -> None:
    said = run("coverage", "--root", root)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("10 CPL entries, 1 with a record\n")
    said = run("coverage", "--root", root, "--format", "json")
    assert json.loads(said.out)["counts"]["covered"] == 1


@pytest.mark.parametrize("verb", ["find 42", "coverage"])
def test_what_is_left_out_is_said(verb: str, root: Path, run: Run) -> None:
    put(root, f"{FOLDER}/000041.yaml", "a: [")
    put(root, f"{FOLDER}/000043.yaml", 'cpl_number: "000043"\n')
    said = run(*verb.split(), "--root", root)
    assert said.code == 0
    assert said.err == "left out: 2 files with errors; `fir check` says which\n"


@pytest.mark.parametrize("verb", ["find 42", "coverage"])
def test_without_a_snapshot_nothing_is_looked_up(verb: str, root: Path, run: Run) -> None:
    put(root, "records/cpl/entries.csv", "damaged\n")
    said = run(*verb.split(), "--root", root)
    assert (said.code, said.out) == (2, "")
    assert said.err == "fir: the CPL snapshot cannot be relied on; `fir check` says why\n"


def test_import_writes_down_the_day_of_the_build(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path / "root")
    for path in ("cpl/entries.csv", "cpl/changes.csv", "cpl/snapshot.yaml"):
        (root / "records" / path).unlink()
    (root / RECORD).unlink()
    issue = tmp_path / "cpl.csv"
    issue.write_bytes(workbooks.csv_bytes(workbooks.csv_of(workbooks.samples())))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    dry = run("cpl", "import", issue, "--dry-run", "--root", root, "--format", "json")
    assert dry.code == 0
    assert not (root / "records/cpl/entries.csv").exists()
    assert run("cpl", "import", issue, "--root", root).code == 0
    snapshot = (root / "records/cpl/snapshot.yaml").read_text(encoding="utf-8")
    assert 'imported_on: "2001-09-09"\n' in snapshot
    assert run("find", "--root", root, workbooks.samples()[0].cpl_number).code == 0
    assert run("cpl", "import", tmp_path / "nothing.csv", "--root", root).code == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run("cpl", "import", issue, "--root", root).err == (
        "fir: SOURCE_DATE_EPOCH is `yesterday`, no number of seconds\n"
    )


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["check"], ["check"]),
        (["--root", "find", "check", "find"], ["check"]),
        (["--root=.", "--own-cpl", "find", "check"], ["find"]),
        (["--version"], []),
        (["--help", "check"], [name.replace(" ", "_") for name in verbs.names()]),
    ],
)
def test_only_the_command_that_is_asked_for_is_loaded(
    arguments: list[str], loaded: list[str]
) -> None:
    program = (
        "import sys\n"
        "from fir.cli.arguments import parse\n"
        "try: parse(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sorted(n.split('.')[3] for n in sys.modules if n.startswith('fir.cli.commands.')),"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.split() == loaded
