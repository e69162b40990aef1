"""Runs the workflows as GitHub would, offline: every `run` for real, every action by what it does.

What a job may not do here it may not do there: a step sees only the environment that its workflow
gives it, jobs share nothing but artifacts and outputs, and the API is told each job's permissions.
An action, expression or function that this file does not know is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from github_api import FakeGitHub

REPOSITORY = "panel/fir"
TODAY = "2026-11-26"
EPOCH = "1795651200"  # of that day
TOKEN, APP_TOKEN = "token-of-the-job", "token-of-the-app"

# `make` is satisfied by the .venv of these tests, and runs the programs of the folder it is told.
_MAKE = """#!/bin/sh
set -e
if [ "$1" = -C ]; then cd "$2"; shift 2; fi
mkdir -p .venv/bin
for name in python fir; do
    module=""; [ $name = fir ] && module="-P -m fir"
    printf '#!/bin/sh\\nPYTHONPATH="%s/scripts" exec "{python}" %s "$@"\\n' "$PWD" "$module" \\
        > .venv/bin/$name
    chmod +x .venv/bin/$name
done
case "$1" in
    fir) ;;
    site) .venv/bin/python -P -m mkdocs build --strict --quiet ;;
    *) echo "no target $1 here"; exit 2 ;;
esac
"""
# Python without any package: what runs beside a token that may write must need none.
_PYTHON = '#!/bin/sh\nexec "{bare}" -S "$@"\n'


def load(path: Path) -> dict[str, Any]:
    """A workflow with every scalar as text: YAML would make `on` a truth value."""
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(value, dict)
    return value


def scripts(path: Path) -> set[str]:
    """Every `run` of a workflow."""
    jobs = load(path)["jobs"].values()
    return {step["run"] for job in jobs for step in job["steps"] if "run" in step}


class Event(NamedTuple):
    """What started a workflow: the commit, and what GitHub tells of it."""

    name: str
    sha: str
    ref: str = "refs/heads/main"
    payload: Mapping[str, Any] = {}


class Job(NamedTuple):
    result: str
    outputs: dict[str, str]
    summary: str
    log: str

    @property
    def annotations(self) -> list[str]:
        return re.findall("^::(?:error|warning|notice).*$", self.log, re.MULTILINE)


class Runner:
    """Runs whole workflows of one repository; `origin` is its bare clone, `api` its GitHub."""

    def __init__(self, folder: Path, origin: Path, api: FakeGitHub) -> None:
        self.folder, self.origin, self.api = folder, origin, api
        self.variables: dict[str, str] = {}
        self.overrides: dict[str, str] = {}
        """Environment that a test sets in spite of the workflow, such as a shorter patience."""
        self.artifacts: dict[str, Path] = {}
        self.smuggled: dict[str, str] = {}
        """Files that somebody has put into every artifact, by path."""
        self.did: list[tuple[str, Any]] = []
        """Attestations and deployments."""
        self.ran: set[str] = set()
        """Every script that has run."""
        tools = folder / "tools"
        tools.mkdir(parents=True)
        self._tools = tools
        self._tool("make", _MAKE.replace("{python}", sys.executable))
        self._tool("python3", _PYTHON.replace("{bare}", sys._base_executable))
        self.set_date(TODAY)
        self._runs = 0

    def set_date(self, day: str) -> None:
        """What `date` says."""
        self._tool("date", f"#!/bin/sh\necho {day}\n")

    def _tool(self, name: str, text: str) -> None:
        (self._tools / name).write_text(text, encoding="utf-8")
        (self._tools / name).chmod(0o755)

    def run(self, workflow: Path, event: Event, only: str | None = None) -> dict[str, Job]:
        """The jobs of a workflow by their ids, in an order that their `needs` allow."""
        self._runs += 1
        self.artifacts = {}
        text, jobs = load(workflow), {}
        waiting = dict(text["jobs"]) if only is None else {only: text["jobs"][only]}
        while waiting:
            name = next(n for n, j in waiting.items() if only or _needs(j) <= set(jobs))
            jobs[name] = _JobRun(self, text, name, event, jobs).run()
            del waiting[name]
        return jobs

    def workspace(self, job: str) -> Path:
        place = self.folder / f"run{self._runs}" / job
        place.mkdir(parents=True)
        return place

    @property
    def path(self) -> str:
        return f"{self._tools}{os.pathsep}{os.environ['PATH']}"


def _needs(job: Mapping[str, Any]) -> set[str]:
    needs = job.get("needs", [])
    return {needs} if isinstance(needs, str) else set(needs)


class _JobRun:
    def __init__(
        self,
        runner: Runner,
        workflow: dict[str, Any],
        name: str,
        event: Event,
        jobs: dict[str, Job],
    ) -> None:
        self.runner, self.workflow, self.name, self.event = runner, workflow, name, event
        self.job = workflow["jobs"][name]
        self.earlier = {each: jobs[each] for each in _needs(self.job) if each in jobs}
        self.workspace = runner.workspace(name) / "workspace"
        self.steps: dict[str, dict[str, str]] = {}
        self.failed = any(each.result == "failure" for each in self.earlier.values())
        self.skipped = any(each.result == "skipped" for each in self.earlier.values())
        self.summary, self.log = "", ""

    def run(self) -> Job:
        condition = self.job.get("if", "success()")
        if not self.holds(condition):
            return Job("skipped", {}, "", "")
        self.workspace.mkdir()
        self.failed = self.skipped = False
        self.runner.api.permissions[TOKEN] = self.job.get("permissions", {})
        for step in self.job["steps"]:
            if self.holds(step.get("if", "success()")):
                self.step(step)
        self.runner.api.permissions.pop(TOKEN)
        outputs = {key: str(self.fill(text)) for key, text in self.job.get("outputs", {}).items()}
        return Job("failure" if self.failed else "success", outputs, self.summary, self.log)

    def holds(self, condition: str) -> bool:
        text = condition.removeprefix("${{").removesuffix("}}")
        if not re.search(r"\b(success|failure|cancelled|always)\(\)", text):
            text = f"success() && ({text})"
        return bool(self.value(text))

    def value(self, text: str) -> Any:
        """An expression: contexts, literals, `&& || == != !` and the functions of states."""
        parts = re.split(r"('[^']*')", text)
        for at in range(0, len(parts), 2):
            part = parts[at].replace("&&", " and ").replace("||", " or ")
            part = re.sub(r"!(?!=)", " not ", part)
            name = r"\b(?!and\b|or\b|not\b)([a-z_]+(?:\.[A-Za-z_][\w-]*)+)"
            parts[at] = re.sub(name, r'context("\1")', part)
        known = {
            "context": self.context,
            "success": lambda: not self.failed and not self.skipped,
            "failure": lambda: self.failed,
            "cancelled": lambda: False,
            "always": lambda: True,
        }
        return eval("".join(parts).strip(), {"__builtins__": {}}, known)

    def context(self, name: str) -> Any:
        first, *keys = name.split(".")
        value: Any = {
            "github": {
                "event": self.event.payload,
                "event_name": self.event.name,
                "ref": self.event.ref,
                "sha": self.event.sha,
                "token": TOKEN,
            },
            "vars": self.runner.variables,
            "secrets": {"FIR_APP_KEY": "key"} if self.job.get("environment") == "cpl" else {},
            "steps": {key: {"outputs": outputs} for key, outputs in self.steps.items()},
            "needs": {key: job._asdict() for key, job in self.earlier.items()},
        }[first]
        for key in keys:
            value = value.get(key, "") if isinstance(value, Mapping) else ""
        return value

    def fill(self, text: str) -> str:
        def shown(found: re.Match[str]) -> str:
            value = self.value(found[1])
            return str(value).lower() if isinstance(value, bool) else str(value)

        return re.sub(r"\$\{\{(.*?)\}\}", shown, text)

    def step(self, step: Mapping[str, Any]) -> None:
        given = {key: self.fill(text) for key, text in step.get("with", {}).items()}
        outputs: dict[str, str] = {}
        try:
            if "uses" in step:
                action = step["uses"].partition("@")[0]
                outputs = _ACTIONS[action](self, given) or {}
            else:
                outputs = self.shell(step)
        except subprocess.CalledProcessError as error:
            self.log += f"step {step['name']!r} ended with exit code {error.returncode}\n"
            self.failed = True
        if "id" in step:
            self.steps[step["id"]] = outputs

    def shell(self, step: Mapping[str, Any]) -> dict[str, str]:
        assert "${{" not in step["run"], step["run"]
        files = self.workspace.parent
        for name in ("output", "summary"):
            (files / name).write_text("", encoding="utf-8")
        (files / "temp").mkdir(exist_ok=True)
        self.runner.ran.add(step["run"])
        own = {key: self.fill(text) for key, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={
                "PATH": self.runner.path,
                "HOME": str(files),
                "LANG": "C.UTF-8",
                "CI": "true",
                "SOURCE_DATE_EPOCH": EPOCH,
                "PYTHONDONTWRITEBYTECODE": "1",
                "RUNNER_TEMP": str(files / "temp"),
                "GITHUB_ACTIONS": "true",
                "GITHUB_API_URL": self.runner.api.address,
                "GITHUB_GRAPHQL_URL": f"{self.runner.api.address}/graphql",
                "GITHUB_SERVER_URL": "https://github.example",
                "GITHUB_OUTPUT": str(files / "output"),
                "GITHUB_STEP_SUMMARY": str(files / "summary"),
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_REF_NAME": self.event.ref.removeprefix("refs/heads/"),
                "GITHUB_SHA": self.event.sha,
                "GITHUB_WORKSPACE": str(self.workspace),
                **own,
                **{key: text for key, text in self.runner.overrides.items() if key in own},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
        )
        self.log += done.stdout
        self.summary += (files / "summary").read_text(encoding="utf-8")
        done.check_returncode()
        lines = (files / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


def _check_out(job: _JobRun, given: Mapping[str, str]) -> None:
    assert given["persist-credentials"] == "false"
    path = job.workspace / given.get("path", ".")
    depth = given.get("fetch-depth", "1")
    git("init", "--quiet", str(path))
    git("-C", str(path), "remote", "add", "origin", job.runner.origin.as_uri())
    wanted = (
        [job.event.sha] if depth != "0" else [job.event.sha, "refs/heads/*:refs/remotes/origin/*"]
    )
    deep = [] if depth == "0" else [f"--depth={depth}"]
    git("-C", str(path), "fetch", "--quiet", *deep, "origin", *wanted)
    git("-C", str(path), "checkout", "--quiet", "--detach", job.event.sha)


def _keep(job: _JobRun, given: Mapping[str, str]) -> None:
    source = job.workspace / given["path"]
    if not source.exists():
        assert given["if-no-files-found"] == "ignore", f"nothing at {source}"
        return
    kept = job.workspace.parent / given["name"]
    if source.is_dir():
        shutil.copytree(source, kept)
    else:
        kept.mkdir()
        shutil.copy(source, kept)
    job.runner.artifacts[given["name"]] = kept


def _keep_pages(job: _JobRun, given: Mapping[str, str]) -> None:
    _keep(job, {**given, "name": "github-pages", "if-no-files-found": "error"})


def _take(job: _JobRun, given: Mapping[str, str]) -> None:
    target = job.workspace / given.get("path", ".")
    shutil.copytree(job.runner.artifacts[given["name"]], target, dirs_exist_ok=True)
    for path, text in job.runner.smuggled.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8")


def _attest(job: _JobRun, given: Mapping[str, str]) -> None:
    patterns = given["subject-path"].split()
    found = [path.name for pattern in patterns for path in job.workspace.glob(pattern)]
    assert all(any(job.workspace.glob(pattern)) for pattern in patterns), "a pattern finds nothing"
    job.runner.did.append(("attest", sorted(found)))


def _deploy(job: _JobRun, given: Mapping[str, str]) -> dict[str, str]:
    job.runner.did.append(("deploy", job.runner.artifacts["github-pages"]))
    return {"page_url": "https://fir.example/"}


def _be_the_app(job: _JobRun, given: Mapping[str, str]) -> dict[str, str]:
    assert given["client-id"] and given["private-key"]
    may = {
        key.removeprefix("permission-"): value
        for key, value in given.items()
        if key.startswith("permission-")
    }
    job.runner.api.permissions[APP_TOKEN] = may
    return {"token": APP_TOKEN}


_ACTIONS: dict[str, Callable[[_JobRun, Mapping[str, str]], dict[str, str] | None]] = {
    "actions/checkout": _check_out,
    "actions/upload-artifact": _keep,
    "actions/upload-pages-artifact": _keep_pages,
    "actions/download-artifact": _take,
    "actions/attest": _attest,
    "actions/deploy-pages": _deploy,
    "actions/create-github-app-token": _be_the_app,
}


def git(*arguments: str) -> str:
    """Git as it is on any machine, whatever the configuration of this one says."""
    done = subprocess.run(
        ["git", "-c", "user.name=someone", "-c", "user.email=someone@mail.example", *arguments],
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()
