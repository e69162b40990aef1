"""The published CPL comes down from the configured address, whole or not at all.

Nothing here opens it: `fir cpl import` recognises what it is by its content.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from fir.diagnostics import tick
from fir.workflows.runner import StepFailed

MOST_BYTES = 50_000_000
_PIECE = 65_536
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _Guarded(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, address):  # type: ignore[no-untyped-def]
        _refuse_address(address)
        return super().redirect_request(request, file, code, message, headers, address)


def fetch(address: str, folder: Path, seconds: float) -> Path:
    """The file, under the last name of its address; raises StepFailed with what went wrong."""
    _refuse_address(address)
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(address, headers={"User-Agent": "fir-cpl"})
    try:
        with urllib.request.build_opener(_Guarded).open(request, timeout=seconds) as response:
            content = _read(response, deadline)
            promised = response.headers.get("Content-Length")
    except urllib.error.HTTPError as error:
        raise StepFailed(f"{tick(address)} answered {error.code}, {tick(error.reason)}") from error
    except TimeoutError as error:
        raise StepFailed(f"{tick(address)} did not send it within {seconds:g} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise StepFailed(f"{tick(address)} could not be reached: {tick(reason)}") from error
    if promised and promised.isdecimal() and int(promised) != len(content):
        raise StepFailed(
            f"{tick(address)} broke off after {len(content):,} of {int(promised):,} bytes"
        )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _name(address)
    file.write_bytes(content)
    return file


def _refuse_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise StepFailed(f"{tick(address)} is not an address: {error}") from error
    if parts.password or parts.username:
        raise StepFailed("the address holds a name or a password, which everybody could read")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise StepFailed(f"{tick(address)} is not an address that begins with https://")


def _read(response: IO[bytes], deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):  # type: ignore[attr-defined]
        size += len(piece)
        pieces.append(piece)
        if size > MOST_BYTES:
            raise StepFailed(f"it is more than {MOST_BYTES:,} bytes, which no CPL is")
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(pieces)


def _name(address: str) -> str:
    """The snapshot tells its readers this name."""
    last = unquote(urlsplit(address).path).rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("-.")[:100] or "central-products-list"
