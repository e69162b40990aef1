"""The Panel's policy does not accept this record.

Why: the Panel decides which device types have records, and whether a submission may wait for its
CPL number; what it does not accept must not be published as if it did.
Mend: remove the file, or have the policy changed first.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Repository

STAGE = "publish"


def check(repository: Repository) -> Iterator[Diagnostic]:
    policy = repository.policy
    for record in (*repository.records, *repository.pending):
        of_type = policy.device_types.get(record.device.type)
        if of_type is not None and of_type.records == "not_accepted":
            message = f"the policy does not accept records of the type {tick(record.device.type)}"
            place = repository.at(record.path, "device", "type")
        elif not record.cpl_number and policy.pending == "refused":
            message = "the policy does not accept records that wait for a CPL number"
            place = repository.at(record.path)
        else:
            continue
        yield Diagnostic(
            *place, message, f"git rm {record.path}, or have schema/policy.yaml changed"
        )
