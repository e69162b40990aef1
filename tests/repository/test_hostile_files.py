"""Hostile files: each is refused by the right check, at the file, without a traceback.

The names of the inputs begin with their number in the project's list of hostile inputs. Links are
the business of `test_links.py`; what needs a file system's help is in `cases/unsafe-file`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from around import AROUND, MANUFACTURER, RECORD, lay

from fir.cli import main
from fir.diagnostics import visible
from fir.strict_yaml.reader import parse

RECORD_TEXT = (AROUND / RECORD).read_text(encoding="utf-8")
MANUFACTURER_TEXT = (AROUND / MANUFACTURER).read_text(encoding="utf-8")
NOTES = RECORD_TEXT[RECORD_TEXT.index("release_notes") :]


class Hostile(NamedTuple):
    """One file put into a sound repository, and the check that must refuse it."""

    name: str
    path: str
    content: bytes
    check: str


def _in(path: str, text: str, name: str, old: str, new: str | bytes, check: str) -> Hostile:
    assert text.count(old) == 1, (name, old)
    before, after = (part.encode("utf-8") for part in text.split(old))
    content = new if isinstance(new, bytes) else new.encode("utf-8", errors="surrogatepass")
    return Hostile(name, path, before + content + after, check)


def in_record(name: str, old: str, new: str | bytes, check: str) -> Hostile:
    return _in(RECORD, RECORD_TEXT, name, old, new, check)


def in_notes(name: str, new: str | bytes, check: str) -> Hostile:
    return in_record(name, NOTES, new, check)


def whole_record(name: str, content: bytes, check: str) -> Hostile:
    return Hostile(name, RECORD, content, check)


def contacts() -> Iterator[Hostile]:
    emails = [
        "a@b",
        "@",
        "Jane <j@x.com>",
        r"\"a b\"@x.com",
        r"a@example.com\n",
        "a@ex\u0430mple.com",
        "\u0430@example.com",
        "javascript:@x",
        "a@b.co,c@d.co",
        "mailto:a@b.co",
        "a" * 10_000 + "@b.co",
        "@" * 10_000,
        "a." * 10_000 + "@b.co",
    ]
    telephones = [
        "tel:+441632960123;ext=1",
        "+44 1632 960123 ext 5",
        "CALL-ME-NOW",
        "9" * 200,
        "+" + "9" * 200,
        r"+441632960123\n",
        "+\u0664\u0664\u0661\u0666\u0663\u0662\u0669\u0666\u0660\u0661\u0662\u0663",
        "+\uff14\uff14\uff11\uff16\uff13\uff12\uff19\uff16\uff10\uff11\uff12\uff13",
        "",
    ]
    for number, values, old in (
        ("21", emails, "firmware@example-meters.example"),
        ("23", telephones, "+441632960123"),
    ):
        for value in values:
            name = f"{number} {ascii(value)[:40]}"
            yield _in(MANUFACTURER, MANUFACTURER_TEXT, name, f'"{old}"', f'"{value}"', "schema")


def scalars() -> Iterator[Hostile]:
    for value in ["", *"1.10 NO on y ~ null 0123 0x1F 1_000 1:30 12e3".split()]:
        yield in_record(f"24-26 {value}", '"01070300"', value, "unquoted-value")
    for value in (".nan", ".inf", "-.INF", "9" * 5_000, "0x" + "F" * 5_000, "1e" + "9" * 5_000):
        yield in_record(f"28-29 {value[:9]}", '"01070300"', value, "unquoted-value")
    for value in ("2026-02-30", "2026-2-3", "20260203", "9999-12-31", "0001-01-01"):
        yield in_notes(f"27 {value}", f"released_on: {value}\n{NOTES}", "unquoted-value")
        yield in_notes(f'27 "{value}"', f'released_on: "{value}"\n{NOTES}', "schema")
    for value in (
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        r"2026-01-02\n",
        "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0662",
    ):
        yield in_notes(f'27 "{value}"', f'released_on: "{value}"\n{NOTES}', "schema")


def yaml_features() -> Iterator[Hostile]:
    bomb = "a: &a [lol, lol]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield in_notes("30 duplicate key", f'cpl_number: "000041"\n{NOTES}', "duplicate-key")
    old = '  type: "Gas Smart Meter"'
    yield in_record("30 nested duplicate key", old, f"{old}\n{old}", "duplicate-key")
    yield in_notes("31 merge key", f"<<: *a\n{NOTES}", "yaml-extra")
    yield in_notes("32 alias", "release_notes: *a\n", "yaml-extra")
    yield in_notes("32 alias as key", "*a : x\n", "yaml-extra")
    yield in_notes("32 alias to itself", "release_notes: &a [*a]\n", "yaml-extra")
    yield whole_record("32 alias bomb", bomb.encode(), "yaml-extra")
    yield in_notes("32 long anchor", f"release_notes: &{'a' * 50_000} x\n", "yaml-extra")
    for tag in ("!!python/object/apply:os.system", "!foo", "!!binary", "!!set", "!!timestamp", "!"):
        yield in_notes(f"33 {tag}", f'release_notes: {tag} "id"\n', "yaml-extra")
        yield in_notes(f"33 {tag} list", f'release_notes: {tag} ["id"]\n', "yaml-extra")
    for directive in ("%TAG ! tag:evil.example,2026:", "%YAML 1.1", "%YAML 9.9", "%FOO bar"):
        content = f"{directive}\n---\n{RECORD_TEXT}".encode()
        yield whole_record(f"34 {directive}", content, "yaml-extra")
    yield whole_record(
        "35 two documents", f"{RECORD_TEXT}---\n{RECORD_TEXT}".encode(), "yaml-extra"
    )
    yield whole_record(
        "35 end and begin", f"{RECORD_TEXT}...\n{RECORD_TEXT}".encode(), "yaml-extra"
    )
    for bracket in ("[", "{", "[{", "- ", "? ", "{a: "):
        content = (bracket * 65_536)[:65_536].encode()
        yield whole_record(f"36 64 KiB of {bracket}", content, "yaml-extra")
        yield whole_record(
            f"36 100,000 of {bracket}", bracket.encode() * 100_000, "unreadable-text"
        )


def sizes_and_shapes() -> Iterator[Hostile]:
    yield in_notes("37 10 MB scalar", f'release_notes: "{"x" * 10**7}"\n', "unreadable-text")
    keys = "".join(f'key{number}: "x"\n' for number in range(100_000))
    yield whole_record("37 100,000 keys", keys.encode(), "unreadable-text")
    yield whole_record("37 64 KiB of keys", keys[:65_529].rpartition("\n")[0].encode(), "schema")
    near = "".join(f'cpl_numbe{number}: "x"\n' for number in range(3_000))
    yield whole_record("37 64 KiB of near misses", near.encode(), "schema")
    many = ", ".join(f'{{a{number}: "b"}}' for number in range(4_000))
    yield in_notes("37 4,000 mappings in a list", f"upgrade_from: [{many}]\n{NOTES}", "schema")
    yield in_notes("37 30,000 numbers", f"upgrade_from: [{'1,' * 30_000}]\n", "unquoted-value")
    numbers = ", ".join(f'"{number:06}"' for number in range(1, 6_000))
    yield in_notes("37 6,000 CPL numbers", f"upgrade_from: [{numbers}]\n{NOTES}", "schema")
    yield in_notes("37 notes of 60,000", f'release_notes: "{"x" * 60_000}"\n', "schema")
    yield whole_record("37 one word of 64 KiB", b"x" * 65_536, "schema")
    yield whole_record("38 empty", b"", "schema")
    yield whole_record("38 only comments", b"# nothing\n\n# here\n", "schema")
    yield whole_record("38 list", b'- "000042"\n', "schema")
    yield whole_record("38 text", b"just words\n", "schema")
    yield whole_record("38 only a dash", b"---\n", "unquoted-value")


def encodings() -> Iterator[Hostile]:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"):
        yield whole_record(f"39 {encoding}", RECORD_TEXT.encode(encoding), "unreadable-text")
    yield in_record("39 Latin-1", "Corrects", "Règle".encode("latin-1"), "unreadable-text")
    yield in_record("39 surrogate", "Corrects", "\ud800", "unreadable-text")
    yield in_record("39 overlong", "Corrects", b"\xc0\xaf", "unreadable-text")
    yield in_notes("39 surrogate escape", 'release_notes: "\\ud800"\n', "unreadable-text")
    for ending in ("\r\n", "\r"):
        content = RECORD_TEXT.replace("\n", ending).encode()
        yield whole_record(f"39 {ending!r}", content, "unreadable-text")
    for written in ("\0", "\v", r"\0", r"\x0b"):
        notes = f'product_name: "Example{written}Gas"\n{NOTES}'
        yield in_notes(f"12 {written!a}", notes, "unreadable-text")
    yield in_record("40 tab", "  type", "\ttype", "unreadable-text")
    for character in ("\x85", "\u2028", "\u2029"):
        yield in_record(f"40 {character!a}", "gas day", f"gas{character}day", "unreadable-text")


def names_and_lookalikes() -> Iterator[Hostile]:
    for key in (
        "colour",
        "Cpl_Number",
        "cpl-number",
        '"cpl_number "',
        '" cpl_number"',
        "cpl_number\u00a0",
    ):
        yield in_record(f"41 {key!a}", "cpl_number", key, "schema")
    yield in_record("41 zero-width", "cpl_number", "cpl_\u200bnumber", "unreadable-text")
    yield in_record("41 escaped", "cpl_number", r'"cpl_\u200bnumber"', "unreadable-text")
    hidden = (
        "\u202e\u2066\u2069\u200b\u200d\ufeff\xad\u2060\u180e\u061c\u034f\u3164\U000e0041\ue000\x7f"
    )
    for character in hidden:
        yield in_record(
            f"42-43 {character!a}", "01070300", f"0107{character}0300", "unreadable-text"
        )
        escape = f"\\U{ord(character):08X}"
        yield in_record(f"42-43 {escape}", "01070300", f"0107{escape}0300", "unreadable-text")
    for value in (
        "\u0410cme",
        "\uff21\uff23\uff2d\uff25",
        "example\u00a0meters",
        "exampl\u0435-meters",
        "Example-Meters",
    ):
        yield in_record(f"44 {value!a}", '"example-meters"', f'"{value}"', "schema")
    for value in ("7F0\u0661", "\uff17F01", "7F0O", "7f01", "7F 1"):
        yield in_record(f"44 {value!a}", '"7F01"', f'"{value}"', "schema")
    yield in_record("44 NFD", "Corrects", "Re\u0301gle", "unreadable-text")
    yield in_record("45 combining marks", "gas", "g" + "\u0316" * 50 + "as", "unreadable-text")
    yield in_record("45 emoji", "gas", "\U0001f469\u200d\U0001f52c", "unreadable-text")


def places() -> Iterator[Hostile]:
    folder = "records/firmware/example-meters"
    copy = RECORD_TEXT.encode()
    yield Hostile("48 same key in another file", f"{folder}/000041.yaml", copy, "wrong-path")
    spaced = RECORD_TEXT.replace('"000042"', '"000042 "').encode()
    yield Hostile("48 same key with a blank", f"{folder}/000041.yaml", spaced, "schema")
    yield Hostile("49 other name", f"{folder}/000024.yaml", copy, "wrong-path")
    yield Hostile(
        "49 other folder", "records/firmware/sample-displays/000042.yaml", copy, "wrong-path"
    )
    binary = bytes(range(256))
    yield Hostile("54 binary", f"{folder}/000041.yaml", binary, "unreadable-text")
    names = (
        "con.yaml aux.yaml 000041.yaml. a:b.yaml it's.yaml $(id).yaml `id`.yaml -rf.yaml".split()
    )
    names += '%0A::error::.yaml "q".yaml {{7*7}}.yaml <script>.yaml ..yaml ... 000041'.split()
    names += "000041.yml 000041.yaml.txt 000041.YAML .000041.yaml".split()
    names += ["000041 .yaml", "a\nb.yaml", "é.yaml", "\udcff.yaml", "1" * 101 + ".yaml"]
    for name in names:
        yield Hostile(f"50-54 {ascii(name)[:40]}", f"{folder}/{name}", copy, "unsafe-file")


HOSTILE = [
    *contacts(),
    *scalars(),
    *yaml_features(),
    *sizes_and_shapes(),
    *encodings(),
    *names_and_lookalikes(),
    *places(),
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=[hostile.name for hostile in HOSTILE])
def test_hostile_file_is_refused(
    hostile: Hostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    path = root / hostile.path
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(hostile.content)
    except (OSError, ValueError):
        pytest.skip("this system takes no such file names")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert all(line.replace("\xa0", "").isprintable() for line in said.out.splitlines())
    findings = said.out.splitlines()[::2]
    here = [finding for finding in findings if finding.startswith(f"{visible(hostile.path)}:")]
    assert here and all(finding.endswith(f"[{hostile.check}]") for finding in here), said.out


def test_everything_at_once_is_refused_file_by_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    folder = root / "records/pending/example-meters"
    folder.mkdir(parents=True)
    named = {f"{number:04}.yaml": each for number, each in enumerate(HOSTILE)}
    for name, hostile in named.items():
        (folder / name).write_bytes(hostile.content)
    assert main(["check", "--root", str(root), "--format", "text"]) == 1
    said = capsys.readouterr().out
    for name in named:
        assert f"/{name}:" in said, named[name].name


def test_hostile_text_builds_nothing_large() -> None:
    for hostile in HOSTILE:
        value, faults = parse(hostile.content)
        assert len(faults) <= 100, hostile.name
        if faults:
            assert len(str(value)) < 200_000, hostile.name


def test_nothing_of_the_machine_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link to a file with a secret: not a word of it reaches the report."""
    root = lay(tmp_path / "root")
    (tmp_path / "secret").write_text('cpl_number: "s3cr3t"\n', encoding="utf-8", newline="\n")
    try:
        (root / "records/firmware/example-meters/000041.yaml").symlink_to(tmp_path / "secret")
        shutil.rmtree(root / "records/cpl")
        (root / "records/cpl").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert "s3cr3t" not in said.out + said.err
    assert said.out.count("[unsafe-file]") == 2
