"""One page, one URL: the key under which the archive keeps a link, and which opens it."""

from __future__ import annotations

from dataclasses import replace

from storage.text.urls.noise import without_noise
from storage.text.urls.parts import Parts, is_cut, is_web, split, unicode_host
from storage.text.urls.redirects import target
from storage.text.urls.sites import at_home, page

LONGEST_CHAIN = 8  # redirects inside redirects; a longer chain is someone's joke and stays


def canonical_url(raw: str) -> str:
    """Return the address of the page that a URL, with or without its scheme, leads to.

    It opens that page and is its own canonical form. URLs of one page become equal, also across
    the names its site gives it; two pages keep two. A cut URL is tidied and not interpreted, so
    that it never passes for a whole one; what is no web address is returned as it is.
    """
    raw = raw.strip()
    if not is_web(raw):
        return raw
    parts = _unwrapped(split(raw))
    if is_cut(str(parts)):
        return str(at_home(parts))
    parts = without_noise(page(at_home(parts)))
    if len(parts.query) > 1:
        parts = replace(parts, query=tuple(sorted(parts.query, key=_name)))
    return str(parts)


def host_of(url: str) -> str:
    """Return the host of a URL as people know it: lower case, no `www.`, in its own script."""
    return unicode_host(split(url.strip()).host) if is_web(url.strip()) else ""


def _unwrapped(parts: Parts) -> Parts:
    """Return what a chain of redirects leads to, as far as the URL itself says."""
    inner = parts
    for _ in range(LONGEST_CHAIN):
        url = None if is_cut(str(inner)) else target(at_home(inner))
        if url is None:
            return inner
        inner = split(url)
    return parts


def _name(piece: str) -> str:
    return piece.partition("=")[0]
