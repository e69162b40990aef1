"""One module a kind of page: what it shows. `components` brings the filters of its template."""

from fir.site import components as components
