"""A page of Telegram Desktop's HTML export: its parts, and whether its chat is a channel.

What is damaged in a message touches no other: each is parsed alone, or together with messages that
are all healthy.

Pages do not say what kind of chat they are of. An export of the whole account lists its chats in
lists/chats.html, each with its kind. An export of one chat has no such list; there the senders
tell: in a channel, the channel itself is the sender.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from seeds.formats.batches import HTML_TYPES, Chat
from seeds.formats.html_text import is_cut_off, parsed, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

MESSAGE: Final = "div.message"
DEFAULT: Final = "default"
"""The class of messages that people wrote; others tell of something."""

_PAGE: Final = re.compile(r'class\s*=\s*["\']?page_wrap\b')
_HISTORY: Final = re.compile(r'class\s*=\s*["\']?history\b')
_TITLE: Final = re.compile(r"<title>\s*Exported Data\s*</title>")
_BEGINS: Final = re.compile(r'<div\s(?:[^<>]{0,200}?\s)?class\s*=\s*["\']?message(?=[\s"\'>])')
_PAGINATION: Final = re.compile(r"<a\s[^<>]*\bpagination\b[^<>]*>")
_HREF: Final = re.compile(r'\bhref\s*=\s*"([^"#?]{1,200})')
"""Where the pages before and behind a page are."""
_BARE: Final = re.compile(r"<[^<>]*>\s*")
_OPEN_TAG: Final = re.compile(r"<[^<>]*\Z")
_MESSAGES: Final = "body > div.message"
_MARKING: Final = ("a", "b", "strong", "em", "i", "u", "s", "code", "pre", "span", "div")
"""Elements that go on in what follows them where they are not closed."""
TOGETHER: Final = 50
"""Messages that are parsed at once where all are healthy, which takes a tenth of the time."""
_HEADER: Final = "div.page_header div.text.bold"


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The parts of a page, and the names of the pages before and behind it.

    `previous` is the one before. Of a page that `is_cut_off`, the message that is not whole is left
    out.
    """

    head: LexborHTMLParser
    sources: tuple[str, ...]
    is_cut_off: bool
    lost: int = 0
    neighbours: tuple[str, ...] = ()
    previous: str | None = None

    @property
    def title(self) -> str:
        """The name of the chat that the page is of."""
        return words(self.head.css_first(_HEADER))

    @property
    def messages(self) -> Iterator[LexborNode]:
        """The messages, each as the element that it is."""
        for start in range(0, len(self.sources), TOGETHER):
            sources = [*map(_closed, self.sources[start : start + TOGETHER])]
            yield from _together(sources) or _apart(sources)


def knows(source: str) -> bool:
    """Tell whether a page is one of such an export, though perhaps cut off."""
    if is_cut_off(source) and _TITLE.search(source):
        return True
    return bool(_PAGE.search(source) and _HISTORY.search(source))


def take_apart(source: str) -> ExportPage:
    """Return the parts of a page."""
    is_cut = is_cut_off(source)
    if is_cut:
        source = _OPEN_TAG.sub("", source)
    starts = [found.start() for found in _BEGINS.finditer(source)]
    parts = [source[start:end] for start, end in pairwise((*starts, len(source)))]
    lost = int(is_cut and bool(parts) and not _is_whole(parts[-1]))
    head = source[: starts[0]] if starts else source
    return ExportPage(
        head=parsed(head),
        sources=tuple(parts[: len(parts) - lost]),
        is_cut_off=is_cut,
        lost=lost,
        neighbours=tuple(_neighbours(source)),
        previous=next(_neighbours(head), None) if starts else None,
    )


def _neighbours(source: str) -> Iterator[str]:
    for link in _PAGINATION.finditer(source):
        for name in _HREF.findall(link[0]):
            yield posixpath.basename(unescape(name))


def _closed(source: str) -> str:
    """Return a message; one that is no more than an opening tag is no reason to parse it alone."""
    return f"{source}</div>" if _BARE.fullmatch(source) else source


def _together(sources: Sequence[str]) -> Sequence[LexborNode]:
    """Return some messages, if they are so healthy that they can be parsed at once."""
    source = "".join(sources)
    if not all(_is_balanced(source, tag) for tag in _MARKING):
        return ()
    nodes = parsed(source).css(_MESSAGES)
    return nodes if len(nodes) == len(sources) else ()


def _apart(sources: Sequence[str]) -> Iterator[LexborNode]:
    for source in sources:
        node = parsed(source).css_first(MESSAGE)
        if node is not None:
            yield node


def _is_balanced(source: str, tag: str) -> bool:
    opened = sum(source.count(f"<{tag}{end}") for end in "> \n")
    return opened == source.count(f"</{tag}>")


