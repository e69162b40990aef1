"""Who must approve a change of what: `.github/CODEOWNERS`, made from the teams in the policy.

No manufacturer's account owns a file. The approval of any one owner is enough, so an owner among
the manufacturers could approve its own record; who proposed a change is told to the reviewer.

`python -m fir.workflows.owners` writes the file. That it is current is a test and no check of
`fir check`: a proposal is judged by the policy of the branch it goes to, so a change of teams
would be red.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fir.repository.read import read_repository

PATH = ".github/CODEOWNERS"
# Of the lines that match a path the last one decides.
OWNED = (
    ("*", "maintainers"),
    ("/records/", "reviewers"),
    ("/records/waivers.yaml", "deciders"),
    ("/schema/", "deciders"),
    ("/docs/about/", "deciders"),
    ("/docs/guides/governing/", "deciders"),
    ("/.github/CODEOWNERS", "deciders"),
    ("/.github/rulesets/", "deciders"),
    ("/LICENSE", "deciders"),
)
_HEAD = """\
# Made by `make owners` from `teams` in schema/policy.yaml: change that, not this.
# One owner's approval is enough for a path; of the lines that match it the last one counts.
"""


def owners(teams: Mapping[str, Sequence[str]]) -> str:
    """The file. Where nobody is named the line is a remark: a path alone would have no owner."""
    width = max(len(path) for path, _ in OWNED)
    lines = []
    for path, role in OWNED:
        names = " ".join(f"@{name.removeprefix('@')}" for name in teams[role])
        lines.append(f"{path:{width}} {names}" if names else f"# {path:{width}} nobody: {role}")
    return _HEAD + "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    teams = read_repository(".").policy.teams
    Path(PATH).write_text(owners(teams), encoding="utf-8", newline="\n")
