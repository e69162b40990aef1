"""The full-text index of the release notes: small documents, indexed by Pagefind in a process.

One document for each distinct text: 15 entries that share a text are one hit, which names them all.
Pagefind runs while the pages are written; only what a search needs is kept of what it makes.

The documents are handed to it one after the other: it takes those of a folder in whatever order
the file system lists them, and its index differs with the order. Its own package for Python waits
a tenth of a second for each, a minute for 500.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from fir.model import Repository
from fir.site.rendering import render

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind")
_FOLDERS = ("fragment", "index")
_INDEXED = "pagefind.*.pf_meta"
_PAUSE = 0.005


class TextIndexError(Exception):
    """Pagefind ended without an index; the sentence says what it said."""


def documents(repository: Repository) -> Iterator[tuple[str, str]]:
    """A page for each distinct text, named by the first of the entries that have it."""
    numbers: dict[str, list[str]] = {}
    for number, record in sorted(repository.by_number.items()):
        if number in repository.entries:
            numbers.setdefault(record.release_notes, []).append(number)
    for text, found in numbers.items():
        yield f"{found[0]}.html", render("indexed_text.html", numbers=found, text=text)


def why_none(repository: Repository, *, serving: bool) -> str:
    """Why a publication has no index of the text, for its page; empty where it can have one."""
    if serving:
        return "The index of the release notes’ text is not built while serving."
    if not any(number in repository.entries for number in repository.by_number):
        return "There are no release notes to search yet."
    if _program() is None:
        return "The release notes’ text was not indexed: Pagefind is not there for this machine."
    return ""


def _program() -> Path | None:
    """Pagefind's program, which comes with its package; None on a machine it is not made for."""
    try:
        return Path(import_module("pagefind_bin").get_executable())
    except (ImportError, FileNotFoundError):
        found = shutil.which("pagefind")
        return Path(found) if found else None


class TextIndex:
    """An index that is being made, until `finish` lays it into the site or `stop` gives it up."""

    def __init__(self, repository: Repository) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fir-text-")
        self._made = Path(self._folder.name, "pagefind")
        self._said = Path(self._folder.name, "said")
        self._wrong = Path(self._folder.name, "wrong")
        requests = list(_requests(repository, self._made))
        self._asked = len(requests)
        with self._said.open("wb") as said, self._wrong.open("wb") as wrong:
            self._process = subprocess.Popen(
                [_program() or "pagefind", "--service"],
                stdin=subprocess.PIPE, stdout=said, stderr=wrong,
            )  # fmt: skip
        with contextlib.suppress(BrokenPipeError):  # it ended; `finish` tells
            self._input.write(b"".join(map(_message, range(self._asked), requests)))
            self._input.flush()

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def finish(self, target: Path) -> None:
        """Waits for Pagefind and lays what a search needs into `target`; raises TextIndexError."""
        try:
            self._wait()
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
            for path in (*map(self._made.joinpath, _NEEDED), *self._made.glob(_INDEXED)):
                shutil.move(path, target / path.name)
            for name in _FOLDERS:
                if (self._made / name).is_dir():
                    shutil.move(self._made / name, target / name)
        finally:
            self.stop()

    def _wait(self) -> None:
        """Until everything asked is answered: Pagefind ends, its work undone, with its input."""
        ended = False
        while not ended and self._said.read_bytes().count(b",") < self._asked:
            ended = self._process.poll() is not None
            time.sleep(_PAUSE)
        answers = self._said.read_bytes().split(b",")[:-1]
        if len(answers) < self._asked:
            said = self._wrong.read_text("utf-8", "replace").strip()
            code = self._process.wait()
            raise TextIndexError(f"Pagefind ended with exit code {code}: {said or 'no reason'}")
        for answer in map(_answer, answers):
            if answer["type"] == "Error":
                raise TextIndexError(f"Pagefind made no index: {answer['message']}")

    def stop(self) -> None:
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._input.close()
        self._process.wait()
        self._folder.cleanup()


def _requests(repository: Repository, made: Path) -> Iterator[dict[str, Any]]:
    """What is asked of Pagefind's service, in order; it answers each."""
    yield {"type": "NewIndex", "config": {"force_language": "en"}}
    for name, page in documents(repository):
        yield {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": page}
    yield {"type": "WriteFiles", "index_id": 0, "output_path": str(made)}


def _message(number: int, request: dict[str, Any]) -> bytes:
    text = json.dumps({"message_id": number, "payload": request})
    return base64.b64encode(text.encode()) + b","


def _answer(message: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(base64.b64decode(message))["payload"]
    return payload
