"""A form whose part for this register is not filled in: a fault only where a record is due."""

from __future__ import annotations

from fir.contribute.submission import Remark
from fir.contribute.verdict import Plan
from fir.coverage import required
from fir.model import Device, Repository
from fir.wording import tick


def judge_blank(plan: Plan, repository: Repository) -> None:
    device = plan.submission.value["entries"][0]["device"]
    device_type = device["type"]
    place = plan.submission.place("release_notes")
    if _is_due(Device(**device), repository):
        message = (
            f"no contact and no release notes are given, and {tick(device_type)} needs a record"
        )
        fix = "fill in the part of the form that is for the FIR"
        plan.refuse([Remark(place, "error", "empty-release-notes", message, fix)])
    else:
        message = f"no contact and no release notes are given; {tick(device_type)} needs none"
        plan.remarks.append(Remark(place, "note", "", message, "nothing, unless it was forgotten"))
        plan.status = "unchanged"


def _is_due(device: Device, repository: Repository) -> bool:
    """Whether the policy asks for a record of a device, and there is none."""
    listed = repository.by_device.get(device, ())
    if listed:
        without = [each for each in listed if each.cpl_number not in repository.by_number]
        return any(required(entry, repository) for entry in without)
    of_type = repository.policy.device_types.get(device.type)
    return of_type is not None and of_type.records == "required"
