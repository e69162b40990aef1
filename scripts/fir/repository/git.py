"""Git asked for what it holds: it runs nothing, whatever the shell or the repository set up."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(root: str | Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git says, or nothing where there is no git, no repository or no such object."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, check=True, env=environment
        )
    except (OSError, subprocess.CalledProcessError):
        return b""
    return done.stdout
