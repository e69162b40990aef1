"""A sound repository in which every free text is an attack, and names and lists are long.

The list is the project's own of hostile inputs; `INPUTS` says by their numbers what holds each.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from around import MANUFACTURER, RECORD, ROOT, change, lay, put

from fir.model import Entry

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
HOSTILE = (
    SCRIPT,
    IMAGE,
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
    "]]> &lt;b&gt; &amp; <b>",
    "نص عربي من اليمين 固件发行说明",
    "👩 🔥 🇬🇧",
    "\\1 \\g<0> $& %s {0}",
    "@team #123 ![x](https://evil.example/x.png) ::error file=a::b",
)
FORMULA = '=HYPERLINK("https://evil.example","a, b")'
WORD = "W" * 300
NUMBER = "000044"
NOBODYS = tuple(f"{number:06}" for number in range(50, 64))
"""More entries than a list shows at once, of an identifier that no manufacturer has claimed."""
INPUTS = {
    "1": SCRIPT,
    "2": IMAGE,
    "3": "[x](javascript:alert(1))",
    "4": "*x*{: onclick=alert(1) }",
    "5": '--8<-- "/etc/passwd"',
    "6": "| a | b |",
    "7": "# Heading\n---\n===",
    "8": "</div></article><h1>x",
    "9": '" onmouseover="x',
    "10": "</script><!--",
    "11": "]]> &lt;b&gt; &amp; <b>",
    "58": "::error file=a::b",
    "59": "@team #123 ![x](https://evil.example/x.png)",
    "60": FORMULA,
    "61": 'a, b")',
    "68": WORD,
    "68 of other scripts": "نص عربي من اليمين 固件发行说明",
}
"""Those that a published page can hold, by number: a reader must meet each as the text it is."""
_NOTES = (*HOSTILE, FORMULA, "# Heading", "---", "===", WORD)
_SHORT = " ".join(HOSTILE[:6])


def hostile(root: Path) -> Path:
    lay(root)
    _entries(root)
    _changes(root)
    _records(root)
    _manufacturer(root)
    change(root, "schema/policy.yaml", 'name: "SEC Panel"', f"name: {_yaml(f'{IMAGE}&')}")
    return root


def _entries(root: Path) -> None:
    """Whatever the CPL lets a stranger write, in a column of its own length."""
    path = "records/cpl/entries.csv"
    change(
        root, path,
        "Example Meters EE-6 electricity meter,\n000045", f"{_csv(_SHORT + WORD)},\n000045",
    )  # fmt: skip
    shape = Entry(
        "", "Current", "Gas Smart Meter", "7FFE", "0001", "02", "03", "", "SMETS V4.2",
        "GBCS Version 3.2", f"[E] {IMAGE}", "</div></article><h1>x {{7*7}} | a | b |",
        "2026-09-30", "<b onclick=x>", '"><script>', '" onmouseover="alert(1)',
        '--8<-- "/etc/passwd" *x*{: onclick=a }', SCRIPT + "C" * 75, "", f"{IMAGE} {'D' * 99}",
        "0.003", "2026-09-01", _SHORT, "",
    )  # fmt: skip
    rows = [
        shape._replace(
            cpl_number=number,
            firmware_version=f"{place:08X}",
            image_hash=f"{place:064X}" if place % 2 else "",
            **({} if place > 1 else {"first_version": "", "first_issued_on": ""}),
        )
        for place, number in enumerate(NOBODYS, 1)
    ]
    text = (root / path).read_text(encoding="utf-8")
    put(root, path, text + "".join(",".join(map(_csv, row)) + "\n" for row in rows))
    change(root, "records/cpl/snapshot.yaml", '"10"', f'"{10 + len(rows)}"')


def _changes(root: Path) -> None:
    """One amendment by itself, and one of many entries, which is folded."""
    rows = [
        ("0.003", "2026-09-01", number, field, SCRIPT, _SHORT)
        for number, field in (
            (NUMBER, "image_descriptor"),
            *((number, "image_creator") for number in NOBODYS[:5]),
        )
    ]
    case = ROOT / "tests/cases/cpl-mismatch/good/waived_after_the_list_changed"
    shutil.copytree(case / "records", root / "records", dirs_exist_ok=True)
    path = "records/cpl/changes.csv"
    text = (root / path).read_text(encoding="utf-8")
    put(root, path, text + "".join(",".join(map(_csv, row)) + "\n" for row in rows))
    path = "records/waivers.yaml"
    change(root, path, '"SEC Panel"', _yaml(SCRIPT))
    old = (
        "CPL 0.003 changed firmware_version; the manufacturer has been asked to correct the record"
    )
    change(root, path, f'"{old}"', _yaml(f"CPL 0.003: `{_SHORT}"))


def _records(root: Path) -> None:
    notes = "release_notes: |\n" + "".join(f"  {line}\n" for line in _NOTES)
    text = _yaml(_SHORT)
    told = (
        f"{notes}product_name: {_yaml('<b>' + WORD[:97])}\n"
        f'outage_alert_on_activation: "expected"\noutage_note: {text}\n'
        f'withdrawn:\n  "on": "2026-08-01"\n  reason: {text}\n'
        f'corrections:\n  - "on": "2026-08-02"\n    what: {text}\n'
    )
    path = f"records/firmware/example-meters/{NUMBER}.yaml"
    record = (root / path).read_text(encoding="utf-8")
    put(root, path, record[: record.index("release_notes:")] + told)
    change(root, RECORD, "release_notes:", f"product_name: {_yaml(FORMULA)}\nrelease_notes:")
    device = record[record.index("manufacturer:") : record.index("release_notes:")]
    put(
        root,
        "records/pending/example-meters/7F01-0006-0100-00041002.yaml",
        device.replace("00040A01", "00041002") + told[: told.index("withdrawn:")],
    )


def _manufacturer(root: Path) -> None:
    change(root, MANUFACTURER, '"Example Meters Ltd"', _yaml(f'">{SCRIPT}' + "M" * 70))
    change(root, MANUFACTURER, '"Unit 4, Example Park"', f"{_yaml(IMAGE)}, {_yaml('A' * 60)}")
    change(root, MANUFACTURER, '"Exampleton"', _yaml("</dd></dl><h1>x"))
    change(root, MANUFACTURER, '"EX1 2MP"', _yaml("' onclick='x"))
    local = f"{'e' * 60}@{'m' * 60}.example"
    change(root, MANUFACTURER, '"firmware@example-meters.example"', f'"{local}"')
    names = ", ".join(map(_yaml, HOSTILE[8:10]))
    text = (root / MANUFACTURER).read_text(encoding="utf-8")
    put(root, MANUFACTURER, f"{text}also_known_as: [{names}]\n")


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _csv(text: str) -> str:
    if not set(text) & set(',"'):
        return text
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="").writerow([text])
    return made.getvalue()
