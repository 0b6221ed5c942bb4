"""One post of a channel's public preview page, by the classes of its elements."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from seeds.formats import composing
from seeds.formats.batches import Left, Skip
from seeds.formats.composing import Composed
from seeds.formats.header import count
from seeds.formats.html_text import read_html, words
from seeds.formats.reactions import PAID, reacted
from storage import Card, Media, MediaKind, NewPost

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from seeds.formats.batches import Item
    from seeds.formats.rich_text import RichText

LAST_MESSAGE: Final = 2**31 - 1
"""The largest id that Telegram gives."""

_PART: Final = ".tgme_widget_message_"
_TEXT: Final = f"{_PART}text.js-message_text"
_UNSUPPORTED: Final = ".message_media_not_supported"
_POLL: Final = f"{_PART}poll"
_DOCUMENT: Final = f"{_PART}document_wrap"
_SONG: Final = f"{_PART}document_icon.audio"
_KINDS: Final = {
    f"{_PART}photo_wrap": MediaKind.PHOTO,
    f"{_PART}video_player": MediaKind.VIDEO,
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
_NO_PERFORMER: Final = re.compile(r"[\d:.,\s]*(?:[KMG]?B)?", re.ASCII)
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
        forwarded_from=name_in(node.css_first(f"{_PART}forwarded_from_name")) or None,
        reply_to=_answered(node, channel),
        reply_snippet=words(node.css_first(".js-message_reply_text")) or None,
        reactions=sum(count for _, count in reactions),
        reacted=reacted(reactions),
        views=figure(views) if views else None,
        entities=said.entities,
        cards=(*other.cards, *_previews(node), *_buttons(node)),
        media=media,
        thumbnail=_thumbnail(node),
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
    if invoice := node.css_first(f"{_PART}invoice"):
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
    return tuple(
        card
        for shown in node.css(f"a{_PART}inline_button[href]")
        if (card := composing.button(words(shown), shown.attributes["href"] or ""))
    )


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
            return Media(kind=kind, names=tuple(filter(None, names)))
    return None


def _file_name(node: LexborNode) -> str:
    """Return what a file is called: a song by who plays it as well."""
    title, extra = _texts(node, "document_title", "document_extra")
    if node.css_first(_SONG) is None:
        return title
    performer = "" if _NO_PERFORMER.fullmatch(extra) else extra
    return composing.audio_name(performer, title, None)
