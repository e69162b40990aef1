"""One entry of a submission, with the words for what is wrong at its places."""

from __future__ import annotations

from typing import Any, NamedTuple

from fir.contribute.submission import Remark, Submission

VERSIONS = ("smets_chts_version", "gbcs_version")


class Entered(NamedTuple):
    """One entry of a submission: which, and what its sender says of it."""

    submission: Submission
    at: int

    @property
    def value(self) -> dict[str, Any]:
        value: dict[str, Any] = self.submission.value["entries"][self.at]
        return value

    @property
    def keys(self) -> tuple[str, int]:
        return ("entries", self.at)

    def place(self, *keys: str) -> str:
        return self.submission.place(*self.keys, *keys)

    def error(self, check: str, message: str, fix: str, *keys: str) -> Remark:
        return Remark(self.place(*keys), "error", check, message, fix)
