"""The code administrator's form for a new entry, filled in with invented values.

Only the labels by which the form is recognised are as published; what it explains is left out.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

LABELS = {
    "number": ("Entry", "number"),
    "status": ("Entry", "status"),
    "type": ("Device_Type", "name"),
    "manufacturer_identifier": ("Device_Model", "manufacturer_identifier"),
    "model_identifier": ("Device_Model", "model_identifier"),
    "hardware_version": ("Device_Model", "hardware_version.version"),
    "hardware_revision": ("Device_Model", "hardware_version.revision"),
    "firmware_version": ("Device_Model", "firmware_version"),
    "smets_chts_version": ("SMETS/CHTS Version", "Version_number"),
    "gbcs_version": ("GBCS Version", "version_number"),
    "certificate": ("CPA_Certificate", "identification_number"),
    "hash": ("Manufacturer_Image", "hash"),
    "private_name": ("Contact-CPA", "Contact.contact name"),
    "private_telephone": ("Contact-CPA", "Contact.contact telephone"),
    "private_email": ("Contact-CPA", "Contact.contact email"),
    "company": ("Manufacturer Contact FIR", "Company Name"),
    "house": ("Manufacturer Contact FIR", "House Number"),
    "street": ("Manufacturer Contact FIR", "Street"),
    "city": ("Manufacturer Contact FIR", "City"),
    "post_code": ("Manufacturer Contact FIR", "Post Code"),
    "country": ("Manufacturer Contact FIR", "Country"),
    "telephone": ("Manufacturer Contact FIR", "Telephone Number"),
    "website": ("Manufacturer Contact FIR", "Website"),
    "email": ("Manufacturer Contact FIR", "Email Address"),
    "notes": ("FIR Release Notes", "Description"),
}
ALLOCATED = "This value is allocated by SECAS"
FILLED: dict[str, object] = {
    "number": ALLOCATED,
    "status": ALLOCATED,
    "type": "Gas Smart Meter",
    "manufacturer_identifier": "7F:01",
    "model_identifier": "00:05",
    "hardware_version": "02",
    "hardware_revision": "03",
    "firmware_version": "01:07:02:00",
    "smets_chts_version": "SMETS V4.2",
    "gbcs_version": "GBCS Version 3.2",
    "certificate": "[E] SAMPLE-000041",
    "hash": ":".join(["AB"] * 32),
    "private_name": "Pri Vate",
    "private_telephone": "+441632960999",
    "private_email": "pri.vate@secret.example",
    "company": "Example Meters Limited",
    "house": "Unit 4, Example Park",
    "street": None,
    "city": "Exampleton",
    "post_code": "EX1 2MP",
    "country": "United Kingdom",
    "telephone": "+44 (0)1632 960 123",
    "website": None,
    "email": "firmware@example-meters.example",
    "notes": "Corrects the tariff table after a restart.",
}
FOR_THE_FIR = (*list(LABELS)[list(LABELS).index("company") :],)
HEADER = 6
ROW = {name: HEADER + at for at, name in enumerate(LABELS, 1)}


def workbook(**changes: object) -> Workbook:
    """The form, filled in but for what is changed; None leaves a cell blank."""
    book = Workbook()
    sheet = book.active
    sheet.title = "CPL - New Entry"
    sheet["A1"] = "Central Products List - New Entry Form"
    headers = ("Data Group", "Data Attribute", "Notes", "Format", "New Entry's Details")
    for column, header in enumerate(headers, 1):
        sheet.cell(HEADER, column).value = header
    for name, (group, attribute) in LABELS.items():
        sheet.cell(ROW[name], 1).value = group
        sheet.cell(ROW[name], 2).value = attribute
        sheet.cell(ROW[name], 3).value = f"What to say of {attribute}"
        sheet.cell(ROW[name], 5).value = {**FILLED, **changes}[name]
    book.create_sheet("Central Products List")
    return book


def save(folder: Path, name: str = "form.xlsm", **changes: object) -> Path:
    path = folder / name
    workbook(**changes).save(path)
    return path
