"""Telegram Desktop's HTML export: messages.html, messages2.html … each a page of one chat.

Its elements are those that `export/output/export_output_html.cpp` of Telegram Desktop writes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats import composing
from seeds.formats.batches import (
    Left,
    Skip,
    in_batches,
    in_order,
    is_message_id,
    joined,
    left_out,
)
from seeds.formats.composing import NOBODY, Composed, reacted, shown_price, with_words
from seeds.formats.desktop_pages import DEFAULT, classes_of, is_of_account
from seeds.formats.html_text import read_html, words
from storage import Card, Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selectolax.lexbor import LexborNode

    from seeds.formats.batches import Batch, Chat, Item
    from seeds.formats.desktop_pages import ExportPage
    from seeds.formats.rich_text import RichText

_ANSWERED: Final = re.compile(r"#go_to_message(-?\d{1,15})$")
_ID: Final = re.compile(r"message(-?\d{1,15})", re.ASCII)
_DATE: Final = re.compile(
    r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?P<zone> UTC(?:(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?)?",
    re.ASCII,
)
"""Newer pages add the zone, as in `24.10.2023 18:41:23 UTC+09:00`."""
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}", re.ASCII)
_VIA: Final = re.compile(r" via @\w+$")
_UNSUPPORTED: Final = "This message is not supported by this version of Telegram Desktop"
_HIDDEN_ADDRESS: Final = re.compile(r"Data: (\S+) \|.*\bType: (?:auth|web_view|simple_web_view)\b")
"""Where a button says its address that does not link to it."""


LAST: Final = 50
"""Messages at the end of a page among which its last album stands with who it is forwarded from."""


def read(
    page: ExportPage,
    document: str,
    chat: Chat,
    *,
    private: bool = False,
    before: ExportPage | None = None,
) -> Iterator[Batch]:
    """Return the posts of a page of a chat. Raises DocumentError, batches having come.

    An album that begins on the page `before` comes with its messages from there. A chat that is
    not known to be a channel or a public group comes in with `private` alone; else it is skipped in
    the export of an account, and refused where it is the only one.
    """
    title, among_others = page.title, is_of_account(page)
    if not title:
        raise DocumentError(document, None, Problem.CUT_OFF if page.is_cut_off else Problem.BROKEN)
    source = Source(title=title)
    if private or chat.is_open:
        for batch in in_batches(source, in_order(_joined(page, before))):
            yield replace(batch, chat=chat, among_others=among_others)
    elif among_others:
        yield left_out(source, chat, sum(map(_is_written, page.messages)))
    else:
        is_empty = not page.is_cut_off and not any(map(_is_written, page.messages))
        raise DocumentError(document, None, Problem.NO_POSTS if is_empty else Problem.NOT_A_CHANNEL)
    if page.is_cut_off:
        raise DocumentError(document, None, Problem.CUT_OFF)


def _joined(page: ExportPage, before: ExportPage | None) -> Iterator[Item]:
    """Return what the messages are, albums joined, also with their messages on the page before."""
    last = None if before is None or before.title != page.title else _last_post(before)
    if last is None:
        return joined(_items(page))
    return (item for item in joined(chain((last,), _items(page))) if item is not last)


def _last_post(page: ExportPage) -> NewPost | None:
    end = joined(_items(replace(page, sources=page.sources[-LAST:])))
    return next((item for item in reversed([*end]) if isinstance(item, NewPost)), None)


def _is_day(message: LexborNode) -> bool:
    """Tell whether it is no message but the heading of the messages of a day."""
    told = words(message.css_first("div.body")) if "service" in classes_of(message) else ""
    return _DAY.fullmatch(told) is not None


def _is_written(message: LexborNode) -> bool:
    """Tell whether people wrote a message."""
    return DEFAULT in classes_of(message)


def _items(page: ExportPage) -> Iterator[Item]:
    """Return what each message is; of one that is no post, after which message it stands."""
    forwarded_from = near = None
    for node in page.messages:
        if _is_day(node):
            continue
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
    return None if shown in NOBODY else shown


def _read_message(node: LexborNode, body: LexborNode, forwarded_from: str | None) -> NewPost | Skip:
    classes = classes_of(node)
    if "service" in classes:
        told = words(node.css_first("div.body"))
        return Skip.UNSUPPORTED if told.startswith(_UNSUPPORTED) else Skip.SERVICE
    number = _ID.fullmatch(node.attributes.get("id") or "")
    if number is None or not is_message_id(int(number[1])):
        return Skip.DAMAGED
    if node.child is None:
        return Skip.EMPTY
    date = _date(node)
    said = said_by(body)
    reactions = [*map(_reaction, node.css(".reactions .reaction"))]
    text = with_words(read_html(body.css_first("div.text")), said)
    media = media_of(body)
    return NewPost(
        text=text.text,
        message_id=int(number[1]),
        date=date,
        date_is_local=True,
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=forwarded_from,
        reply_to=_answered(body),
        reactions=sum(count for _, count in reactions),
        reacted=reacted(reactions),
        entities=text.entities,
        hidden_urls=text.hidden_urls,
        cards=said.cards + tuple(_buttons(body)),
        media=media,
        is_partial=not text and media is not None and media.kind is MediaKind.AUDIO,
    )


def _date(node: LexborNode) -> datetime | None:
    """Return the date, in the zone that the page tells or, in older ones, in this computer's.

    It is that of the exporting computer's clock, and the zone is told without its summer time.
    """
    shown = node.css_first("div.date.details[title]")
    found = _DATE.match("" if shown is None else shown.attributes.get("title") or "")
    if found is None:
        return None
    day, month, year, hour, minute, second = map(int, found.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(date: re.Match[str]) -> timezone | None:
    if not date["zone"]:
        return None
    if not date["sign"]:
        return UTC
    away = timedelta(hours=int(date["hours"]), minutes=int(date["minutes"]))
    return timezone(-away if date["sign"] == "-" else away)


def _answered(body: LexborNode) -> int | None:
    link = body.css_first("div.reply_to a[href]")
    found = None if link is None else _ANSWERED.search(link.attributes.get("href") or "")
    return None if found is None else int(found[1])


def _reaction(reaction: LexborNode) -> tuple[str, int]:
    """Return the emoji of a reaction, if it is known, and how many reacted with it.

    In the place of a custom emoji, the exporter has another that leads to a picture of it.
    """
    custom = reaction.css_first(".emoji a")
    return "" if custom is not None else words(reaction.css_first(".emoji")), _count(reaction)


def _count(reaction: LexborNode) -> int:
    """Return how often a reaction was given: where users are named, no number may stand."""
    shown = words(reaction.css_first(".count"))
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


_MEDIA: Final = (
    ".media, .photo_wrap, .sticker_wrap, .animated_wrap, .video_file_wrap, .media_poll,"
    " .media_giveaway"
)
_KINDS: Final = {
    "photo_wrap": MediaKind.PHOTO,
    "media_photo": MediaKind.PHOTO,
    "sticker_wrap": MediaKind.STICKER,
    "animated_wrap": MediaKind.ANIMATION,
    "video_file_wrap": MediaKind.VIDEO,
    "media_video": MediaKind.VIDEO,
    "media_audio_file": MediaKind.AUDIO,
    "media_voice_message": MediaKind.VOICE,
    "media_file": MediaKind.DOCUMENT,
    "media_poll": MediaKind.POLL,
}
_TITLED: Final = {
    "Sticker": MediaKind.STICKER,
    "Animation": MediaKind.ANIMATION,
    "Video message": MediaKind.ROUND_VIDEO,
}
"""Titles of photos and videos that are none."""
_CHECKLIST: Final = "To-do List"
_UNNAMED: Final = {MediaKind.AUDIO: "Audio file", MediaKind.DOCUMENT: "File"}
"""The titles of files that have no name; the other kinds never have one."""
_VCARD: Final = " - vCard"
_COORDINATES: Final = re.compile(r"[?&]q=(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
_ITEM: Final = "- "
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_PRIZES: Final = "Giveaway Prize"


def media_of(body: LexborNode) -> Media | None:
    """Return what a message carries, and what its file is called."""
    node = body.css_first(_MEDIA)
    kind = _kind(node)
    if node is None or kind is None:
        return None
    name = _file_name(node, _UNNAMED[kind]) if kind in _UNNAMED else ""
    return Media(kind=kind, names=(name,) if name else ())


def _kind(node: LexborNode | None) -> MediaKind | None:
    classes = classes_of(node)
    kind = next((kind for name, kind in _KINDS.items() if name in classes), None)
    if node is None or (kind is MediaKind.POLL and _is_checklist(node)):
        return None
    if kind in {MediaKind.PHOTO, MediaKind.VIDEO}:
        return _TITLED.get(_title(node), kind)
    return kind


def _title(node: LexborNode) -> str:
    return words(node.css_first(".title"))


def _file_name(node: LexborNode, unnamed: str) -> str:
    """Return a file's name, or the end of its path."""
    title = _title(node)
    path = node.attributes.get("href") or ""
    return title if title and title != unnamed else composing.saved_name(path)


