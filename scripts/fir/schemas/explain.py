"""Why a value does not have the shape its schema asks for, in words: what is, and what to write.

The wording comes from the schema's own descriptions and examples, so that form, editor, page and
message cannot disagree. One mistake makes one diagnostic, however many rules it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from fir.diagnostics import SHOWN, Diagnostic, either, nearest, quoted, tick
from fir.model import Locate, Shapes

KINDS = {
    "record": "a firmware record",
    "pending": "a pending record",
    "manufacturer": "a manufacturer file",
    "waivers": "a waiver",
    "snapshot": "the snapshot",
    "submission": "a submission",
    "policy": "the policy",
}
_IS: dict[type, str] = {dict: "fields with values", list: "a list", str: "text"}
_WANTED = {"object": "fields with values", "array": "a list", "string": "text"}
# What judges a text by itself, without another schema.
_OF_TEXT = ("type", "enum", "maxLength", "pattern", "format")
# A file with more faults than this is not a record with slips, and guessing takes time.
_MOST = 200
_MOST_GUESSES = 20
_FEW = 8

Keys = tuple[str | int, ...]


def _nowhere(*keys: str | int, key: bool = False) -> tuple[str, int, int]:
    return "", 0, 0


def explain(
    shapes: Shapes, kind: str, value: Any, locate: Locate = _nowhere
) -> Iterator[Diagnostic]:
    """The mistakes in a value of this kind that does not fit its schema, at least one.

    `locate` says of the way to a field where its value stands, or with `key` its name. What one
    engine refuses and the other takes stays refused: nothing may pass in silence.
    """
    judged = _Judged(shapes, kind, locate)
    found = list(islice(_mistakes(judged, value), _MOST))
    fix = "tell whoever keeps this repository: its two judges disagree"
    return iter(found or [judged.at((), "the file does not have the shape of its schema", fix)])


def _mistakes(judged: _Judged, value: Any) -> Iterator[Diagnostic]:
    at: dict[Keys, list[Any]] = {}
    for error in islice(judged.shapes.reference(judged.kind).iter_errors(value), _MOST):
        at.setdefault(tuple(error.absolute_path), []).append(error)
    strangers = {
        keys: judged.strangers(keys, errors[0].instance)
        for keys, errors in at.items()
        if any(error.validator == "additionalProperties" for error in errors)
    }
    meant = {
        (*keys, name): judged.meant((*keys, name), errors[0].instance)
        for keys, errors in at.items()
        for name in strangers.get(keys, ())[:_MOST_GUESSES]
    }
    for keys, errors in at.items():
        for name in strangers.get(keys, ()):
            yield judged.unknown((*keys, name), errors[0].instance, meant.get((*keys, name)))
        if any(error.validator == "required" for error in errors):
            yield from judged.missing(keys, errors[0].instance, set(meant.values()))
        wrong = [error for error in errors if error.validator not in _OF_FIELDS]
        if wrong:
            yield judged.wrong(keys, wrong)


_OF_FIELDS = {"additionalProperties", "required"}


class _Judged(NamedTuple):
    """What is needed to speak of one document's fields."""

    shapes: Shapes
    kind: str
    locate: Locate

    def at(self, keys: Keys, message: str, fix: str, *, key: bool = False) -> Diagnostic:
        """A mistake in a field; with `key`, in its name."""
        place = self.locate(*keys, key=key)
        return Diagnostic(*place, message, fix, "schema", "error", keys)

    def field(self, keys: Sequence[str | int]) -> dict[str, Any]:
        return self.shapes.field(self.kind, keys)

    def known(self, keys: Keys) -> list[str]:
        return list(self.field(keys).get("properties", {}))

    def strangers(self, keys: Keys, holder: dict[str, Any]) -> list[str]:
        known = self.known(keys)
        return [name for name in holder if name not in known]

    def of(self, keys: Keys) -> str:
        """The mapping that holds a field: `device`, or the whole file."""
        return _dotted(keys) or KINDS.get(self.kind, "the file")

    def meant(self, keys: Keys, holder: dict[str, Any]) -> Keys | None:
        """The field that an unknown one was probably meant to be, here or elsewhere in the file."""
        *inside, name = keys
        unused = [known for known in self.known(tuple(inside)) if known not in holder]
        guess = nearest(str(name), unused)
        if guess:
            return (*inside, guess)
        return next((home for home in self._homes(()) if home[-1] == name), None)

    def _homes(self, inside: Keys) -> Iterator[Keys]:
        for name in self.known(inside):
            yield (*inside, name)
            yield from self._homes((*inside, name))

    def unknown(self, keys: Keys, holder: dict[str, Any], meant: Keys | None) -> Diagnostic:
        *inside, name = keys
        known = self.known(tuple(inside))
        unused = [each for each in known if each not in holder]
        if meant and meant[:-1] == tuple(inside):
            fix = f"did you mean {tick(meant[-1])}?"
        elif meant and len(meant) > 1:
            fix = f"move it below {_dotted(meant[:-1])}, with two blanks more before it"
        elif meant:
            fix = "move it out of there, with no blank before it"
        elif (same := str(name).strip().lower()) in known:
            fix = f"remove it: {tick(same)} is there already"
        elif len(unused) in range(1, _FEW):
            fix = f"remove it, or call it {either(map(tick, unused))}"
        else:
            fix = "remove it, or correct its name"
        called = tick(name) if name else "a field without a name"
        message = f"{called} is not a field of {self.of(tuple(inside))}"
        return self.at(keys, message, fix, key=True)

    def missing(self, keys: Keys, holder: Any, meant: set[Keys | None]) -> Iterator[Diagnostic]:
        for name in self.field(keys)["required"]:
            if name not in holder and (*keys, name) not in meant:
                message = f"{tick(name)} is missing in {self.of(keys)}"
                example = self.example((*keys, name))
                fix = f"add it, like {example}" if example else f"add {self.outline((*keys, name))}"
                yield self.at(keys, message, fix)

    def wrong(self, keys: Keys, errors: list[Any]) -> Diagnostic:
        """A value of the wrong form: what it is, then what it should be."""
        field = self.field(keys)
        value = errors[0].instance
        broken = {error.validator: error.validator_value for error in errors}
        if "uniqueItems" in broken:
            return self._twice(keys, value)
        if keys and isinstance(keys[-1], int):
            subject = f"a value of {_dotted(keys)}" if _dotted(keys) else self.of(())
        else:
            subject = _dotted(keys) or "the file"
        should = wanted(field)
        if "type" in broken and field.get("type") in _WANTED:
            whole = not keys and field["type"] == "object"
            should = self.of(()) if whole else _WANTED[field["type"]]
        message = f"{subject} {_is(value, broken)}, it should be {should}"
        return self.at(keys, message, self._fix(keys, value, broken))

    def _twice(self, keys: Keys, values: list[Any]) -> Diagnostic:
        first: dict[str, int] = {}
        texts = ((index, value) for index, value in enumerate(values) if isinstance(value, str))
        index = next(index for index, value in texts if first.setdefault(value, index) != index)
        message = f"{_dotted(keys)} names {tick(values[index])} twice"
        return self.at((*keys, index), message, "remove one of the two")

    def _fix(self, keys: Keys, value: Any, broken: dict[str, Any]) -> str:
        field = self.field(keys)
        if isinstance(value, str) and field.get("type") == "string":
            better = self._mended(field, value)
            if better is not None:
                return f"write {quoted(better)}"
            if field.get("maxLength", 0) > SHOWN and len(value) > field["maxLength"]:
                return f"shorten it to {field['maxLength']:,} characters"
            if len(field.get("enum", ())) in range(1, _FEW):
                return f"write {either(map(quoted, field['enum']))}"
        if isinstance(value, str) and field.get("type") == "array":
            item = self.field((*keys, 0))
            if item.get("type") == "string" and self._judge(item).is_valid(value):
                return f"write [{quoted(value)}]"
        if "maxItems" in broken:
            return f"keep {broken['maxItems']:,} of them"
        if "minProperties" in broken:
            return "remove it, or write at least one field below it"
        example = self.example(keys)
        return f"write it like {example}" if example else f"write {self.outline(keys)}"

    def _judge(self, field: dict[str, Any]) -> Any:
        """A validator of one text field by itself."""
        schema = {key: field[key] for key in _OF_TEXT if key in field}
        return self.shapes.reference(self.kind).evolve(schema=schema)

    def _mended(self, field: dict[str, Any], value: str) -> str | None:
        """The same text as it was probably meant, where one of the usual slips tells."""
        judge = self._judge(field)
        if "enum" in field:
            lowered = {choice.lower(): choice for choice in field["enum"]}
            guess = nearest(value, lowered)
            if guess:
                return str(lowered[guess])
        return next((better for better in _better(field, value) if judge.is_valid(better)), None)

    def example(self, keys: Keys) -> str:
        """`cpl_number: "000042"`: a field as one would write it, from its first example."""
        first = next(iter(self.field(keys).get("examples", ())), None)
        name = f"{keys[-1]}: " if keys and isinstance(keys[-1], str) else ""
        if isinstance(first, str):
            return f"`{name}{quoted(first)}`"
        if isinstance(first, list) and all(isinstance(item, str) for item in first):
            return f"`{name}[{', '.join(map(quoted, first))}]`"
        return ""

    def outline(self, keys: Keys) -> str:
        """The fields that a mapping, or each mapping of a list, must have."""
        field = self.field(keys)
        name = f"`{keys[-1]}:` and below it " if keys and isinstance(keys[-1], str) else ""
        if field.get("type") == "array":
            return f"{name}a list, each with {self.outline((*keys, 0))}" if keys else "`[]`"
        names = [tick(each) for each in field.get("required", field.get("properties", ()))]
        return f"{name}the fields {', '.join(names[:-1])} and {names[-1]}"


