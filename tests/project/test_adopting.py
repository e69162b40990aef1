"""The adoption page and the restore drill, walked as printed as far as no network is needed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import workbooks
import yaml
from around import POLICY, ROOT, lay
from built import demonstration
from openpyxl import Workbook

from fir.cli import main
from fir.schemas import Shapes
from fir.submissions.columns import folded
from fir.submissions.from_form import FIELDS
from fir.submissions.from_table import by_table_header
from fir.workflows.owners import OWNED

GUIDES = ROOT / "docs/guides"
ADOPTING = (GUIDES / "adopting/index.md").read_text(encoding="utf-8")
GOVERNING = (GUIDES / "governing/index.md").read_text(encoding="utf-8")
REMOTE = "https://github.com/ORG/REPO.git"
# What needs GitHub, and the tests themselves.
NOT_HERE = re.compile("gh |git push |make test")
# `make` and `python3 scripts/dev.py` without the set-up: this Python has all that they need.
DEV = """\
import sys
from pathlib import Path
sys.path.insert(0, "scripts")
import dev
dev.PYTHON, dev.install = Path(sys.executable), lambda lock: None
sys.exit(dev.main(sys.argv[1:]))
"""
MAKE = """\
if [ "$1" = setup ]; then
    mkdir -p .venv/bin && touch .venv/bin/activate && cp {here}/fir .venv/bin/fir
