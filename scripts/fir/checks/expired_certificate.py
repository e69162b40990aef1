"""A Current entry's CPA certificate is past its day.

Why: a device must have a certificate of its security (CPA, Commercial Product Assurance). An entry
can stay Current for months after the certificate ends; a Party that installs the firmware
meanwhile ought to know. A lifetime certificate, `[R]`, does not expire: its day is that of its
next review.
Mend: ask the Panel what becomes of the entry, and import the CPL that says so.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Repository

STAGE = "upkeep"
LEVEL = "warning"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.today is None:
        return
    today = repository.today.isoformat()
    for record, entry in repository.listed:
        if entry.listing == "current" and entry.cpa_expiry and entry.cpa_expiry < today:
            lifetime = entry.cpa_certificate.startswith("[R]")
            what = "was due for review" if lifetime else "expired"
            message = (
                f"the CPA certificate {tick(entry.cpa_certificate)} {what} on {entry.cpa_expiry}"
            )
            fix = "ask the Panel about the entry, and import the CPL that renews or removes it"
            yield Diagnostic(*repository.at(record.path, "cpl_number"), message, fix)
