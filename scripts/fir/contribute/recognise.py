"""What kind of submission a file is, by its content: its name means nothing."""

from __future__ import annotations

from pathlib import Path

from fir.contribute.from_file import MOST_BYTES, from_file
from fir.contribute.submission import Remark, Submission
from fir.model import Shapes
from fir.wording import visible


def submissions(path: Path, shapes: Shapes) -> list[Submission]:
    """Every submission in a file; what cannot be read is a submission that says why."""
    source = visible(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "bad name"
        message = f"the file cannot be opened: {why.lower()}"
        remark = Remark(source, "error", "", message, "check the path, and that it is a file")
        return [Submission(source, None, {}, {(): source}, troubles=(remark,))]
    return [from_file(source, data)]
