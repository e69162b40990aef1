"""Git as the workflows use it: signed in by the token, running nothing of a proposal."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

from fir.flows.runner import StepFailed, required
from fir.wording import tick


def git(root: Path, *arguments: str) -> str:
    """What git prints, without the last line break; raises StepFailed with what it complains of."""
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        env={**os.environ, **_sign_in(), "GIT_LFS_SKIP_SMUDGE": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    if done.returncode:
        said = tick(done.stderr.strip().partition("\n")[0] or f"exit code {done.returncode}")
        raise StepFailed(f"`git {arguments[0]}` failed: {said}")
    return done.stdout.removesuffix("\n")


def _sign_in() -> dict[str, str]:
    """The token reaches git through its environment: neither a file nor a list of processes."""
    token = base64.b64encode(f"x-access-token:{required('GITHUB_TOKEN')}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{required('GITHUB_SERVER_URL')}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {token}",
        "GIT_TERMINAL_PROMPT": "0",
    }
