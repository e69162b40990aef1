"""The firmware of a Device Model drawn in the order of time."""
