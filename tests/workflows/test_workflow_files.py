"""Every workflow and issue form as a file: the linters' verdict, and what they miss."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from actions import load

from fir.cpl.sheet import DEVICE_TYPES

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").iterdir())
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
STANDARD_LIBRARY = "PYTHONPATH"
"""A step with this in its environment runs `fir` without any package installed."""

CALLED = {".ci/run", ".venv/bin/fir", "echo", "git", "make", "mkdir", "tee", "fi"}
"""What the steps call besides Python.

`fir` looks for modules where it is installed, and `make` runs where nothing is unpacked.
"""

workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
forms = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)


def jobs(path: Path) -> dict[str, Any]:
    found = load(path)["jobs"]
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def test_zizmor_finds_nothing_as_an_auditor() -> None:
    program = Path(sys.executable).with_name("zizmor")
    options = ("--offline", "--persona", "auditor", "--format", "json", "--quiet")
    done = subprocess.run([program, *options, str(GITHUB)], capture_output=True, encoding="utf-8")
    assert (json.loads(done.stdout), done.returncode) == ([], 0), done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", sorted((GITHUB / "ISSUE_TEMPLATE").glob("config.yml"))),
    ],
)
def test_every_file_fits_its_schema(schema: str, files: list[Path]) -> None:
    if not files:
        pytest.skip("there is no such file")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_required_check_keeps_its_name() -> None:
    """The rulesets name it; renamed, every pull request would wait for ever."""
    assert jobs(GITHUB / "workflows/check.yml")["validate"]["name"] == "Validate records"
    names = Counter(job["name"] for path in WORKFLOWS for job in jobs(path).values())
    assert names["Validate records"] == 1


@workflows
def test_a_workflow_may_do_nothing_but_what_a_job_says(path: Path) -> None:
    text = load(path)
    assert text["permissions"] == {}
    assert "concurrency" in text
    assert text["defaults"] == {"run": {"shell": "bash"}}
    for job in text["jobs"].values():
        assert isinstance(job["permissions"], dict)
        assert 0 < int(job["timeout-minutes"]) <= 30
        assert job["runs-on"] == "ubuntu-24.04"


@workflows
def test_no_trigger_gives_a_proposal_the_rights_of_the_repository(path: Path) -> None:
    """And a required check must report in a merge queue and for every path."""
    triggers = load(path)["on"]
    assert set(triggers) <= {"pull_request", "merge_group", "push", "schedule", "workflow_dispatch"}
    if "pull_request" in triggers:
        # No filter of paths: a check that is skipped by one never reports. And a verdict that was
        # given for another base must not stand when the pull request is turned towards main.
        types = ["opened", "synchronize", "reopened", "edited"]
        assert triggers["pull_request"] == {"branches": ["main"], "types": types}
        assert "merge_group" in triggers
        for name, job in jobs(path).items():
            assert set(job["permissions"].values()) == {"read"}, name
            assert "environment" not in job, name
        assert "secrets." not in path.read_text(encoding="utf-8")
    for trigger in ("workflow_dispatch", "schedule"):
        if trigger in triggers and "pull_request" not in triggers:
            first = next(job for job in jobs(path).values() if "needs" not in job)
            assert first["if"] == "github.ref == 'refs/heads/main'"


@workflows
def test_needs_and_outputs_that_are_named_exist(path: Path) -> None:
    known = jobs(path)
    for name, job in known.items():
        text = json.dumps(job)
        needs = job.get("needs", [])
        needs = {needs} if isinstance(needs, str) else set(needs)
        assert needs <= set(known) - {name}
        ids = {step["id"] for step in job["steps"] if "id" in step}
        for asked in re.findall(r"\bsteps\.([\w-]+)\.", text):
            assert asked in ids, f"{name} asks step {asked}"
        for asked, output in re.findall(r"\bneeds\.([\w-]+)\.outputs\.([\w-]+)", text):
            assert asked in needs and output in known[asked]["outputs"], f"{name} asks {asked}"
        for asked in re.findall(r"\bneeds\.([\w-]+)\.result", text):
            assert asked in needs


@workflows
def test_actions_are_pinned_whole_and_say_their_version(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"^ *(?:- )?uses: (.*)$", text, re.MULTILINE)
    assert len(used) == sum("uses" in step for step in steps(path))
    for each in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", each)


def test_the_site_is_deployed_with_its_hidden_files() -> None:
    """`.well-known` is one, and the action leaves such files out unless it is told not to."""
    [upload] = [
        step
        for step in steps(GITHUB / "workflows/publish.yml")
        if step.get("uses", "").startswith("actions/upload-pages-artifact@")
    ]
    assert upload["with"]["include-hidden-files"] == "true"


def test_an_action_has_one_version() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    names = Counter(each.partition("@")[0] for each in used)
    assert set(names.values()) == {1}, names


@workflows
def test_a_script_is_one_line_and_takes_nothing_but_its_environment(path: Path) -> None:
    for step in steps(path):
        assert step["name"]
        if "run" in step:
            assert "${{" not in step["run"] and "\n" not in step["run"]
        elif step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@workflows
def test_beside_a_token_that_may_write_runs_only_the_standard_library(path: Path) -> None:
    for name, job in jobs(path).items():
        if "write" in job["permissions"].values():
            for step in job["steps"]:
                assert "uses" in step or step["env"][STANDARD_LIBRARY] == "scripts", name
        for step in job["steps"]:
            if STANDARD_LIBRARY in step.get("env", {}):
                assert step["run"].startswith("python3 -P -m fir.workflows ")


@workflows
def test_python_imports_nothing_from_the_folder_it_runs_in(path: Path) -> None:
    """An artifact, or what is proposed, could bring an `argparse.py` or a folder `fir` there."""
    for step in steps(path):
        script = re.sub('"[^"]*"', "", step.get("run", ""))
        for program, flag in re.findall(
            r"(?:^|[|;&(]) *(?:if |then |else )?([\w./-]+) ?(\S*)", script
        ):
            if "python" in program:
                assert flag == "-P", f"{step['name']}: {program} {flag}"
            else:
                assert program in CALLED, f"{step['name']}: does {program} run Python?"


@workflows
def test_an_artifact_is_unpacked_into_a_folder_of_its_own(path: Path) -> None:
    for name, job in jobs(path).items():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/download-artifact@"):
                folder = step["with"]["path"]
                assert re.fullmatch("[a-z]+", folder) and not (ROOT / folder).exists(), name
                assert "merge-multiple" not in step["with"]


def test_a_step_starts_python_in_the_same_way() -> None:
    for path in (ROOT / "scripts/fir").rglob("*.py"):
        for flag in re.findall(r'sys\.executable, "(.*?)"', path.read_text(encoding="utf-8")):
            assert flag == "-P", path.name


@forms
def test_the_fields_of_a_form_are_told_apart(path: Path) -> None:
    body = [field for field in load(path)["body"] if field["type"] != "markdown"]
    for key in (
        [field["id"] for field in body if "id" in field],
        [field["attributes"]["label"] for field in body],
    ):
        assert [name for name, count in Counter(key).items() if count > 1] == []
    for field in body:
        if field["type"] == "dropdown":
            options = field["attributes"]["options"]
            assert len(set(options)) == len(options) and all(options)
        if field["attributes"]["label"] == "Device type":
            assert tuple(field["attributes"]["options"]) == tuple(sorted(DEVICE_TYPES))
