"""One module a kind of page: what it shows. `components` brings the filters of its template."""

from typing import NamedTuple

from fir.site import components as components


class Part(NamedTuple):
    """A section: the template of its page knows by its id how to show what it holds."""

    id: str
    title: str
    lead: str
    shows: object
