"""GitHub's API, as far as the workflows need it, with nothing but the standard library."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from fir.diagnostics import tick
from fir.workflows.runner import StepFailed, required

_SECONDS = 30
_A_PAGE = 100


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes where the runner says and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def repository() -> str:
    """`owner/name` of the repository the workflow runs in."""
    return required("GITHUB_REPOSITORY")


def call(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """What the API answers about this repository; `path` begins after its name."""
    address = f"{required('GITHUB_API_URL')}/repos/{repository()}{path}"
    return _send(method, address, body)


def every(path: str) -> Iterator[Any]:
    """Each item of a list that comes in pages."""
    page, full = 0, True
    while full:
        page += 1
        joint = "&" if "?" in path else "?"
        items = call("GET", f"{path}{joint}per_page={_A_PAGE}&page={page}")
        full = len(items) == _A_PAGE
        yield from items


def query(text: str, variables: Mapping[str, Any]) -> Any:
    """The `data` of a GraphQL answer."""
    address = required("GITHUB_GRAPHQL_URL")
    answer = _send("POST", address, {"query": text, "variables": variables}) or {}
    if answer.get("errors") or not answer.get("data"):
        why = (answer.get("errors") or [{}])[0].get("message", "no reason given")
        raise StepFailed(f"GitHub could not answer: {tick(why)}")
    return answer["data"]


def _send(method: str, address: str, body: Mapping[str, Any] | None) -> Any:
    request = urllib.request.Request(
        address,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {required('GITHUB_TOKEN')}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    try:
        with _opener.open(request, timeout=_SECONDS) as response:
            text = response.read()
    except urllib.error.HTTPError as error:
        raise StepFailed(f"GitHub refused {method} {address}: {error.code}{_why(error)}") from error
    except (OSError, http.client.HTTPException) as error:
        raise StepFailed(f"GitHub did not answer {method} {address}: {error}") from error
    try:
        return json.loads(text) if text else None
    except ValueError as error:
        raise StepFailed(f"GitHub answered {method} {address} with something else") from error


def _why(error: urllib.error.HTTPError) -> str:
    """The API's own sentence, such as that a permission is lacking."""
    try:
        return f", {tick(json.loads(error.read())['message'])}"
    except (ValueError, KeyError, TypeError, OSError):
        return ""
