"""The Panel's policy, changed: no records of gas meters."""

from pathlib import Path


def build(root: Path) -> None:
    policy = root / "schema/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    before, after = text.split("  Gas Smart Meter:\n", 1)
    after = after.replace('records: "required"', 'records: "not_accepted"', 1)
    changed = f"{before}  Gas Smart Meter:\n{after}"
    policy.write_text(changed, encoding="utf-8", newline="\n")
