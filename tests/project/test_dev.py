"""The bootstrap: set-up from the locks, refusals in one sentence, and a project without lint."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev
from fir.schemas import Shapes
from fir.site.well_known import site_address

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SITE_NEEDS = PROJECT["build-system"]["requires"] + PROJECT["project"]["dependencies"]
TEST_NEEDS = SITE_NEEDS + PROJECT["dependency-groups"]["test"]

# A packaging backend without dependencies, so that a whole set-up needs no network.
BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/tiny-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "")
        about = "tiny-1.dist-info/"
        wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr(about + "RECORD", "")
    return "tiny-1-py3-none-any.whl"
"""
TINY = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "tiny"
version = "1"
[tool.setuptools]
"""


def test_a_set_up_is_made_once_and_anew_when_a_lock_changes(tmp_path: Path) -> None:
    """In a project of its own, whose locks name no package."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "dev.py", tmp_path / "scripts")
    files = {"backend.py": BACKEND, "pyproject.toml": TINY, "fir.py": ""}
    locks = {"requirements.lock": "# for the site", "requirements-test.lock": "# for the tests"}
    for name, text in (files | locks).items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def steps(target: str) -> tuple[int, list[str], str]:
        """The exit code, the steps told of and the last line of stderr."""
        command = [sys.executable, str(tmp_path / "scripts" / "dev.py"), target]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        told = re.findall("^dev: (.*) [.]{3} [0-9.]+ s$", done.stderr, re.MULTILINE)
        return done.returncode, told, (done.stderr.splitlines() or [""])[-1]

    code, told, last = steps("check")
    assert code == 0, last
    begun = ["make .venv", "install requirements.lock, once", "install fir"]
    assert told == [*begun, "check the records"]
    assert steps("check")[1] == ["check the records"]
    assert steps("setup")[1] == ["install requirements-test.lock, once"]
    assert steps("setup")[1] == []

    # A set-up that is broken off must not look finished.
    (tmp_path / "requirements-test.lock").write_text("=", encoding="utf-8")
    assert steps("setup") == (
        1,
        ["make .venv", "install requirements-test.lock, once"],
        "dev: could not install requirements-test.lock, once: the reason is above (exit code 1)",
    )
    assert not (tmp_path / ".venv" / "installed.txt").exists()


def test_a_task_that_fails_ends_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fir.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "install", lambda lock: None)
    assert dev.main(["check", "--strict"]) == 7
    assert capsys.readouterr().err.endswith("dev: `fir check --strict` ended with exit code 7\n")


def test_an_old_python_can_parse_the_file() -> None:
    source = (ROOT / "scripts" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__" not in source


def test_an_old_python_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit) as refusal:
        runpy.run_path(str(ROOT / "scripts" / "dev.py"))
    assert refusal.value.code == 2
    assert re.fullmatch("dev: Python 3.11 or later .* is 3.10: .*\n", capsys.readouterr().err)


def test_a_python_without_ensurepip_is_told_the_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "installed.txt")
    assert dev.main(["site"]) == 2
    assert capsys.readouterr().err == (
        "dev: this Python lacks the module that makes virtual environments: "
        "on Debian or Ubuntu run `sudo apt install python3-venv`, then this again\n"
    )


def test_an_interruption_gives_130_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(arguments: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(dev.TASKS, "site", interrupted)
    assert dev.main(["site"]) == 130
    assert capsys.readouterr().err == "\ndev: interrupted\n"


def test_a_command_ended_by_a_signal_gives_a_shells_exit_code() -> None:
    if os.name == "nt":
        pytest.skip("Windows has no signals")
    assert dev.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137


def test_a_command_is_ended_with_all_it_started_when_its_time_is_over() -> None:
    if os.name == "nt":
        pytest.skip("Windows has no process groups")
    nested = "import subprocess; subprocess.run(['sleep', '60'])"
    reading, writing = os.pipe()
    assert dev.run([sys.executable, "-c", nested], writing, 0.5) == dev.OUT_OF_TIME
    os.close(writing)
    with os.fdopen(reading, "rb") as output:  # at its end only when nobody is left to write
        assert output.read() == b""


def test_why_no_browser_came_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "install", lambda lock: None)
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    monkeypatch.setattr(dev, "step", lambda what, *command: None)
    monkeypatch.setenv("PYTHONWARNDEFAULTENCODING", "1")
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "1")
    monkeypatch.setenv("FIR_REQUIRE_BROWSER", "")
    answers = {
        (1, "Downloading\n\nError: no such host\n    at f (x.js:1)\n"): "Error: no such host",
        (3, ""): "exit code 3",
        (dev.OUT_OF_TIME, ""): "none came within 300 s",
    }
    for answer, reason in answers.items():
        monkeypatch.setattr(dev, "quietly", lambda *command, seconds, answer=answer: answer)
        assert dev.main(["test"]) == 0
        assert capsys.readouterr().err == (
            "dev: browser tests are skipped: no Chromium or Chrome here, "
            f"and Playwright brings none ({reason})\n"
        )
    monkeypatch.setenv("FIR_REQUIRE_BROWSER", "1")
    assert dev.main(["test"]) == 2
    assert "FIR_REQUIRE_BROWSER=1 demands one" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["sitte"], ["--halp"]])
