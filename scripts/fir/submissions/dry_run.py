"""What `fir check` would say of files before they are written: the same checks, in their own words.

The repository is judged as it would be afterwards. What is said of a new file names the field, so
that whoever sent it can be told where it stands in *their* file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fir.checks import judge
from fir.diagnostics import Diagnostic
from fir.model import Repository
from fir.repository.read import manufacturer_of, record_of
from fir.schemas.explain import explain
from fir.strict_yaml.characters import Keys, odd_characters

# A warning to a reviewer, and a reason not to write: the wrong company would be called.
_NOT_WRITTEN = ("foreign-identifier",)


class Said(NamedTuple):
    """What is wrong with, or worth telling of, one field of a file to be written."""

    path: str
    keys: Keys
    level: str
    check: str
    message: str
    fix: str

    @property
    def refuses(self) -> bool:
        return self.level == "error" or self.check in _NOT_WRITTEN


@dataclass
class Proposed:
    """Files to write, as values by path, and those that go with them."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    manufacturers: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    @property
    def values(self) -> Mapping[str, dict[str, Any]]:
        return {**self.manufacturers, **self.records}


def kind_of(path: str) -> str:
    """The kind of a file by its folder."""
    area = path.split("/")[1]
    return {"firmware": "record", "pending": "pending", "manufacturers": "manufacturer"}[area]


class Trial:
    """A repository as it is, to try proposals on."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known = {_identity(finding) for finding in judge(repository)}

    def said_of(self, proposed: Proposed) -> list[Said]:
        """Everything new that the proposal makes the checks say, of its own files and of others."""
        misshapen = list(self._misshapen(proposed))
        if misshapen:
            return misshapen
        steps = {path: list(_steps((), value)) for path, value in proposed.values.items()}
        found = judge(self._after(proposed, steps))
        new = [finding for finding in found if _identity(finding) not in self._known]
        return [_said(finding, steps) for finding in new]

    def _misshapen(self, proposed: Proposed) -> Iterator[Said]:
        shapes = self._repository.shapes
        for path, value in proposed.values.items():
            told = set()
            for keys in _steps((), value):
                text = _value_at(value, keys)
                for odd in odd_characters(text) if isinstance(text, str) else ():
                    told.add(keys)
                    yield Said(path, keys, "error", odd.check, odd.message, odd.fix)
            if not shapes.fits(kind_of(path), value):
                for misfit in explain(shapes, kind_of(path), value):
                    if misfit.keys not in told:
                        yield Said(path, misfit.keys, "error", "schema", misfit.message, misfit.fix)

    def _after(self, proposed: Proposed, steps: Mapping[str, list[Keys]]) -> Repository:
        before = self._repository
        new = [record_of(path, value) for path, value in proposed.records.items()]
        makers = [manufacturer_of(path, value) for path, value in proposed.manufacturers.items()]
        gone = {*proposed.deleted, *proposed.records}
        records = sorted(
            (*(each for each in (*before.records, *before.pending) if each.path not in gone), *new),
            key=lambda record: record.path,
        )
        return before._replace(
            records=tuple(each for each in records if each.cpl_number),
            pending=tuple(each for each in records if not each.cpl_number),
            manufacturers={**before.manufacturers, **{each.slug: each for each in makers}},
            slugs=before.slugs | {each.slug for each in makers},
            locate=_Locator(before, steps),
        )


class _Locator:
    """Places in files that are not written yet: the line is the number of the field."""

    def __init__(self, before: Repository, steps: Mapping[str, list[Keys]]) -> None:
        self._before, self._steps = before, steps

    def __call__(self, path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        steps = self._steps.get(path)
        if steps is None:
            return self._before.locate(path, *keys, key=key)
        wanted: Keys = keys
        while wanted not in steps:
            wanted = wanted[:-1]
        return path, steps.index(wanted) + 1, 1


def _steps(keys: Keys, value: Any) -> Iterator[Keys]:
    """The way to a value and to everything inside it."""
    yield keys
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _steps((*keys, name), inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _steps((*keys, index), inner)


def _value_at(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value


def _identity(finding: Diagnostic) -> tuple[str, str, str]:
    """What makes two findings one: their places move as files change."""
    return finding.path, finding.check, finding.message


def _said(finding: Diagnostic, steps: Mapping[str, list[Keys]]) -> Said:
    of_file = steps.get(finding.path)
    keys = of_file[finding.line - 1] if of_file else ()
    return Said(finding.path, keys, finding.level, finding.check, finding.message, finding.fix)
