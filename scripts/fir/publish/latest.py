"""The latest firmware of a line in one cell of a table, or why there is none to name."""

from __future__ import annotations

from fir.answer import History
from fir.publish.sign import of_answer, plate, to_entry


def latest(history: History, root: str) -> str:
    found = history.latest
    if found:
        return f"{to_entry(found.entry, root)}{plate(found.entry.cpl_number)}"
    if any(firmware.offered for firmware in history.firmware):
        return of_answer("unclear")
    return "none on offer"
