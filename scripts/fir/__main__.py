"""`python -m fir`."""

from fir.cli import entry_point

entry_point()
