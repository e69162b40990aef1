"""Every kind of page, with the addresses at which a reader meets it in each of its states.

A kind is a hand-written page, or a page of the theme that many are stamped into; `test_kinds.py`
fails when the site has one that is not here.
"""

from __future__ import annotations

from typing import NamedTuple

from hostility import NUMBER


class Kind(NamedTuple):
    """Addresses below the site of the demonstration, and below that of the hostile records."""

    demo: tuple[str, ...]
    hostile: tuple[str, ...]


ENTRIES = (
    "cpl/000007/",  # newer exists, with the way told
    "cpl/000001/",  # the same, without a record
    "cpl/000021/",  # a Removed entry of a Current firmware
    "cpl/000036/",  # unclear
    "cpl/000039/",  # unclear, without a record
    "cpl/000051/",  # removed
    "cpl/000005/",  # removed, without a record
    "cpl/000006/",  # no longer listed
    "cpl/000055/",  # latest
    "cpl/000066/",  # latest, without a record
    "cpl/000082/",  # withdrawn
)
MODELS = (
    "models/7F02-0011-0200/",  # two ends
    "models/7F02-0014-0100/",  # a latest, and a withdrawn one
    "models/7F04-0000-0100/",  # two device types
    "models/7F07-0001-0100/",  # SMETS1 beside SMETS2+, out of the order listed
    "models/7F09-0701-0100/",  # nobody's
)
COMPARED = "models/7F02-0014-0100/?from=000064&to=000116"
KINDS = {
    "": Kind(("",), ("",)),
    "find/": Kind(
        (
            "find/?q=harrowmere",
            "find/",
            "find/?q=harrowmere&answer=latest&record=none&sort=firmware",
            "find/?q=welsh",
            "find/?q=zzyzx",
            "find/?q=7F03+00210100+99999999",
        ),
        ("find/?q=alert", "find/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"),
    ),
    "cpl/": Kind(("cpl/",), ("cpl/",)),
    "cpl/_shell/": Kind(ENTRIES, (f"cpl/{NUMBER}/", "cpl/000050/", "cpl/000045/", "cpl/000042/")),
    "models/": Kind(("models/",), ("models/",)),
    "models/_shell/": Kind(
        (*MODELS, COMPARED), ("models/7F01-0006-0100/", "models/7FFE-0001-0203/")
    ),
    "releases/": Kind(("releases/",), ("releases/",)),
    "releases/_shell/": Kind(
        ("releases/2025/", "releases/2023/"), ("releases/2026/", "releases/unknown/")
    ),
    "manufacturers/": Kind(("manufacturers/",), ("manufacturers/",)),
    "manufacturers/_shell/": Kind(
        ("manufacturers/harrowmere/", "manufacturers/ashgrove/"),
        ("manufacturers/example-meters/",),
    ),
    "coverage/": Kind(("coverage/",), ("coverage/",)),
    # No identifier of the demonstration has more gaps than the list of all shows at once.
    "coverage/_shell/": Kind((), ("coverage/7FFE/",)),
    "portfolio/": Kind(("portfolio/",), ("portfolio/",)),
    "submit/": Kind(
        (
            "submit/?cpl=000023",  # with another entry of its release
            "submit/?cpl=000066",  # of a company that is new here
            "submit/?cpl=harrowmere",  # to be picked
        ),
        (f"submit/?cpl={NUMBER}", "submit/?cpl=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"),
    ),
    "checks/": Kind(("checks/",), ("checks/",)),
    "checks/_shell/": Kind(("checks/cpl-mismatch/", "checks/stale-snapshot/"), ()),
    "data/": Kind(("data/",), ("data/",)),
    "data/api/": Kind(("data/api/",), ("data/api/",)),
    "data/files/": Kind(("data/files/",), ("data/files/",)),
    "guides/parties/": Kind(("guides/parties/",), ()),
    "guides/manufacturers/": Kind(("guides/manufacturers/",), ()),
    "guides/manufacturers/record/": Kind(("guides/manufacturers/record/",), ()),
    "guides/reviewers/": Kind(("guides/reviewers/",), ()),
    "guides/governing/": Kind(("guides/governing/",), ()),
    "guides/adopting/": Kind(("guides/adopting/",), ()),
    "about/": Kind(("about/",), ()),
    "404.html": Kind(("404.html",), ()),
}
