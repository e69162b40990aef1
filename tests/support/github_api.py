"""A GitHub on loopback: what the workflows ask of its API, permissions and all, and a download."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_PREFIX = "/repos/panel/fir"


class FakeGitHub:
    """The state of one repository, for tests to set and to look at."""

    def __init__(self) -> None:
        self.address = ""
        self.permissions: dict[str, Mapping[str, str]] = {}
        """What each token may do, as a job's `permissions` say it."""
        self.pulls: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.labels: dict[int, set[str]] = {}
        self.statuses: dict[str, list[dict[str, Any]]] = {}
        self.merged: list[dict[str, Any]] = []
        self.download: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.wrote: list[str] = []
        """Each request that changed something."""

    def answer(self, token: str, method: str, path: str, asked: Any) -> tuple[int, Any]:
        parts = urlsplit(path)
        asked_for = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/graphql":
            need = ("pull-requests", "read")
        elif not parts.path.startswith(_PREFIX):
            return 404, {"message": "Not Found"}
        else:
            need = _needed(method, parts.path.removeprefix(_PREFIX))
        may = self.permissions.get(token, {}).get(need[0], "none")
        if may != "write" and may != need[1]:
            return 403, {"message": "Resource not accessible by integration"}
        if method != "GET" and parts.path != "/graphql":
            self.wrote.append(f"{method} {parts.path.removeprefix(_PREFIX)}")
        words = parts.path.removeprefix(_PREFIX).strip("/").split("/")
        return 200, getattr(self, f"_{words[0]}")(method, words[1:], asked_for, asked)

    def _pulls(self, method: str, words: list[str], query: Mapping[str, str], body: Any) -> Any:
        if method == "GET":
            head = query.get("head", "").partition(":")[2]
            found = [
                pull
                for pull in self.pulls
                if pull["state"] == "open"
                and (not head or pull["head"]["ref"] == head)
                and query.get("base", "main") == "main"
            ]
            return _page(found, query)
        return _changed(self.pulls, words, {"state": "open", **body, **_head(body)})

    def _issues(self, method: str, words: list[str], query: Mapping[str, str], body: Any) -> Any:
        if words[1:2] == ["labels"]:
            there = self.labels.setdefault(int(words[0]), set())
            if method == "POST":
                there |= set(body["labels"])
            if method == "DELETE":
                there.remove(words[2])
            return [{"name": name} for name in sorted(there)]
        if method == "GET":
            return _page([each for each in self.issues if each["state"] == "open"], query)
        return _changed(self.issues, words, {"state": "open", **body} if not words else body)

    def _commits(self, method: str, words: list[str], query: Mapping[str, str], body: Any) -> Any:
        return {"statuses": self.statuses.get(words[0], [])[::-1]}

    def _statuses(self, method: str, words: list[str], query: Mapping[str, str], body: Any) -> Any:
        self.statuses.setdefault(words[0], []).append(body)
        return body

    def _graphql(self, method: str, words: list[str], query: Mapping[str, str], body: Any) -> Any:
        """Two merged pull requests a page, so that pages are asked for."""
        start = int(body["variables"]["after"] or 0)
        more = start + 2 < len(self.merged)
        nodes = self.merged[start : start + 2]
        page = {"hasNextPage": more, "endCursor": str(start + 2)}
        return {"data": {"repository": {"pullRequests": {"pageInfo": page, "nodes": nodes}}}}


def _needed(method: str, path: str) -> tuple[str, str]:
    kind = path.strip("/").split("/")[0]
    permission = {"pulls": "pull-requests", "issues": "issues", "statuses": "statuses"}.get(kind)
    if permission is None:
        return "statuses", "read"  # of a commit
    return permission, "read" if method == "GET" else "write"


def _head(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"head": {"ref": body["head"]}} if "head" in body else {}


def _page(items: list[dict[str, Any]], query: Mapping[str, str]) -> list[dict[str, Any]]:
    size = int(query.get("per_page", "30"))
    start = (int(query.get("page", "1")) - 1) * size
    return items[start : start + size]


def _changed(items: list[dict[str, Any]], words: list[str], body: Any) -> dict[str, Any]:
    """Makes an item, or changes the one of that number."""
    if not words:
        items.append({"number": 100 + len(items), **body})
        return items[-1]
    item = next(each for each in items if each["number"] == int(words[0]))
    item.update(body)
    return item


@contextmanager
def serving(github: FakeGitHub) -> Iterator[FakeGitHub]:
    """Answers at `github.address` until the end of the `with`."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            if self.path.startswith("/download/"):
                assert github.download
                github.download(self)
                return
            size = int(self.headers.get("Content-Length", "0"))
            asked = json.loads(self.rfile.read(size)) if size else None
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            code, answer = github.answer(token, self.command, self.path, asked)
            send(self, json.dumps(answer).encode(), code)

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "POST", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    github.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()


def send(
    handler: BaseHTTPRequestHandler, content: bytes, code: int = 200, promised: int | None = None
) -> None:
    handler.send_response(code)
    handler.send_header("Content-Length", str(len(content) if promised is None else promised))
    handler.end_headers()
    handler.wfile.write(content)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A server that never stops, a byte at a time, until its reader has had enough."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(2000):
            handler.wfile.write(b"P")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass
