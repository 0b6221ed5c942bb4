"""Links in texts: found as a reader finds them, and known again however they are written."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.models import EntityKind, Link, Span
from storage.urls.canonical import canonical_parts, canonical_url, host_of, kind_of
from storage.urls.endings import (
    CJK,
    LONGEST_HOST,
    LONGEST_URL,
    PLAIN,
    RUN,
    authority_length,
    is_likely,
    is_sure,
    path_length,
)
from storage.urls.parts import is_cut, is_web, unicode_host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Entity

__all__ = [
    "canonical_url",
    "host_of",
    "link_spans",
    "link_to",
    "marked_links",
    "placed_links",
]

_IN_NAMES = string.ascii_letters + string.digits + ".-"
_NAME = re.compile(r"[A-Za-z0-9.-]+")
# One of these is in every URL: behind its scheme, or inside its host.
_SIGN = re.compile(r"[:.](?:(?<=:)//|(?<=[A-Za-z0-9-]\.)[A-Za-z0-9-])")
_CJK = re.compile(f"[{CJK}]")
_LABEL = re.compile(r"\[[^\[\]\n]*(?=\]\()")
# Before a name: part of an address, a path, a variable, a mention. Behind it: the same.
_NOT_BEFORE = frozenset("@/\\_#$&=%~+")
_NOT_BEHIND = frozenset("@\\_=")
_AFTER_HOST = frozenset(("", ":", "/", "?", "#"))
_LINKS = frozenset((EntityKind.URL, EntityKind.TEXT_LINK))
_OPAQUE = _LINKS | {EntityKind.CODE, EntityKind.PRE}


def marked_links(text: str, entities: Sequence[Entity]) -> list[tuple[Span, Link]]:
    """Return every link of a text in which Telegram has marked them, with where it stands.

    What looks like an address but is not marked is none, unless it says so with its scheme; code
    has no links.
    """
    marked = [
        (Span(entity.offset, entity.end), link_to(entity.url or text[entity.offset : entity.end]))
        for entity in entities
        if entity.kind in _LINKS
    ]
    taken = [Span(entity.offset, entity.end) for entity in entities if entity.kind in _OPAQUE]
    unmarked = (
        (span, link_to(text[span.start : span.end]))
        for span in link_spans(text)
        if "://" in text[span.start : span.end]
        and not any(_overlap(span, other) for other in taken)
    )
    found = (
        (span, link) for span, link in (*marked, *unmarked) if link.host or not is_web(link.url)
    )
    return sorted(found, key=itemgetter(0))


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def placed_links(text: str) -> list[tuple[Span, Link]]:
    """Return every link of a text, with where it stands."""
    return [(span, link_to(text[span.start : span.end])) for span in link_spans(text)]


# A post that comes in has its links asked for three times: to store them, to read its hashtags and
# its topics outside of them. To hand them from one to the next would take a parameter of each.
@lru_cache(maxsize=64)
def link_spans(text: str) -> tuple[Span, ...]:
    """Return where the URLs of a text stand; of a Markdown link, only its target."""
    spans: list[Span] = []
    position = 0
    while name := _next_name(text, position):
        span = _with_scheme(text, name) or _without_scheme(text, name)
        position = span.end if span else name.end()
        if span and span.end - span.start <= LONGEST_URL:
            spans.append(span)
    return _without_labels(text, spans) if spans else ()


def _next_name(text: str, position: int) -> re.Match[str] | None:
    """Return the next name that a URL may begin with: most names of a text are plain words."""
    while sign := _SIGN.search(text, position):
        before = text[position : sign.start()].rstrip(_IN_NAMES)
        if name := _NAME.match(text, position + len(before)):
            return name
        position = sign.end()
    return None


def _with_scheme(text: str, name: re.Match[str]) -> Span | None:
    """Return the URL whose scheme ends with this name, whatever is glued before it."""
    if not text.startswith("://", name.end()):
        return None
    word = name[0].lower()
    scheme = next((scheme for scheme in ("https", "http") if word.endswith(scheme)), "")
    start = name.end() - len(scheme)
    end = _end(text, start, name.end() + len("://")) if scheme else start
    return Span(start, end) if end > start else None


def _without_scheme(text: str, name: re.Match[str]) -> Span | None:
    """Return the URL that begins with this name, if it surely is one."""
    host = name[0].strip(".-")
    if len(host) > LONGEST_HOST or not is_likely(host) or not _may_begin(text, name.start()):
        return None
    start = name.start() + name[0].index(host)
    behind = start + len(host)
    end = _end(text, start, start)
    path = text[behind:end]
    if end < behind or path[:1] not in _AFTER_HOST or not is_sure(host, path):
        return None
    return Span(start, end) if path or not _goes_on(text, behind) else None


def _end(text: str, start: int, host: int) -> int:
    """Return where the URL ends that begins at `start`; `start` itself if no URL begins there."""
    if plain := PLAIN.match(text, host):
        return plain.end()
    run = RUN.match(text, host)
    length = authority_length(run[0]) if run else 0
    if not run or not length:
        return start
    if run[0].startswith(("/", "?", "#"), length):
        length += path_length(run[0], length, in_brackets=text[max(0, start - 2) : start] == "](")
    return host + length


def _may_begin(text: str, at: int) -> bool:
    """Whether a host may begin here: not inside an address, a path or a word."""
    before = text[at - 1 : at]
    return before not in _NOT_BEFORE and (not before.isalnum() or _CJK.match(before) is not None)


def _goes_on(text: str, at: int) -> bool:
    """Whether what looks like a host is only the beginning of an address, a call or a word."""
    behind, then = text[at : at + 1], text[at + 1 : at + 2]
    if behind == "(":
        return not _CJK.match(then)
    return behind in _NOT_BEHIND or (behind.isalnum() and not _CJK.match(behind))


def _without_labels(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Drop the URLs inside the [text] of a Markdown link, which its target stands for."""
    labels = {label.end(): label.start() for label in _LABEL.finditer(text)}
    kept: list[Span] = []
    for span in spans:
        label = labels.get(span.start - len("]("), span.start)
        while kept and kept[-1].start >= label:
            kept.pop()
        kept.append(span)
    return tuple(kept)


def link_to(raw: str) -> Link:
    """Return an address as a link: as written, canonical, and of which kind."""
    parts = canonical_parts(raw)
    if parts is None:  # no web address
        return Link(url=raw.strip(), raw=raw, host="", truncated=is_cut(raw.strip()))
    url, host = str(parts), unicode_host(parts.host)
    return Link(url=url, raw=raw, host=host, kind=kind_of(parts), truncated=is_cut(url))
