"""How long `mkdocs serve` takes from a change of a record to the rebuilt page."""

from __future__ import annotations

import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from bench.pairs import ENVIRONMENT
from bench.sites import our_mkdocs

_PATIENCE = 60.0


def rebuilt(folder: Path, record: Path, times: int) -> list[float]:
    """Seconds of each rebuild, from the record's change to its page being served with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    run = our_mkdocs(folder, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address)
    environment = {**ENVIRONMENT, **(run.environment or {})}
    server = subprocess.Popen(run.command, cwd=run.folder, env=environment)
    try:
        page = f"http://{address}/cpl/{record.stem}/"
        _until(page, record.stem)
        return [_change(record, page, f"Change number {n} of this text.") for n in range(times)]
    finally:
        server.terminate()
        server.wait()


def _change(record: Path, page: str, said: str) -> float:
    text = record.read_text(encoding="utf-8")
    before, mark, after = text.partition("release_notes: |\n")
    record.write_text(f"{before}{mark}  {said}\n{after}", encoding="utf-8", newline="\n")
    began = time.perf_counter()
    _until(page, said)
    return time.perf_counter() - began


def _until(page: str, said: str) -> None:
    """Asks for the page until it says what it should."""
    began = time.perf_counter()
    while time.perf_counter() - began < _PATIENCE:
        try:
            with urllib.request.urlopen(page, timeout=_PATIENCE) as answer:
                if said in answer.read().decode("utf-8"):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"{page} never said `{said}`")


def median_rebuild(folder: Path, record: Path, times: int) -> float:
    """The median, after one rebuild that is not counted."""
    return statistics.median(rebuilt(folder, record, times + 1)[1:])
