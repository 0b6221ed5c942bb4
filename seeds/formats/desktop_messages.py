"""One message of Telegram Desktop's result.json.

What it writes is in its source, `export/output/export_output_json.cpp`; older versions wrote less.
A field of another shape than theirs costs that field alone.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from seeds.formats import composing
from seeds.formats.batches import Skip, is_message_id
from seeds.formats.composing import PAID, Composed, price, reacted, with_words
from seeds.formats.rich_text import (
    STYLES,
    RichText,
    Words,
    joined,
    marked,
    marked_link,
    rich,
    rich_message,
    storable,
)
from storage import Card, EntityKind, Media, MediaKind, NewPost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST_ID: Final = 2**53
_TOO_LONG: Final = len(str(LARGEST_ID))
EARLIEST: Final = datetime(1970, 1, 3, tzinfo=UTC).timestamp()
"""Exports until 2020 tell of messages that were never edited that it was in 1970, in any zone."""
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC).timestamp()
"""No message is of a later date."""
NO_FILE: Final = "("
"""How placeholders such as "(File not included. Change data exporting settings…)" begin."""

_KINDS: Final = {
    "sticker": MediaKind.STICKER,
    "video_file": MediaKind.VIDEO,
    "video_message": MediaKind.ROUND_VIDEO,
    "voice_message": MediaKind.VOICE,
    "audio_file": MediaKind.AUDIO,
    "animation": MediaKind.ANIMATION,
}
_NAMED: Final = {MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.DOCUMENT}
"""The names of the others were made up by Telegram's programs."""
_LEADING: Final = {"url", "auth", "web_view", "simple_web_view"}
"""Buttons that lead to an address."""


def read_message(message: Mapping[str, Any]) -> NewPost | Skip:
    """Return the post that a message is, its text perhaps empty, or why it is none."""
    if message.get("type") == "service" or "action" in message:
        return Skip.SERVICE
    if message.get("type") == "unsupported":
        return Skip.UNSUPPORTED
    message_id = integer_of(message.get("id"))
    if message_id is None or not is_message_id(message_id):
        return Skip.DAMAGED
    date = _moment(message, "date")
    said = _composed(message)
    reactions = [*map(_reaction, _dicts(message.get("reactions")))]
    words = _words_of(message)
    text = with_words(words, said) if said.text else words
    return NewPost(
        text=text.text,
        message_id=message_id,
        date=date,
        date_is_local="date_unixtime" not in message,
        edited=_moment(message, "edited"),
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=string_of(message.get("forwarded_from")).strip() or None,
        reply_to=_answered(message),
        reactions=sum(count for _, count in reactions),
        reacted=reacted(reactions),
        entities=text.entities,
        hidden_urls=text.hidden_urls,
        cards=said.cards + tuple(_buttons(message)),
        media=_media(message),
    )


