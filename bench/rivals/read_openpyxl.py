"""Reads every cell of a workbook with openpyxl, and does nothing with it."""

import sys

from openpyxl import load_workbook

workbook = load_workbook(sys.argv[1], read_only=True, data_only=True)
cells = sum(1 for sheet in workbook for row in sheet.iter_rows(values_only=True) for _ in row)
print(cells)
