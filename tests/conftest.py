"""What tests share, made once: two registers, their sites, a browser and the real workbook."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from actions import Runner
from browsers import NoBrowserError, start_browser
from built import build_site, demonstration, edition
from github_api import FakeGitHub, serving
from hostility import hostile
from hypothesis import settings

if TYPE_CHECKING:
    from forge import Forge
    from playwright.sync_api import Browser

    from fir.site.edition import Edition


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected output of the bad cases; read the difference before you commit",
    )


settings.register_profile("fir", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("fir")


@pytest.fixture(scope="session", autouse=True)
def _state_of_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a write keeps outside of a folder without git: not in the home of who runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
            patched.setenv(name, str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The machine's Chromium or Chrome, else Playwright's own, else the test is skipped."""
    with ExitStack() as stack:
        try:
            started = start_browser(stack)
        except NoBrowserError as error:
            demanded = os.environ.get("FIR_REQUIRE_BROWSER") == "1"
            error.fails = demanded and first_to_say(tmp_path_factory.getbasetemp())
            raise
        yield started


def first_to_say(folder: Path) -> bool:
    """Whether no other worker of this run has said that there is no browser."""
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    try:
        (shared / "no-browser").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tests without a browser are told of in one line; where one is demanded, the first fails."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, NoBrowserError):
        report.longrepr = (
            "tests/browser",
            None,
            str(error),
        )  # one place, so that pytest counts them
        if error.fails:
            report.outcome, report.longrepr = "failed", str(error)
            error.fails = False
    return report


@pytest.fixture(scope="session")
def real_cpl() -> Path:
    """The published workbook, which is not ours to copy into the repository."""
    named = os.environ.get("FIR_REAL_CPL")
    if not named:
        pytest.skip("FIR_REAL_CPL does not name the published CPL workbook")
    return Path(named)


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the demonstration; tests that change something make their own."""
    return demonstration(tmp_path_factory.mktemp("root") / "demo")


@pytest.fixture(scope="session")
def demo(demo_root: Path) -> Edition:
    return edition(demo_root)


@pytest.fixture(scope="session")
def hostile_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile(tmp_path_factory.mktemp("root") / "hostile")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder below which each site stands by its name."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def demo_site(demo_root: Path, sites: Path) -> Path:
    return build_site(demo_root, sites / "demo")


@pytest.fixture(scope="session")
def hostile_site(hostile_root: Path, sites: Path) -> Path:
    return build_site(hostile_root, sites / "hostile")


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub()) as found:
        yield found


@pytest.fixture
def runner(tmp_path: Path, forge: Forge, github: FakeGitHub) -> Runner:
    """What runs the jobs of a workflow; each module of tests has a `forge` of its own."""
    return Runner(tmp_path / "runner", forge.origin, github)
