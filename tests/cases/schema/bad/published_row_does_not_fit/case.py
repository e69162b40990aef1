"""The published row has a rule that its parts do not have: the register would not be F2.15's."""

import json
from pathlib import Path


def build(root: Path) -> None:
    path = root / "schema/repository-entry.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["business_address"]["maxLength"] = 20
    path.write_text(json.dumps(schema), encoding="utf-8", newline="\n")
