"""What a message of Telegram Desktop's HTML export carries, and what that says.

The exporter names what has no name of its own in English: "Audio file", "Anonymous poll".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from seeds.formats import composing
from seeds.formats.composing import Composed
from seeds.formats.desktop_pages import classes_of
from seeds.formats.html_text import read_html, words
from seeds.formats.prices import shown_price
from storage import Media, MediaKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

    from seeds.formats.rich_text import RichText

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
    return title if title and title != unnamed else path.rpartition("/")[2]


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
    price = shown_price(words(node.css_first(".status")))
    return composing.invoice(_title(node), _description(node), price)


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
