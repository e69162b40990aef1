"""What a reader's browser fetches until the first result, beside the index of Material's search.

A real browser, a server that compresses as GitHub Pages does, and nothing in the cache. Counted is
what looking up costs: its scripts, its index and the text index, not the page around them.
"""

from __future__ import annotations

import gzip
import http.server
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

_COMPRESSED = (".css", ".html", ".js", ".json")
_FOUND = ".found tbody tr, .mentions li, .ans .word"  # the last on the page of an entry
_OURS = ("find/", "pagefind/", "assets/find/")


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, texts with gzip."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def fetched(site: Path, queries: dict[str, str]) -> Iterator[tuple[str, float, int]]:
    """For each named query: its name, and the kilobytes and requests until its result is there."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
    from dev import find_browser

    handler = partial(_Compressing, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser() or None, args=["--no-sandbox"] if as_root else []
        )
        for name, query in queries.items():
            sizes = _visit(browser, f"http://127.0.0.1:{server.server_port}/", query)
            yield name, sum(sizes) / 1000, len(sizes)
        browser.close()
    server.shutdown()
    server.server_close()


def _visit(browser: Any, base: str, query: str) -> list[int]:
    """The size of every answer that looking up needed, in a window of its own."""
    context = browser.new_context()
    sizes: list[int] = []

    def answered(response: Any) -> None:
        path = response.url.removeprefix(base)
        if path.startswith(_OURS) and not path.startswith("find/?"):
            sizes.append(int(response.headers["content-length"]))

    context.on("response", answered)  # of the text index's worker too
    page = context.new_page()
    page.goto(f"{base}find/?q={query}")
    page.locator(_FOUND).first.wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    return sizes
