"""A channel's public preview page, t.me/s/<channel>, saved as HTML; about twenty posts a page."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Left, Skip, in_batches
from seeds.formats.html_text import read_html, words
from seeds.formats.preview_post import figure, is_whole, name_in, post_id, read_post
from storage import NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from seeds.formats.batches import Batch, Item

POST: Final = ".tgme_widget_message[data-post]"
CHANNEL: Final = ".tgme_channel_info, .tgme_channel_history"
"""What a page with posts has, even if there are none."""
INVITATION: Final = ".tgme_page"
"""What t.me/<channel> has, or t.me/s/<channel> where a channel allows no preview."""

UNNAMED: Final = "Telegram"
"""A channel of which the page has lost the name."""
PADDING: Final = b"=="
"""What base64 in URLs leaves out; more than needed does no harm."""

LARGEST_ID: Final = 2**52
"""Telegram's ids of channels stay below."""

_TITLE: Final = ".tgme_channel_info_header_title, .tgme_header_title"
_BEFORE: Final = re.compile(r"(?:.*[?&]before=)?([1-9]\d{0,9})(?:&.*)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """The posts of a page, and the message before which the page of the older ones ends, if any."""

    batches: tuple[Batch, ...]
    before: int | None

    @property
    def posts(self) -> tuple[NewPost, ...]:
        """All posts of the page."""
        return tuple(post for batch in self.batches for post in batch.posts)

    @property
    def skipped(self) -> Counter[Skip]:
        """How many messages of the page are no posts, and why."""
        return sum((batch.skipped for batch in self.batches), Counter())


def knows(page: LexborHTMLParser) -> bool:
    """Tell whether a page is a channel's preview, or the invitation that stands in its place."""
    return any(page.css_first(selector) is not None for selector in (POST, CHANNEL, INVITATION))


def read(page: LexborHTMLParser, document: str) -> PreviewPage:
    """Return what a page holds. Raises DocumentError if it is one without posts."""
    posts = page.css(POST)
    if not posts:
        invites = page.css_first(CHANNEL) is None
        problem = Problem.NO_PREVIEW if invites else Problem.NO_POSTS
        raise DocumentError(document, None, problem)
    batches = in_batches(_source(page, posts), _items(posts))
    return PreviewPage(batches=tuple(batches), before=_before(page))


def _items(posts: Sequence[LexborNode]) -> Iterator[Item]:
    """Read posts; the last one stays out where the page was cut off in it."""
    near = None
    for number, node in enumerate(posts):
        known = post_id(node)
        cut_off = number == len(posts) - 1 and not is_whole(node) and any(map(is_whole, posts))
        yield Left(Skip.DAMAGED, near) if cut_off else read_post(node, near)
        near = known[1] if known else near


def _before(page: LexborHTMLParser) -> int | None:
    more = page.css_first("a.tme_messages_more[data-before]")
    link = page.css_first("link[rel=prev][href]")
    told = "" if more is None else more.attributes["data-before"]
    told = told or ("" if link is None else link.attributes["href"])
    found = _BEFORE.fullmatch(told or "")
    return None if found is None else int(found[1])


def _source(page: LexborHTMLParser, posts: Sequence[LexborNode]) -> Source:
    username = next((known[0] for known in map(post_id, posts) if known), None)
    title = page.css_first(_TITLE) or posts[0].css_first(".tgme_widget_message_owner_name")
    about = read_html(page.css_first(".tgme_channel_info_description")).text
    figures = _figures(page)
    return Source(
        title=name_in(title) or username or UNNAMED,
        username=username,
        channel_id=_channel_id(page),
        about=about or None,
        subscribers=figures.get("subscriber", figures.get("member")),
        photos=figures.get("photo"),
        videos=figures.get("video"),
        files=figures.get("file"),
        links=figures.get("link"),
    )


def _channel_id(page: LexborHTMLParser) -> int | None:
    """Return the channel's bare id, which pages hold as part of what counts a post's views."""
    seen = page.css_first(f"{POST}[data-view]")
    packed = b"" if seen is None else (seen.attributes["data-view"] or "").encode()
    try:
        told = abs(int(json.loads(base64.urlsafe_b64decode(packed + PADDING))["c"]))
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None
    return told if 0 < told < LARGEST_ID else None


def _figures(page: LexborHTMLParser) -> Mapping[str, int]:
    """Return the channel's figures by what they count, in the singular."""
    return {
        words(node.css_first(".counter_type")).removesuffix("s"): figure(
            words(node.css_first(".counter_value"))
        )
        for node in page.css(".tgme_channel_info_counter")
    }
