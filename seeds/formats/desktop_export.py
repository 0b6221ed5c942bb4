"""Telegram Desktop's result.json: one chat, or the whole account; gigabytes read event by event."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import ijson
from ijson.common import ObjectBuilder

from seeds.errors import DocumentError, Problem
from seeds.formats.albums import joined
from seeds.formats.batches import Batch, in_batches, left_out
from seeds.formats.chats import JSON_TYPES, Chat
from seeds.formats.desktop_messages import read_message
from seeds.formats.legal_json import LegalJson
from storage import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TypeAlias

    Event: TypeAlias = tuple[str, str, Any]

READ_AT_ONCE: Final = 256 * 1024
"""Bytes."""
ONE_CHAT: Final = ""
"""Where an export of one chat has it: at the root."""
MESSAGES: Final = "messages.item"
"""Where that has its messages."""
CHATS: Final = ("chats.list.item", "left_chats.list.item")
"""Where an export of the whole account has them."""
_DETAILS: Final = ("name", "type", "id")
_SCALARS: Final = {"string", "number", "null"}


def knows(opening: bytes) -> bool:
    """Tell whether a file that begins so is such an export."""
    text = opening.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"{") and (
        b'"messages"' in text or b'"chats"' in text or b'"personal_information"' in text
    )


def read(file: BinaryIO, document: str, *, private: bool = False) -> Iterator[Batch]:
    """Return the posts of the channels of an export. Raises DocumentError, batches having come.

    A chat that is not known to be a channel or a public group comes in with `private` alone; else
    it is skipped in an account, and refused where it is the only one.
    """
    with _refusing(document):
        events = iter(ijson.parse(LegalJson(file), buf_size=READ_AT_ONCE))
        chats: list[dict[str, Any]] = []
        outline: list[dict[str, Any]] = []
        for prefix, event, value in events:
            _note(chats, prefix, event, value)
            chat, _, name = prefix.rpartition(".")
            if event != "start_array" or name != "messages" or chat not in {ONE_CHAT, *CHATS}:
                continue
            details = chats[-1]
            if not _is_known(details):
                outline = outline or _outline(file)
                details = outline[len(chats) - 1]
            if chat == ONE_CHAT:
                yield from _one_chat(file, details, document, private=private)
                return
            messages = _messages(events, prefix)
            yield from _chat_of_account(details, messages, private=private)


def _note(chats: list[dict[str, Any]], prefix: str, event: str, value: object) -> None:
    """Note a chat that begins, and what is told of the last one."""
    if event == "start_map" and prefix in {ONE_CHAT, *CHATS}:
        chats.append({})
    elif event in _SCALARS:
        chat, _, name = prefix.rpartition(".")
        if name in _DETAILS and chat in {ONE_CHAT, *CHATS}:
            chats[-1][name] = value


def _outline(file: BinaryIO) -> list[dict[str, Any]]:
    """Return what is told of each chat, also behind its messages; the file stays where it is.

    Telegram Desktop tells it before them, but other programs sort the keys.
    """
    place = file.tell()
    file.seek(0)
    chats: list[dict[str, Any]] = []
    try:
        for prefix, event, value in ijson.parse(LegalJson(file), buf_size=READ_AT_ONCE):
            _note(chats, prefix, event, value)
    except ijson.JSONError:
        pass  # cut off: of what follows the cut nothing is known, and the reader tells of it
    file.seek(place)
    return chats


def _is_known(details: dict[str, Any]) -> bool:
    """Tell whether all is told of a chat that is needed; of one that stays out, its kind."""
    return "type" in details and (not _kind(details).is_open or {"name", "id"} <= details.keys())


def _kind(details: dict[str, Any]) -> Chat:
    return JSON_TYPES.get(str(details.get("type")), Chat.UNKNOWN)


def _one_chat(
    file: BinaryIO, details: dict[str, Any], document: str, *, private: bool
) -> Iterator[Batch]:
    kind = _kind(details)
    if not (private or kind.is_open):
        raise DocumentError(document, None, Problem.NOT_A_CHANNEL)
    # Once it is known that all messages are wanted, ijson builds them itself: twice as fast.
    file.seek(0)
    messages = ijson.items(LegalJson(file), MESSAGES, buf_size=READ_AT_ONCE)
    for batch in in_batches(_source(details), joined(map(read_message, messages))):
        yield replace(batch, chat=kind)


def _chat_of_account(
    details: dict[str, Any], messages: Iterator[dict[str, Any]], *, private: bool
) -> Iterator[Batch]:
    kind = _kind(details)
    if private or kind.is_open:
        for batch in in_batches(_source(details), joined(map(read_message, messages))):
            yield replace(batch, among_others=True, chat=kind)
    else:
        yield left_out(Source(title=_title(details)), kind, sum(1 for _ in messages))


def _source(details: dict[str, Any]) -> Source:
    return Source(title=_title(details), channel_id=details.get("id"))


def _title(details: dict[str, Any]) -> str:
    """Return a chat's name; that of a deleted account or a channel long gone is null."""
    return details.get("name") or f"#{details.get('id', '')}"


def _messages(events: Iterator[Event], prefix: str) -> Iterator[dict[str, Any]]:
    """Return the objects of an array whose start was the last event."""
    item = f"{prefix}.item"
    builder = ObjectBuilder()
    for place, event, value in events:
        if place == prefix:
            return
        builder.event(event, value)
        if place == item and event == "end_map":
            yield builder.value
            builder = ObjectBuilder()


@contextmanager
def _refusing(document: str) -> Iterator[None]:
    """Refuse what is no JSON, ends too early, or has other things where messages should be."""
    try:
        yield
    except (ijson.JSONError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(document, None, Problem.BROKEN) from error
