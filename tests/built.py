"""Builds the site of a repository with the project's own theme, as `mkdocs build` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from around import ROOT, change, lay, put
from fir.check import judge
from fir.demonstration import build, write
from fir.publish.commits import Commits
from fir.publish.edition import Edition
from fir.read.records import read_repository

CONFIG = """\
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
theme:
  custom_dir: {root}/docs/overrides
hooks: [{root}/scripts/fir/publish/hook.py]
"""
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "*x*{: onclick=alert(1) }",
    '--8<-- "/etc/passwd"',
    "{% include 'x' %} {{ config }} {{7*7}}",
    "| a | b |",
    "</div></article><h1>x",
    '" onmouseover="x',
    "' onmouseover='x",
    "</script><!--",
    "<!--fir:content--> <!--fir:title-->",
    "&lt;b&gt; &amp; <b>",
    "نص عربي من اليمين",
    "\\1 \\g<0> $& %s {0}",
)
NUMBER = "000044"


def demonstration(root: Path) -> Path:
    """A repository of every shape the CPL has, in a folder that is not there yet."""
    lay(root)
    for path in (*root.glob("records/firmware/*"), *root.glob("records/manufacturers/*")):
        _remove(path)
    write(root, build())
    return root


def _remove(path: Path) -> None:
    for child in path.iterdir() if path.is_dir() else ():
        child.unlink()
    path.rmdir() if path.is_dir() else path.unlink()


def hostile(root: Path) -> Path:
    """A sound repository in which every free text is an attack, and names are long."""
    lay(root)
    notes = "".join(f"  {line}\n" for line in (*HOSTILE, "# Heading", "---", "W" * 300))
    text = _yaml(" ".join(HOSTILE[:6]))
    put(
        root,
        f"records/firmware/example-meters/{NUMBER}.yaml",
        f'cpl_number: "{NUMBER}"\nmanufacturer: "example-meters"\ndevice:\n'
        '  type: "Single Element Electricity Metering Equipment"\n'
        '  manufacturer_identifier: "7F01"\n  model_identifier: "0006"\n'
        '  hardware_version: "01"\n  hardware_revision: "00"\n  firmware_version: "00041001"\n'
        f"release_notes: |\n{notes}"
        f"product_name: {_yaml('<b>' + 'W' * 97)}\n"
        f'outage_alert_on_activation: "expected"\noutage_note: {text}\n'
        f'withdrawn:\n  "on": "2026-08-01"\n  reason: {text}\n'
        f'corrections:\n  - "on": "2026-08-02"\n    what: {text}\n',
    )
    path = "records/manufacturers/example-meters.yaml"
    change(root, path, '"Example Meters Ltd"', _yaml('"><script>alert(2)</script>' + "M" * 70))
    put(
        root,
        path,
        (root / path).read_text(encoding="utf-8") + f"also_known_as: [{_yaml(HOSTILE[8])}]\n",
    )
    entries = "records/cpl/entries.csv"
    label = " ".join(HOSTILE[:6]).replace('"', '""') + "L" * 300
    change(
        root, entries,
        "Example Meters EE-6 electricity meter,\n000045", f'"{label}",\n000045',
    )  # fmt: skip
    return root


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def edition(root: Path, commits: Commits | None = None) -> Edition:
    """The edition of a repository, without manuals."""
    repository = read_repository(root)
    assert repository.snapshot
    return Edition(repository, repository.snapshot, commits or Commits(), tuple(judge(repository)))


def run_mkdocs(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Runs `mkdocs build --strict` over a repository; the caller looks at how it ended."""
    config = root / "mkdocs.yml"
    config.write_text(CONFIG.format(root=ROOT.as_posix()), encoding="utf-8")
    paths = [str(ROOT / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)],
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONWARNDEFAULTENCODING": "",
        },
        capture_output=True,
        encoding="utf-8",
    )


def build_site(root: Path, site: Path) -> Path:
    done = run_mkdocs(root, site)
    assert done.returncode == 0, done.stderr
    return site
