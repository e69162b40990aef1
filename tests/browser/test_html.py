"""Every built page is valid HTML, as the Nu Html Checker judges it.

The checker is a Java program of its own: FIR_VNU names its `vnu.jar`, as `.ci/run` does.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from kinds import KINDS

# Material's hidden switches, which browsers would otherwise leave as they were: no harm, not ours.
ALLOWED = re.compile(r"Attribute “autocomplete” is only allowed when the input type is .*")


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that judges a folder and prints JSON."""
    jar = os.environ.get("FIR_VNU")
    if not jar:
        pytest.skip("FIR_VNU does not name the Nu Html Checker (vnu.jar)")
    java = shutil.which("java")
    if not java:
        pytest.skip("the Nu Html Checker needs Java, which is not installed here")
    return [java, "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json"]


def errors(checker: list[str], folder: Path, pages: Iterable[str] = ("",)) -> list[str]:
    """Each error as `page:line: message`, the allowed ones left out."""
    judged = [str(folder / page) for page in pages]
    done = subprocess.run([*checker, *judged], capture_output=True, encoding="utf-8")
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{message['url'].partition(folder.name)[2]}:{message['lastLine']}: {message['message']}"
        for message in messages
        if not ALLOWED.fullmatch(message["message"])
    ]


def test_every_kind_of_page_is_valid(demo_site: Path, checker: list[str]) -> None:
    """In each of its states: what a script changes in the browser is not there yet."""
    paths = {path.partition("?")[0] for kind in KINDS.values() for path in kind.demo}
    files = {path if path.endswith(".html") else f"{path}index.html" for path in paths}
    assert errors(checker, demo_site, sorted(files)) == []


def test_every_hostile_page_is_valid(hostile_site: Path, checker: list[str]) -> None:
    assert errors(checker, hostile_site) == []


def test_the_checker_would_see_a_broken_page(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("<!doctype html><title>x</title><p id=a><p id=a>", encoding="utf-8")
    assert errors(checker, page.parent) == ["/index.html:1: Duplicate ID “a”."]
