"""`make bench`: our commands beside their rivals, on the same files in the same run.

Prints medians and ratios; nothing here is an assertion. A rival that is not installed is shown
with the ratio that `last.json` remembers and its date; `--save` writes what was measured there.
`busy` is the processor time of all processes together, which other work on the machine hardly
moves; `MiB` the memory of the largest one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.fetched import fetched
from bench.pairs import Measured, Run, medians, once
from bench.places import in_memory, told, work_folder
from bench.portfolio import answered
from bench.serving import median_rebuild
from bench.sites import hugo, material, our_site

HERE = Path(__file__).parent
ROOT = HERE.parent
LAST = HERE / "last.json"
BIN = Path(sys.executable).parent
PYTHON = sys.executable


class Pair(NamedTuple):
    """Our command and, where it is installed, the rival's."""

    title: str
    bound: str
    ours: Run
    rival: Run | None
    rival_name: str


def repository(folder: Path, entries: int, coverage: float = 1.0) -> Path:
    """A generated repository of so many entries, with the project's own rules.

    Made by a process of its own: what this one holds is the least that a run is said to hold.
    """
    command = [PYTHON, "-m", "fir.demonstration", str(folder), "--entries", str(entries)]
    once(Run("fir.demonstration", [*command, "--coverage", str(coverage)], ROOT))
    shutil.copytree(ROOT / "schema", folder / "schema")
    return folder


def fir(name: str, folder: Path, *words: str, ok: tuple[int, ...] = (0,)) -> Run:
    return Run(name, [PYTHON, "-m", "fir", *words], folder, ok)


def check_jsonschema(folder: Path, *files: str) -> Run | None:
    program = shutil.which("check-jsonschema", path=str(BIN))
    if program is None:
        return None
    schema = str(folder / "schema" / "firmware-record.schema.json")
    return Run("check-jsonschema", [program, "--schemafile", schema, *files], folder)


def records(folder: Path) -> list[str]:
    return [str(path) for path in sorted((folder / "records" / "firmware").glob("*/*.yaml"))]


def check_all(work: Path) -> Pair:
    folder = repository(work / "fifteen", 1_500)
    ours = fir("fir check", folder, "check")
    rival = check_jsonschema(folder, *records(folder))
    return Pair("check, 1,500 records", "at least 15 x", ours, rival, "check-jsonschema")


def check_all_beside_ajv(work: Path) -> Pair:
    folder = repository(work / "fifteen", 1_500)
    return _beside_ajv(work, folder, "check, 1,500 records", "not slower")


def check_one(work: Path) -> Pair:
    folder = repository(work / "fifteen", 1_500)
    one = records(folder)[700]
    ours = fir("fir check FILE", folder, "check", one)
    rival = check_jsonschema(folder, one)
    return Pair("check, one file of 1,500", "below 0.3 s", ours, rival, "check-jsonschema")


def check_ten_thousand(work: Path) -> Pair:
    folder = repository(work / "ten", 10_000)
    return _beside_ajv(work, folder, "check, 10,000 records", "at least 0.5 x")


def _beside_ajv(work: Path, folder: Path, title: str, bound: str) -> Pair:
    node = _node(work / "node")
    words = [str(work / "node" / "ajv.mjs"), "schema", "records/firmware"]
    rival = Run("ajv + js-yaml", [node, *words], folder) if node else None
    return Pair(title, bound, fir("fir check", folder, "check"), rival, "ajv + js-yaml")


def _node(folder: Path) -> str | None:
    """Node with the rival's packages installed in `folder`, or None where either is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    shutil.copytree(HERE / "rivals", folder)
    command = [npm, "install", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return node if done.returncode == 0 else None


def import_cpl(work: Path) -> Pair:
    """The real workbook where FIR_REAL_CPL names it, else one of 729 invented entries."""
    folder = repository(work / "import", 120, 0.8)
    workbook = os.environ.get("FIR_REAL_CPL") or _invented_workbook(work)
    ours = fir("fir cpl import", folder, "cpl", "import", workbook, "--replace-demo", "--dry-run")
    rival = Run("openpyxl", [PYTHON, str(HERE / "rivals" / "read_openpyxl.py"), workbook], work)
    return Pair("import, 729 entries", "below 1 s", ours, rival, "openpyxl reading it")


def _invented_workbook(work: Path) -> str:
    sys.path.insert(0, str(ROOT / "tests"))
    from workbooks import published, sample, save

    entries = [sample(f"{number:06}") for number in range(1, 730)]
    return str(save(published(entries), work, "invented.xlsx"))


def site(work: Path) -> Pair:
    """The whole of our site with its text index, beside a Markdown page an entry with its own."""
    folder = repository(work / "site", 1_500)
    ours, rival = our_site(folder, work / "out"), material(folder, work / "rival")
    return Pair("site, 1,500 entries", "at least 8 x", ours, rival, rival.name)


def site_ten_thousand(work: Path) -> Pair:
    """The whole of our site but its text index, beside plain pages that hold the same."""
    folder = repository(work / "site", 10_000)
    ours, rival = our_site(folder, work / "out", text=False), hugo(folder, work)
    bound = "not slower, 1/3 of the memory"
    return Pair("site, 10,000, no search", bound, ours, rival, "Hugo, a page an entry")


def serve(work: Path, times: int) -> None:
    """Prints the time from a change of a record to its rebuilt page."""
    folder = repository(work / "serve", 1_500)
    seconds = median_rebuild(folder, Path(records(folder)[700]), times)
    print(
        f"{'serve, 1,500 entries':26} {seconds:7.3f}s  below 3 s, from change to page", flush=True
    )


def look_up(work: Path, times: int) -> None:
    """Prints what looking up fetches at 10,000 entries; Material's index is of 1,000, times ten."""
    once(our_site(repository(work / "look-up", 10_000), work / "out"))
    once(material(repository(work / "thousand", 1_000), work / "rival"))
    index = work / "rival" / "site" / "search" / "search_index.json"
    rival = 10 * len(gzip.compress(index.read_bytes(), 6)) / 1000
    for name, kilobytes, requests in fetched(work / "out", _QUERIES):
        print(
            f"{f'{name}, 10,000':27} {kilobytes:5.0f} KB in {requests} requests; "
            f"{rival:,.0f} KB {rival / kilobytes:.1f} x  {_BOUNDS[name]}, beside Material's index",
            flush=True,
        )


