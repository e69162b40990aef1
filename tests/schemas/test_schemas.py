"""The schemas and the policy: sound, told in plain words, bounded, and the same to both engines."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from fir.model import Entry, Policy, Snapshot, Waiver
from fir.schemas import BrokenSchema, Shapes

FOLDER = Path(__file__).parents[2] / "schema"
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.schema.json"))
}
BASE = SCHEMAS["policy"]["$id"].removesuffix("policy.schema.json")
BY_ID = {schema["$id"]: schema for schema in SCHEMAS.values()}
LINE = SCHEMAS["firmware-record"]["$defs"]["line"]["pattern"]
MANY = 100_000
SEVERAL_LINES = ("/release_notes", "/corrections")
LEFT_TO_UNSAFE_LINK = {
    "firmware-record#/properties/release_notes_url",
    "pending-record#/properties/release_notes_url",
    "submission#/properties/release_notes_url",
    "submission#/properties/website",
    "manufacturer#/properties/website",
}
JARGON = re.compile(
    r"\b(regex|pattern|string|array|object|null|boolean|integer|enum|slug|schema|UTF-8|JSON)\b"
)


# The two engines


RESOURCES = [Resource.from_contents(each) for each in SCHEMAS.values()] @ Registry()
REAL_DAYS = FormatChecker(["date"])


def reference_engine(schema: Any) -> Callable[[Any], bool]:
    return Draft202012Validator(schema, registry=RESOURCES, format_checker=REAL_DAYS).is_valid


def quick_engine(schema: Any) -> Callable[[Any], bool]:
    registry = jsonschema_rs.Registry(list(BY_ID.items()))
    return jsonschema_rs.Draft202012Validator(
        schema, registry=registry, validate_formats=True, offline=True
    ).is_valid


ENGINES = {"jsonschema": reference_engine, "jsonschema-rs": quick_engine}


@cache
def judge(engine: str, name: str) -> Callable[[Any], bool]:
    """Says whether a value fits a schema, or one field of it (`manufacturer#/$defs/contact`)."""
    file, _, pointer = name.partition("#")
    return ENGINES[engine]({"$ref": f"{BASE}{file}.schema.json#{quote(pointer)}"})


every_engine = pytest.mark.parametrize("engine", ENGINES)


# Walking the fields


def fields_of(place: str, schema: Any) -> Iterator[tuple[str, Any]]:
    """Every field written in a file: its place (`manufacturer#/properties/name`), its schema."""
    inner = {f"properties/{key}": field for key, field in schema.get("properties", {}).items()}
    inner |= {f"$defs/{key}": field for key, field in schema.get("$defs", {}).items()}
    if "items" in schema:
        inner["items"] = schema["items"]
    for step, field in inner.items():
        yield f"{place}/{step}", followed(field, place.partition("#")[0])
        yield from fields_of(f"{place}/{step}", field)


def followed(schema: Any, name: str) -> Any:
    """The field with what it refers to folded in, its own words first; `anyOf` likewise."""
    if "anyOf" in schema and "properties" not in schema:
        return {**schema, "anyOf": [followed(branch, name) for branch in schema["anyOf"]]}
    if "$ref" not in schema:
        return schema
    where, pointer = urldefrag(urljoin(f"{BASE}{name}.schema.json", schema["$ref"]))
    target = BY_ID[where]
    for step in filter(None, pointer.split("/")):
        target = target[step]
    merged = {**followed(target, where.removeprefix(BASE).removesuffix(".schema.json")), **schema}
    del merged["$ref"]
    return merged


def ways(field: Any) -> list[Any]:
    """The ways a value may take: the field itself, or each of its `anyOf`."""
    return field["anyOf"] if "anyOf" in field and "properties" not in field else [field]


FIELDS_OF = {name: dict(fields_of(f"{name}#", schema)) for name, schema in SCHEMAS.items()}
FIELDS = {place: field for fields in FIELDS_OF.values() for place, field in fields.items()}
PATTERNS = {
    way["pattern"]: way for field in FIELDS.values() for way in ways(field) if "pattern" in way
}
VISIBLE = FIELDS["repository-entry#/properties/release_notes"]["pattern"]

every_pattern = pytest.mark.parametrize("pattern", PATTERNS)
every_schema = pytest.mark.parametrize("name", SCHEMAS)


# Sound


@every_schema
def test_schema_is_sound_and_named_by_its_file(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{BASE}{name}.schema.json"
    assert schema["title"] and schema["description"].endswith(".")


@every_schema
def test_schema_refers_to_its_own_folder_only(name: str) -> None:
    text = json.dumps(SCHEMAS[name])
    for reference in re.findall(r'"\$ref": "([^"]*)"', text):
        where, _ = urldefrag(urljoin(SCHEMAS[name]["$id"], reference))
        assert where in BY_ID


@every_engine
@every_schema
def test_whole_example_fits(engine: str, name: str) -> None:
    for example in SCHEMAS[name]["examples"]:
        assert judge(engine, name)(example)


# Told in plain words


@every_schema
def test_every_field_is_explained(name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        assert field["title"] and field["description"] and field["examples"], place
        assert not JARGON.search(f"{field['title']} {field['description']}"), place


@every_schema
def test_first_sentence_can_stand_in_a_message(name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        first = re.split(r"\.(?:\s|$)", field["description"])[0]
        assert field["description"].endswith("."), place
        assert re.match(r"[A-Z]([a-z]+)?[ ,-]", first), f"{place}: its first word must lower"
        assert len(first) <= 200 and "`" not in first and '"' not in first, place


@every_engine
@every_schema
def test_examples_satisfy_their_own_field(engine: str, name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        for example in field["examples"]:
            assert judge(engine, place)(example), (place, example)


@every_schema
def test_length_of_free_text_is_told(name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        for way in ways(field):
            free = "maxLength" in way and way.get("pattern", LINE) == LINE
            if free and place != "firmware-record#/$defs/line":
                assert f"{way['maxLength']:,} characters" in field["description"], place


# Bounded


@every_schema
def test_every_field_is_text_or_holds_text_and_is_bounded(name: str) -> None:
    for place, field in ({name: SCHEMAS[name]} | FIELDS_OF[name]).items():
        for way in ways(field):
            if way.get("const") == "":
                continue
            assert way["type"] in {"string", "array", "object"}, (
                f"{place}: the reader knows no more"
            )
            if way["type"] == "string":
                assert "enum" in way or way["maxLength"] <= 26_000, place
            elif way["type"] == "array":
                assert "maxItems" in way and "items" in way, place
            else:
                assert way["additionalProperties"] is False, place


@every_pattern
def test_pattern_means_the_same_to_every_engine(pattern: str) -> None:
    assert pattern.startswith("^")
    assert not re.search(r"\\[dDwWsSbBAZz]", pattern), "a class that differs by engine"
    assert not re.search(r"\)[*+]|\)\{[0-9]+,\}", pattern), "a group repeated without end"
    of_one_length = re.fullmatch(r"\^(?:\(\?!0+\))?\[[^]]*\]\{([0-9]+)\}\$", pattern)
    if of_one_length:
        assert PATTERNS[pattern]["maxLength"] == int(of_one_length[1])
    elif pattern != VISIBLE and PATTERNS[pattern].get("format") != "date":
        assert pattern.endswith(r"$(?!\n)"), "Python's `$` allows a line break after it"


@every_engine
@every_schema
def test_line_break_is_refused_where_one_line_belongs(engine: str, name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        may = place.endswith(SEVERAL_LINES) or place in LEFT_TO_UNSAFE_LINK
        for example in filter(lambda each: isinstance(each, str), field["examples"]):
            for odd in ("{}\n", "\n{}", "{}\r", "{}\r\n", "{}\n\n", "{}\x00", "{}\u2028"):
                assert judge(engine, place)(odd.format(example)) == may, (place, odd)


@every_engine
@every_pattern
def test_huge_value_is_judged_at_once(engine: str, pattern: str) -> None:
    """Not timed: a pattern that blows up would run for hours here."""
    fits = ENGINES[engine]({"type": "string", "pattern": pattern})
    for unit in ["a", "0", "a-", "a.", "@", " ", "000001 ", "/a", "é"]:
        body = unit * (MANY // len(unit))
        for start in ("", "a@", "https://a/", "records/"):
            for end in ("\x07", "!\n"):
                assert not fits(start + body + end) or pattern == VISIBLE


# The engines agree


def spoiled(value: Any) -> Iterator[Any]:
    """The value with one thing wrong, or merely odd, at each place in turn."""
    yield from (None, True, 7, [], {}, "", "\n", "2026-02-30")
    if isinstance(value, str):
        yield from (value + "\n", " " + value, value.swapcase(), value * 2, value[1:])
        yield from (value + "\u202e", value.replace("0", "\u0660"))
    elif isinstance(value, list):
        yield value + value
        yield [*value, "000000"]
        for place, item in enumerate(value):
            for bad in spoiled(item):
                yield [*value[:place], bad, *value[place + 1 :]]
    elif isinstance(value, dict):
        yield {**value, "manufacter": "x"}
        for key, item in value.items():
            yield {other: value[other] for other in value if other != key}
            for bad in spoiled(item):
                yield {**value, key: bad}


def full_example(name: str) -> Any:
    """The file's example with every field filled in."""
    example = copy.deepcopy(SCHEMAS[name]["examples"][0])
    for field, schema in SCHEMAS[name].get("properties", {}).items():
        example.setdefault(field, followed(schema, name)["examples"][0])
    return example