def said_by(body: LexborNode) -> Composed:
    """Return what a message says that is not, or not only, a text."""
    node = body.css_first(_MEDIA)
    compose = next((_SAYING[name] for name in classes_of(node) if name in _SAYING), None)
    return Composed() if node is None or compose is None else compose(node)


def _poll(node: LexborNode) -> Composed:
    question = read_html(node.css_first(".question"))
    return composing.poll(question, [_option(answer) for answer in node.css(".answer")])


def _option(answer: LexborNode) -> RichText:
    """Return an option without how many have chosen it."""
    votes = answer.css_first("span.details")
    text = read_html(answer)
    shown = 0 if votes is None else len(words(votes))
    said = text.cut(len(text.text) - shown).stripped()
    return said.after(len(_ITEM)) if said.text.startswith(_ITEM) else said


def _is_checklist(node: LexborNode) -> bool:
    return words(node.css_first(".details")) == _CHECKLIST


def _contact(node: LexborNode) -> Composed:
    phone = words(node.css_first(".status")).removesuffix(_VCARD)
    return composing.contact(_title(node), "", phone)


def _place(node: LexborNode) -> Composed:
    point = _coordinates(node)
    return Composed() if point is None else composing.place(*point)


def _venue(node: LexborNode) -> Composed:
    return composing.venue(_title(node), _description(node), *(_coordinates(node) or ()))