def summary(work: Path, times: int) -> None:
    """Prints how long the summary of a pull request takes that changes one record."""
    folder = repository(work / "summary", 1_500)
    git = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@panel.example"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], cwd=folder, check=True)
    one = Path(records(folder)[700])
    text = one.read_text(encoding="utf-8")
    one.write_text(text.replace("release_notes: |\n", "release_notes: |\n  More.\n"), "utf-8")
    [told] = medians([fir("fir summary", folder, "summary", "--base", "main")], times)
    print(f"{'summary, one of 1,500':26} {_figures(told)}  below 3 s", flush=True)


def portfolio(work: Path, times: int) -> None:
    """Prints how long 100,000 rows take, with what they add up to."""
    for each in answered(work):
        print(
            f"{f'portfolio, {each.name}':40} {each.megabytes:3.0f} MB {each.seconds:6.2f}s  below "
            f"3 s; the page stood still for {1000 * each.pause:.0f} ms\n    {each.said}",
            flush=True,
        )


_QUERIES = {"a number": "000700", "a word of the notes": "tariff"}
_BOUNDS = {"a number": "below 200 KB", "a word of the notes": "below 300 KB"}
PAIRS: dict[str, Callable[[Path], Pair]] = {
    "check-1500": check_all,
    "check-1500-ajv": check_all_beside_ajv,
    "check-one": check_one,
    "check-10000": check_ten_thousand,
    "import": import_cpl,
    "site": site,
    "site-10000": site_ten_thousand,
}
ALONE: dict[str, Callable[[Path, int], None]] = {
    "serve": serve,
    "look-up": look_up,
    "portfolio": portfolio,
    "summary": summary,
}
"""What is not one command beside another prints what it found itself."""
NAMES = (*PAIRS, *ALONE)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--times", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--save", action="store_true", help="remember the ratios in last.json")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    last = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    print(f"all files {'in memory' if in_memory() else 'on the disk'}")
    sides = f"{'ours':>8} {'busy':>7} {'MiB':>5} {'rival':>8} {'busy':>7} {'MiB':>5}"
    print(f"{'work':26} {sides} {'ratio':>8}  bound")
    for name in options.names or NAMES:
        with work_folder() as work:
            if name in ALONE:
                ALONE[name](work, options.times)
                continue
            pair = PAIRS[name](work)
            measured = medians([run for run in (pair.ours, pair.rival) if run], options.times)
            print(_row(name, pair, measured, last), flush=True)
            made = [told(run.makes) for run in (pair.ours, pair.rival) if run and run.makes]
            if made:
                print(f"{'':26} wrote {'; the rival '.join(made)}", flush=True)
    if options.save:
        text = json.dumps(last, indent=2, sort_keys=True) + "\n"
        LAST.write_text(text, encoding="utf-8", newline="\n")


def _row(name: str, pair: Pair, measured: list[Measured], last: dict[str, dict[str, str]]) -> str:
    start = f"{pair.title:26} {_figures(measured[0])}"
    if len(measured) == 1:
        known = last.get(name)
        ratio = f"{known['ratio']} x on {known['date']}" if known else "never measured"
        return f"{start} {'absent':>8} {ratio:>8}  {pair.bound}, beside {pair.rival_name}"
    ratio = f"{measured[1].seconds / measured[0].seconds:.1f}"
    last[name] = {"ratio": ratio, "date": date.today().isoformat(), "rival": pair.rival_name}
    rival = f"{_figures(measured[1])} {ratio:>6} x"
    return f"{start} {rival}  {pair.bound}, beside {pair.rival_name}"


def _figures(side: Measured) -> str:
    return f"{side.seconds:7.3f}s {side.busy:6.3f}s {side.mebibytes:5.0f}"


if __name__ == "__main__":
    main()