@every_schema
def test_engines_agree_on_good_and_bad(name: str) -> None:
    reference, other = judge("jsonschema", name), judge("jsonschema-rs", name)
    whole = full_example(name)
    assert reference(whole) and other(whole)
    verdicts = []
    for value in spoiled(whole):
        verdicts.append(reference(value))
        assert verdicts[-1] == other(value), value
    assert verdicts.count(False) > len(verdicts) / 2


TEXTS = [FIELDS[place]["examples"] for place in sorted(FIELDS)]
WORDS = sorted({text for examples in TEXTS for text in examples if isinstance(text, str)})
ODD = st.text(
    st.sampled_from("0\u0660aAé😀\u0301 \u00a0\u2028\u200b\x00\x85\n\r\t+-.@/:_<"), max_size=12
)
ANY_TEXT = st.sampled_from(WORDS) | ODD | st.text(max_size=12)


@every_schema
@given(st.data())
def test_engines_agree_on_any_text(name: str, data: st.DataObject) -> None:
    places = [place for place, field in FIELDS_OF[name].items() if field.get("type") == "string"]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    whole, odd = data.draw(st.sampled_from(FIELDS[place]["examples"])), data.draw(ANY_TEXT)
    at = data.draw(st.integers(0, len(whole)))
    for text in (odd, whole[:at] + odd + whole[at:], whole[:at] + odd):
        if not any("\ud800" <= character <= "\udfff" for character in text):
            assert judge("jsonschema", place)(text) == judge("jsonschema-rs", place)(text), text