def test_an_unknown_target_is_answered_by_the_list(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    listed = re.findall("^  ([a-z]+) +[a-z]", capsys.readouterr().err, re.MULTILINE)
    assert listed == list(dev.TASKS)


def test_make_has_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search("^TARGETS := (.*)$", makefile, re.MULTILINE)
    assert targets and targets[1].split() == list(dev.TASKS)


def test_a_named_browser_wins_and_a_missing_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed, named = tmp_path / "bin" / "chromium", tmp_path / "mine"
    installed.parent.mkdir()
    for path in (installed, named):
        path.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(installed.parent))
    monkeypatch.delenv("FIR_CHROMIUM", raising=False)
    if os.name != "nt":
        assert dev.find_browser() == str(installed)
    monkeypatch.setenv("FIR_CHROMIUM", str(named))
    assert dev.find_browser() == str(named)
    named.unlink()
    with pytest.raises(dev.TaskError, match="which is not a file"):
        dev.find_browser()


def test_without_any_browser_none_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("FIR_CHROMIUM", raising=False)
    monkeypatch.setattr(dev, "browser_places", lambda: [tmp_path / "chrome.exe"])
    assert dev.find_browser() is None


def pins(lock: str) -> dict[str, list[Requirement]]:
    """What a lock pins, by the package's name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-z].*(?= \\$)", text, re.MULTILINE):
        pin = Requirement(line)
        found.setdefault(pin.name, []).append(pin)
    return found


@pytest.mark.parametrize(
    ("lock", "needs"), [("requirements.lock", SITE_NEEDS), ("requirements-test.lock", TEST_NEEDS)]
)
def test_a_lock_satisfies_pyproject(lock: str, needs: list[str]) -> None:
    pinned = pins(lock)
    for need in map(Requirement, needs):
        name = re.sub("[-_.]+", "-", need.name).lower()
        assert name in pinned, f"{lock} lacks {name}: run `make lock`"
        for pin in pinned[name]:
            version = str(pin.specifier).removeprefix("==")
            assert need.specifier.contains(version), f"{pin} is not {need}: run `make lock`"


def test_the_test_lock_holds_the_whole_site_lock() -> None:
    site, test = pins("requirements.lock"), pins("requirements-test.lock")
    for name, pinned in site.items():
        assert {str(pin.specifier) for pin in test[name]} == {str(pin.specifier) for pin in pinned}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_packages_and_hashes_and_no_host(lock: str) -> None:
    pin = r"[a-z0-9-]+==[0-9a-z.]+( ; [0-9A-Za-z_.<>=!' ]+)? \\"
    digest = r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(f"{pin}|{digest}", line), line


@pytest.mark.parametrize("linter", dev.LINTERS, ids=" ".join)
def test_the_project_passes_its_linters(linter: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", *linter]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if result.returncode:
        pytest.fail(result.stdout + result.stderr, pytrace=False)


def test_the_tools_of_the_browser_code_are_pinned_and_no_host_is_named() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads(dev.NODE_LOCK.read_text(encoding="utf-8"))
    assert lock["packages"].pop("")["devDependencies"] == wanted
    for path, package in lock["packages"].items():
        assert package.keys() >= {"version", "integrity"} and "resolved" not in package, path
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


@pytest.mark.parametrize("tool", ["tsc", "eslint"])
def test_the_browser_code_passes_its_linters(tool: str) -> None:
    npm = shutil.which("npm")
    if npm is None or not dev.npm_tools_installed():
        pytest.skip("`make lint` installs what judges the browser code, where there is npm")
    result = subprocess.run(
        [npm, "run", "--silent", tool], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    if result.returncode:
        pytest.fail(result.stdout + result.stderr, pytrace=False)


def test_without_npm_the_browser_code_is_not_judged_and_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    dev.lint_browser_code()
    told = capsys.readouterr().err
    assert told == (
        "dev: no npm with Node 20.19 or later here: the code in docs/assets is not judged\n"
    )


def test_the_address_is_written_wherever_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in ("mkdocs.yml", "schema", "docs/data", ".github"):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        copy(ROOT / path, target)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    old = site_address(Shapes(tmp_path / "schema"))
    assert dev.main(["address", "https://new.example/register/"]) == 0
    assert site_address(Shapes(tmp_path / "schema")) == "https://new.example/register/"
    assert "site_url: https://new.example/register/\n" in (tmp_path / "mkdocs.yml").read_text(
        encoding="utf-8"
    )
    assert not [path for path in before if old.encode() in path.read_bytes()]
    assert dev.main(["address", old]) == 0
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    "arguments", [[], ["https://fir.example"], ["fir.example/"], ["https://a.example/", "b"]]
)
def test_an_address_that_is_none_is_refused(arguments: list[str]) -> None:
    assert dev.main(["address", *arguments]) == 2
