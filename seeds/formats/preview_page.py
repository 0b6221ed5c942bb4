"""A channel's public preview page, t.me/s/<channel>, saved as HTML; about twenty posts a page."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats import composing
from seeds.formats.batches import LAST_MESSAGE, Left, Skip, in_batches
from seeds.formats.composing import NOBODY, PAID, Composed, reacted
from seeds.formats.html_text import read_html, words
from seeds.formats.marks import count
from seeds.formats.preview_parts import POST
from storage import Card, Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from seeds.formats.batches import Batch, Item
    from seeds.formats.preview_parts import SavedPage
    from seeds.formats.rich_text import RichText

CHANNEL: Final = (
    ".tgme_channel_info, .tgme_channel_history, .tgme_widget_message_error, .tgme_post_discussion"
)
"""What a page with posts has, even if there are none; that of a post that is gone, of comments."""
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


def knows(page: SavedPage) -> bool:
    """Tell whether a page is a channel's preview, or the invitation that stands in its place."""
    marks = (CHANNEL, INVITATION)
    return bool(page.posts) or any(page.whole.css_first(mark) is not None for mark in marks)


def read(page: SavedPage, document: str) -> PreviewPage:
    """Return what a page holds. Raises DocumentError if it is one without posts."""
    if not page.posts:
        invites = page.whole.css_first(CHANNEL) is None
        problem = Problem.NO_PREVIEW if invites else Problem.NO_POSTS
        raise DocumentError(document, None, problem)
    batches = in_batches(_source(page.whole, page.posts), _items(page))
    return PreviewPage(batches=tuple(batches), before=_before(page.whole))


def _items(page: SavedPage) -> Iterator[Item]:
    """Read posts; the last one of a page that is cut off stays out if it lacks others' foot."""
    near = None
    last = len(page.posts) - 1 if page.is_cut_off and any(map(is_whole, page.posts)) else None
    for number, node in enumerate(page.posts):
        known = post_id(node)
        broken = number == last and not is_whole(node)
        yield Left(Skip.DAMAGED, near) if broken else read_post(node, near)
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


