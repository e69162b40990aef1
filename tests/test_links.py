"""Which links are published, and that hostile ones are refused, each once and at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from around import lay

from fir.cli import main
from fir.links import unsafety

SOUND = [
    "https://example-meters.example",
    "https://www.example-meters.example/notes/01070300.html?lang=en&full#changes",
    "https://example-meters.example:443/",
    "https://Example-Meters.Example/Release%20notes_(final)~1;a=b,c!$'*+",
    "https://a.b.c.d.e.example-meters.co.uk/@firmware:1",
]
HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\\tjavascript:alert(1)",
    "java\\nscript:alert(1)",
    "https://example-meters.example/\\n",
    " https://example-meters.example/",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://example-meters.example/notes",
    "http://example-meters.example/notes",
    "//evil.example",
    "https:evil",
    "https:///x",
    "https://",
    "HTTPS://example-meters.example/",
    "https:\\\\\\\\evil.example",
    "https://example-meters.example\\\\@evil.example/",
    "https://user:pw@example-meters.example/",
    "https://user@example-meters.example/",
    "https://@example-meters.example/",
    "https://example-meters.example:pw@evil.example/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://10.0.0.1",
    "https://192.168.1.1:443/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://localhost./",
    "https://printer.local/",
    "https://wiki.example-meters.internal/",
    "https://router.home.arpa/",
    "https://intranet/",
    "https://notes.onion/",
    "https://example-meters.example:8443/",
    "https://example-meters.example:/",
    "https://example-meters.example:80:443/",
    "https://xn--80ak6aa92e.com/",
    "https://www.XN--80AK6AA92E.com/",
    "https://www.xn--80ak6aa92e/",
    "https://аррle.com/",  # noqa: RUF001 (Cyrillic letters, on purpose)
    "https://example-meters.example/é",
    "https://example..example/",
    "https://.example/",
    "https://example-meters.example./",
    "https://-example-.example/",
    "https://example_meters.example/",
    "https://%65xample-meters.example/",
    f"https://{'a' * 64}.example/",
    f"https://{'a.' * 130}example/",
    'https://example-meters.example/\\"onmouseover=alert(1)',
    "https://example-meters.example/<script>",
    "https://example-meters.example/`id`",
    "https://example-meters.example/{{7*7}}",
    "https://example-meters.example/|a|",
]


@pytest.mark.parametrize("link", SOUND)
def test_sound_link_is_published(link: str) -> None:
    assert unsafety(link) is None


def test_every_hostile_link_makes_one_error_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    folder = root / "records/pending/example-meters"
    folder.mkdir(parents=True)
    for number, link in enumerate([*HOSTILE, "https://a.example/" + "a" * 9_982]):
        version = f"F0{number:06X}"
        text = (root / "records/firmware/example-meters/000042.yaml").read_text(encoding="utf-8")
        text = text.replace('cpl_number: "000042"\n', "").replace("01070300", version)
        text += f'release_notes_url: "{link}"\n'
        path = folder / f"7F01-0005-0203-{version}.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out.splitlines()
    for number, link in enumerate(HOSTILE):
        path = f"records/pending/example-meters/7F01-0005-0203-F0{number:06X}.yaml"
        about = [line for line in said if line.startswith(path)]
        assert [line.split(": ")[0] for line in about] == [f"{path}:12:20"], link
        # A tab or a line break is refused before anybody asks whether it is a link.
        refused_by = "unreadable-text" if "\\t" in link else "unsafe-link"
        assert about[0].endswith(f"[{refused_by}]"), about[0]
    assert sum(": error: " in line for line in said) == len(HOSTILE) + 1
    assert [line for line in said if "10,000 characters" in line and line.endswith("[schema]")]


def test_the_cure_is_itself_a_sound_link() -> None:
    for link in HOSTILE:
        found = unsafety(link)
        assert found and found.fix
        if found.fix.startswith("write https://"):
            assert unsafety(found.fix.split(", ")[0].removeprefix("write ")) is None, link


@pytest.mark.parametrize(
    "link",
    [
        "https://" + "a" * 1_000_000,
        "https://" + "a." * 500_000,
        "https://" + "a@" * 500_000,
        "http://" * 200_000,
        "https://a.example:" + "1" * 1_000_000,
        "https://" + "-" * 1_000_000 + ".example",
        " " * 1_000_000,
    ],
    ids=lambda link: link[:20],
)
def test_no_link_is_long_enough_to_keep_the_check_busy(link: str) -> None:
    assert unsafety(link) is not None
