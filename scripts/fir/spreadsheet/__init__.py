"""Workbooks and CSV as cells of text; nothing in them is trusted."""
