"""What each kind of page shows; how it looks is in `templates/`."""

from typing import NamedTuple


class Part(NamedTuple):
    """A section: the template of its page knows by its id how to show what it holds."""

    id: str
    title: str
    lead: str
    shows: object
