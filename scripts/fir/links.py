"""What keeps a link from being published: it must lead where it seems to, for everybody; pure."""

from __future__ import annotations

import re

from fir.diagnostics import Diagnostic, problem, tick

_SCHEME = r"(?i)^https?://"
_END_OF_SITE = r"[/?#]"
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# Whatever a browser, a terminal or a Markdown reader might cut a link at, or read as another one.
AMBIGUOUS = frozenset('"<>\\^`{|}')
# Names that lead nowhere on the internet (RFC 6761, 6762, 7686, 8375 and custom). `.example` leads
# nowhere either; it is what demonstration data uses.
INTERNAL = frozenset(
    "arpa corp home internal intranet invalid lan local localdomain localhost onion private "
    "test".split()
)


_BARE_ADDRESS = "it should name a site, not an IP address", "give the name of the site"
Reason = tuple[str, str]


def unsafety(link: str) -> Diagnostic | None:
    """Why a link is not published, to follow the link in a sentence, or None where it is sound."""
    reason = _reason(link)
    return problem(link, *reason) if reason else None


def _reason(link: str) -> Reason | None:
    odd = next((each for each in link if not "!" <= each <= "~" or each in AMBIGUOUS), None)
    if odd is not None:
        return _odd(odd)
    if not link.startswith("https://"):
        rest = re.sub(_SCHEME, "", link)
        return "it should begin with `https://`", _better(rest)
    authority = re.split(_END_OF_SITE, link[len("https://") :], maxsplit=1)[0]
    rest = link[len("https://") + len(authority) :]
    _, at, site = authority.rpartition("@")
    host, colon, port = site.partition(":")
    if at:
        return "it should hold no user name or password", _better(site + rest)
    if site.startswith("["):
        return _BARE_ADDRESS
    if colon and port != "443":
        fix = f"{_better(host + rest)}, if the page opens without the port"
        return "it should name no port", fix
    return _of_host(host)


def _odd(character: str) -> Reason:
    name = {" ": "blank", "\n": "line break", "\t": "tab"}.get(character, tick(character))
    if character.isascii():
        message = f"it should hold no {name}"
        return message, f"remove the {name}, or write it as `%{ord(character):02X}`"
    message = f"it should be plain ASCII and holds {name} (U+{ord(character):04X})"
    return message, "copy the address from the browser, or retype it in plain letters"


def _better(rest: str) -> str:
    """The link put right, where that makes a sound one of it."""
    link = f"https://{rest}"
    return "give the address of a public web page" if unsafety(link) else f"write {link}"


def _of_host(host: str) -> Reason | None:
    labels = host.lower().split(".")
    if not host:
        return "it names no site", "give the name of the site after `https://`"
    if labels[-1][:1].isdigit():
        return _BARE_ADDRESS
    if labels[-1] in INTERNAL or len(labels) == 1:
        message = f"and {tick(host)} cannot be reached by the public"
        return message, "give the address of a public web page"
    if any(label.startswith("xn--") for label in labels):
        message = "its name should be in plain letters, not in a code that can hide look-alikes"
        return message, "give another address of the site, one without `xn--`"
    if len(host) > 253 or len(labels[-1]) < 2 or not all(map(_LABEL.fullmatch, labels)):
        message = f"and {tick(host)} cannot be the name of a site"
        return message, "correct the name of the site"
    return None
