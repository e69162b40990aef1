"""The Panel's policy, changed: no submission may wait for its number."""

from pathlib import Path


def build(root: Path) -> None:
    policy = root / "schema/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    changed = text.replace('pending: "accepted"', 'pending: "refused"')
    policy.write_text(changed, encoding="utf-8", newline="\n")
