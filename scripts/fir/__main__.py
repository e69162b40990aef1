"""`python -m fir`."""

import gc

gc.disable()  # here already, for what loading makes; `entry_point` says why

from fir.cli import entry_point  # noqa: E402

entry_point()
