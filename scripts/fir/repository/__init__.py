"""A folder or a commit becomes a Repository; git; all-or-nothing writes."""
