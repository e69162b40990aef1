"""Which files a pull request may change together, and what to do where it changes others.

Records, the CPL, waivers and everything else are decided by different people for different
reasons; above all, what is judged must not come with what judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from fir.diagnostics import Diagnostic, tick
from fir.model import WAIVERS
from fir.report import many

Area = Literal["record", "cpl", "waiver", "tooling"]
Kind = Literal["record", "cpl", "waiver", "tooling", "none", "mixed"]

FOLDERS: dict[Area, tuple[str, ...]] = {
    "record": ("records/manufacturers/", "records/firmware/", "records/pending/"),
    "cpl": ("records/cpl/",),
    "waiver": (WAIVERS,),
}
WORDS: dict[Area, str] = {
    "record": "records",
    "cpl": "the CPL snapshot",
    "waiver": "waivers",
    "tooling": "the programs",
}


class Refused(NamedTuple):
    """Why the files must not be merged as they are, and the way to split or mend them."""

    why: str
    split: tuple[str, ...]
    parts: Mapping[Area, tuple[str, ...]]


def area(path: str) -> Area:
    """What a file belongs to, by its path alone: everything unknown is part of the tooling."""
    for name, places in FOLDERS.items():
        if path.startswith(tuple(place for place in places if place.endswith("/"))):
            return name
        if path in places:
            return name
    return "tooling"


def own_cpl(kind: Kind) -> bool:
    """Whether such a proposal is judged with the CPL snapshot and the waivers that it brings.

    Only one that brings nothing else: what is judged must not come with what judges it.
    """
    return kind in ("cpl", "waiver")


def kind_of(paths: Iterable[str], beside_cpl: Iterable[str] = ()) -> tuple[Kind, Refused | None]:
    """What kind of pull request changes these files, and why it is refused if it is.

    `beside_cpl` are the changed files that the import of the proposed CPL writes itself: they may
    come with it, and nothing else may.
    """
    parts: dict[Area, tuple[str, ...]] = {}
    for path in sorted(paths):
        parts[area(path)] = (*parts.get(area(path), ()), path)
    if not parts:
        return "none", None
    if "cpl" in parts:
        made = set(beside_cpl)
        foreign = {
            name: tuple(path for path in paths_of if path not in made)
            for name, paths_of in parts.items()
            if name != "cpl"
        }
        strangers: dict[Area, tuple[str, ...]] = {
            name: paths_of for name, paths_of in foreign.items() if paths_of
        }
        if not strangers:
            return "cpl", None
        parts = {**strangers, "cpl": parts["cpl"]}
    if len(parts) == 1:
        return next(iter(parts)), None
    ordered = {name: parts[name] for name in WORDS if name in parts}
    return "mixed", Refused(_why(ordered), tuple(_split(ordered)), ordered)


def carrying_orders(orders: Sequence[Diagnostic]) -> Refused:
    """The refusal of a proposal that carries orders to write files, whoever would obey them."""
    parts: dict[Area, tuple[str, ...]] = {}
    for each in orders:
        parts[area(each.path)] = (*parts.get(area(each.path), ()), each.path)
    why = f"Orders to write files must not be carried by git: {named_orders(orders)}"
    cures = []
    for each in orders[:_NAMED]:
        command, _, rest = each.fix.replace("`", "'").rpartition(", ")
        cures.append(f"With git: `{command}`, {rest}")
    return Refused(why, ("Take them out of this pull request:", *cures), parts)


_NAMED = 3


def named_orders(orders: Sequence[Diagnostic]) -> str:
    """Where they lie, as far as a sentence has room."""
    left = len(orders) - _NAMED
    named = ", ".join(tick(each.path) for each in orders[:_NAMED])
    return f"{named} and {left:,} more" if left > 0 else named


def _why(parts: Mapping[Area, tuple[str, ...]]) -> str:
    named = [f"{WORDS[name]} ({many(len(paths), 'file')})" for name, paths in parts.items()]
    named[0] = named[0][:1].upper() + named[0][1:]
    also = ""
    if "cpl" in parts:
        also = (
            "; beside the CPL only the records it promotes and the waivers it proposes may change"
        )
    return f"{', '.join(named[:-1])} and {named[-1]} must not change in one pull request{also}"


def _split(parts: Mapping[Area, tuple[str, ...]]) -> Iterable[str]:
    yield f"Make {len(parts)} pull requests of this one, each from the main branch:"
    for name in parts:
        places = FOLDERS.get(name)
        what = " ".join(f"`{place}`" for place in places) if places else "all other files"
        yield f"one with {WORDS[name]} only: {what}"
    yield (
        "With git: `git switch -c NEW-BRANCH main`, then `git checkout THIS-BRANCH -- FILES` and "
        "`git commit`, once for each; close this one"
    )