def _is_whole(message: str) -> bool:
    return message.count("<div") <= message.count("</div")


def classes_of(node: LexborNode | None) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset() if node is None else frozenset((node.attributes.get("class") or "").split())


LIST: Final = "lists/chats.html"
"""Where an export of an account lists its chats, seen from its folder."""
TO_LIST: Final = f"../../{LIST}"
"""Where that is, seen from the folder of a chat."""

SHORTEST_TITLE: Final = 5
"""Characters of a title; that another title begins with a shorter one may be chance."""

_ENTRY: Final = "a.entry[href]"
_BACK: Final = "div.page_header a"
"""Leads from a chat of an account to their list; the page of a single chat has none."""
_SENDER: Final = "div.body > div.from_name"
_INITIALS: Final = "div.message > div.userpic_wrap .initials"
_SERVICE: Final = "div.body"
_VIA: Final = re.compile(r" via @\w+$")
_OF_CHANNELS: Final = re.compile(
    r"Channel «.*» created|Channel title changed to «.*»|Channel photo (?:changed|removed)"
    r"|Channel theme was (?:disabled|changed to .*)|Direct messages were disabled\."
    r"|Price per direct message changed to \d+ Telegram Stars\."
)
"""What Telegram Desktop tells in channels alone; in groups it begins with somebody's name."""
_OF_GROUPS: Final = re.compile(
    r".* (?:created group «.*»(?: with members .*)?|changed group (?:title to «.*»|photo)"
    r"|removed group photo|joined group by (?:link from .*|request)"
    r"|converted (?:this group to a supergroup|a basic group to this supergroup .*)"
    r"|boosted the group \d+ times?|created topic «.*»|changed topic .*)"
)
_OF_PEOPLE: Final = re.compile(
    r"You .*|History cleared|requested: .*"
    r"|.* (?:joined Telegram|took a screenshot|disabled chat theme|changed chat theme to .*"
    r"|has set messages (?:not )?to auto-delete.*|set .* background for this chat"
    r"|sent you a gift.*|suggests to use this photo|requested your phone number"
    r"|is now within .* from .*)"
)
"""What it tells where people write to each other."""
_OF_ACCOUNTS: Final = frozenset(
    (
        *("Deleted Account", "Telegram", "Saved Messages", "Saved messages"),
        *("Replies", "Verification Codes"),
    )
)
"""How it calls chats without a name, those in which login codes come, and notes to oneself."""
_BOT: Final = re.compile(
    r"(?:(?<![a-z])bot|(?-i:(?<=[a-z])Bot)|(?<!로)봇|(?<![а-яё])бот)\W*\Z", re.IGNORECASE
)
"""How bots are mostly called: who reads one may never have written to it."""
_REACTORS: Final = ".reactions .userpics"
"""Who reacted: told in groups and between two people."""
_CROWD: Final = ".reactions .count, .body > .signature"
"""How many reacted, where it is not told who; and who signed what a channel published."""
_CALL: Final = ".media_call"
"""Telegram knows calls in chats between two people alone."""
DENSE: Final = {10_000: 0.5, 1_000: 0.2}
"""The least share of ids that are messages, by how many messages a chat has had at least.

A channel counts its own, of which some are deleted; people count all that they receive.
"""
_ID: Final = re.compile(r"message(\d{1,15})", re.ASCII)
_NAMES: Final = re.compile(r"from_name[^<>]*>\s*([^<]*?)\s*</")
_TELLING: Final = re.compile(
    r'media_call|"userpics"|initials[^<>]*>\s*[^\W_]{2}\s*</'
    r'|class="body details">\s*(?!\d{1,2} [A-Z][a-z]+ \d{4}\s*<)'
)
"""Signs of more than names: calls, who reacted, people by two initials, more told than a date."""
_BY_WEIGHT: Final = (Chat.PRIVATE, Chat.GROUP, Chat.CHANNEL, Chat.UNKNOWN)
"""What is said of a chat; where that contradicts itself, the first counts."""


def is_of_account(page: ExportPage) -> bool:
    """Tell whether a page of messages belongs to an export of a whole account."""
    return page.head.css_first(_BACK) is not None


