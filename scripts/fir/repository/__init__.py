"""A folder of records as a place to be written: several files as one, by one writer at a time."""
