"""Every line ends with CR LF."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    data = path.read_bytes()
    path.write_bytes(data.replace(b"\n", b"\r\n"))
