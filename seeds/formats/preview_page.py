"""A channel's public preview page, t.me/s/<channel>, saved as HTML; about twenty posts a page."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Batch, Skip, in_batches
from seeds.formats.composing import preview
from seeds.formats.header import count
from seeds.formats.html_text import read_html, words
from seeds.formats.rich_text import RichText
from storage import Card, Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from seeds.formats.batches import Item

POST: Final = ".tgme_widget_message[data-post]"
CHANNEL: Final = ".tgme_channel_info, .tgme_channel_history"
"""What a page with posts has, even if there are none."""
INVITATION: Final = ".tgme_page"
"""What t.me/<channel> has, or t.me/s/<channel> where a channel allows no preview."""

PADDING: Final = b"=="
"""What base64 in URLs leaves out; more than needed does no harm."""

_TEXT: Final = ".tgme_widget_message_text.js-message_text"
_UNSUPPORTED: Final = ".message_media_not_supported"
_TITLE: Final = ".tgme_channel_info_header_title, .tgme_header_title"
_POLL: Final = ".tgme_widget_message_poll"
_PREVIEW: Final = ".tgme_widget_message_link_preview[href]"
_FIGURE: Final = re.compile(r"(?P<count>\d[\d ,.\u00a0]*)(?P<unit>[KM]?)$")
_KINDS: Final = {
    ".tgme_widget_message_photo_wrap": MediaKind.PHOTO,
    ".tgme_widget_message_video_player": MediaKind.VIDEO,
    ".tgme_widget_message_roundvideo_player": MediaKind.ROUND_VIDEO,
    ".tgme_widget_message_voice_player": MediaKind.VOICE,
    ".tgme_widget_message_sticker_wrap": MediaKind.STICKER,
    ".tgme_widget_message_document_wrap": MediaKind.DOCUMENT,
    _POLL: MediaKind.POLL,
}
_NAMES: Final = ".tgme_widget_message_document_title"
_IN_ALBUM: Final = re.compile(r"/(\d+)\?single$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """The posts of a page, and the message before which the page of the older ones ends, if any."""

    batch: Batch
    before: int | None


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
    items = [_read_post(node) for node in posts]
    batch = next(in_batches(_source(page, posts[0]), items, size=len(items)))
    return PreviewPage(batch=batch, before=_before(page))


def _before(page: LexborHTMLParser) -> int | None:
    more = page.css_first("a.tme_messages_more[data-before]")
    if more is not None:
        return int(more.attributes["data-before"] or 0) or None
    link = page.css_first("link[rel=prev][href]")
    found = None if link is None else re.search(r"before=(\d+)", link.attributes["href"] or "")
    return None if found is None else int(found[1])


def _source(page: LexborHTMLParser, post: LexborNode) -> Source:
    username = (post.attributes.get("data-post") or "").partition("/")[0]
    title = page.css_first(_TITLE) or post.css_first(".tgme_widget_message_owner_name")
    about = read_html(page.css_first(".tgme_channel_info_description")).text
    figures = _figures(page)
    return Source(
        title=words(title) or username,
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
        return abs(int(json.loads(base64.urlsafe_b64decode(packed + PADDING))["c"]))
    except (ValueError, TypeError, LookupError):
        return None


def _figures(page: LexborHTMLParser) -> Mapping[str, int]:
    """Return the channel's figures by what they count, in the singular."""
    return {
        words(node.css_first(".counter_type")).removesuffix("s"): _figure(
            words(node.css_first(".counter_value"))
        )
        for node in page.css(".tgme_channel_info_counter")
    }


def _figure(shown: str) -> int:
    """Return the number at the end of what is shown, rounded as pages round it; 0 if none is."""
    found = _FIGURE.search(shown)
    return 0 if found is None else count(found["count"], found["unit"])


def _read_post(node: LexborNode) -> Item:
    if "service_message" in (node.attributes.get("class") or "").split():
        return Skip.SERVICE
    media = _media(node)
    said = _said(node)
    if not said.text and media is None and node.css_first(_UNSUPPORTED) is not None:
        return Skip.UNSUPPORTED
    message_id = int((node.attributes["data-post"] or "").rpartition("/")[2])
    date = _date(node)
    forward = node.css_first(".tgme_widget_message_forwarded_from_name")
    views = words(node.css_first(".tgme_widget_message_views"))
    return NewPost(
        text=said.text,
        message_id=message_id,
        album=_album(node, message_id),
        date=date,
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=words(forward) or None,
        reply_to=_answered(node),
        reply_snippet=words(node.css_first(".js-message_reply_text")) or None,
        reactions=sum(_figure(words(reaction)) for reaction in node.css(".tgme_reaction")),
        views=_figure(views) if views else None,
        entities=said.entities,
        cards=_cards(node),
        media=media,
    )


def _date(node: LexborNode) -> datetime | None:
    """Return the date, which is the last time of a post: a video's length is one as well."""
    times = node.css("time[datetime]")
    if not times:
        return None
    return datetime.fromisoformat(times[-1].attributes["datetime"] or "").astimezone(UTC)


def _said(node: LexborNode) -> RichText:
    """Return a post's text; what is answered has the class of a text too."""
    texts = [text for text in node.css(_TEXT) if not text.css_matches(".js-message_reply_text")]
    return read_html(texts[0]) if texts else RichText(_poll(node))


def _cards(node: LexborNode) -> tuple[Card, ...]:
    """Return the page whose preview is shown with the post, if any."""
    shown = node.css_first(_PREVIEW)
    card = None if shown is None else preview(shown.attributes["href"] or "")
    return () if card is None else (card,)


def _poll(node: LexborNode) -> str:
    question = words(node.css_first(f"{_POLL}_question"))
    options = node.css(f"{_POLL}_option_text")
    return "\n".join((question, *(f"- {words(option)}" for option in options))).strip()


def _album(node: LexborNode, message_id: int) -> tuple[int, ...]:
    """Return the album's other messages, which its photos link to."""
    links = (link.attributes.get("href") or "" for link in node.css("a.grouped_media_wrap"))
    found = (_IN_ALBUM.search(link) for link in links)
    return tuple(
        dict.fromkeys(int(match[1]) for match in found if match and int(match[1]) != message_id)
    )


def _answered(node: LexborNode) -> int | None:
    """Return the message that is answered, if it is one of the same channel."""
    reply = node.css_first("a.tgme_widget_message_reply[href]")
    if reply is None:
        return None
    channel = (node.attributes["data-post"] or "").partition("/")[0]
    found = re.search(r"t\.me/(\w+)/(\d+)", reply.attributes["href"] or "")
    return int(found[2]) if found and found[1].casefold() == channel.casefold() else None


def _media(node: LexborNode) -> Media | None:
    for selector, kind in _KINDS.items():
        if node.css_first(selector) is not None:
            return Media(kind=kind, names=tuple(map(words, node.css(_NAMES))))
    return None