def string_of(value: object) -> str:
    """Return a string as it can be stored, a number as it is written; nothing of anything else."""
    if isinstance(value, str):
        return storable(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def integer_of(value: object) -> int | None:
    """Return a whole number, though written as a string or with a fraction of zero."""
    if isinstance(value, str):
        value = value.strip()
        is_number = len(value) < _TOO_LONG and value.removeprefix("-").isdecimal()
        value = int(value) if is_number else None
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_ID:
        return value
    return None


def _number(value: object) -> float | None:
    """Return a number as coordinates are, also where it is written as a string."""
    try:
        number = float(string_of(value))
    except ValueError:
        return None
    return number if abs(number) < LARGEST_ID else None


def _dicts(values: object) -> Iterator[Mapping[str, Any]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            yield value


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(message: Mapping[str, Any], name: str) -> datetime | None:
    """Return a time; older exports have only that of the exporting computer's clock.

    Its zone is not told; that of this computer is the best guess. Other programs write seconds.
    """
    told, local = message.get(f"{name}_unixtime"), message.get(name)
    if told is None and local is None:
        return None
    seconds = integer_of(local if told is None else told)
    if seconds is not None and EARLIEST < seconds < LATEST:
        return datetime.fromtimestamp(seconds, UTC)
    try:
        moment = datetime.fromisoformat(string_of(local)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if EARLIEST < moment.timestamp() < LATEST else None


def _answered(message: Mapping[str, Any]) -> int | None:
    if "reply_to_peer_id" in message:  # of another chat
        return None
    return integer_of(message.get("reply_to_message_id"))


def _reaction(reaction: Mapping[str, Any]) -> tuple[str, int]:
    """Return the emoji of a reaction, if it is known, and how many reacted with it."""
    emoji = PAID if reaction.get("type") == "paid" else string_of(reaction.get("emoji"))
    return emoji, max(integer_of(reaction.get("count")) or 0, 0)


def _words_of(message: Mapping[str, Any]) -> RichText:
    """Return a message's own words; older exports have them as `text` alone.

    Where the two differ, something of one is lost.
    """
    if "rich_message" in message and (rich_words := rich_message(message["rich_message"])):
        return rich_words
    words = _words(message.get("text_entities")).stripped()
    if len(words.text) < _length(message.get("text")):
        return max(words, _words(message.get("text")).stripped(), key=lambda one: len(one.text))
    return words


DEEPEST: Final = 20
"""Lists and objects inside one another that are read; what is deeper is passed over."""


def _length(parts: object, depth: int = 0) -> int:
    """Return how long the words of a field are at most, without reading them."""
    if isinstance(parts, str):
        return len(parts)
    if depth > DEEPEST:
        return 0
    if isinstance(parts, dict):
        return _length(parts.get("text"), depth + 1)
    if isinstance(parts, list):
        deeper = depth + 1
        return sum([len(one) if isinstance(one, str) else _length(one, deeper) for one in parts])
    return len(string_of(parts))


def _words(parts: object, depth: int = 0) -> RichText:
    """Return words: a string, or a list of strings and of objects that say how they look."""
    if depth > DEEPEST:
        return RichText()
    if not isinstance(parts, list):
        return rich(_part(parts, depth))
    if len(parts) == 1:
        return rich(_part(parts[0], depth))
    return joined(_part(part, depth) for part in parts)


def _part(part: object, depth: int) -> Words:
    if isinstance(part, dict):
        return _looking(part, depth)
    return _words(part, depth + 1) if isinstance(part, list) else string_of(part)


def _looking(part: Mapping[str, Any], depth: int) -> Words:
    """Return the words of a part with what they look like."""
    said = part.get("text")
    text = storable(said) if isinstance(said, str) else _words(said, depth + 1)
    type_ = part.get("type")
    if type_ == "plain" or not text:
        return text
    if type_ == "text_link":
        return marked_link(text, string_of(part.get("href")))
    if type_ == "pre":
        return marked(text, EntityKind.PRE, language=string_of(part.get("language")) or None)
    if type_ == "blockquote":
        is_long = part.get("collapsed") is True
        kind = EntityKind.EXPANDABLE_BLOCKQUOTE if is_long else EntityKind.BLOCKQUOTE
        return marked(text, kind)
    look = STYLES.get(type_) if isinstance(type_, str) else None
    return text if look is None else marked(text, look)


def _composed(message: Mapping[str, Any]) -> Composed:
    """Return what a message says that is not, or not only, a text."""
    if _COMPOSED.keys().isdisjoint(message):
        return _NOTHING
    return next(compose(message) for name, compose in _COMPOSED.items() if name in message)


def _poll(message: Mapping[str, Any]) -> Composed:
    poll = _dict(message["poll"])
    return composing.poll(_words(poll.get("question")), _options(poll.get("answers")))


def _checklist(message: Mapping[str, Any]) -> Composed:
    checklist = _dict(message["todo_list"])
    tasks = checklist.get("answers") or checklist.get("items")
    return composing.poll(_words(checklist.get("title")), _options(tasks))


def _options(options: object) -> list[RichText]:
    return [_words(option) for option in options] if isinstance(options, list) else []


def _venue(message: Mapping[str, Any]) -> Composed:
    title, address = string_of(message["place_name"]), string_of(message.get("address"))
    return composing.venue(title, address, *_coordinates(message))


def _place(message: Mapping[str, Any]) -> Composed:
    latitude, longitude = _coordinates(message)
    if latitude is None or longitude is None:
        return Composed()
    return composing.place(latitude, longitude)


def _coordinates(message: Mapping[str, Any]) -> tuple[float | None, float | None]:
    point = _dict(message.get("location_information"))
    return _number(point.get("latitude")), _number(point.get("longitude"))


def _game(message: Mapping[str, Any]) -> Composed:
    names = ("game_title", "game_description", "game_link")
    return composing.game(*(string_of(message.get(name)) for name in names))


def _invoice(message: Mapping[str, Any]) -> Composed:
    """Return what is offered for sale; Telegram Desktop writes it as JSON within a string."""
    invoice = message["invoice_information"]
    if isinstance(invoice, str):
        try:
            invoice = json.loads(invoice, strict=False)
        except (ValueError, RecursionError):
            return Composed()
    told = _dict(invoice)
    words = string_of(told.get("title")), string_of(told.get("description"))
    return composing.invoice(*words, price(told.get("amount"), told.get("currency")))


def _contact(message: Mapping[str, Any]) -> Composed:
    told = _dict(message["contact_information"])
    names = ("first_name", "last_name", "phone_number")
    return composing.contact(*(string_of(told.get(name)) for name in names))


def _giveaway(message: Mapping[str, Any]) -> Composed:
    told = _dict(message["giveaway_information"])
    return composing.giveaway(
        integer_of(told.get("quantity")) or 1,
        string_of(told.get("additional_prize")),
        months=integer_of(told.get("months")) or 0,
        stars=integer_of(told.get("stars")) or 0,
    )


def _giveaway_results(message: Mapping[str, Any]) -> Composed:
    told = _dict(message["giveaway_results"])
    return composing.giveaway(1, string_of(told.get("additional_prize")))


_NOTHING: Final = Composed()
_COMPOSED: Final = {
    "poll": _poll,
    "todo_list": _checklist,
    "place_name": _venue,
    "location_information": _place,
    "game_title": _game,
    "invoice_information": _invoice,
    "contact_information": _contact,
    "giveaway_information": _giveaway,
    "giveaway_results": _giveaway_results,
}


def _buttons(message: Mapping[str, Any]) -> Iterator[Card]:
    rows = message.get("inline_bot_buttons")
    for row in rows if isinstance(rows, list) else ():
        for button in _dicts(row):
            leads = string_of(button.get("type")) in _LEADING
            url = string_of(button.get("data")) if leads else ""
            card = composing.button(string_of(button.get("text")), url)
            if card is not None:
                yield card


def _media(message: Mapping[str, Any]) -> Media | None:
    if message.get("photo") is not None:
        return Media(kind=MediaKind.PHOTO)
    if message.get("poll") is not None:
        return Media(kind=MediaKind.POLL)
    if message.get("file") is None and message.get("media_type") is None:
        return None
    kind = _KINDS.get(string_of(message.get("media_type")), MediaKind.DOCUMENT)
    name = _file_name(message, kind) if kind in _NAMED else ""
    return Media(kind=kind, names=(name,) if name else ())


def _file_name(message: Mapping[str, Any], kind: MediaKind) -> str:
    """Return a file's name; older exports have it only as the end of its path."""
    path = string_of(message.get("file"))
    saved_as = "" if path.startswith(NO_FILE) else composing.saved_name(path)
    name = string_of(message.get("file_name")).strip()
    if kind is not MediaKind.AUDIO:
        return name or saved_as
    performer, title = (string_of(message.get(one)).strip() for one in ("performer", "title"))
    return composing.audio_name(performer, title, name) or saved_as
