"""Which files a repository holds under `records/`, and which of them must not be touched.

Nothing is opened here. A symlink is never followed: its target might be any file of this machine.
A folder that is refused is not entered, so that one mistake is told once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from os import PathLike
from typing import NamedTuple

from fir.diagnostics import Diagnostic, shell, tick, visible
from fir.repository.git import GitFailed, git
from fir.strict_yaml.characters import name_of

SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 100
# Names that Windows keeps for devices, with any extension.
_RESERVED = r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"
_NEARLY_YAML = r"(?i)(.+?)\.ya?ml(?:\.[a-z]+)?"

# What may stand in each folder below `records/`: the kind of its files, and how deep they lie.
_SINGLE = {
    ("waivers.yaml",): "waivers",
    ("cpl", "snapshot.yaml"): "snapshot",
    ("cpl", "entries.csv"): "entries",
    ("cpl", "changes.csv"): "changes",
}
_FOLDERS = {
    "manufacturers": ("manufacturer", 2),
    "firmware": ("record", 3),
    "pending": ("pending", 3),
}

Reason = tuple[str, str]
"""What is wrong with a file or folder, and the cure."""


class Found(NamedTuple):
    """A regular file in a place where a file of its kind may stand; `path` is from the root."""

    path: str
    kind: str


# The usual name of a record, its CPL number: nothing can be wrong with that.
_NUMBER = re.compile(r"[0-9]{1,60}\.yaml")


def scan(root: str | PathLike[str]) -> tuple[list[Found], list[Diagnostic]]:
    """Every file below `records/`, sorted by path, and the refusal of each that is not taken."""
    found: list[Found] = []
    index = _git_index(root)
    refusals = [
        _refusal(path, _is_orders(path))
        for path in _orders(root, index)
        if path == WRITE_ORDERS or not os.path.lexists(f"{root}/{path}")  # else where it stands
    ]
    if os.path.islink(f"{root}/records"):
        return found, [*refusals, _refusal("records", _LINK)]
    modes = {path: mode for path, mode in index.items() if mode != "100644"}
    for item in _walk(root, "records", modes):
        if isinstance(item, Found):
            found.append(item)
        else:
            refusals.append(item)
    return sorted(found), refusals


WRITE_ORDERS = ".fir-write"
"""Where `fir` once kept what it was about to write, and believed what it found there."""


def carried_orders(root: str | PathLike[str]) -> list[Diagnostic]:
    """The refusal of each folder of such orders in git's index or at the root."""
    return [_refusal(path, _is_orders(path)) for path in _orders(root, _git_index(root))]


def is_orders(path: str) -> bool:
    return path.rpartition("/")[2].casefold() == WRITE_ORDERS


def _orders(root: str | PathLike[str], index: Iterable[str]) -> list[str]:
    held = {WRITE_ORDERS} if os.path.lexists(f"{root}/{WRITE_ORDERS}") else set()
    for path in index:
        if WRITE_ORDERS in path.casefold():
            parts = path.split("/")
            ends = (count for count in range(1, len(parts) + 1) if is_orders(parts[count - 1]))
            held.update("/".join(parts[:count]) for count in islice(ends, 1))
    return sorted(held)


def _is_orders(path: str) -> Reason:
    message = "the folder holds orders to write files, which git must not carry; none is obeyed"
    fix = shell("git", "rm", "-r", "--cached", "--ignore-unmatch", visible(path))
    return message, f"{fix}, then delete the folder"


def _refusal(path: str, reason: Reason) -> Diagnostic:
    return Diagnostic(visible(path), 1, 1, *reason, "unsafe-file", "error")


def _walk(
    root: str | PathLike[str], folder: str, modes: Mapping[str, str]
) -> Iterator[Found | Diagnostic]:
    try:
        with os.scandir(f"{root}/{folder}") as listing:
            entries = sorted(listing, key=attrgetter("name"))
    except OSError:
        yield _refusal(folder, ("the folder cannot be opened", "make the folder readable"))
        return
    names = [entry.name for entry in entries]
    twins = _twins(folder, names)
    usual = _NUMBER.fullmatch if _kind(f"{folder}/0.yaml", False) == "record" else None
    for entry in entries:
        path = f"{folder}/{entry.name}"
        ordinary = usual and usual(entry.name) and path not in modes
        if ordinary and entry.is_file(follow_symlinks=False):
            yield Found(path, "record")
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        kind = _kind(path, is_folder)
        reason = (
            (_is_orders(path) if is_orders(entry.name) else None)
            or _unsafe(entry, path, modes.get(path))
            or odd_name(entry.name)
            or twins.get(entry.name)
            or (None if kind else _stray(folder, entry.name, is_folder, names))
        )
        if reason:
            yield _refusal(path, reason)
        elif is_folder:
            yield from _walk(root, path, modes)
        elif kind:
            yield Found(path, kind)


