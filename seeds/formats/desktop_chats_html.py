"""Which of the chats of an HTML export are channels: pages of messages do not say it.

An export of the whole account lists its chats in lists/chats.html, each with its kind. An export of
one chat has no such list; there the senders tell: in a channel, the channel itself is the sender.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from seeds.formats.chats import HTML_TYPES, Chat
from seeds.formats.html_text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

LIST: Final = "lists/chats.html"
"""Where an export of an account lists its chats, seen from its folder."""
TO_LIST: Final = f"../../{LIST}"
"""Where that is, seen from the folder of a chat."""

_ENTRY: Final = "a.entry[href]"
_TITLE: Final = "div.page_header div.text.bold"
_BACK: Final = "div.page_header a[href]"
_SENDER: Final = "div.message.default > div.body > div.from_name"
_SERVICE: Final = "div.message.service > div.body"
_VIA: Final = re.compile(r" via @\w+$")
_CHANNEL_MADE: Final = re.compile(r"Channel «.*» created")
_CALL: Final = "div.message .media_call"
"""Telegram knows calls in chats between two people alone."""
_JOINED: Final = " joined Telegram"
"""What Telegram tells in the chat with a contact."""


def title_of(page: LexborHTMLParser) -> str:
    """Return the name of the chat that a page of messages is of."""
    return words(page.css_first(_TITLE))


def is_of_account(page: LexborHTMLParser) -> bool:
    """Tell whether a page of messages belongs to an export of a whole account."""
    return any((link.attributes["href"] or "").endswith(LIST) for link in page.css(_BACK))


def listed_kind(chats: LexborHTMLParser, folder: str) -> Chat:
    """Return the kind of the chat whose pages are in a folder, by the account's list of chats.

    The folder's path is seen from that of the export: chats/chat_1.
    """
    for entry in chats.css(_ENTRY):
        target = posixpath.join(posixpath.dirname(LIST), entry.attributes["href"] or "")
        if posixpath.dirname(posixpath.normpath(target)) == folder:
            told = words(entry.css_first(".info.details"))
            return HTML_TYPES.get(told, Chat.UNKNOWN)
    return Chat.UNKNOWN


def kind_by_senders(pages: Iterable[LexborHTMLParser]) -> Chat:
    """Return the kind of a chat by its pages: a channel if nobody but the channel writes in it."""
    spoken = False
    for page in pages:
        if page.css_first(_CALL) is not None or _tells_of_contact(page):
            return Chat.PRIVATE
        if any(_CHANNEL_MADE.fullmatch(text) for text in _service_texts(page)):
            return Chat.CHANNEL
        senders, title = set(map(_sender, page.css(_SENDER))), title_of(page)
        if senders - {title}:
            return Chat.UNKNOWN
        spoken = spoken or bool(senders)
    return Chat.CHANNEL if spoken else Chat.UNKNOWN


def _tells_of_contact(page: LexborHTMLParser) -> bool:
    return any(text.endswith(_JOINED) for text in _service_texts(page))


def _service_texts(page: LexborHTMLParser) -> Iterator[str]:
    return map(words, page.css(_SERVICE))


def _sender(name: LexborNode) -> str:
    return _VIA.sub("", words(name))
