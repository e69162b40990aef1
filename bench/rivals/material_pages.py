"""A site the usual way: a Markdown page an entry, rendered by Material, its own search.

python material_pages.py REPOSITORY SITE
"""

import sys
from pathlib import Path

import yaml
from mkdocs.config import load_config

root, site = Path(sys.argv[1]), Path(sys.argv[2])
docs = site / "docs"
(docs / "cpl").mkdir(parents=True, exist_ok=True)
(docs / "index.md").write_text("# Firmware\n", encoding="utf-8")
for path in sorted((root / "records" / "firmware").glob("*/*.yaml")):
    record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    rows = "".join(f"| {name} | `{value}` |\n" for name, value in record["device"].items())
    text = (
        f"# CPL {record['cpl_number']}\n\n## Release notes\n\n{record['release_notes']}\n"
        f"\n## Device\n\n| Field | Value |\n| --- | --- |\n{rows}"
    )
    (docs / "cpl" / f"{record['cpl_number']}.md").write_text(text, encoding="utf-8")
(site / "mkdocs.yml").write_text(
    "site_name: Rival\nsite_url: https://rival.example/\ntheme:\n  name: material\n  font: false\n"
    "plugins: [search]\nnav: [{Home: index.md}]\nnot_in_nav: /cpl/*\n",
    encoding="utf-8",
)
from mkdocs.commands.build import build  # noqa: E402

build(load_config(str(site / "mkdocs.yml"), site_dir=str(site / "site")))
