"""The code administrator's "CPL - New Entry" form: how it is known, and where its values go.

`fir add` reads it, and so does the page on the site, which is told of it from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fir.read.text import Keys

GROUP, ATTRIBUTE, DETAILS = HEADERS = "data group", "data attribute", "new entry's details"
HEADERS_WITHIN = 30
_DEVICE = ("entries", 0, "device")
TYPE = (*_DEVICE, "type")
_CONTACT = ("contact",)
_ADDRESS = ("contact", "address")

# Where each value stands, by data group and data attribute, and where it goes.
FIELDS: Mapping[tuple[str, str], Keys] = {
    ("entry", "number"): ("entries", 0, "cpl_number"),
    ("device_type", "name"): TYPE,
    ("device_model", "manufacturer_identifier"): (*_DEVICE, "manufacturer_identifier"),
    ("device_model", "model_identifier"): (*_DEVICE, "model_identifier"),
    ("device_model", "hardware_version.version"): (*_DEVICE, "hardware_version"),
    ("device_model", "hardware_version.revision"): (*_DEVICE, "hardware_revision"),
    ("device_model", "firmware_version"): (*_DEVICE, "firmware_version"),
    ("smets/chts version", "version_number"): ("entries", 0, "smets_chts_version"),
    ("gbcs version", "version_number"): ("entries", 0, "gbcs_version"),
    ("manufacturer contact fir", "company name"): ("manufacturer",),
    ("manufacturer contact fir", "house number"): (*_ADDRESS, "lines", 0),
    ("manufacturer contact fir", "street"): (*_ADDRESS, "lines", 1),
    ("manufacturer contact fir", "city"): (*_ADDRESS, "locality"),
    ("manufacturer contact fir", "post code"): (*_ADDRESS, "postal_code"),
    ("manufacturer contact fir", "country"): (*_ADDRESS, "country"),
    ("manufacturer contact fir", "telephone number"): (*_CONTACT, "telephone"),
    ("manufacturer contact fir", "website"): ("website",),
    ("manufacturer contact fir", "email address"): (*_CONTACT, "email"),
    ("fir release notes", "description"): ("release_notes",),
}
# A house number stands before its street, on one line; any other text has a line of its own.
HOUSE = re.compile(r"[0-9]{1,5}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?")
