"""What a build makes once, what it lets go, and what of the theme it leaves aside."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from around import lay
from built import edition as edition_of
from built import run_mkdocs

from fir.site.edition import Edition, once_an_edition


def test_what_is_made_of_an_edition_is_made_once_and_goes_with_it(tmp_path: Path) -> None:
    made: list[str] = []

    @once_an_edition
    def name(edition: Edition, of: str) -> str:
        made.append(of)
        return f"{of} in {edition.snapshot.version}"

    edition = edition_of(lay(tmp_path / "root"))
    assert name(edition, "a") == name(edition, "a") != name(edition, "b")
    assert made == ["a", "b"]
    gone = weakref.ref(edition)
    del edition
    gc.collect()
    assert gone() is None


def test_the_search_of_the_theme_is_not_published(tmp_path: Path) -> None:
    done = run_mkdocs(lay(tmp_path / "root"), tmp_path / "site")
    assert done.returncode == 0, done.stderr
    folders = {path.name for path in (tmp_path / "site/assets/javascripts").iterdir()}
    assert not folders & {"lunr", "workers"}
    assert list((tmp_path / "site/assets/javascripts").glob("bundle.*.js"))