@every_schema
def test_engines_count_characters_alike(name: str) -> None:
    for place, field in FIELDS_OF[name].items():
        for most in {way["maxLength"] for way in ways(field) if "maxLength" in way}:
            for character in "a0é😀":
                for many in (most, most + 1):
                    text = character * many
                    assert judge("jsonschema", place)(text) == judge("jsonschema-rs", place)(text)


@every_schema
def test_schema_says_only_what_every_engine_takes_alike(name: str) -> None:
    """Not `unevaluatedProperties`, numbers, or a format that one engine asserts alone."""
    known = {"$schema", "$id", "$defs", "$ref", "title", "description", "examples", "type", "enum"}
    known |= {"const", "anyOf", "pattern", "maxLength", "format", "items", "minItems", "maxItems"}
    known |= {"uniqueItems", "properties", "additionalProperties", "required", "minProperties"}

    def keywords(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            yield from schema
            for named in ("properties", "$defs"):
                for each in schema.get(named, {}).values():
                    yield from keywords(each)
            for inner in (*schema.get("anyOf", ()), schema.get("items")):
                yield from keywords(inner)
            yield from keywords(schema.get("additionalProperties"))

    assert set(keywords(SCHEMAS[name])) <= known
    assert {field["format"] for field in FIELDS_OF[name].values() if "format" in field} <= {"date"}


# The schemas as `fir` loads them


def test_text_that_one_engine_cannot_hold_is_judged_by_the_other() -> None:
    shapes = Shapes(FOLDER)
    record = full_example("firmware-record")
    assert not shapes.fits("record", {**record, "cpl_number": "\ud800"})
    assert shapes.fits("record", {**record, "product_name": "\ud800"})


@pytest.mark.parametrize(
    ("change", "file"),
    [
        ({"properties": {"name": {"pattern": "("}}}, "manufacturer.schema.json"),
        ({"type": "strin"}, "manufacturer.schema.json"),
        ({"$ref": "https://elsewhere.example/x.json"}, "a file of "),
    ],
)
def test_a_schema_that_cannot_be_used_is_told_by_name(
    tmp_path: Path, change: dict[str, Any], file: str
) -> None:
    for name, schema in SCHEMAS.items():
        whole = {**schema, **change} if name == "manufacturer" else schema
        (tmp_path / f"{name}.schema.json").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(BrokenSchema, match=f"{file}.*is no JSON Schema that can be used: "):
        Shapes(tmp_path)


# What each field takes

CONTACT = "manufacturer#/$defs/contact/properties/"
RECORD = "firmware-record#/properties/"
TAKEN: dict[str, list[Any]] = {
    RECORD + "cpl_number": ["000001", "000042", "999999"],
    RECORD + "manufacturer": ["a", "7", "example-meters", "a-b-c", "a" * 60],
    RECORD + "product_name": ["A", "Compteur électrique №2", "E470 (type 2)", "x" * 100],
    RECORD + "released_on": ["2000-01-01", "2024-02-29", "2099-12-31"],
    RECORD + "release_notes": ["", " \n", "x" * 20_000],
    RECORD + "upgrade_from": [[], ["000001"], [f"{number:06}" for number in range(1, 201)]],
    CONTACT + "email": [
        "firmware@example-meters.example",
        "a@b.co",
        "First.Second+uk_1@mail.xn--exmple-cua.example",
        "a" * 64 + "@example.com",
    ],
    CONTACT + "telephone": ["+441632960123", "+1234567", "+123456789012345"],
    CONTACT + "address/properties/country": ["GB", "DE", "IE", "CN"],
    "manufacturer#/properties/github/items": ["a", "a-b", "@example-meters/firmware_uk"],
    "policy#/properties/repository_url": ["", "https://github.com/example/fir"],
    "policy#/properties/limits/properties/stale_snapshot_days": ["1", "60", "9999"],
    "repository-entry#/properties/upgrade_from": ["", "none", "000001", "000001 000002"],
    "repository-entry#/properties/release_notes": ["x", "\n x", "。"],
    "cpl-entry#/properties/smets_chts_version": ["", "SMETS V4.2", "CHTS V1.0"],
    "cpl-entry#/properties/gbcs_version": ["", "GBCS Version 0.0", "GBCS Version 10.11"],
    "cpl-entry#/properties/first_version": ["", "1.0", "1.100", "2.051"],
    "waivers#/items/properties/path": ["records/cpl/entries.csv", "records/waivers.yaml"],
}
REFUSED: dict[str, list[Any]] = {
    RECORD + "cpl_number": ["000000", "42", "0000042", "00004 2", "٠٠٠٠٤٢", "00004O"],
    RECORD + "manufacturer": ["", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a" * 61],
    RECORD + "product_name": ["", " ", " x", "x ", "x\ty", "x\ny", "x\u202ey", "x" * 101],
    RECORD + "released_on": [
        "",
        "2026-2-3",
        "20260203",
        "2026-02-30",
        "2023-02-29",
        "1999-12-31",
        "2100-01-01",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "2026-04-31",
    ],
    RECORD + "release_notes": ["x" * 20_001],
    RECORD + "upgrade_from": [["000001", "000001"], ["1"], "none", "000001"],
    "firmware-record#/$defs/device/properties/firmware_version": [
        "01:07:03:00",
        "0107030",
        "0107030g",
        "0107030a",
    ],
    CONTACT + "email": [
        "",
        "@",
        "a@b",
        "Jane <j@x.com>",
        '"a b"@x.com',
        "a@b.co,c@d.co",
        "\u0430@b.co",
        "a@b..co",
        ".a@b.co",
        "a.@b.co",
        "a..b@c.co",
        "a@-b.co",
        "a@b-.co",
        "a@b.c",
        "a@127.0.0.1",
        "a@ex\u0430mple.com",
        "javascript:@x",
        "mailto:a@b.co",
        "a" * 65 + "@b.co",
        "a@[::1]",
        "a b@c.co",
    ],
    CONTACT + "telephone": [
        "441632960123",
        "+0441632960",
        "+44 1632 960123",
        "+123456",
        "+1234567890123456",
        "tel:+441632960123",
        "+44(0)1632960123",
        "00441632960123",
    ],
    CONTACT + "address/properties/country": ["UK", "gb", "GBR", "EU", ""],
    "manufacturer#/properties/github/items": ["", "-a", "a--b", "@org", "@org/", "a/b", "@o/-t"],
    "policy#/properties/repository_url": ["http://x/y", "https://x", "https://x/y/", "//x/y"],
    "policy#/properties/limits/properties/stale_snapshot_days": ["0", "060", "-1", "1.5", "10000"],
    "repository-entry#/properties/release_notes": [
        "",
        " ",
        "\n",
        " \n\t",
        "\u00a0",
        "\u2003\u200b",
    ],
    "repository-entry#/properties/business_address": ["", " ", "a\nb", "x" * 401],
    "repository-entry#/properties/release_notes_url": ["http://x", "https://", "https://a b"],
    "repository-entry#/properties/upgrade_from": ["None", "000001,000002", "000001 ", "1"],
    "cpl-entry#/properties/smets_chts_version": ["V4.2", "4.2", "SMETS V4.2 ", "SMETS 4.2"],
    "cpl-entry#/properties/image_hash": ["0" * 63, "0" * 65, "a" * 64, "0x" + "0" * 62, "\n"],
    "cpl-entry#/properties/cpa_expiry": ["31/03/2029", "2029-02-30", "\n"],
    "waivers#/items/properties/path": ["records/../x", "schema/policy.yaml", "records//x", "/etc"],
}


@every_engine
@pytest.mark.parametrize("place", TAKEN)
def test_good_values_are_taken(engine: str, place: str) -> None:
    for value in TAKEN[place]:
        assert judge(engine, place)(value), value


@every_engine
@pytest.mark.parametrize("place", REFUSED)
def test_bad_values_are_refused(engine: str, place: str) -> None:
    for value in REFUSED[place]:
        assert not judge(engine, place)(value), value


@every_engine
@pytest.mark.parametrize("missing", SCHEMAS["repository-entry"]["required"])
def test_published_entry_without_a_field_of_f2_15_is_refused(engine: str, missing: str) -> None:
    whole = full_example("repository-entry")
    assert not judge(engine, "repository-entry")({**whole, missing: ""})
    assert not judge(engine, "repository-entry")({**whole, missing: "  "})
    del whole[missing]
    assert not judge(engine, "repository-entry")(whole)


@every_engine
def test_submission_names_each_entry_by_number_or_device(engine: str) -> None:
    whole = full_example("submission")
    both = whole["entries"][0]
    for entry in ({"cpl_number": both["cpl_number"]}, {"device": both["device"]}, both):
        assert judge(engine, "submission")({**whole, "entries": [entry]})
    assert not judge(engine, "submission")({**whole, "entries": [{"product_name": "Example"}]})
    assert not judge(engine, "submission")({**whole, "entries": []})


@every_engine
def test_pending_record_has_no_cpl_number(engine: str) -> None:
    whole = full_example("pending-record")
    assert not judge(engine, "pending-record")({**whole, "cpl_number": "000042"})


# One list of each thing


def test_columns_and_fields_are_those_of_the_model() -> None:
    assert tuple(SCHEMAS["cpl-entry"]["properties"]) == Entry._fields
    assert tuple(SCHEMAS["snapshot"]["properties"]) == Snapshot._fields
    assert tuple(SCHEMAS["waivers"]["items"]["properties"]) == Waiver._fields
    record = list(SCHEMAS["firmware-record"]["properties"])
    pending = list(SCHEMAS["pending-record"]["properties"])
    assert pending == [*record[1:], "smets_chts_version", "gbcs_version"]


def test_published_entry_begins_with_what_f2_15_asks_for() -> None:
    asked = ["cpl_number", "email", "telephone", "business_address", "release_notes"]
    assert SCHEMAS["repository-entry"]["required"] == asked
    assert list(SCHEMAS["repository-entry"]["properties"])[:5] == asked


def test_device_types_are_the_same_seven_everywhere() -> None:
    seven = SCHEMAS["firmware-record"]["$defs"]["device_type"]["enum"]
    policy = SCHEMAS["policy"]["properties"]["device_types"]
    assert len(seven) == 7
    assert (
        list(SCHEMAS["manufacturer"]["properties"]["contact_by_device_type"]["properties"]) == seven
    )
    assert list(policy["properties"]) == policy["required"] == seven


def test_countries_are_the_249_of_iso_3166() -> None:
    country = SCHEMAS["manufacturer"]["$defs"]["contact"]["properties"]["address"]["properties"]
    codes = country["country"]["enum"]
    assert len(codes) == len(set(codes)) == 249
    assert codes == sorted(codes)


def test_longest_record_fits_its_published_row() -> None:
    row = SCHEMAS["repository-entry"]["properties"]
    address = SCHEMAS["manufacturer"]["$defs"]["contact"]["properties"]["address"]["properties"]
    parts = [address["lines"]["items"]["maxLength"]] * address["lines"]["maxItems"]
    longest_country_name = 60
    parts += [address["locality"]["maxLength"], address["postal_code"]["maxLength"]]
    parts += [longest_country_name]
    assert sum(parts) + len(", ") * (len(parts) - 1) <= row["business_address"]["maxLength"]

    record = SCHEMAS["firmware-record"]["properties"]
    sources = record["upgrade_from"]["maxItems"]
    assert len(" ".join(["000042"] * sources)) == row["upgrade_from"]["maxLength"]
    correction = record["corrections"]["items"]["properties"]["what"]["maxLength"]
    longest = (len("2026-11-02 \n") + correction) * record["corrections"]["maxItems"]
    assert longest <= row["corrections"]["maxLength"]
    for field in ("release_notes", "release_notes_url"):
        assert row[field]["maxLength"] == record[field]["maxLength"]


# The policy, and the other one that ships


every_policy = pytest.mark.parametrize("name", ["policy", "policy-esme-gsme"])


@cache
def policy(name: str) -> Any:
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


@every_policy
@every_engine
def test_a_policy_fits_its_schema(engine: str, name: str) -> None:
    assert judge(engine, "policy")(policy(name))


@every_policy
def test_a_policy_quotes_every_value(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    values = re.findall(r"^ *[^#\n]+?: +(.+)$", text, re.MULTILINE)
    quoted = r'"[^"]*"'
    listed = rf"\[({quoted}(, {quoted})*)?\]"
    assert values and all(re.fullmatch(f"{quoted}|{listed}", value) for value in values)


def test_the_other_policy_asks_for_records_of_meters_and_welcomes_the_rest() -> None:
    asked = policy("policy-esme-gsme")["device_types"]
    required = {"records": "required", "required_from": "2019-02-28"}
    for name, decision in asked.items():
        is_meter = name == "Gas Smart Meter" or name.endswith("Electricity Metering Equipment")
        assert decision == (required if is_meter else {"records": "optional"}), name


def test_a_policy_is_read_whole() -> None:
    fields = SCHEMAS["policy"]["properties"]
    assert set(fields) - {"panel"} <= set(Policy._fields)