def _git_index(root: str | PathLike[str]) -> dict[str, str]:
    """The mode of each path in the index: of a file, a link, a submodule, a program.

    A check-out on another system can turn a link into a plain file; the index cannot hide it.
    """
    if not os.path.exists(f"{root}/.git"):
        return {}
    try:
        places = ("records", f":(icase){WRITE_ORDERS}")
        listed = git(root, "ls-files", "-s", "-z", "--", *places)
    except GitFailed:  # the files are here all the same; who asks for commits is told
        return {}
    rows = (row.partition("\t") for row in os.fsdecode(listed).split("\0") if row)
    return {path: mode[:6] for mode, _, path in rows}


_LINK = "a symbolic link is never followed", "replace the link with what it points to"


def _unsafe(entry: os.DirEntry[str], path: str, mode: str | None) -> Reason | None:
    if entry.is_symlink() or mode == "120000":
        return _LINK
    is_folder = entry.is_dir()
    if mode == "160000" or (is_folder and os.path.lexists(f"{entry.path}/.git")):
        return "the folder is another git repository", "replace the submodule with its files"
    if not (is_folder or entry.is_file()):
        return "this is neither a file nor a folder", "delete it"
    if mode == "100755":
        fix = f"git update-index --chmod=-x {shell(visible(path))}"
        return "the file is marked as a program", fix
    return None


def odd_name(name: str) -> Reason | None:
    rename = "rename it, using only letters from a to z, digits and hyphens"
    if name.startswith("."):
        return "the name begins with a dot, which hides the file", "delete it, or rename it"
    if len(name) > _LONGEST:
        return f"the name is longer than {_LONGEST} characters", rename
    usual = _NAME.match(name)
    odd = name[usual.end() if usual else 0 :][:1]
    if odd:
        begins_or_holds = "holds" if usual else "begins with"
        return f"the name {begins_or_holds} {_character(odd)}", rename
    if name.endswith("."):
        return "the name ends with a dot", rename
    if re.fullmatch(_RESERVED, name):
        return f"Windows keeps the name {tick(name)} for a device", "give it another name"
    return None


_WORDS = {" ": "a blank", "`": "a back-tick"}


def _character(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python shows a byte that is not UTF-8
        return f"the byte {ord(character) - 0xDC00:#04x}, which is not UTF-8"
    if character in _WORDS:
        return _WORDS[character]
    return tick(character) if "!" <= character <= "~" else name_of(character)


def _twins(folder: str, names: Sequence[str]) -> dict[str, Reason]:
    """The names that only capitals tell from another one; of two, the one that fits here stays."""
    first: dict[str, str] = {}
    twins: dict[str, Reason] = {}
    if len({name.casefold() for name in names}) == len(names):
        return twins
    for name in sorted(names, key=lambda name: (not _fits(f"{folder}/{name}"), name)):
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = f"only capitals tell the name from {tick(other)} beside it"
            twins[name] = message, "rename or delete one of the two"
    return twins


def _fits(path: str) -> bool:
    return bool(_kind(path, True) or _kind(path, False))


def _kind(path: str, is_folder: bool) -> str | None:
    """What a file or folder at this path is for, or None where nothing of its name belongs."""
    parts = tuple(path.split("/")[1:])
    area, depth = _FOLDERS.get(parts[0], ("", 0))
    if is_folder:
        of_slug = depth == 3 and len(parts) == 2 and SLUG.fullmatch(parts[1])
        return "folder" if parts in {("cpl",), *((name,) for name in _FOLDERS)} or of_slug else None
    if parts in _SINGLE:
        return _SINGLE[parts]
    if len(parts) != depth or not parts[-1].endswith(".yaml"):
        return None
    slug = parts[1] if depth == 3 else parts[-1].removesuffix(".yaml")
    return area if SLUG.fullmatch(slug) else None


def _stray(folder: str, name: str, is_folder: bool, names: Sequence[str]) -> Reason:
    """Why nothing of this name belongs in this folder."""
    nearly = re.fullmatch(_NEARLY_YAML, name)
    better = f"{nearly[1]}.yaml" if nearly and not is_folder else ""
    if better != name and _kind(f"{folder}/{better}", False):
        message = "the name does not end in `.yaml`"
        if better in names:
            return message, f"delete it: {tick(better)} stands beside it"
        return message, shell("git", "mv", f"{folder}/{name}", f"{folder}/{better}")
    stem, ending = (name, "") if is_folder else (nearly[1] if nearly else "", ".yaml")
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60].strip("-")
    if stem and _kind(f"{folder}/{slug}{ending}", is_folder):
        return f"{tick(stem)} is not a manufacturer's short name", f"rename it to `{slug}{ending}`"
    message = f"no such {'folder' if is_folder else 'file'} belongs here"
    what = "its files" if is_folder else "it"
    place = "`records/firmware/<manufacturer>/<cpl_number>.yaml`"
    return message, f"delete it, or move {what} to {place}"
