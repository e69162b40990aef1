"""The two sites as they are served: the demonstration at the root, the hostile one below a path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from visiting import Visit, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def served(demo_site: Path) -> Iterator[str]:
    with serving(demo_site) as address:
        yield address


@pytest.fixture(scope="session")
def below(sites: Path, demo_site: Path, hostile_site: Path) -> Iterator[str]:
    """Where each site stands below a path: `demo/` and `hostile/`."""
    with serving(sites) as address:
        yield address


@pytest.fixture(scope="session")
def attacked(below: str) -> str:
    """The site of the hostile records."""
    return f"{below}hostile/"


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """A reader's window; whatever goes wrong in it fails the test."""
    with visiting(browser, served) as made:
        yield made


@pytest.fixture(scope="session")
def scriptless(browser: Browser) -> Iterator[Page]:
    """A window in which no script runs, and so nothing is kept from one test to the next."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
