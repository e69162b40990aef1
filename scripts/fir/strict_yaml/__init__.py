"""Strict YAML: every value is text, with its place; the only package that knows PyYAML."""
