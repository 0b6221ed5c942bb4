"""A URL in parts, spelled in the one way that RFC 3986 and the URL standard call normal.

What is undone here never changes which page a URL leads to: letter case of scheme and host, the
default port, `www.`, a host in its own script, escapes of characters that need none, `.` and `..`
in the path, a slash at its end.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

PUNYCODE = "xn--"
MOST_HOSTS = 1024  # that caches hold: most links lead to a few hundred
LONGEST_LABEL = 63  # RFC 1035; also keeps Python's punycode codec, which is quadratic, fast
DEFAULT_PORTS = {"http": "80", "https": "443"}

# What each part may hold unescaped (RFC 3986, 3.3 to 3.5); all else, and every escape, is found.
_IN_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[^\w.~!$&'()*+,;=:@/-]", re.ASCII)
_IN_NAME = re.compile(r"%[0-9A-Fa-f]{2}|[^\w.~!$'()*+,;:@/?-]", re.ASCII)
_IN_VALUE = re.compile(r"%[0-9A-Fa-f]{2}|[^\w.~!$'()*+,;=:@/?-]", re.ASCII)
_IN_FRAGMENT = re.compile(r"%[0-9A-Fa-f]{2}|[^\w.~!$&'()*+,;=:@/?-]", re.ASCII)
# Escaped or not, these say the same: no server tells them apart.
_SAME_IN_PATH = re.compile(r"[\w.~!'()*,:@-]", re.ASCII)
_SAME_IN_QUERY = re.compile(r"[\w.~!'()*,:@/?-]", re.ASCII)
_SAME_IN_FRAGMENT = re.compile(r"[\w.~-]", re.ASCII)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*)://")  # with a dot it would be a host
_PLAIN_LABEL = re.compile(r"[a-z0-9-]*")
_PORT = re.compile(r"(?P<host>.*):(?P<port>[0-9]{0,5})", re.DOTALL)
_IP_ADDRESS = re.compile(r"[0-9]+(?:\.[0-9]+){3}|\[[0-9a-f:.]+\]")
# The sign of a cut: at the end of a path segment or of the URL, or in place of segments.
_CUT = re.compile(r"(?:…|\.{3})(?=[/?#]|\Z)|(?<=/)(?:…|\.{3})")


class Parts(NamedTuple):
    """A web address; `query` holds its `name=value` pieces, all of it escaped as is normal."""

    scheme: str
    host: str
    port: str = ""
    path: str = "/"
    query: tuple[str, ...] = ()
    fragment: str = ""

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        query = f"?{'&'.join(self.query)}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"

    def value(self, *names: str) -> str:
        """Return the value of the first parameter with one of these names, still escaped."""
        pieces = (piece.partition("=") for piece in self.query)
        return next((value for name, _, value in pieces if name in names), "")


def is_cut(url: str) -> bool:
    """Whether a URL was shortened for show, by `…` or `...`, and so leads nowhere as it is.

    `compare/v1...v2` is whole: there the dots stand inside a word.
    """
    return _may_be_cut(url) and _CUT.search(url) is not None


def _may_be_cut(url: str) -> bool:
    return "..." in url or "…" in url


def is_web(url: str) -> bool:
    """Whether a URL has the scheme of a web page, or none at all."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in DEFAULT_PORTS


def split(url: str) -> Parts:
    """Return the parts of a web address, with or without its scheme, in normal form.

    A page is asked for by https, unless its port or the lack of a name says that it has none.
    """
    scheme, rest = _scheme_and_rest(_CUT.sub("...", url) if _may_be_cut(url) else url)
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    host, port = _host_and_port(authority)
    port = "" if port == DEFAULT_PORTS[scheme] else port
    return Parts(
        scheme=scheme if port or _IP_ADDRESS.fullmatch(host) else "https",
        host=host,
        port=port,
        path=_path(slash + path),
        query=tuple(_piece(piece) for piece in query.split("&") if piece) if query else (),
        fragment=_escaped(fragment, _IN_FRAGMENT, _SAME_IN_FRAGMENT) if fragment else "",
    )


@lru_cache(maxsize=MOST_HOSTS)
def unicode_host(host: str) -> str:
    """Return a host as its readers know it: labels in punycode become letters."""
    return ".".join(_unicode_label(label) for label in host.split("."))


def host_and_above(host: str) -> Iterator[str]:
    """Yield a host and the domains it is part of: blog.example.com, example.com, com."""
    while host:
        yield host
        host = host.partition(".")[2]


def _scheme_and_rest(url: str) -> tuple[str, str]:
    match = _SCHEME.match(url)
    return (match[1].lower(), url[match.end() :]) if match else ("https", url)


@lru_cache(maxsize=MOST_HOSTS)
def _host_and_port(authority: str) -> tuple[str, str]:
    """Return both without a user's name, which only ever disguises a host, and without `www.`."""
    authority = authority.rpartition("@")[2]
    match = _PORT.fullmatch(authority)
    host, port = (match["host"], match["port"].lstrip("0")) if match else (authority, "")
    host = unicodedata.normalize("NFKC", host).lower().strip(".")
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:].lstrip(".")
    if _IP_ADDRESS.fullmatch(host):
        return host, port
    return ".".join(_ascii_label(label) for label in host.split(".")), port


def _ascii_label(label: str) -> str:
    """Return a label of a host as name servers know it (RFC 3492)."""
    if _PLAIN_LABEL.fullmatch(label):
        return label
    if not label.isascii() and len(label) <= LONGEST_LABEL:
        label = PUNYCODE + label.encode("punycode", "replace").decode("ascii")
    return quote(label, safe="%", errors="surrogatepass").lower()


def _unicode_label(label: str) -> str:
    if not label.startswith(PUNYCODE) or len(label) > LONGEST_LABEL:
        return label
    try:
        decoded = label.removeprefix(PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    # Another spelling of the same letters would let one host look like another.
    folded = unicodedata.normalize("NFKC", decoded).lower()
    return decoded if _ascii_label(folded) == label else label


def _path(path: str) -> str:
    path = _escaped(path, _IN_PATH, _SAME_IN_PATH)
    if "/." not in path:
        return path.rstrip("/") or "/"
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    return "/" + "/".join(segments).rstrip("/")


def _piece(piece: str) -> str:
    name, equals, value = piece.partition("=")
    return (
        _escaped(name, _IN_NAME, _SAME_IN_QUERY)
        + equals
        + _escaped(value, _IN_VALUE, _SAME_IN_QUERY).replace("%3D", "=")
    )


def _escaped(text: str, found: re.Pattern[str], same: re.Pattern[str]) -> str:
    """Return a part with every escape that it needs and no other."""
    return found.sub(lambda match: _escape(match[0], same), text)


def _escape(found: str, same: re.Pattern[str]) -> str:
    if len(found) == 1:
        return quote(found, safe="", errors="surrogatepass")
    character = chr(int(found[1:], 16))
    return character if same.fullmatch(character) else found.upper()


def words(text: str) -> frozenset[str]:
    """Return the words of a text: how long sets of constants are written, easy to read and sort."""
    return frozenset(text.split())
