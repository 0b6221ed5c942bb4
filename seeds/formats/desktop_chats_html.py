"""Which of the chats of an HTML export are channels: pages of messages do not say it.

An export of the whole account lists its chats in lists/chats.html, each with its kind. An export of
one chat has no such list; there the senders tell: in a channel, the channel itself is the sender.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from seeds.formats.chats import HTML_TYPES, Chat
from seeds.formats.desktop_pages import DEFAULT, classes_of
from seeds.formats.html_text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

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
_OF_CHANNELS: Final = re.compile(
    r"Channel «.*» created|Channel title changed to «.*»|Channel photo (?:changed|removed)"
    r"|Channel theme was (?:disabled|changed to .*)|Direct messages were disabled\."
    r"|Price per direct message changed to \d+ Telegram Stars\."
)
"""What Telegram Desktop tells in channels alone; in groups it begins with somebody's name."""
_REACTORS: Final = ".reactions .userpics"
"""Who reacted: told in groups and between two people."""
_CROWD: Final = ".reactions .count, .body > .signature"
"""How many reacted, where it is not told who; and who signed what a channel published."""
_CALL: Final = ".media_call"
"""Telegram knows calls in chats between two people alone."""
_JOINED: Final = " joined Telegram"
"""What Telegram tells in the chat with a contact."""
FEWEST_IDS: Final = 10_000
"""Messages that a chat must have had for it to tell that few of their ids stand on a page."""
DENSE: Final = 0.5
"""The share of ids that are messages: a channel counts its own, people count all they receive."""
_ID: Final = re.compile(r"message(\d{1,15})", re.ASCII)
_NAMES: Final = re.compile(r"from_name[^<>]*>\s*([^<]*?)\s*</")
_SIGNS: Final = ("media_call", "userpics", _JOINED)
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
    """What a page tells of its chat: who writes there, and whether it says outright what it is.

    `is_public` tells that more than two people must have read it, `is_doubtful` that those who
    reacted are named, or that its messages are counted along with those of other chats.
    """

    title: str
    senders: frozenset[str]
    told: Chat = Chat.UNKNOWN
    is_public: bool = False
    is_doubtful: bool = False


def evidence_of(page: ExportPage) -> Evidence:
    """Return what a page tells of its chat."""
    senders: set[str] = set()
    kinds = {Chat.UNKNOWN}
    ids: list[int] = []
    is_public = is_doubtful = False
    for message in page.messages:
        kinds.add(_told_by(message))
        senders.update(_sender(message))
        ids += _ids(message)
        is_public = is_public or message.css_first(_CROWD) is not None
        is_doubtful = is_doubtful or message.css_first(_REACTORS) is not None
    return Evidence(
        title=page.title,
        senders=frozenset(senders),
        told=_weightiest(kinds),
        is_public=is_public,
        is_doubtful=is_doubtful or _is_scattered(ids),
    )


def tells_more(source: str, title: str) -> bool:
    """Tell whether a page may say more of its chat than that who it is named after writes there.

    It is a look at the source, a hundred times as fast as taking the page apart.
    """
    names = {unescape(name) for name in _NAMES.findall(source)}
    return not names.issubset({title}) or any(sign in source for sign in _SIGNS)


def kind_by_senders(pages: Sequence[Evidence], *, is_named: bool) -> Chat:
    """Return the kind of a chat by its pages: a channel if nobody but the channel writes in it.

    With `is_named`, whoever imports it has told the channel's @name. Then, as where it must have
    many readers, the channel may also have written under a shorter title than it has now.
    """
    told = _weightiest({page.told for page in pages} | {Chat.UNKNOWN})
    if told is not Chat.UNKNOWN:
        return told
    is_doubtful = any(page.is_doubtful for page in pages)
    is_sure = is_named or (any(page.is_public for page in pages) and not is_doubtful)
    for page in pages:
        titles = (page.title, *_shorter(page.title, page.senders)) if is_sure else (page.title,)
        if not page.senders.issubset(titles):
            return Chat.UNKNOWN
    has_spoken = any(page.senders for page in pages)
    return Chat.CHANNEL if has_spoken and (is_sure or not is_doubtful) else Chat.UNKNOWN


def _weightiest(kinds: Collection[Chat]) -> Chat:
    return next(kind for kind in _BY_WEIGHT if kind in kinds)


def _ids(message: LexborNode) -> Iterator[int]:
    number = _ID.fullmatch(message.attributes.get("id") or "")
    if number is not None:
        yield int(number[1])


def _is_scattered(ids: Sequence[int]) -> bool:
    if not ids or min(ids) < FEWEST_IDS:
        return False
    return len(ids) < DENSE * (max(ids) - min(ids) + 1)


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
    return Chat.CHANNEL if _OF_CHANNELS.fullmatch(text) else Chat.UNKNOWN


def _sender(message: LexborNode) -> Iterator[str]:
    """Return who wrote a message, where that stands with it."""
    name = message.css_first(_SENDER) if DEFAULT in classes_of(message) else None
    if name is not None:
        yield _VIA.sub("", words(name))
