"""What the guide for reviewers shows is what `fir summary` says, and it explains all of it."""

from __future__ import annotations

import ast
import inspect
import re

import markdown
import pytest
from around import ROOT

from fir.review import questions
from fir.review.risks import ABOUT

PAGE = ROOT / "docs/guides/reviewers/index.md"
SUMMARIES = ROOT / "tests/review/summaries"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PART = re.compile(r"<!-- (\w+):? ?([\w-]*) -->\n(.*?)<!-- end -->\n", re.DOTALL)


def shown(name: str) -> str:
    """A summary as GitHub shows it, in HTML that is no part of the page's own outline."""
    text = (SUMMARIES / f"{name}.md").read_text(encoding="utf-8")
    html = markdown.markdown(text)
    html = re.sub(r"<(h[2-4])>(.*?)</\1>", r'<p class="\1">\2</p>', html)
    html = html.replace("<li>[ ] ", '<li><span class="box"></span> ')
    return f'<div class="summary">\n{html}\n</div>\n'


def afternoon() -> str:
    """The part of CONTRIBUTING.md without its heading and its first sentence."""
    text = CONTRIBUTING.read_text(encoding="utf-8").split("## An analyst’s afternoon\n", 1)[1]
    part = re.split(r"^(?:## |\*\*)", text, maxsplit=1, flags=re.MULTILINE)[0]
    return part[part.index("```") :].replace("```sh\n", "```\n").strip() + "\n"


def told(part: re.Match[str]) -> str:
    """What belongs between the marks of a part."""
    return shown(part[2]) if part[1] == "summary" else afternoon()


def test_what_the_page_shows_is_what_there_is(pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text(encoding="utf-8")
    parts = list(PART.finditer(page))
    assert [part[1] for part in parts] == ["summary"] * 3 + ["afternoon"]
    if pytestconfig.getoption("--update-golden"):
        written = PART.sub(
            lambda part: part[0].replace(f"{part[3]}<!-- end", f"{told(part)}<!-- end"), page
        )
        PAGE.write_text(written, encoding="utf-8", newline="\n")
        return
    for part in parts:
        assert part[3] == told(part), "`pytest --update-golden` writes it anew"


def firsts(part: str, following: str) -> list[str]:
    """The first cells of a table, below its heading."""
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index(f"{{ #{part} }}") : page.index(f"{{ #{following} }}")]
    rows = [row.split("|")[1].strip() for row in table.splitlines() if row.startswith("| ")]
    return rows[2:]


def test_every_risk_is_explained_and_no_other() -> None:
    told = {about[:1].upper() + about[1:] for about in ABOUT.values()}
    assert set(firsts("risks", "questions")) == told


def test_every_question_is_answered_and_no_other() -> None:
    phrases = [first.strip("*… ") for first in firsts("questions", "afternoon")]
    tree = ast.parse(inspect.getsource(questions))
    asked = [words(node) for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    assert len(asked) > 10
    for question in asked:
        if question == "Is  , for ?":  # its words come from beside it
            continue
        assert any(phrase in question for phrase in phrases), question
    everything = words(tree)
    assert [phrase for phrase in phrases if phrase not in everything] == []


def words(tree: ast.AST) -> str:
    """The literal text in a piece of program."""
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "".join(value for value in constants if isinstance(value, str))


@pytest.mark.parametrize(
    ("part", "summary"),
    [
        ("Why the risk is high", "contact-change"),
        ("Only a person can say", "new-record"),
        ("The manufacturer's contact", "new-record"),
        ("What readers will be told", "cpl-update"),
    ],
)
def test_a_part_is_called_as_the_summary_calls_it(part: str, summary: str) -> None:
    assert part in PAGE.read_text(encoding="utf-8").partition("{ #summaries }")[0]
    assert part in (SUMMARIES / f"{summary}.md").read_text(encoding="utf-8")
