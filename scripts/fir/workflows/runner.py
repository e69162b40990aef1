"""How a step speaks to the GitHub runner: annotations, the job's summary, and its outputs."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from fir.diagnostics import tick, visible
from fir.repository.git import complaint, run


class StepFailed(Exception):
    """The step cannot do its work, or must stop the job; the sentence says why."""


def annotation(level: str, text: str) -> str:
    """A workflow command that shows `text` at the top of the run, whatever `text` holds."""
    return f"::{level}::{visible(text).replace('%', '%25')}"


def say(level: str, text: str) -> None:
    """Tells a person: as an annotation, and in the log."""
    print(annotation(level, text), flush=True)


def summarise(markdown: str) -> None:
    """Adds to the summary of the job; without a runner it goes to the log."""
    _append("GITHUB_STEP_SUMMARY", markdown if markdown.endswith("\n") else f"{markdown}\n")


def output(name: str, value: str) -> None:
    """Sets an output of one line, for the conditions and environments of later steps."""
    if "\n" in value or "\r" in value:
        raise StepFailed(f"the output `{name}` would be more than one line")
    _append("GITHUB_OUTPUT", f"{name}={value}\n")


def _append(variable: str, text: str) -> None:
    place = os.environ.get(variable)
    if place:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="", flush=True)


def required(variable: str) -> str:
    """What the workflow hands over in its environment."""
    value = os.environ.get(variable, "")
    if not value:
        raise StepFailed(f"the environment lacks {variable}, which the workflow sets")
    return value


# Git as the workflows use it: signed in by the token, running nothing of a proposal.


def git(root: Path, *arguments: str) -> str:
    """What git prints, without the last line break; raises StepFailed with what it complains of."""
    done = run(root, *arguments, also={**_sign_in(), "GIT_LFS_SKIP_SMUDGE": "1"})
    if done.returncode:
        raise StepFailed(f"`git {arguments[0]}` failed: {tick(complaint(done))}")
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def _sign_in() -> dict[str, str]:
    """The token reaches git through its environment: neither a file nor a list of processes."""
    token = base64.b64encode(f"x-access-token:{required('GITHUB_TOKEN')}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{required('GITHUB_SERVER_URL')}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {token}",
    }
