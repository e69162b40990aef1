"""What MkDocs calls: reads and judges the repository, then hands it to `fir.site.build`.

The only module that knows MkDocs. A repository with errors is not published.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from fir.checks import STAGES, Check, awaiting_correction, checks, judge
from fir.diagnostics import Diagnostic
from fir.model import NotARepository, Repository
from fir.report import Report
from fir.report.text import render
from fir.repository.git import GitFailed
from fir.repository.read import read_repository
from fir.site.browser_data.text_index import TextIndex, TextIndexError, why_none
from fir.site.build import INDEXES, SHELLS, WIDE, generated
from fir.site.commits import read_commits
from fir.site.edition import Edition, Manual
from fir.site.pages.checks import read_examples
from fir.site.shell import Shell, lean, secured, unsecured
from fir.site.writing import write

# What of Material, a theme made for any site, this one does without: it costs time and bytes.

# The theme's own search, which this site does not have: four in five of its files.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


def unused(path: str) -> bool:
    """Whether no page asks for a file of the theme."""
    return path.startswith(_UNUSED)


def without_icons(environment: Callable[[], Environment]) -> Environment:
    """The theme's templates; each can be had, but the hidden files are not listed.

    Those are 14,000 drawings. MkDocs lists the theme to copy it, and throws them out again one by
    one, which took as long as 150 pages of entries.
    """
    made = environment()
    assert isinstance(made.loader, FileSystemLoader)
    made.loader = _WithoutHidden(made.loader.searchpath)
    return made


class _WithoutHidden(FileSystemLoader):
    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = Path(folder).relative_to(root)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)


log = get_plugin_logger("fir")
_SHELL = "---\nshell: true\nhide: {hide}\n---\n# Content\n"
_serving = False
_text: TextIndex | None = None


def on_startup(command: str, dirty: bool) -> None:
    """`mkdocs serve` adds a script of its own to each page, which a policy would stop."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """The repository is the folder of mkdocs.yml; a file that inherits ours has its own."""
    global _text
    _keep_all()
    config.theme.static_templates.discard("sitemap.xml")  # ours takes its place
    lean_theme = partial(without_icons, config.theme.get_env)
    config.theme.get_env = lean_theme  # type: ignore[method-assign]
    root = Path(config.config_file_path).resolve().parent
    config.watch.extend(str(root / folder) for folder in ("records", "schema"))
    cases = Path(config.docs_dir).parent / "tests" / "cases"
    edition = _edition(root, cases, config.site_url or "/")
    config.extra["edition"] = edition
    if edition.without_text:
        log.info(edition.without_text)
    else:
        _text = TextIndex(edition.repository)  # works while the pages are made


def _keep_all() -> None:
    """A build keeps nearly all it makes: looking again and again for what it need not costs 6 %."""
    gc.disable()
    if _serving:
        gc.collect()  # what the build before this one left


def _edition(root: Path, cases: Path, site_url: str) -> Edition:
    try:
        repository = read_repository(root)
    except NotARepository as error:
        raise PluginError(str(error)) from None
    findings = judge(repository)
    if repository.snapshot is None or any(finding.level == "error" for finding in findings):
        raise PluginError(_refusal(findings, repository))
    try:
        commits = read_commits(root)
    except GitFailed as error:
        raise PluginError(str(error)) from None
    return Edition(
        repository,
        repository.snapshot,
        commits,
        tuple(findings),
        tuple(_manual(check, cases) for check in checks().values()),
        awaiting_correction(repository),
        site_url,
        why_none(repository, serving=_serving),
    )


def _refusal(findings: list[Diagnostic], repository: Repository) -> str:
    report = Report(tuple(findings), repository.files)
    return f"a repository with errors is not published: {report.summary()}\n{render(report)}"


def _manual(check: Check, cases: Path) -> Manual:
    folder = cases / check.id
    return Manual(
        check.id, STAGES[check.stage], check.level, check.waivable,
        check.title, check.why, check.mend,
        read_examples(folder / "bad"), read_examples(folder / "good"),
    )  # fmt: skip


def on_files(files: Files, config: MkDocsConfig) -> None:
    for file in [file for file in files.media_files() if unused(file.src_uri)]:
        files.remove(file)
    config.extra["written"] = [file.url.removeprefix("./") for file in files.documentation_pages()]
    for shell in SHELLS:
        content = _SHELL.format(hide="[toc]" if shell in WIDE else "[]")
        files.append(File.generated(config, f"{shell.rstrip('/')}.md", content=content))


def on_post_page(output: str, page: Page | None, config: MkDocsConfig) -> str:
    if page and page.meta.get("shell"):
        output = lean(output)
    return unsecured(output) if _serving else secured(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for what is not found gets its policy too."""
    return on_post_page(output, None, config)


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    shells = {
        name: Shell((site / name / "index.html").read_text(encoding="utf-8"))
        for name in (*INDEXES, *SHELLS)
    }
    for name in SHELLS:
        shutil.rmtree(site / name)
    edition, written = config.extra["edition"], config.extra["written"]
    _ = edition.models  # here, so that two who share the work need not both find them
    write(site, generated(edition, shells, written))
    _finish_text(site / "pagefind")
    if not _serving:
        gc.freeze()  # the process ends: taking 1,500 entries apart one by one would cost 0.14 s


def _finish_text(folder: Path) -> None:
    global _text
    text, _text = _text, None
    if text is not None:
        try:
            text.finish(folder)
        except TextIndexError as error:
            raise PluginError(str(error)) from None


def on_build_error(error: Exception) -> None:
    """Whatever went wrong, no program of ours is left running."""
    global _text
    text, _text = _text, None
    if text is not None:
        text.stop()
