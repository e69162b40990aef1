"""YAML as text values with places, comments and a writer; the only import of `yaml`."""