_PART: Final = ".tgme_widget_message_"
_TEXT: Final = f"{_PART}text.js-message_text"
_UNSUPPORTED: Final = ".message_media_not_supported"
_POLL: Final = f"{_PART}poll"
_DOCUMENT: Final = f"{_PART}document_wrap"
_SONG: Final = f"{_PART}document_icon.audio"
_INVOICE: Final = f"{_PART}invoice"
"""Of which pages do not tell the price."""
_VIDEO: Final = f"{_PART}video_player"
_PLAYED_AT_ONCE: Final = f"{_VIDEO} video"
_PLAYED_WHEN_ASKED: Final = ".message_video_play, .message_video_duration"
"""What lies over a video; an animation has neither."""
_KINDS: Final = {
    f"{_PART}photo_wrap": MediaKind.PHOTO,
    _VIDEO: MediaKind.VIDEO,
    f"{_PART}roundvideo_player": MediaKind.ROUND_VIDEO,
    f"{_PART}voice_player": MediaKind.VOICE,
    f"{_PART}sticker_wrap": MediaKind.STICKER,
    _SONG: MediaKind.AUDIO,
    _DOCUMENT: MediaKind.DOCUMENT,
    _POLL: MediaKind.POLL,
}
_IN_ALBUM: Final = f"a.grouped_media_wrap, a{_DOCUMENT}, {_PART}grouped_wrap a"
_PICTURE: Final = (
    f"{_PART}photo_wrap, {_PART}video_thumb, .link_preview_image, .link_preview_right_image"
)
_BACKGROUND: Final = re.compile(
    r"background-image:\s*url\(\s*['\"]?(?P<url>https://[!-&(-~]{1,500}?)['\"]?\s*\)"
)
_POST: Final = re.compile(r"(?P<channel>\w+)/(?P<id>[1-9]\d{0,9})", re.ASCII)
_SINGLE: Final = re.compile(r"/([1-9]\d{0,9})\?single$", re.ASCII)
_ANSWERED: Final = re.compile(r"t\.me/(\w+)/([1-9]\d{0,9})(?!\d)", re.ASCII)
_FIGURE: Final = re.compile(
    r"(?P<count>\d[\d ,\u00a0]{0,14}(?:\.\d{1,3})?)(?P<unit>[KM]?)$", re.ASCII
)
_MAPPED: Final = re.compile(r"[?&](?:q|ll)=(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
_NO_PERFORMER: Final = re.compile(r"\d{1,2}(?::\d\d){1,2}|\d[\d.,]*\s?[KMG]?B|", re.ASCII)
"""A length or a size, which stands where a song's performer is not known."""


def post_id(node: LexborNode) -> tuple[str, int] | None:
    """Return the channel and the message that an element says it is."""
    found = _POST.fullmatch(node.attributes.get("data-post") or "")
    if found is None or int(found["id"]) > LAST_MESSAGE:
        return None
    return found["channel"], int(found["id"])


def is_whole(node: LexborNode) -> bool:
    """Tell whether an element has its foot: a page that was cut off ends before it."""
    return node.css_first("time[datetime]") is not None


def read_post(node: LexborNode, near: int | None) -> Item:
    """Return the post that an element is, its text perhaps empty, or why it is none.

    `near` is the message before, by which one without an id is told of.
    """
    if "service_message" in (node.attributes.get("class") or "").split():
        return Skip.SERVICE
    known = post_id(node)
    if known is None:
        return Left(Skip.DAMAGED, near)
    if node.child is None:
        return Skip.EMPTY
    channel, message_id = known
    media, other = _media(node), _other(node)
    said = composing.with_words(_said(node), other)
    if not said and media is None and node.css_first(_UNSUPPORTED) is not None:
        return Left(Skip.UNSUPPORTED, message_id)
    date = _date(node)
    views = words(node.css_first(f"{_PART}views"))
    reactions = [*map(_reaction, node.css(".tgme_reaction"))]
    return NewPost(
        text=said.text,
        message_id=message_id,
        album=_album(node, message_id),
        date=date,
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=_forwarded(node),
        reply_to=_answered(node, channel),
        reply_snippet=words(node.css_first(".js-message_reply_text")) or None,
        reactions=sum(count for _, count in reactions),
        reacted=reacted(reactions),
        views=figure(views) if views else None,
        entities=said.entities,
        hidden_urls=said.hidden_urls,
        cards=(*other.cards, *_previews(node), *_buttons(node)),
        media=media,
        thumbnail=_thumbnail(node),
        is_partial=node.css_first(_INVOICE) is not None,
    )


def figure(shown: str) -> int:
    """Return the number at the end of what is shown, rounded as pages round it; 0 if none is."""
    found = _FIGURE.search(shown)
    return 0 if found is None else count(found["count"], found["unit"])


def _reaction(node: LexborNode) -> tuple[str, int]:
    """Return the emoji of a reaction, if it is known, and how many reacted with it."""
    is_paid = "tgme_reaction_paid" in (node.attributes.get("class") or "").split()
    emoji = words(node.css_first(".emoji, tg-emoji"))
    return PAID if is_paid else emoji, figure(words(node))


def _thumbnail(node: LexborNode) -> str | None:
    """Return the address of the first picture that a post shows, if it shows any."""
    for shown in node.css(_PICTURE):
        found = _BACKGROUND.search(shown.attributes.get("style") or "")
        if found is not None:
            return found["url"]
    return None


def name_in(node: LexborNode | None) -> str:
    """Return a name without the mark of a verified channel."""
    mark = None if node is None else node.css_first(".verified-icon")
    return words(node).removesuffix(words(mark)).strip()


def _forwarded(node: LexborNode) -> str | None:
    name = name_in(node.css_first(f"{_PART}forwarded_from_name"))
    return None if name in NOBODY else name


def _date(node: LexborNode) -> datetime | None:
    """Return the date, which is the last time of a post: a video's length is one as well."""
    times = node.css("time[datetime]")
    told = times[-1].attributes["datetime"] or "" if times else ""
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _said(node: LexborNode) -> RichText:
    """Return a post's text, not that of the message it answers, which has the same class."""
    texts = (text for text in node.css(_TEXT) if not text.css_matches(".js-message_reply_text"))
    return read_html(next(texts, None))


def _other(node: LexborNode) -> Composed:
    """Return what a post says that is neither its text nor a file."""
    if poll := node.css_first(_POLL):
        options = poll.css(f"{_POLL}_option_text")
        return composing.poll(
            read_html(poll.css_first(f"{_POLL}_question")), map(read_html, options)
        )
    if place := node.css_first(f"{_PART}location_wrap"):
        return _place(place)
    if node.css_first(f"{_PART}contact_name"):
        name, phone = _texts(node, "contact_name", "contact_phone")
        return composing.contact(name, "", phone)
    if game := node.css_first(f"{_PART}game"):
        return composing.game(*_texts(game, "game_title", "game_description"))
    if invoice := node.css_first(_INVOICE):
        return composing.invoice(*_texts(invoice, "invoice_title", "invoice_description"))
    return Composed()


def _texts(node: LexborNode, first: str, second: str) -> tuple[str, str]:
    return words(node.css_first(_PART + first)), words(node.css_first(_PART + second))


def _place(node: LexborNode) -> Composed:
    found = _MAPPED.search(node.attributes.get("href") or "")
    at = None if found is None else (float(found[1]), float(found[2]))
    title, address = _texts(node, "location_title", "location_address")
    if title or address:
        return composing.venue(title, address, *(at or ()))
    return Composed() if at is None else composing.place(*at)


def _previews(node: LexborNode) -> tuple[Card, ...]:
    """Return the page whose preview is shown with the post, if any."""
    return tuple(
        card
        for shown in node.css(f"{_PART}link_preview[href]")
        if (
            card := composing.preview(
                shown.attributes["href"] or "",
                words(shown.css_first(".link_preview_title")),
                words(shown.css_first(".link_preview_site_name")),
                read_html(shown.css_first(".link_preview_description")).text,
            )
        )
    )


def _buttons(node: LexborNode) -> tuple[Card, ...]:
    """Return the buttons that lead somewhere; those that do something in Telegram open the post."""
    own = f"/{node.attributes.get('data-post')}"
    urls = (
        (shown, shown.attributes["href"] or "")
        for shown in node.css(f"a{_PART}inline_button[href]")
    )
    cards = (composing.button(words(shown), url) for shown, url in urls if not url.endswith(own))
    return tuple(filter(None, cards))


def _album(node: LexborNode, message_id: int) -> tuple[int, ...]:
    """Return the album's other messages, which its photos and files link to."""
    links = (link.attributes.get("href") or "" for link in node.css(_IN_ALBUM))
    found = (int(match[1]) for match in map(_SINGLE.search, links) if match)
    return tuple(dict.fromkeys(id_ for id_ in found if message_id != id_ <= LAST_MESSAGE))


def _answered(node: LexborNode, channel: str) -> int | None:
    """Return the message that is answered, if it is one of the same channel."""
    reply = node.css_first(f"a{_PART}reply[href]")
    found = None if reply is None else _ANSWERED.search(reply.attributes["href"] or "")
    if found is None or found[1].casefold() != channel.casefold():
        return None
    return int(found[2])


def _media(node: LexborNode) -> Media | None:
    for selector, kind in _KINDS.items():
        if node.css_first(selector) is not None:
            names = map(_file_name, node.css(_DOCUMENT))
            is_animation = kind is MediaKind.VIDEO and _is_animation(node)
            shown = MediaKind.ANIMATION if is_animation else kind
            return Media(kind=shown, names=tuple(filter(None, names)))
    return None


def _is_animation(node: LexborNode) -> bool:
    plays = node.css_first(_PLAYED_AT_ONCE) is not None
    return plays and node.css_first(_PLAYED_WHEN_ASKED) is None


def _file_name(node: LexborNode) -> str:
    """Return what a file is called: a song by who plays it as well."""
    title, extra = _texts(node, "document_title", "document_extra")
    if node.css_first(_SONG) is None:
        return title
    performer = "" if _NO_PERFORMER.fullmatch(extra) else extra
    return composing.audio_name(performer, title, None)