def _coordinates(node: LexborNode) -> tuple[float, float] | None:
    found = _COORDINATES.search(node.attributes.get("href") or "")
    return None if found is None else (float(found[1]), float(found[2]))


def _description(node: LexborNode) -> str:
    return read_html(node.css_first(".description")).text


def _game(node: LexborNode) -> Composed:
    return composing.game(_title(node), _description(node), node.attributes.get("href"))


def _invoice(node: LexborNode) -> Composed:
    """Return what is offered for sale; pictures that are paid for have a price and no title."""
    title, description = _title(node), _description(node)
    if not title and not description:
        return Composed()
    return composing.invoice(title, description, shown_price(words(node.css_first(".status"))))


def _giveaway(node: LexborNode) -> Composed:
    """Return what is given away; of one that is over, the page does not tell the prize."""
    prize, telegrams = [*node.css(".section_body"), None, None][:2]
    if not words(node.css_first(".section_title")).startswith(_PRIZES):
        return Composed()
    quantity, own = _counted(words(prize))
    number, what = _counted(words(telegrams))
    if what.startswith("Star"):
        return composing.giveaway(quantity, own, stars=number)
    months, _ = _counted(what.partition(" for ")[2])
    return composing.giveaway(quantity, own, months=months)


def _counted(said: str) -> tuple[int, str]:
    """Return the number that words begin with, and the words."""
    found = _NUMBER.match(said)
    return (0, said) if found is None else (int(found[0]), said[found.end() :].strip())


_SAYING: Final[dict[str, Callable[[LexborNode], Composed]]] = {
    "media_poll": _poll,
    "media_contact": _contact,
    "media_location": _place,
    "media_live_location": _place,
    "media_venue": _venue,
    "media_game": _game,
    "media_invoice": _invoice,
    "media_giveaway": _giveaway,
}
