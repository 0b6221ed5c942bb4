"""What a post calls its links.

That is the title of a preview, else the words to click on, else the words around, else the post's
title.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storage.models import title_of
from storage.urls import link_spans, link_to, marked_links, placed_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models import Link, NewPost, Span

FEWEST_LETTERS = 8
"""Letters by which a single word tells one link from another: not "Paper", nor "arXiv"."""

_LABEL = re.compile(r"\[([^\[\]\n]*)\]\(\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")
_LIST_MARK = re.compile(r"\A\s*(?:[-*•·>→▪■●]+|\(?\d{1,3}[.)/]|[①-⑳])\s+")
_LETTERS = re.compile(r"[^\W\d_]")
_TWO_WORDS = re.compile(r"[^\W\d_][\W\d_]+[^\W\d_]")
_BEFORE = " \t\u00a0\"'“”‘’)]}>,;:.…|*_#-–—→=·"
_BEHIND = " \t\u00a0\"'“”‘’([{<,;:|*_#-–—→=·"


def links_of(post: NewPost) -> tuple[Link, ...]:
    """Return a post's links, each page once: those of its text in their order, then the others.

    The context of a link hidden behind words that no entity names is the post's title; that of a
    page with a preview is the preview's title.
    """
    text = post.text
    placed = marked_links(text, post.entities) if post.entities else placed_links(text)
    if not (placed or post.hidden_urls or post.cards):
        return ()
    links = _links_of_text(text, placed)
    for url in post.hidden_urls:
        link = link_to(url)
        links.setdefault(link.url, replace(link, context=title_of(text)))
    for card in post.cards:
        link = link_to(card.url)
        context = _phrase(card.title) or title_of(text)
        known = links.get(link.url) or replace(link, context=context)
        preview = "" if card.button else title_of(card.title)
        links[link.url] = replace(known, context=preview or known.context)
    return tuple(links.values())


def _links_of_text(text: str, placed: Sequence[tuple[Span, Link]]) -> dict[str, Link]:
    spans = [span for span, _ in placed]
    links: dict[str, Link] = {}
    contexts: dict[str, str] = {}
    for number, (span, link) in enumerate(placed):
        links.setdefault(link.url, link)
        label = text[span.start : span.end]
        clickable = _phrase(label) if label != link.raw else ""
        contexts[link.url] = contexts.get(link.url) or clickable or _context(text, spans, number)
    return {
        url: replace(link, context=contexts[url] or title_of(text)) for url, link in links.items()
    }


def _context(text: str, spans: Sequence[Span], number: int) -> str:
    """Return what the text says of one of its links; empty if it says nothing."""
    span = spans[number]
    label = _LABEL.search(text, 0, span.start)
    start, end = (label.start(), span.end + 1) if label else (span.start, span.end)
    first, last = text.rfind("\n", 0, start) + 1, _line_end(text, end)
    before = max(first, spans[number - 1].end) if number else first
    behind = min(last, spans[number + 1].start) if number + 1 < len(spans) else last
    if _without_mark(text[first:last]).strip() == text[start:end]:
        return _phrase(label[1] if label else "") or _phrase(_heading(text[:first]))
    return (
        _phrase(label[1] if label else "")
        or _phrase(_SENTENCE_END.split(_without_mark(text[before:start]).rstrip(_BEHIND))[-1])
        or _phrase(_SENTENCE_END.split(text[end:behind].lstrip(_BEFORE))[0])
    )


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _heading(before: str) -> str:
    """Return the line above one or more lines of nothing but a link; not across a blank line."""
    for line in reversed(before.splitlines()):
        links = link_spans(line)
        if not links:
            return _without_mark(line)
        if _without_mark(line).strip() != line[links[0].start : links[0].end]:
            break
    return ""


def _without_mark(line: str) -> str:
    return _LIST_MARK.sub("", line)


def _phrase(words: str) -> str:
    """Return words as a title; nothing unless they say enough."""
    words = words.strip().lstrip(_BEFORE).rstrip(_BEHIND)
    if words.count("(") > words.count(")"):
        words += ")"
    if link_spans(words) or not _says_enough(words):
        return ""
    return title_of(words)


def _says_enough(words: str) -> bool:
    return _TWO_WORDS.search(words) is not None or len(_LETTERS.findall(words)) >= FEWEST_LETTERS