def listed_kinds(chats: LexborHTMLParser) -> dict[str, Chat]:
    """Return the kinds of an account's chats by the folders of their pages, as in chats/chat_1.

    The folders are seen from that of the export.
    """
    kinds: dict[str, set[Chat]] = {}
    for entry in chats.css(_ENTRY):
        target = posixpath.join(posixpath.dirname(LIST), entry.attributes["href"] or "")
        folder = posixpath.dirname(posixpath.normpath(target))
        told = words(entry.css_first(".info.details"))
        kinds.setdefault(folder, set()).add(HTML_TYPES.get(told, Chat.UNKNOWN))
    return {
        folder: found.pop() if len(found) == 1 else Chat.UNKNOWN for folder, found in kinds.items()
    }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells of its chat: who writes there, and whether it says outright what it is.

    `is_public` tells that more than two people must have read it, `is_doubtful` that those who
    reacted are named, or that its messages are counted along with those of other chats.
    `is_by_people` tells that a sender has a first and a last name, as no channel has.
    """

    title: str
    senders: frozenset[str]
    told: Chat = Chat.UNKNOWN
    is_public: bool = False
    is_doubtful: bool = False
    is_by_people: bool = False


def evidence_of(page: ExportPage) -> Evidence:
    """Return what a page tells of its chat."""
    senders: set[str] = set()
    kinds = {Chat.UNKNOWN}
    ids: list[int] = []
    is_public = is_doubtful = is_by_people = False
    for message in page.messages:
        kinds.add(_told_by(message))
        senders.update(_sender(message))
        ids += _ids(message)
        is_public = is_public or message.css_first(_CROWD) is not None
        is_doubtful = is_doubtful or message.css_first(_REACTORS) is not None
        is_by_people = is_by_people or _is_by_person(message)
    return Evidence(
        title=page.title,
        senders=frozenset(senders),
        told=_weightiest(kinds),
        is_public=is_public,
        is_doubtful=is_doubtful or _is_scattered(ids),
        is_by_people=is_by_people,
    )


def tells_more(source: str, title: str) -> bool:
    """Tell whether a page may say more of its chat than that who it is named after writes there.

    It is a look at the source, a hundred times as fast as taking the page apart.
    """
    names = {unescape(name) for name in _NAMES.findall(source)}
    return not names.issubset({title}) or _TELLING.search(source) is not None


def kind_by_senders(
    pages: Sequence[Evidence], *, is_named: bool, is_incomplete: bool = False
) -> Chat:
    """Return the kind of a chat by its pages: a channel if nobody but the channel writes in it.

    Where others of its pages are missing, somebody else may write on these. With `is_named`,
    whoever imports it has told the channel's @name. Then, as where it must have many readers, the
    channel may also have written under a shorter title than it has now.
    """
    told = _weightiest({page.told for page in pages} | {Chat.UNKNOWN})
    if told is not Chat.UNKNOWN:
        return told
    if any(page.is_by_people or page.title in _OF_ACCOUNTS for page in pages):
        return Chat.UNKNOWN
    is_public = any(page.is_public for page in pages)
    is_bot = not is_public and any(_BOT.search(page.title) for page in pages)
    is_doubtful = is_bot or any(page.is_doubtful for page in pages)
    is_sure = is_named or (is_public and not is_doubtful)
    for page in pages:
        titles = (page.title, *_shorter(page.title, page.senders)) if is_sure else (page.title,)
        if not page.senders.issubset(titles):
            return Chat.UNKNOWN
    has_spoken = any(page.senders for page in pages)
    is_known = is_sure or not (is_doubtful or is_incomplete)
    return Chat.CHANNEL if has_spoken and is_known else Chat.UNKNOWN


def _weightiest(kinds: Collection[Chat]) -> Chat:
    return next(kind for kind in _BY_WEIGHT if kind in kinds)


def _ids(message: LexborNode) -> Iterator[int]:
    number = _ID.fullmatch(message.attributes.get("id") or "")
    if number is not None:
        yield int(number[1])


def _is_scattered(ids: Sequence[int]) -> bool:
    least = next((share for had, share in DENSE.items() if ids and min(ids) >= had), 0)
    return bool(ids) and len(ids) < least * (max(ids) - min(ids) + 1)


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
    if _OF_CHANNELS.fullmatch(text):
        return Chat.CHANNEL
    if _OF_GROUPS.fullmatch(text):
        return Chat.GROUP
    return Chat.PRIVATE if _OF_PEOPLE.fullmatch(text) else Chat.UNKNOWN


def _is_by_person(message: LexborNode) -> bool:
    """Tell whether a sender's picture has the initials of two names: a channel has but one."""
    initials = words(message.css_first(_INITIALS))
    return len(initials) > 1 and initials.isalnum()


def _sender(message: LexborNode) -> Iterator[str]:
    """Return who wrote a message, where that stands with it."""
    name = message.css_first(_SENDER) if DEFAULT in classes_of(message) else None
    if name is not None:
        yield _VIA.sub("", words(name))
