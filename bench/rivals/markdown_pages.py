"""A Markdown page for each CPL entry, with what our page of it holds, as a careful user writes it.

Tables and links: answer, notes, contact, what changed since, device, certificates, hash, release,
neighbours, changes. LINK is how the generator that follows wants a link to another page, `{}` being
its CPL number.

python markdown_pages.py REPOSITORY FOLDER LINK
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import yaml

root, folder, link = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]


def loaded(pattern):
    paths = sorted((root / "records").glob(pattern))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    return {path.stem: yaml.load(text, Loader=yaml.CBaseLoader) for path, text in texts}


def rows(name):
    with (root / "records" / "cpl" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


records, makers = loaded("firmware/*/*.yaml"), loaded("manufacturers/*.yaml")
entries, changes = rows("entries.csv"), rows("changes.csv")
CERTIFICATES = ("cpa", "dlm", "zse")
SHORT = ("device_type", "model_identifier", "hardware_version", "status")
CHANGE = ("version", "issued_on", "field", "before", "after")
DEVICE = ("manufacturer_identifier", "model_identifier", "hardware_version", "hardware_revision")
lines, releases, changed = defaultdict(list), defaultdict(list), defaultdict(list)
for entry in entries:
    lines[tuple(entry[name] for name in ("device_type", *DEVICE))].append(entry)
    releases[entry["image_hash"]].append(entry)
for change in changes:
    changed[change["cpl_number"]].append(change)


def to(number, text=None):
    return f"[{text or number}]({link.format(number)})"


def firmware(entry):
    return to(entry["cpl_number"], entry["firmware_version"])


def dated(entry):
    return f"{firmware(entry)}, CPL {entry['cpl_number']}, first listed {entry['first_issued_on']}"


def table(heads, lines):
    told = [heads, ["---"] * len(heads), *lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in told)


def facts(source, names):
    told = ((name.replace("_", " ").capitalize(), f"`{source[name] or 'none'}`") for name in names)
    return table(("Field", "Value"), told)


def notes(entry):
    record = records.get(entry["cpl_number"])
    return record["release_notes"] if record else "No record yet: nobody has supplied notes.\n"


def contact(record):
    maker = makers[record["manufacturer"]]
    known = maker["contact"]
    address = [*known["address"]["lines"], *list(known["address"].values())[1:]]
    told = (
        ("Company", maker["name"]),
        ("Email", f"<{known['email']}>"),
        ("Telephone", f"[{known['telephone']}](tel:{known['telephone']})"),
        ("Business address", ", ".join(address)),
        ("Last confirmed", known.get("confirmed_on", "not stated")),
    )
    return table(("Whom to call", ""), told)


def more(record):
    over = ", ".join(map(to, record.get("upgrade_from", ())))
    told = (
        ("Product", record.get("product_name", "not stated")),
        ("Released", record.get("released_on", "not stated")),
        ("Power outage alert", record.get("outage_alert_on_activation", "not stated")),
        ("May be installed over", over or "not stated"),
    )
    return table(("More", ""), told)


def page(entry):
    number, record = entry["cpl_number"], records.get(entry["cpl_number"])
    line = lines[tuple(entry[name] for name in ("device_type", *DEVICE))]
    place = line.index(entry)
    newer = [each for each in line[place + 1 :] if each["status"] == "Current"]
    newest = f"The latest is {firmware(newer[-1])}." if newer else "Nothing newer is listed."
    same = releases[entry["image_hash"]] if entry["image_hash"] else [entry]
    yield f"# CPL {number}, {entry['device_type']}, firmware {entry['firmware_version']}"
    yield f"**{entry['status']}.** {newest}"
    yield "## Release notes\n\n" + notes(entry)
    if record:
        yield more(record)
        yield "## Whom to call\n\n" + contact(record)
    if newer:
        yield "## What changed since"
        yield from (f"### {dated(each)}\n\n{notes(each)}" for each in newer)
    yield "## Device\n\n" + facts(entry, ("device_type", *DEVICE, "firmware_version", "label"))
    yield facts(entry, ("smets_chts_version", "gbcs_version", "first_version"))
    yield "## Certificates\n\n" + facts(entry, [name for name in entry if name[:3] in CERTIFICATES])
    yield "## Image and hash\n\n" + facts(entry, [name for name in entry if name[:5] == "image"])
    told = ((to(e["cpl_number"]), *(e[n] for n in SHORT)) for e in same)
    yield "## Same release\n\n" + table(("CPL number", "Type", "Model", "Hardware", "Status"), told)
    near = [("Previous", each) for each in line[:place][-1:]]
    near += [("Next", each) for each in line[place + 1 :][:1]]
    yield "## Before and after\n\n" + table(("", ""), ((name, dated(each)) for name, each in near))
    told = ([each[name] or "none" for name in CHANGE] for each in changed[number])
    heads = ("CPL issue", "Day", "Field", "Before", "After")
    yield "## Changes on the CPL\n\n" + table(heads, told)


folder.mkdir(parents=True, exist_ok=True)
for entry in entries:
    number, text = entry["cpl_number"], "\n\n".join(page(entry))
    title = f"---\ntitle: CPL {number}\n---\n"
    (folder / f"{number}.md").write_text(f"{title}{text}\n", encoding="utf-8")