fi
exec {python} {here}/dev.py "$@"
"""
FIR = 'exec {python} -m fir "$@"\n'
PYTHON = 'shift\nexec {python} {here}/dev.py "$@"\n'


class Shell(NamedTuple):
    """Runs blocks of a page, each where the last one ended."""

    folder: Path
    programs: Path
    words: dict[str, str]

    def run(self, block: str, at: Path) -> tuple[Path, str]:
        """The folder in which the block ends, and what it printed."""
        lines = [line for line in block.splitlines() if not NOT_HERE.match(line)]
        text = "\n".join(lines)
        for word, meant in self.words.items():
            text = text.replace(word, meant)
        end = self.folder / "end"
        done = subprocess.run(
            ["bash", "-e", "-c", f"{text}\npwd > {end}"],
            cwd=at,
            env={
                **os.environ,
                "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
                **{f"GIT_{who}_EMAIL": "a@panel.example" for who in ("AUTHOR", "COMMITTER")},
                "NO_MKDOCS_2_WARNING": "1",
                "PYTHONWARNDEFAULTENCODING": "",
            },
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        return Path(end.read_text(encoding="utf-8").strip()), done.stdout


def blocks(page: str) -> list[tuple[str, str]]:
    """The blocks of a page with their language; commands have none."""
    return re.findall(r"^```([a-z]*)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def source(root: Path) -> Path:
    """This project as whoever adopts it finds it: with the demonstration, at no address yet."""
    demonstration(root)
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("docs", "schema", "scripts", ".github", "tests/cases"):
        shutil.copytree(ROOT / name, root / name, ignore=skip, dirs_exist_ok=True)
    shutil.copy(POLICY, root / "schema/policy.yaml")
    for name in ("mkdocs.yml", "Makefile", "pyproject.toml", ".gitignore", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    return root


def kept_sheet(path: Path) -> None:
    """A sheet with the headings of the page, of two meters of the list."""
    headings = [first for first, *_ in column_map()]
    book = Workbook()
    sheet = book.active
    sheet.append(headings)
    for entry in workbooks.samples()[:2]:
        told = {
            "manufacturer": "Fresh Meters Ltd",
            "house_number": "12",
            "street": "Long Street",
            "locality": "Exampleton",
            "postal_code": "EX1 2MP",
            "country": "United Kingdom",
            "telephone": "+44 1632 960123",
            "email": "firmware@fresh-meters.example",
            "website": "https://www.fresh-meters.example",
            "release_notes": "Corrects the tariff table.",
            **{name: value for name, value in entry._asdict().items() if name != "status"},
        }
        known = by_table_header(Shapes(ROOT / "schema"))
        sheet.append([told.get(known[folded(each)].name, "") for each in headings])
    book.save(path)


def column_map() -> list[list[str]]:
    """The rows of the page's table, all headings of a row first and then the column."""
    table = ADOPTING[ADOPTING.index("{ #sheet }") :]
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| `")]
    return [[*re.findall("`([^`]+)`", left), right.strip()] for left, right in rows]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    if not shutil.which("bash") or not shutil.which("git"):
        pytest.skip("the page is written for a shell and git")
    folder = tmp_path_factory.mktemp("adopting")
    programs = folder / "programs"
    programs.mkdir()
    (programs / "dev.py").write_text(DEV, encoding="utf-8")
    for name, text in (("make", MAKE), ("fir", FIR), ("python3", PYTHON)):
        script = "#!/bin/sh\n" + text.format(here=programs, python=sys.executable)
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    return Shell(folder, programs, {"SOURCE": "source"})


@pytest.fixture(scope="module")
def register(shell: Shell) -> Path:
    """What whoever follows the page has on their machine at its end."""
    root = source(shell.folder / "source")
    shell.run("git init -q -b main\ngit add --all\ngit commit -q -m source", root)
    workbooks.published(workbooks.samples()).save(shell.folder / "central-products-list.xlsm")
    kept_sheet(shell.folder / "panel-sheet.xlsx")
    at = shell.folder
    for language, block in blocks(ADOPTING):
        if language == "yaml":
            decide(at / "schema/policy.yaml", block)
        else:
            at, _ = shell.run(block, at)
    assert at == (shell.folder / "register").resolve()
    return at


def decide(policy: Path, block: str) -> None:
    """Writes the end of the policy as the page shows it."""
    text = policy.read_text(encoding="utf-8")
    for name in yaml.load(block, yaml.BaseLoader):
        text = re.sub(rf"^{name}:.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    policy.write_text(text + block, encoding="utf-8", newline="\n")


def test_the_page_leads_to_a_register_of_ones_own(register: Path) -> None:
    owners = (register / ".github/CODEOWNERS").read_text(encoding="utf-8")
    assert re.search("^/records/ +@ORG/fir-reviewers$", owners, re.MULTILINE)
    assert 'demonstration: "false"' in (register / "records/cpl/snapshot.yaml").read_text("utf-8")
    assert '\n  Communications Hub:\n    records: "optional"\n' in (
        register / "schema/policy.yaml"
    ).read_text("utf-8")
    sitemap = (register / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://ORG.github.io/REPO/cpl/000042/</loc>" in sitemap
    assert "Demonstration data" not in (register / "site/index.html").read_text(encoding="utf-8")
    made = sorted(path.name for path in register.glob("records/firmware/fresh-meters/*"))
    assert made == ["000042.yaml", "000043.yaml"]
    assert main(["check", "--strict", "--root", str(register)]) == 0


def test_a_backup_is_restored_and_the_register_can_leave(shell: Shell, register: Path) -> None:
    backup = Shell(shell.folder, shell.programs, {REMOTE: "register"})
    at, said = shell.folder, ""
    for block in (text for language, text in blocks(GOVERNING) if not language):
        at, said = backup.run(block, at)
        if "git log" in block:
            _, head = shell.run("git log -1 --format=%H", register)
            assert said.endswith(head), "the commit that was backed up"
    assert at == (shell.folder / "restored").resolve()
    sums = "data/SHA256SUMS"
    assert main(["export", "--root", str(register), str(shell.folder / "original")]) == 0
    original = (shell.folder / "original" / sums).read_bytes()
    assert (shell.folder / "from-backup" / sums).read_bytes() == original
    assert (shell.folder / "register-files" / sums).read_bytes() == original
    assert (at / "site/data/SHA256SUMS").read_bytes() == original


def test_the_column_map_is_what_is_read() -> None:
    known = by_table_header(Shapes(ROOT / "schema"))
    told = {}
    for *headings, column in column_map():
        for heading in headings:
            read = known[folded(heading)].name
            part = column == "the first lines of the address" and read in ("house_number", "street")
            assert part or column == f"`{read}`", heading
            told[folded(heading)] = read
    alone = {folded(name) for group, name in FIELDS if group == "manufacturer contact fir"}
    assert alone <= told.keys(), "every field of the form's contact"


def test_the_page_tells_who_owns_what() -> None:
    table = ADOPTING[ADOPTING.index("| Path |") : ADOPTING.index("No manufacturer owns")]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| `")]
    assert [(row[1].strip(" `"), row[2].strip()) for row in rows] == list(OWNED)


@pytest.mark.parametrize("place", range(3))
def test_what_the_governing_page_writes_into_a_file_is_taken(tmp_path: Path, place: int) -> None:
    root = lay(tmp_path / "root")
    block = [text for language, text in blocks(GOVERNING) if language == "yaml"][place]
    record, maker = "firmware/example-meters/000042.yaml", "manufacturers/example-meters.yaml"
    path = root / "records" / (maker if "succeeded_by" in block else record)
    path.write_text(path.read_text("utf-8") + block, encoding="utf-8", newline="\n")
    assert main(["check", "--root", str(root)]) == 0


def test_no_other_test_takes_the_policy_that_ships() -> None:
    """Whoever adopts the project changes it; `around.lay_schema` lays one that stays."""
    allowed = {"around.py", "test_adopting.py"}
    takes = re.compile(r'copytree\((?:SCHEMA|ROOT / "schema"),')
    found = (path for path in (ROOT / "tests").glob("**/*.py") if path.name not in allowed)
    assert [path.name for path in found if takes.search(path.read_text(encoding="utf-8"))] == []
