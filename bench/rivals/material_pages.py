"""A site the usual way: a Markdown page an entry, rendered by Material, its own search.

python material_pages.py REPOSITORY SITE
"""

import runpy
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

root, site = Path(sys.argv[1]), Path(sys.argv[2])
docs = site / "docs"
sys.argv[1:] = [str(root), str(docs / "cpl"), "{}.md"]
runpy.run_path(str(Path(__file__).with_name("markdown_pages.py")))
(docs / "index.md").write_text("# Firmware\n", encoding="utf-8")
(site / "mkdocs.yml").write_text(
    "site_name: Rival\nsite_url: https://rival.example/\ntheme:\n  name: material\n  font: false\n"
    "plugins: [search]\nnav: [{Home: index.md}]\nnot_in_nav: /cpl/*\n",
    encoding="utf-8",
)
build(load_config(str(site / "mkdocs.yml"), site_dir=str(site / "site")))
