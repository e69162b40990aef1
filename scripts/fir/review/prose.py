"""Whether a page of the documentation is prose: words for people, of which nothing runs.

A page may hold HTML, and what stands in one is published with the rights of the site's own scripts.
"""

from __future__ import annotations

import re

from fir.read.files import open_bytes

# Elements and attributes that do something, and the setting that gives a page another template.
_RUNS = re.compile(
    r"<\s*(?:script|iframe|object|embed|meta|base|form|style|link|svg)\b"
    r"|\bon[a-z]+\s*=|javascript:|^\W*template\W*:",
    re.IGNORECASE | re.MULTILINE,
)


def is_prose(root: str, path: str) -> bool:
    """Of a page as it will be; one that goes is. A link never is, nor what is no text."""
    try:
        return not _RUNS.search(open_bytes(f"{root}/{path}").decode("utf-8"))
    except FileNotFoundError:
        return True
    except (OSError, UnicodeDecodeError):
        return False
