"""One message of Telegram Desktop's result.json.

What it writes is in its source, `export/output/export_output_json.cpp`; older versions wrote less.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from seeds.formats.batches import Skip
from storage import Media, MediaKind, NewPost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seeds.formats.batches import Item

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
NO_FILE: Final = "("
"""How placeholders such as "(File not included. Change data exporting settings…)" begin."""


def read_message(message: Mapping[str, Any]) -> Item:
    """Return the post that a message is, its text perhaps empty, or why it is none."""
    if message.get("type") == "service":
        return Skip.SERVICE
    if message.get("type") != "message":
        return Skip.UNSUPPORTED
    date = _moment(message, "date")
    return NewPost(
        text=_text(message),
        message_id=int(message["id"]),
        date=date,
        edited=_moment(message, "edited"),
        ordinal=0 if date is None else int(date.timestamp()),
        forwarded_from=message.get("forwarded_from") or None,
        reply_to=None if "reply_to_peer_id" in message else message.get("reply_to_message_id"),
        reactions=sum(int(reaction["count"]) for reaction in message.get("reactions", ())),
        hidden_urls=_hidden_urls(message),
        media=_media(message),
    )


def _moment(message: Mapping[str, Any], name: str) -> datetime | None:
    """Return a time; older exports have only that of the exporting computer's clock.

    Its zone is not told; that of this computer is the best guess.
    """
    seconds, local = message.get(f"{name}_unixtime"), message.get(name)
    if seconds:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime.fromisoformat(local).astimezone(UTC) if local else None


def _text(message: Mapping[str, Any]) -> str:
    said = "".join(part["text"] for part in _entities(message))
    return said or _poll(message.get("poll"))


def _entities(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return the parts of the text; older exports have them only mixed with plain strings."""
    parts = message.get("text_entities") or message.get("text") or ()
    for part in [parts] if isinstance(parts, str) else parts:
        yield {"type": "plain", "text": part} if isinstance(part, str) else part


def _poll(poll: Mapping[str, Any] | None) -> str:
    if poll is None:
        return ""
    return "\n".join((poll["question"], *(f"- {answer['text']}" for answer in poll["answers"])))


def _hidden_urls(message: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part["href"] for part in _entities(message) if part.get("href"))


def _media(message: Mapping[str, Any]) -> Media | None:
    if "photo" in message:
        return Media(kind=MediaKind.PHOTO)
    if "poll" in message:
        return Media(kind=MediaKind.POLL)
    if "file" not in message and "media_type" not in message:
        return None
    kind = _KINDS.get(message.get("media_type", ""), MediaKind.DOCUMENT)
    name = _file_name(message) if kind in _NAMED else None
    return Media(kind=kind, names=(name,) if name else ())


def _file_name(message: Mapping[str, Any]) -> str | None:
    """Return a file's name; older exports have it only as the end of its path."""
    path = message.get("file") or ""
    saved_as = "" if path.startswith(NO_FILE) else path.rpartition("/")[2]
    title = " – ".join(filter(None, (message.get("performer"), message.get("title"))))
    return title or message.get("file_name") or saved_as or None
