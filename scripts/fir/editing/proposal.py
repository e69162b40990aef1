"""The dry run: what `fir check` would say of files before they are written, in its own words.

The repository is judged as it would be afterwards, by the same checks. What they say of a new file
names the field, so that whoever sent it can be shown where it stands in *their* file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from fir.checks import judge
from fir.diagnostics import Diagnostic, problem, tick
from fir.model import Repository
from fir.repository.read import manufacturer_of, record_of
from fir.schemas.explain import explain
from fir.strict_yaml.characters import Keys, odd_characters

# A warning to a reviewer, and a reason not to write: the wrong company would be called.
_NOT_WRITTEN = ("foreign-identifier",)
Values = Mapping[str, Mapping[str, Any]]


class Proposal(NamedTuple):
    """Files to write, as values by path, and those that go with them."""

    records: Values
    manufacturers: Values = MappingProxyType({})
    deleted: Set[str] = frozenset()

    @property
    def values(self) -> Values:
        return {**self.manufacturers, **self.records}


def refuses(diagnostic: Diagnostic) -> bool:
    """Whether nothing is written because of it."""
    return diagnostic.level == "error" or diagnostic.check in _NOT_WRITTEN


def kind_of(path: str) -> str:
    """The kind of a file by its folder."""
    area = path.split("/")[1]
    return {"firmware": "record", "pending": "pending", "manufacturers": "manufacturer"}[area]


class DryRun:
    """A repository as it is, to try proposals on."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known = {_identity(finding) for finding in judge(repository)}

    def diagnostics(self, proposal: Proposal) -> list[Diagnostic]:
        """Everything new that the checks would say, of the proposal's own files and of others.

        Of its own files it holds the keys of the field in the place of a line.
        """
        misshapen = list(self._misshapen(proposal))
        if misshapen:
            return misshapen
        steps = {path: list(_steps((), value)) for path, value in proposal.values.items()}
        found = judge(self._after(proposal, steps))
        new = [finding for finding in found if _identity(finding) not in self._known]
        return [_by_field(finding, steps) for finding in new]

    def _misshapen(self, proposal: Proposal) -> Iterator[Diagnostic]:
        shapes = self._repository.shapes
        for path, value in proposal.values.items():
            odd_texts = set()
            for keys in _steps((), value):
                text = _value_at(value, keys)
                for odd in odd_characters(text) if isinstance(text, str) else ():
                    odd_texts.add(keys)
                    yield odd._replace(path=path, line=0, column=0, keys=keys)
            if not shapes.fits(kind_of(path), value):
                for misfit in explain(shapes, kind_of(path), value):
                    if misfit.keys not in odd_texts:
                        yield misfit._replace(path=path)

    def _after(self, proposal: Proposal, steps: Mapping[str, list[Keys]]) -> Repository:
        before = self._repository
        new = [record_of(path, dict(value)) for path, value in proposal.records.items()]
        manufacturers = [
            manufacturer_of(path, dict(value)) for path, value in proposal.manufacturers.items()
        ]
        gone = {*proposal.deleted, *proposal.records}
        records = sorted(
            (*(each for each in (*before.records, *before.pending) if each.path not in gone), *new),
            key=lambda record: record.path,
        )
        return before._replace(
            records=tuple(each for each in records if each.cpl_number),
            pending=tuple(each for each in records if not each.cpl_number),
            manufacturers={**before.manufacturers, **{each.slug: each for each in manufacturers}},
            slugs=before.slugs | {each.slug for each in manufacturers},
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


def _by_field(finding: Diagnostic, steps: Mapping[str, list[Keys]]) -> Diagnostic:
    of_file = steps.get(finding.path)
    keys = of_file[finding.line - 1] if of_file else ()
    return finding._replace(line=0, column=0, keys=keys)


def path_conflict(root: Path, path: str, place: str) -> Diagnostic | None:
    """Why a file cannot be written where it belongs, although nothing readable stands there.

    A file that could not be read as what it should be, or a link on the way.
    """
    way = root
    for part in path.split("/"):
        way /= part
        if way.is_symlink():
            what = tick(way.relative_to(root).as_posix())
            message = f"{what} is a symbolic link, and links are never followed"
            return problem(place, message, "replace the link with what it points to")
    if way.exists():
        message = f"the file is there already and has errors: {path}"
        fix = "run `fir check`, which says what is wrong with it, and mend it first"
        return problem(place, message, fix)
    return None
