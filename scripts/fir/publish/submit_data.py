"""What the page that makes submissions must know beside the list of entries: one file."""

from __future__ import annotations

from typing import Any

from fir.company import LEGAL_FORMS, RESERVED
from fir.country import ALSO
from fir.new_entry_form import FIELDS, HEADERS, HEADERS_WITHIN, HOUSE
from fir.publish.edition import Edition
from fir.publish.find_index import compact
from fir.publish.remembered import once_an_edition
from fir.publish.submit_rules import rules


@once_an_edition
def submit_data(edition: Edition) -> bytes:
    """`submit/data.json`: the rules, the form that can be dropped, the Panel's policy, releases."""
    return compact(
        {
            "rules": rules(edition.repository.shapes),
            "form": _form(),
            "countries": ALSO,
            "company": {
                "legal_forms": sorted(LEGAL_FORMS),
                "reserved": RESERVED.pattern,
                "taken": sorted(edition.repository.slugs),
            },
            "policy": _policy(edition),
            "releases": _releases(edition),
        }
    )


def _form() -> dict[str, Any]:
    """How the code administrator's form is known, and where each of its values goes."""
    return {
        "headers": HEADERS,
        "within": HEADERS_WITHIN,
        "house": HOUSE.pattern,
        "fields": [[*labels, ".".join(map(str, keys))] for labels, keys in FIELDS.items()],
    }


def _policy(edition: Edition) -> dict[str, Any]:
    policy = edition.repository.policy
    return {
        "types": {name: each.records for name, each in policy.device_types.items()},
        "pending": policy.pending,
        "repository_url": policy.repository_url,
        "panel": {"name": policy.panel_name, "email": policy.panel_email},
        "site": edition.site_url,
    }


def _releases(edition: Edition) -> list[list[str]]:
    """The numbers of each release that has several entries."""
    releases = edition.releases.values()
    return [[entry.cpl_number for entry in each] for each in releases if len(each) > 1]
