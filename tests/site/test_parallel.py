"""Work shared by two processes; each test runs in a process of its own, where a fork is safe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
PROGRAM = """
import os, signal, sys, time
sys.path.insert(0, {scripts!r})
from fir.site.parallel import parallel

first = os.getpid()

def work(number):
    time.sleep(0.01)
    if os.getpid() != first and number >= 0:
        {in_the_second}
    {everywhere}
    return number * number, os.getpid() == first

done = parallel(work, range(40), worth_it={worth_it})
assert [value for value, _ in done] == [number * number for number in range(40)]
print("both" if any(not mine for _, mine in done) else "one")
"""


def run(
    in_the_second: str = "pass", everywhere: str = "pass", *, worth_it: bool = True
) -> subprocess.CompletedProcess[str]:
    text = PROGRAM.format(
        scripts=str(SCRIPTS), in_the_second=in_the_second, everywhere=everywhere, worth_it=worth_it
    )
    return subprocess.run(
        [sys.executable, "-c", text], capture_output=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_both_processes_work_and_the_results_are_in_order() -> None:
    assert (run().stdout, run().stderr) == ("both\n", "")


def test_little_work_is_done_by_one_process() -> None:
    assert run(worth_it=False).stdout == "one\n"


@pytest.mark.parametrize("fate", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_what_a_second_process_leaves_undone_is_done_by_the_first(fate: str) -> None:
    done = run(fate)
    assert (done.stdout, done.stderr) == ("one\n", "")


def test_a_fault_in_the_work_itself_is_raised_once() -> None:
    done = run(everywhere='raise ValueError("of the work")')
    assert done.returncode == 1
    assert done.stderr.count("ValueError: of the work") == 1


def test_the_second_process_ends_with_the_first() -> None:
    """Else its end of our pipe would stay open, and this would wait until it is too late."""
    done = run(everywhere="os.getpid() == first and os.kill(first, 9)")
    assert (done.returncode, done.stderr) == (-9, "")
