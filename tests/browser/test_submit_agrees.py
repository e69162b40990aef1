"""The page that makes submissions judges, mends and writes as Python does, from one table."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from around import MANUFACTURER, ROOT
from hostility import HOSTILE
from visiting import visiting

from fir.editing.notation import renoted, tidy
from fir.identifiers import likeness
from fir.links import unsafety
from fir.schemas import Shapes
from fir.schemas.explain import explain
from fir.site.browser_data.submit import rules
from fir.strict_yaml.characters import misleads, name_of, odd_characters
from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import to_yaml
from fir.submissions.match_manufacturer import slug_of
from submissions import CONTACT, submission

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHAPES = Shapes(ROOT / "schema")
CASES = ROOT / "tests/cases"
OF_ONE_FILE = ("schema", "unsafe-link", "empty-release-notes")
KINDS = {"firmware": "record", "pending": "pending", "manufacturers": "manufacturer"}
# What only a file can hold that was not made by the form: names of fields, and what files make of
# each other.
NOT_OF_A_FORM = re.compile("is not a field of|as published|in a waiver")
TEXTS = (
    "", " ", "x", " x", "x ", "7f01", "7F:01", "0x7f01", "42", "000042", "000000", "1070300",
    "2026-02-30", "2026-5-4", "20260504", "a@b", "Jane <jane@a.example>", "+44 (0)1632 960123",
    "0044 1632 960123", "01632 960 123", "gas meter", "Gas Smart meter",
    "expected ", "gb", "Not-Expected", "Not  expected", "+44 01632 960123",
    "http://www.a.example", "A" * 101, "é" * 61, "`tick` \u200b\n", '"\\', "😀" * 70, *HOSTILE[:8],
)  # fmt: skip
ODD = (
    "\u200b", "\u202e", "\u2028", "\ue000", "\u00ad", "\t", "\r", "\x00", "\x9f", "\ufeff",
    "\u3164", "\U000e0041", "e\u0301", "\u00e9", "a\u0301\u0302\u0303\u0304\u0305", "\ufdd0",
    "👩‍🔥", "نص", "한",
)  # fmt: skip

Said = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def browsers(browser: Browser, served: str) -> Iterator[Said]:
    """What a script of the page makes of an argument: `said("judge.js", "…", argument)`."""
    with visiting(browser, served) as visit:
        page = visit.to("submit/")
        page.locator("form.submission").wait_for()

        def said(script: str, argument: Any) -> Any:
            return page.evaluate(
                f"""async ([base, table, argument]) => {{
                    const from = name => import(`${{base}}assets/${{name}}.js`)
                    const {{ Rules }} = await from("submit/rules")
                    const rules = new Rules(table)
                    {script}
                }}""",
                [served, rules(SHAPES), argument],
            )

        yield said


def test_cases_of_one_file_are_judged_in_the_same_words(browsers: Said) -> None:
    files, wanted = [], []
    for golden in sorted(
        each for check in OF_ONE_FILE for each in CASES.glob(f"{check}/bad/*.out")
    ):
        lines = golden.read_text(encoding="utf-8").splitlines()
        if NOT_OF_A_FORM.search(lines[0]):
            continue
        path = lines[0].split(":")[0]
        value, faults = parse((golden.with_suffix("") / path).read_bytes())
        if value is not None and not faults:
            files.append([KINDS[path.split("/")[1]], value])
            messages = (
                re.sub(r"^\S+ error: (.*) \[[a-z-]+\]$", r"\1", line) for line in lines[::2]
            )
            fixes = (line.removeprefix("    fix: ") for line in lines[1::2])
            wanted.append(sorted(zip(messages, fixes, strict=True)))
    found = browsers(
        """const { judge } = await from("submit/judge")
        return argument.map(([kind, value]) =>
            judge(rules, kind, value).map(({ message, fix }) => [message, fix]))""",
        files,
    )
    assert [sorted(map(tuple, each)) for each in found] == wanted
    assert len(files) > 25


def test_whatever_stands_in_a_field_has_the_same_mistakes_and_the_same_cure(browsers: Said) -> None:
    whole = submission(
        submitter="Example Agency", released_on="2026-09-14", outage_note="None.",
        outage_alert_on_activation="expected", release_notes_url="https://a.example/n",
        contact=CONTACT, website="https://a.example",
        corrections=[{"on": "2026-11-02", "what": "x"}],
        new_manufacturer=parse((ROOT / "tests/cases/_around" / MANUFACTURER).read_bytes())[0],
    )  # fmt: skip
    whole["entries"][0] |= {
        "product_name": "EG-5",
        "upgrade_from": ["000001"],
        "gbcs_version": "GBCS",
    }
    every = [
        _with(whole, keys, text)
        for keys in _ways((), whole)
        for text in (*TEXTS, [], ["x", "x"], {}, {"x": "y"}, None)
        if keys and not (isinstance(text, dict) and text)
    ]
    values = random.Random(7).sample(every, 500)
    wanted = [
        [[list(each.keys), each.message, each.fix] for each in explain(SHAPES, "submission", value)]
        if not SHAPES.fits("submission", value)
        else []
        for value in values
    ]
    found = browsers(
        """return argument.map(value => rules.mistakes("submission", value)
            .map(({ keys, message, fix }) => [keys, message, fix]))""",
        values,
    )
    for value, here, there in zip(values, wanted, found, strict=True):
        assert sorted(here, key=repr) == sorted(there, key=repr), value
    assert sum(map(bool, wanted)) > 200


def _ways(keys: tuple[Any, ...], value: Any) -> Iterator[tuple[Any, ...]]:
    yield keys
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner if isinstance(value, dict | list) else ():
        yield from _ways((*keys, key), each)


def _with(whole: Any, keys: tuple[Any, ...], value: Any) -> Any:
    """The whole with another value in one place; without it where that is None."""
    made = holder = copy.deepcopy(whole)
    for key in keys[:-1]:
        holder = holder[key]
    if value is None:
        del holder[keys[-1]]
    else:
        holder[keys[-1]] = value
    return made


def test_texts_are_refused_mended_and_written_alike(browsers: Said) -> None:
    drawn = random.Random(7)
    alphabet = "ab \n\t#:-|>'\"\\%@`é\u00a0\u0085\u2028\ufeff\x00\x7f{}[],&*!?\r\ud800😀\u3000"
    texts = ["".join(drawn.choices(alphabet, k=drawn.randrange(1, 12))) for _ in range(400)]
    texts += [*TEXTS, *HOSTILE, *ODD, *map("\n".join, product(("", " a", "b"), repeat=3))]
    fields = [SHAPES.field("submission", keys) for keys in FIELDS]
    found = browsers(
        """const { tidyNotes, normalise } = await from("submit/notation")
        const { toYaml } = await from("submit/submission")
        const { oddCharacters, unsafety } = await from("submit/judge")
        const { characters, links } = rules.table
        const fields = argument.fields.map(keys => rules.field("submission", keys))
        return argument.texts.map(text => ({
            tidy: tidyNotes(text),
            yaml: toYaml(
                { a: text, on: { c: text, d: [{ e: text, f: text }] }, g: [text, text], h: [] },
            ),
            unsafe: unsafety(text, links),
            odd: [...oddCharacters(text, characters)].map(({ message, fix }) => [message, fix]),
            noted: fields.map(field => normalise(field, text)),
        }))""",
        {"texts": texts, "fields": FIELDS},
    )
    for text, there in zip(texts, found, strict=True):
        assert there["tidy"] == tidy(text), repr(text)
        value = {
            "a": text,
            "on": {"c": text, "d": [{"e": text, "f": text}]},
            "g": [text] * 2,
            "h": [],
        }
        assert there["yaml"] == to_yaml(value), repr(text)  # type: ignore[arg-type]
        here = unsafety(text)
        assert there["unsafe"] == (here and {"problem": here.message, "fix": here.fix}), repr(text)
        odd = [[each.message, each.fix] for each in odd_characters(text)]
        assert there["odd"] == odd, repr(text)
        assert there["noted"] == [renoted(field, text) or text for field in fields], repr(text)


FIELDS: tuple[list[Any], ...] = (
    ["entries", 0, "cpl_number"], ["entries", 0, "device", "type"], ["contact", "telephone"],
    ["entries", 0, "device", "firmware_version"], ["contact", "email"], ["submitter"],
)  # fmt: skip


def test_a_number_in_another_coding_and_a_new_short_name_are_the_same_in_both(
    browsers: Said,
) -> None:
    numbers = ["00040A01", "00041001", "01070300", "00030701", "17236736", "FFFFFFFF", "10070300"]
    pairs = [list(each) for each in product(numbers, repeat=2)]
    names = [
        "Landis + Gyr Ltd.",
        "Ärger & Söhne GmbH",
        "固件",
        "CON",
        "Example Meters Limited",
        "Straße AG",
        "",
    ]
    taken = ["example-meters", "example-meters-2"]
    found = browsers(
        """const { likeness } = await from("shared/identifiers")
        const { slugOf } = await from("submit/manufacturers")
        const data = await (await fetch("data.json")).json()
        const company = { ...data.company, taken: argument.taken }
        return [argument.pairs.map(pair => likeness(...pair)),
            argument.names.map(name => slugOf(name, "7F01", company))]""",
        {"pairs": pairs, "names": names, "taken": taken},
    )
    assert found == [
        [likeness(*pair) for pair in pairs],
        [slug_of(name, "7F01", taken) for name in names],
    ]
    assert len(set(found[0])) == 6


def test_every_character_without_a_shape_is_named_in_the_table() -> None:
    names = rules(SHAPES)["characters"]["names"]
    for code in range(0x10000):
        if misleads(chr(code)) and "(no character)" not in name_of(chr(code)):
            named = re.search(r"\((.*)\)", name_of(chr(code)))
            assert named and names.get(f"{code:04X}", "control character") == named[1]
