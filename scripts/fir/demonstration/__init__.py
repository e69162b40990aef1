"""Demonstration data: an invented Central Products List and the records that go with it.

`catalogue` reads the stories told by hand; `filler` invents as many entries more as are asked
for. Both yield listings; `publish` numbers them, lives through their amendments and makes files of
what comes of it. Nothing here is drawn by chance: every choice is the digest of the seed and a
name, so the same call gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fir.demonstration import catalogue, filler, publish
from fir.demonstration.listing import Draw
from fir.repository.transaction import writing


def build(seed: int = 1, entries: int = 120, coverage: float = 0.8) -> dict[str, bytes]:
    """Every file of a demonstration repository below `records/`, by its path from the root.

    The catalogue's own entries come first; `coverage` is the share of the others that have a
    record. Raises ValueError where fewer entries are asked for than the catalogue has.
    """
    draw = Draw(seed)
    told = catalogue.read(draw)
    missing = entries - len(told.listings)
    if missing < 0:
        raise ValueError(f"the catalogue alone has {len(told.listings)} entries, not {entries}")
    manufacturers, listings = filler.invent(draw, missing, coverage)
    published = publish.publish([*told.listings, *listings], told.amendments)
    return {
        **publish.snapshot(published, f"fir.demonstration, seed {seed}"),
        **publish.manufacturers({**told.manufacturers, **manufacturers}),
        **publish.records(published),
        **publish.pending(told.pending),
        **publish.waivers(),
    }


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Writes files below `records/` of a folder, all of them or none; raises NotWritten."""
    root.mkdir(parents=True, exist_ok=True)
    with writing(root) as transaction:
        transaction.write(files)
