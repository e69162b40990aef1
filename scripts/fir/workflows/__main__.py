"""One step of a workflow: `python -P -m fir.workflows STEP`; `--help` lists them.

Without `-P` the folder in which a step runs could bring modules of its own, such as `argparse`.
"""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from fir.workflows.runner import StepFailed, output, required, say, summarise

# Each step loads its own module: jobs that hold a token run on a bare Python, without a package.


def _judge(options: Namespace) -> None:
    from fir.workflows.judge import Proposal, show

    if not show(Proposal(options.base, options.head, options.author)):
        raise StepFailed("this does not pass: the reasons stand above and in the summary")


def _pages(options: Namespace) -> None:
    from fir.workflows.preview import LISTED, changed_pages

    changed = changed_pages(options.base, options.head, options.folder)
    count = f"{len(changed):,} pages differ: open `{LISTED}` in the artifact"
    summarise(count if changed else "No page would change.")


def _approvals(options: Namespace) -> None:
    from fir.workflows.approvals import approvals

    found = approvals()
    options.file.write_text(
        json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    print(f"{len(found['merged']):,} merged pull requests told of in {options.file}")


def _fetch(options: Namespace) -> None:
    from fir.workflows.cpl import fetch

    if not options.address:
        say("notice", "the variable CPL_URL is empty: there is nowhere to fetch the CPL from")
        return
    try:
        file = fetch(options.address, options.folder, options.seconds)
    except StepFailed as reason:
        raise StepFailed(f"nothing was changed: {reason}") from reason
    output("file", file.as_posix())


def _propose(options: Namespace) -> None:
    from fir.workflows.cpl import propose

    summarise(propose(options.folder))


def _remind(options: Namespace) -> None:
    from fir.workflows.remind import remind

    summarise(remind(options.file))


def _look(options: Namespace) -> None:
    from fir.workflows.judge import judge_open_pulls

    output("seen", json.dumps(judge_open_pulls(options.root)))


def _label(options: Namespace) -> None:
    from fir.workflows.label import label

    label(json.loads(required("SEEN")))


_STEPS: dict[str, tuple[Callable[[Namespace], None], str, tuple[str, ...]]] = {
    "judge": (_judge, "judge a proposal and write its summary", ("base", "head")),
    "pages": (_pages, "build the pages a proposal changes", ("base", "head", "folder")),
    "approvals": (_approvals, "write who approved what", ("file",)),
    "fetch": (_fetch, "fetch the published CPL", ("folder",)),
    "propose": (_propose, "open or update the pull request of a CPL", ("folder",)),
    "remind": (_remind, "open or update the issue of what is due", ("file",)),
    "look": (_look, "judge every open pull request", ("root",)),
    "label": (_label, "put their labels and verdicts", ()),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -P -m fir.workflows", description=__doc__)
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, (run, does, paths) in _STEPS.items():
        step = steps.add_parser(name, help=does, description=does)
        step.set_defaults(run=run)
        for path in paths:
            step.add_argument(path, type=Path)
        if name == "judge":
            step.add_argument("--author", default="")
        if name == "fetch":
            step.add_argument("--address", default="")
            step.add_argument("--seconds", type=float, default=120)
    return parser


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except StepFailed as reason:
        say("error", str(reason))
        return 1
    except Exception as fault:
        say("error", f"a fault of fir itself, please report it: {fault!r}")
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
