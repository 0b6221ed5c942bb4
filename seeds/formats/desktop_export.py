"""Telegram Desktop's result.json: one chat, or the whole account; gigabytes read event by event."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import ijson
from ijson.common import ObjectBuilder

from seeds.errors import DocumentError, Problem
from seeds.formats.albums import joined
from seeds.formats.batches import Batch, Skip, in_batches
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
CHANNELS: Final = {"public_channel", "private_channel"}
"""The types of chats that are taken; all others are between people."""

_DETAILS: Final = ("name", "type", "id")


def knows(opening: bytes) -> bool:
    """Tell whether a file that begins so is such an export."""
    text = opening.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"{") and (
        b'"messages"' in text or b'"chats"' in text or b'"personal_information"' in text
    )


def read(file: BinaryIO, document: str) -> Iterator[Batch]:
    """Return the posts of the channels of an export. Raises DocumentError, batches having come.

    A chat that is no channel is skipped in an account, and refused where it is alone.
    """
    with _refusing(document):
        events = iter(ijson.parse(LegalJson(file), buf_size=READ_AT_ONCE))
        details: dict[str, Any] = {}
        for prefix, event, value in events:
            chat, _, name = prefix.rpartition(".")
            if chat not in {ONE_CHAT, *CHATS}:
                continue
            if event == "start_array" and name == "messages":
                if chat == ONE_CHAT:
                    yield from _one_chat(file, details, document)
                    return
                yield from _chat_of_account(details, _messages(events, prefix))
                details = {}
            elif name in _DETAILS:
                details[name] = value


def _one_chat(file: BinaryIO, details: dict[str, Any], document: str) -> Iterator[Batch]:
    if details.get("type") not in CHANNELS:
        raise DocumentError(document, None, Problem.NOT_A_CHANNEL)
    # Once it is known that all messages are wanted, ijson builds them itself: twice as fast.
    file.seek(0)
    messages = ijson.items(LegalJson(file), MESSAGES, buf_size=READ_AT_ONCE)
    yield from in_batches(_source(details), joined(map(read_message, messages)))


def _chat_of_account(
    details: dict[str, Any], messages: Iterator[dict[str, Any]]
) -> Iterator[Batch]:
    if details.get("type") in CHANNELS:
        for batch in in_batches(_source(details), joined(map(read_message, messages))):
            yield replace(batch, among_others=True)
    else:
        private = (Skip.PRIVATE for _ in messages)
        yield from in_batches(Source(title=_title(details)), private)


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
