"""The Central Products List: workbook → entries, snapshot, update, import."""
