"""The API: every path described, every file of the shape described, every answer the one answer."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from around import ROOT, change, lay
from built import demonstration, edition
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate as validate_openapi

from fir.answers import Answer
from fir.answers.as_json import answer_json, entry_json
from fir.cli import main
from fir.schemas import Shapes
from fir.site.commits import Commit, Commits
from fir.site.downloads import downloads
from fir.site.edition import Edition
from fir.site.files import FOLDERS, machine_parts
from fir.site.well_known import site_address

HEAD = Commit("c0ffee" + "0" * 34, "2026-11-20")
Built = dict[str, bytes]


def built(of: Edition) -> Built:
    found: Built = {}
    for part in machine_parts(of):
        for path, content in part():
            assert path not in found, path
            found[path] = content
    return found


def told(files: Built, path: str) -> Any:
    return json.loads(files[f"api/v1/{path}"])


@pytest.fixture(scope="module")
def demo(demo_root: Path) -> Edition:
    return edition(demo_root, Commits(HEAD, day=HEAD.on))


@pytest.fixture(scope="module")
def files(demo: Edition) -> Built:
    return built(demo)


@pytest.fixture(scope="module")
def described(files: Built) -> Any:
    return told(files, "openapi.json")


# Described


def test_a_validator_accepts_the_description(described: Any) -> None:
    validate_openapi(described)
    assert described["openapi"] == "3.1.0"
    assert described["x-edition"]["commit"] == HEAD.name


def pattern(template: str) -> re.Pattern[str]:
    return re.compile("/".join(
        re.sub(r"\\{[a-z0-9]+\\}", "[^/]+", re.escape(part)) for part in template.split("/")
    ))  # fmt: skip


def test_every_file_has_its_path_and_every_path_its_files(files: Built, described: Any) -> None:
    paths = {template: pattern(template) for template in described["paths"]}
    api = [path.removeprefix("api/v1") for path in files if path.startswith("api/")]
    counted = dict.fromkeys(paths, 0)
    for path in api:
        if path != "/openapi.json":
            fitting = [template for template, each in paths.items() if each.fullmatch(path)]
            assert len(fitting) == 1, path
            counted[fitting[0]] += 1
    assert all(counted.values()), counted


def strict(schema: Any) -> Any:
    """The same, but a field that is not described is one too many."""
    if isinstance(schema, dict):
        found = {name: strict(value) for name, value in schema.items()}
        if isinstance(found.get("properties"), dict) and "required" in found:
            found["additionalProperties"] = False
        return found
    return [strict(each) for each in schema] if isinstance(schema, list) else schema


def test_every_file_has_the_shape_described_and_no_more(files: Built, described: Any) -> None:
    components = strict(copy.deepcopy(described["components"]))
    for template, operations in described["paths"].items():
        media = operations["get"]["responses"]["200"]["content"]["application/json"]
        validator = Draft202012Validator({**strict(media["schema"]), "components": components})
        for path, content in files.items():
            if pattern(f"api/v1{template}").fullmatch(path):
                error = next(validator.iter_errors(json.loads(content)), None)
                assert error is None, (path, error and error.json_path, error and error.message)


def test_every_component_is_used(described: Any) -> None:
    text = json.dumps(described)
    for name in described["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, name


def test_every_example_is_the_file_itself(files: Built, described: Any) -> None:
    server = described["servers"][0]["url"]
    for template, operations in described["paths"].items():
        get = operations["get"]
        parameters = {each["name"]: each["example"] for each in get.get("parameters", ())}
        assert set(parameters) == set(re.findall(r"\{([a-z0-9]+)\}", template))
        path = template.format_map(parameters)
        example = get["responses"]["200"]["content"]["application/json"]["examples"]["built"]
        assert f"api/v1{path}" in files
        if "value" in example:
            assert example["value"] == told(files, path.removeprefix("/"))
        else:
            assert example["externalValue"] == f"{server}{path}"


def test_the_description_stands_before_anybody_has_given_a_contact(tmp_path: Path) -> None:
    """As after the demonstration has given way to the published CPL."""
    root = lay(tmp_path / "root")
    for path in (*root.glob("records/firmware/*/*"), *root.glob("records/manufacturers/*")):
        path.unlink()
    bare = built(edition(root))
    validate_openapi(told(bare, "openapi.json"))
    assert told(bare, "manufacturers.json")["manufacturers"] == []
    assert told(bare, "entries/000042.json")["record"] is None


def test_every_file_says_what_it_is_made_from(files: Built) -> None:
    for path, content in files.items():
        if path.startswith("api/") and not path.endswith("openapi.json"):
            said = json.loads(content)
            assert list(said)[:5] == [
                "cpl_version", "cpl_issued_on", "commit", "changed_since_commit", "demonstration",
            ]  # fmt: skip
            assert (said["cpl_version"], said["cpl_issued_on"]) == ("0.088", "2026-11-10")
            assert said["commit"] == HEAD.name and said["demonstration"] is True


def test_the_index_leads_to_everything(demo: Edition, files: Built) -> None:
    index = told(files, "index.json")
    address = site_address(demo.repository.shapes)
    for url in (index["openapi"], *index["schemas"]):
        assert url.removeprefix(address) in files, url
    assert [each["sha256"] for each in index["downloads"]] == [
        each.sha256 for each in downloads(demo)
    ]
    for each in index["downloads"]:
        assert len(files[each["url"].removeprefix(address)]) == each["bytes"]
    for template in (*index["paths"], *index["feeds"]):
        shape = pattern(template.removeprefix(address))
        assert any(shape.fullmatch(path) for path in files), template
    assert index["counts"]["entries"] == len(demo.repository.entries)
    assert {path.partition("/")[0] for path in files} == set(FOLDERS)


def test_schemas_are_published_at_their_id(demo: Edition, demo_root: Path, files: Built) -> None:
    address = site_address(demo.repository.shapes)
    schemas = sorted((demo_root / "schema").glob("*.schema.json"))
    assert len(schemas) == len([path for path in files if path.startswith("schema/")])
    for path in schemas:
        schema = json.loads(path.read_bytes())
        assert json.loads(files[schema["$id"].removeprefix(address)]) == schema


# The answer


def assert_answers_are_the_answer(of: Edition, files: Built) -> None:
    for number, entry in of.repository.entries.items():
        answer = json.loads(json.dumps(answer_json(of.answer_of[number], of.repository)))
        said = told(files, f"entries/{number}.json")
        assert {name: said[name] for name in answer} == answer
        assert said["entry"] == entry_json(entry)
        strings = entry.device.inventory_strings
        device = told(files, f"devices/{'/'.join(strings)}.json")
        known = of.answers.of_device(*strings)
        assert (device["answers"] is None) is (len(known) == 1)
        assert list(answers_of(device)) == [as_told(of, each) for each in known]
        assert answer in list(answers_of(device))


def answers_of(device: Any) -> Iterator[Any]:
    """As the documentation says: `answers`, or else the file itself."""
    for each in device["answers"] or [device]:
        yield {name: each[name] for name in each if name in ANSWER}


ANSWER = (
    "answer", "listing", "newer", "withdrawn", "recorded", "firmware", "candidates", "latest",
    "basis", "way", "whom",
)  # fmt: skip


def as_told(of: Edition, answer: Answer) -> Any:
    return json.loads(json.dumps(answer_json(answer, of.repository)))


def test_every_answer_is_the_one_that_was_worked_out(demo: Edition, files: Built) -> None:
    assert_answers_are_the_answer(demo, files)


def test_every_answer_for_the_real_cpl(real_cpl: Path, tmp_path: Path) -> None:
    root = demonstration(tmp_path / "root")
    assert main(["cpl", "import", str(real_cpl), "--replace-demo", "--root", str(root)]) == 0
    of = edition(root)
    assert len(of.repository.entries) == 729
    files = built(of)
    assert_answers_are_the_answer(of, files)
    validate_openapi(told(files, "openapi.json"))


def test_where_types_differ_each_has_its_answer_and_none_speaks_for_all(
    demo: Edition, files: Built
) -> None:
    several = [
        json.loads(content)
        for path, content in files.items()
        if path.startswith("api/v1/devices/") and json.loads(content)["answers"]
    ]
    assert several  # the demonstration has an identifier that two device types use
    for device in several:
        types = [each["firmware"]["device_type"] for each in device["answers"]]
        assert len(types) > 1
        assert all(device[name] is None for name in ANSWER)


def test_a_firmware_that_is_not_listed_has_no_file(files: Built) -> None:
    assert "api/v1/devices/7F01/01010100/01000000.json" in files
    assert "api/v1/devices/7F01/01010100/01000001.json" not in files


def test_lists_hold_each_entry_with_its_answer(demo: Edition, files: Built) -> None:
    entries = {each["cpl_number"]: each for each in told(files, "entries.json")["entries"]}
    assert list(entries) == sorted(demo.repository.entries)
    for number, answer in demo.answer_of.items():
        row = entries[number]
        assert row["answer"] == answer.answer
        assert row["to"] == (answer.way.target.entry.cpl_number if answer.way else None)
        model = told(files, f"models/{demo.repository.entries[number].device.device_model}.json")
        firmware = [each for line in model["lines"] for each in line["firmware"]]
        assert answer.answer in [e["answer"] for e in firmware if number in e["cpl_numbers"]]


def test_a_manufacturer_is_told_with_its_contacts_and_entries(demo: Edition, files: Built) -> None:
    for slug, manufacturer in demo.repository.manufacturers.items():
        said = told(files, f"manufacturers/{slug}.json")
        assert said["manufacturer"]["contact"]["email"] == manufacturer.contact.email
        assert len(said["entries"]) == said["manufacturer"]["entry_count"]
        assert said["manufacturer"] in told(files, "manufacturers.json")["manufacturers"]


def test_an_image_names_all_its_entries_and_says_which_have_it_no_more(
    demo: Edition, files: Built
) -> None:
    for number, entry in demo.repository.entries.items():
        if entry.image_hash:
            found = told(files, f"images/{entry.image_hash}.json")["entries"]
            mine = next(each for each in found if each["entry"]["cpl_number"] == number)
            assert mine["former"] is None
    corrected = [each for each in demo.repository.changes if each.field == "image_hash"]
    assert corrected
    for each in corrected:
        (found,) = told(files, f"images/{each.before}.json")["entries"]
        assert found["entry"]["cpl_number"] == each.cpl_number
        assert found["former"]["image_hash"] == found["entry"]["image_hash"] == each.after
        assert found["former"]["version"] == each.version


def test_a_former_hash_that_is_none_makes_no_file(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(
        root, "records/cpl/changes.csv", "0.003,2026-09-01,000045",
        "0.003,2026-09-01,000042,image_hash,../../../evil,403E\n0.003,2026-09-01,000045",
    )  # fmt: skip
    of = edition(root)
    assert any(each.before == "../../../evil" for each in of.repository.changes)
    assert not any("evil" in path for path in built(of))


# What is documented


def test_hostile_text_is_exact(hostile_root: Path) -> None:
    of = edition(hostile_root)
    files = built(of)
    assert_answers_are_the_answer(of, files)
    record = of.repository.by_number["000044"]
    assert told(files, "entries/000044.json")["record"]["release_notes"] == record.release_notes


def test_the_documented_program_gets_the_answers(
    demo: Edition, files: Built, tmp_path: Path
) -> None:
    page = (ROOT / "docs/data/api.md").read_text(encoding="utf-8")
    (program,) = re.findall("```python\n(.*?)```", page, re.DOTALL)
    for path, content in files.items():
        if path.startswith("api/v1/devices/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
    scope: dict[str, Any] = {}
    address = site_address(Shapes(ROOT / "schema"))
    assert address in program, "the address that `dev.py address` writes"
    exec(program.replace(address, f"{tmp_path.as_uri()}/"), scope)
    for entry in demo.repository.entries.values():
        strings = entry.device.inventory_strings
        found = scope["answers"](*(each.lower() for each in strings))
        assert [each["answer"] for each in found] == [
            each.answer for each in demo.answers.of_device(*strings)
        ]


def in_words(template: str) -> str:
    """`entries/{number}.json` as the page writes it."""
    return template.replace("{", "<").replace("}", ">")


def test_every_path_and_feed_is_documented(described: Any, files: Built) -> None:
    page = (ROOT / "docs/data/api.md").read_text(encoding="utf-8").replace("SHA256", "sha256")
    for template in described["paths"]:
        assert f"`{in_words(template[1:])}`" in page, template
    for template in told(files, "index.json")["feeds"]:
        assert f"`{in_words(urlsplit(template).path)}`" in page, template
    curl = re.findall(rf"curl {re.escape(site_address(Shapes(ROOT / 'schema')))}(\S+)", page)
    assert curl and all(path in files for path in curl)
    assert f"| {described['info']['version']} |" in page
