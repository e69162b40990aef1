"""What fits into a summary: some in plain sight, more folded, and the rest counted."""

from __future__ import annotations

from collections.abc import Iterable

from fir.report import many

# GitHub throws away a summary of more than 1 MiB, and other steps may add to the same one.
MOST_BYTES = 900_000
IN_SIGHT = 5
# No section takes all that is left: those after it have something to say as well.
_SHARE = 0.75


class Room:
    """How many bytes are left, and what had no room, by its noun."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.cut: dict[str, int] = {}

    def section(self, title: str, blocks: Iterable[str], noun: str, *, fold: bool = True) -> str:
        """The blocks under a title, as many as there is room for; empty where there are none."""
        blocks = list(blocks)
        if not blocks:
            return ""
        head = f"### {title}\n\n"
        self.left -= len(head)
        fitting = blocks[: self._fitting(blocks, int(self.left * _SHARE))]
        if len(fitting) < len(blocks):
            self.cut[noun] = len(blocks) - len(fitting)
        in_sight = IN_SIGHT if fold else len(fitting)
        seen, more = fitting[:in_sight], fitting[in_sight:]
        return (
            head + "".join(seen) + (folded(many(len(more), f"more {noun}"), more) if more else "")
        )

    def _fitting(self, blocks: list[str], most: int) -> int:
        for place, block in enumerate(blocks):
            most -= len(block.encode())
            if most < 0:
                return place
            self.left -= len(block.encode())
        return len(blocks)

    def said_of_the_cut(self) -> str:
        if not self.cut:
            return ""
        told = ", ".join(many(count, noun) for noun, count in self.cut.items())
        return f"**Left out for want of room:** {told}. `fir summary --format json` has them.\n\n"


def folded(title: str, blocks: Iterable[str]) -> str:
    """What is opened by those who want to see it; the title is HTML of ours."""
    return f"<details><summary>{title}</summary>\n\n{''.join(blocks)}\n</details>\n\n"