def _dotted(keys: Sequence[str | int]) -> str:
    """`device.type`, in back-ticks; which item of a list it is, the place says."""
    names = [key for key in keys if isinstance(key, str)]
    return tick(".".join(names)) if names else ""


def _is(value: Any, broken: dict[str, Any]) -> str:
    if not value:
        return "is empty"
    if not isinstance(value, str):
        many = isinstance(value, list) and {"maxItems", "minItems"} & set(broken)
        return f"has {len(value):,} values" if many else f"is {_IS.get(type(value), 'not text')}"
    if len(value) > SHOWN and "maxLength" in broken:
        return f"is {len(value):,} characters long"
    return f"is {tick(value)}"


def wanted(field: dict[str, Any]) -> str:
    """The first sentence of the field's description, to stand within another sentence."""
    sentence = str(field.get("description") or field.get("title") or "of another form")
    sentence = sentence.split(". ")[0].rstrip(".")
    first = sentence.split()[0]
    return sentence if len(first) > 1 and first.isupper() else sentence[:1].lower() + sentence[1:]


def _better(field: dict[str, Any], value: str) -> Iterator[str]:
    """What the text becomes without blanks, colons, brackets, capitals or lost zeros."""
    one_line = " ".join(value.split())
    longest = field.get("maxLength", len(one_line))
    yield one_line
    digits = re.sub(r"\A0[xX]|[: ]", "", one_line).upper()
    if re.fullmatch(r"[0-9A-F]+", digits):
        yield digits
        if digits.isdecimal():
            yield digits.zfill(min(longest, _FEW))
    telephone = re.sub(r"\A00", "+", re.sub(r"\(0\)|[ ()./-]", "", one_line))
    if re.fullmatch(r"\+[0-9]+", telephone):
        yield telephone
    if day := re.fullmatch(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})", one_line):
        yield f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    if len(one_line) <= longest:
        yield one_line.upper()
        yield re.sub(r"[^a-z0-9]+", "-", one_line.lower()).strip("-")
    yield from re.findall(r"<([^<>]+)>", one_line)[:1]
