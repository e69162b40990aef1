"""The full-text index of the release notes: small documents, indexed by Pagefind in a process.

One document for each distinct text: 15 entries that share a text are one hit, which names them all.
Pagefind runs while the pages are written; only what a search needs is kept of what it makes.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from fir.model import Repository
from fir.publish.markup import esc

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind")
_FOLDERS = ("fragment", "index")
_LOG = "pagefind.log"


class TextIndexError(Exception):
    """Pagefind ended without an index; the sentence says what it said."""


def documents(repository: Repository) -> Iterator[tuple[str, str]]:
    """A page for each distinct text, named by the first of the entries that have it."""
    numbers: dict[str, list[str]] = {}
    for number, record in sorted(repository.by_number.items()):
        if number in repository.entries:
            numbers.setdefault(record.release_notes, []).append(number)
    for text, found in numbers.items():
        yield (
            f"{found[0]}.html",
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f'<meta data-pagefind-meta="entries[content]" content="{" ".join(found)}"></head>'
            f"<body>{esc(text)}</body></html>",
        )


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
        folder = Path(self._folder.name)
        source, self._made = folder / "notes", folder / "pagefind"
        source.mkdir()
        for name, page in documents(repository):
            (source / name).write_text(page, encoding="utf-8")
        self._log = (folder / _LOG).open("w+b")
        self._process = subprocess.Popen(
            [
                _program() or "pagefind", "--silent", "--force-language", "en",
                "--site", source, "--output-path", self._made,
            ],
            stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def finish(self, target: Path) -> None:
        """Waits for Pagefind and lays what a search needs into `target`; raises TextIndexError."""
        code = self._process.wait()
        if code:
            self._log.seek(0)
            said = self._log.read().decode("utf-8", "replace").strip()
            self._close()
            raise TextIndexError(f"Pagefind ended with exit code {code}: {said or 'no reason'}")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in (*map(self._made.joinpath, _NEEDED), *self._made.glob("pagefind.*.pf_meta")):
            shutil.move(path, target / path.name)
        for name in _FOLDERS:
            if (self._made / name).is_dir():
                shutil.move(self._made / name, target / name)
        self._close()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._close()

    def _close(self) -> None:
        self._log.close()
        self._folder.cleanup()
