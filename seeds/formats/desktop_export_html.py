"""Telegram Desktop's HTML export: messages.html, messages2.html … each a page of one chat.

Its elements are those that `export/output/export_output_html.cpp` of Telegram Desktop writes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats.albums import joined
from seeds.formats.batches import Skip, in_batches, left_out
from seeds.formats.desktop_chats_html import is_of_account, title_of
from seeds.formats.html_text import read_html, words
from seeds.formats.rich_text import RichText
from storage import Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from seeds.formats.batches import Batch, Item
    from seeds.formats.chats import Chat

PAGE: Final = "div.page_wrap div.history"
"""What makes a page one of an export."""
DATE_FORMAT: Final = "%d.%m.%Y %H:%M:%S"
"""Newer pages add the zone, as in `24.10.2023 18:41:23 UTC+09:00`."""

_MESSAGES: Final = "div.history > div.message"
_DEFAULT: Final = "div.history > div.message.default"
_ANSWERED: Final = re.compile(r"#go_to_message(\d+)$")
_ID: Final = re.compile(r"message(\d+)")
_KINDS: Final = {
    ".photo_wrap, .media_photo": MediaKind.PHOTO,
    ".sticker_wrap": MediaKind.STICKER,
    ".animated_wrap": MediaKind.ANIMATION,
    ".video_file_wrap, .media_video": MediaKind.VIDEO,
    ".media_audio_file": MediaKind.AUDIO,
    ".media_voice_message": MediaKind.VOICE,
    ".media_file": MediaKind.DOCUMENT,
    ".media_poll": MediaKind.POLL,
}
_NAMED: Final = {MediaKind.AUDIO, MediaKind.DOCUMENT}
"""The others are titled by their kind."""


def knows(page: LexborHTMLParser) -> bool:
    """Tell whether a page is one of such an export."""
    return page.css_first(PAGE) is not None


def read(
    page: LexborHTMLParser, document: str, chat: Chat, *, private: bool = False
) -> Iterator[Batch]:
    """Return the posts of a page of a chat. Raises DocumentError.

    A chat that is not known to be a channel or a public group comes in with `private` alone; else
    it is skipped in the export of an account, and refused where it is the only one.
    """
    title, among_others = title_of(page), is_of_account(page)
    if not title:
        raise DocumentError(document, None, Problem.BROKEN)
    source = Source(title=title)
    if private or chat.is_open:
        for batch in in_batches(source, joined(_items(page))):
            yield replace(batch, chat=chat, among_others=among_others)
    elif among_others:
        yield left_out(source, chat, len(page.css(_DEFAULT)))
    else:
        raise DocumentError(document, None, Problem.NOT_A_CHANNEL)


def _items(page: LexborHTMLParser) -> Iterator[Item]:
    forwarded_from = None
    for node in page.css(_MESSAGES):
        body = node.css_first("div.forwarded.body")
        if body is None:
            forwarded_from = None
        elif name := _sender(body):  # the messages that follow it are forwarded from there too
            forwarded_from = name
        yield _read_message(node, body or node, forwarded_from)


def _sender(body: LexborNode) -> str:
    name = body.css_first("div.from_name")
    if name is None:
        return ""
    date = words(name.css_first("span.details"))
    return words(name).removesuffix(date).strip()


def _read_message(node: LexborNode, body: LexborNode, forwarded_from: str | None) -> Item:
    classes = (node.attributes.get("class") or "").split()
    if "service" in classes:
        return Skip.SERVICE
    number = _ID.fullmatch(node.attributes.get("id") or "")
    if "default" not in classes or number is None:
        return Skip.UNSUPPORTED
    date = _date(node)
    media = _media(body)
    said = _said(body, media)
    return NewPost(
        text=said.text,
        message_id=int(number[1]),
        date=date,
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=forwarded_from,
        reply_to=_answered(body),
        reactions=sum(_count(reaction) for reaction in node.css("span.reaction")),
        entities=said.entities,
        media=media,
    )


def _date(node: LexborNode) -> datetime | None:
    """Return the date; without a zone it is that of the exporting computer's clock."""
    shown = node.css_first("div.date.details[title]")
    title = "" if shown is None else shown.attributes.get("title") or ""
    if not title:
        return None
    moment, _, zone = title.partition(" UTC")
    if zone:
        return datetime.strptime(f"{moment} {zone}", f"{DATE_FORMAT} %z").astimezone(UTC)
    return datetime.strptime(moment, DATE_FORMAT).astimezone(UTC)


def _said(body: LexborNode, media: Media | None) -> RichText:
    text = body.css_first("div.text")
    if text is None and media is not None and media.kind is MediaKind.POLL:
        question, answers = body.css_first(".media_poll .question"), body.css(".media_poll .answer")
        return RichText("\n".join((words(question), *map(words, answers))))
    return read_html(text)


def _answered(body: LexborNode) -> int | None:
    link = body.css_first("div.reply_to a[href]")
    found = None if link is None else _ANSWERED.search(link.attributes.get("href") or "")
    return None if found is None else int(found[1])


def _count(reaction: LexborNode) -> int:
    """Return how often a reaction was given: where users are named, no number may stand."""
    shown = words(reaction.css_first("span.count"))
    return int(shown) if shown.isdecimal() else len(reaction.css(".userpics .userpic")) or 1


def _media(body: LexborNode) -> Media | None:
    for selector, kind in _KINDS.items():
        if body.css_first(selector) is not None:
            name = words(body.css_first(".media .title")) if kind in _NAMED else ""
            return Media(kind=kind, names=(name,) if name else ())
    return None
