"""`security.txt` (RFC 9116): where a fault of this site is reported, and until when that holds."""

from __future__ import annotations

from datetime import date, timedelta

from fir.publish.edition import Edition

SECURITY_TXT = ".well-known/security.txt"
# Each edition renews it, and the standard wants it shorter than a year. The day of the edition is
# the commit's: two builds of one commit must not differ.
_HOLDS = timedelta(days=360)


def security_txt(edition: Edition) -> bytes:
    """The repository's private reports first, where there is a repository; else the Panel."""
    policy = edition.repository.policy
    day = date.fromisoformat(edition.commits.day or edition.snapshot.issued_on)
    fields = [
        ("Contact", f"mailto:{policy.panel_email}"),
        ("Expires", f"{day + _HOLDS}T00:00:00Z"),
        ("Preferred-Languages", "en"),
        ("Canonical", f"{edition.site_url}{SECURITY_TXT}"),
    ]
    if policy.repository_url:
        fields.insert(0, ("Contact", f"{policy.repository_url}/security/advisories/new"))
        fields.append(("Policy", edition.source("SECURITY.md", "blob")))
    return "".join(f"{name}: {value}\n" for name, value in fields).encode()
