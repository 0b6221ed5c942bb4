"""Telegram Desktop's HTML export: messages.html, messages2.html … each a page of one chat.

Its elements are those that `export/output/export_output_html.cpp` of Telegram Desktop writes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats import composing
from seeds.formats.albums import joined
from seeds.formats.batches import Left, Skip, in_batches, left_out
from seeds.formats.composing import with_words
from seeds.formats.desktop_chats_html import is_of_account
from seeds.formats.desktop_media_html import media_of, said_by
from seeds.formats.desktop_pages import DEFAULT, classes_of
from seeds.formats.html_text import read_html, words
from seeds.formats.order import in_order
from seeds.formats.reactions import reacted
from storage import Card, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from seeds.formats.batches import Batch, Item
    from seeds.formats.chats import Chat
    from seeds.formats.desktop_pages import ExportPage

_ANSWERED: Final = re.compile(r"#go_to_message(-?\d{1,15})$")
_ID: Final = re.compile(r"message(-?\d{1,15})", re.ASCII)
_DATE: Final = re.compile(
    r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?: UTC(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?",
    re.ASCII,
)
"""Newer pages add the zone, as in `24.10.2023 18:41:23 UTC+09:00`."""
_VIA: Final = re.compile(r" via @\w+$")
_NOBODY: Final = "Deleted Account"
"""How the exporter calls who has no name."""
_UNSUPPORTED: Final = "This message is not supported by this version of Telegram Desktop"
_HIDDEN_ADDRESS: Final = re.compile(r"Data: (\S+) \|.*\bType: (?:auth|web_view|simple_web_view)\b")
"""Where a button says its address that does not link to it."""


def read(page: ExportPage, document: str, chat: Chat, *, private: bool = False) -> Iterator[Batch]:
    """Return the posts of a page of a chat. Raises DocumentError, batches having come.

    A chat that is not known to be a channel or a public group comes in with `private` alone; else
    it is skipped in the export of an account, and refused where it is the only one.
    """
    title, among_others = page.title, is_of_account(page)
    if not title:
        raise DocumentError(document, None, Problem.CUT_OFF if page.is_cut_off else Problem.BROKEN)
    source = Source(title=title)
    if private or chat.is_open:
        for batch in in_batches(source, in_order(joined(_items(page)))):
            yield replace(batch, chat=chat, among_others=among_others)
    elif among_others:
        messages = sum(DEFAULT in classes_of(message) for message in page.messages)
        yield left_out(source, chat, messages)
    else:
        raise DocumentError(document, None, Problem.NOT_A_CHANNEL)
    if page.is_cut_off:
        raise DocumentError(document, None, Problem.CUT_OFF)


def _items(page: ExportPage) -> Iterator[Item]:
    """Return what each message is; of one that is no post, after which message it stands."""
    forwarded_from = near = None
    for node in page.messages:
        body = node.css_first("div.forwarded.body")
        if body is None:
            forwarded_from = None
        elif name := body.css_first("div.from_name"):
            forwarded_from = _name(name)  # the messages that follow are forwarded from there too
        item = _read_message(node, body or node, forwarded_from)
        if isinstance(item, Skip):
            yield Left(item, near)
        else:
            near = item.message_id
            yield item
    if page.lost:
        yield Left(Skip.DAMAGED, near)


def _name(name: LexborNode) -> str | None:
    """Return whose name is shown, without when and by which bot."""
    date = words(name.css_first("span.details"))
    shown = _VIA.sub("", words(name).removesuffix(date).strip())
    return None if shown in {"", _NOBODY} else shown


def _read_message(node: LexborNode, body: LexborNode, forwarded_from: str | None) -> NewPost | Skip:
    classes = classes_of(node)
    if "service" in classes:
        told = words(node.css_first("div.body"))
        return Skip.UNSUPPORTED if told.startswith(_UNSUPPORTED) else Skip.SERVICE
    number = _ID.fullmatch(node.attributes.get("id") or "")
    if number is None:
        return Skip.DAMAGED
    if node.child is None:
        return Skip.EMPTY
    date, zone = _date(node)
    said = said_by(body)
    reactions = [*map(_reaction, node.css("span.reaction"))]
    text = with_words(read_html(body.css_first("div.text")), said)
    return NewPost(
        text=text.text,
        message_id=int(number[1]),
        date=date,
        date_is_local=zone is None,
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=forwarded_from,
        reply_to=_answered(body),
        reactions=sum(count for _, count in reactions),
        reacted=reacted(reactions),
        entities=text.entities,
        cards=said.cards + tuple(_buttons(body)),
        media=media_of(body),
    )


def _date(node: LexborNode) -> tuple[datetime | None, timezone | None]:
    """Return the date, and its zone where the page tells it.

    Otherwise it is that of the exporting computer's clock, taken for this computer's.
    """
    shown = node.css_first("div.date.details[title]")
    found = _DATE.match("" if shown is None else shown.attributes.get("title") or "")
    if found is None:
        return None, None
    day, month, year, hour, minute, second = map(int, found.groups()[:6])
    zone = None
    try:
        zone = _zone(found)
        moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        return moment.astimezone(UTC), zone
    except (ValueError, OverflowError):
        return None, zone


def _zone(date: re.Match[str]) -> timezone | None:
    if not date["sign"]:
        return None
    away = timedelta(hours=int(date["hours"]), minutes=int(date["minutes"]))
    return timezone(-away if date["sign"] == "-" else away)


def _answered(body: LexborNode) -> int | None:
    link = body.css_first("div.reply_to a[href]")
    found = None if link is None else _ANSWERED.search(link.attributes.get("href") or "")
    return None if found is None else int(found[1])


def _reaction(reaction: LexborNode) -> tuple[str, int]:
    return words(reaction.css_first("span.emoji")), _count(reaction)


def _count(reaction: LexborNode) -> int:
    """Return how often a reaction was given: where users are named, no number may stand."""
    shown = words(reaction.css_first("span.count"))
    if shown.isdecimal() and len(shown) < len(str(2**31)):
        return int(shown)
    return len(reaction.css(".userpics .userpic")) or 1


def _buttons(body: LexborNode) -> Iterator[Card]:
    for link in body.css(".bot_button a"):
        hidden = _HIDDEN_ADDRESS.search(link.attributes.get("onclick") or "")
        url = hidden[1] if hidden else link.attributes.get("href") or ""
        card = composing.button(words(link), url)
        if card is not None:
            yield card
