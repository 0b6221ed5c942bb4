"""Which of the chats of an HTML export are channels: pages of messages do not say it.

An export of the whole account lists its chats in lists/chats.html, each with its kind. An export of
one chat has no such list; there the senders tell: in a channel, the channel itself is the sender.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from seeds.formats.chats import HTML_TYPES, Chat
from seeds.formats.desktop_pages import DEFAULT, classes_of
from seeds.formats.html_text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from seeds.formats.desktop_pages import ExportPage

LIST: Final = "lists/chats.html"
"""Where an export of an account lists its chats, seen from its folder."""
TO_LIST: Final = f"../../{LIST}"
"""Where that is, seen from the folder of a chat."""

SHORTEST_TITLE: Final = 5
"""Characters of one that another may begin with by more than chance."""

_ENTRY: Final = "a.entry[href]"
_BACK: Final = "div.page_header a[href]"
_SENDER: Final = "div.body > div.from_name"
_SERVICE: Final = "div.body"
_VIA: Final = re.compile(r" via @\w+$")
_CHANNEL_MADE: Final = re.compile(r"Channel «.*» created")
_CALL: Final = ".media_call"
"""Telegram knows calls in chats between two people alone."""
_JOINED: Final = " joined Telegram"
"""What Telegram tells in the chat with a contact."""
_BY_WEIGHT: Final = (Chat.PRIVATE, Chat.CHANNEL, Chat.UNKNOWN)
"""What messages may say of their chat; where they contradict each other, the first counts."""


def is_of_account(page: ExportPage) -> bool:
    """Tell whether a page of messages belongs to an export of a whole account."""
    return any((link.attributes["href"] or "").endswith(LIST) for link in page.head.css(_BACK))


def listed_kinds(chats: LexborHTMLParser) -> dict[str, Chat]:
    """Return the kinds of an account's chats by the folders of their pages, as in chats/chat_1.

    The folders are seen from that of the export.
    """
    kinds: dict[str, Chat] = {}
    for entry in chats.css(_ENTRY):
        target = posixpath.join(posixpath.dirname(LIST), entry.attributes["href"] or "")
        folder = posixpath.dirname(posixpath.normpath(target))
        told = words(entry.css_first(".info.details"))
        kinds.setdefault(folder, HTML_TYPES.get(told, Chat.UNKNOWN))
    return kinds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells of its chat: who writes there, and whether it says outright what it is."""

    title: str
    senders: frozenset[str]
    told: Chat = Chat.UNKNOWN


def evidence_of(page: ExportPage) -> Evidence:
    """Return what a page tells of its chat."""
    senders: set[str] = set()
    kinds = {Chat.UNKNOWN}
    for message in page.messages:
        kinds.add(_told_by(message))
        senders.update(_sender(message))
    kind = next(kind for kind in _BY_WEIGHT if kind in kinds)
    return Evidence(page.title, frozenset(senders), kind)


def kind_by_senders(pages: Iterable[Evidence], *, is_named: bool) -> Chat:
    """Return the kind of a chat by its pages: a channel if nobody but the channel writes in it.

    With `is_named`, whoever imports it has told the channel's @name. Then the channel may also have
    written under a shorter title than it has now.
    """
    spoken = False
    for page in pages:
        if page.told is not Chat.UNKNOWN:
            return page.told
        titles = (page.title, *_shorter(page.title, page.senders)) if is_named else (page.title,)
        if not page.senders.issubset(titles):
            return Chat.UNKNOWN
        spoken = spoken or bool(page.senders)
    return Chat.CHANNEL if spoken else Chat.UNKNOWN


def _shorter(title: str, senders: Collection[str]) -> Iterator[str]:
    for sender in senders:
        if len(sender) >= SHORTEST_TITLE and title.startswith(f"{sender} "):
            yield sender


def _told_by(message: LexborNode) -> Chat:
    """Return the kind of the chat, if a message says it outright."""
    if message.css_first(_CALL) is not None:
        return Chat.PRIVATE
    if "service" not in classes_of(message):
        return Chat.UNKNOWN
    text = words(message.css_first(_SERVICE))
    if text.endswith(_JOINED):
        return Chat.PRIVATE
    return Chat.CHANNEL if _CHANNEL_MADE.fullmatch(text) else Chat.UNKNOWN


def _sender(message: LexborNode) -> Iterator[str]:
    """Return who wrote a message, where that stands with it."""
    name = message.css_first(_SENDER) if DEFAULT in classes_of(message) else None
    if name is not None:
        yield _VIA.sub("", words(name))
