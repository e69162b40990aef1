"""What manufacturers send: form, table, issue or file → matched, merged, tried and judged."""
