"""Posts: on their way in, as the archive has them, and those of some days; what is their title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.models.links import Page

if TYPE_CHECKING:
    from datetime import date, datetime

    from storage.models.links import Link, Tag, Topic


class MediaKind(StrEnum):
    """What a post carries besides its text."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    ROUND_VIDEO = "round_video"
    STICKER = "sticker"
    DOCUMENT = "document"
    POLL = "poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a post's text stands in its document; lines count from 1, both ends included."""

    document: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What a post carries besides its text, and what its files are called where they are named."""

    kind: MediaKind
    names: tuple[str, ...] = ()


class EntityKind(StrEnum):
    """How a part of a text looks, or that it is a link; named as in Telegram's Bot API.

    What Telegram itself finds in whatever text it shows, such as hashtags, is not kept.
    """

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"
    SPOILER = "spoiler"
    BLOCKQUOTE = "blockquote"
    EXPANDABLE_BLOCKQUOTE = "expandable_blockquote"
    CODE = "code"
    PRE = "pre"
    URL = "url"
    TEXT_LINK = "text_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A part of a text that looks different, or is a link.

    `offset` and `length` count the text's characters (code points). A text link has a `url`; code
    in a block of its own (`pre`) may have a `language`.
    """

    kind: EntityKind
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        """The offset of the first character behind the part."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A link beside a post's text: the preview of a page, or a button with its label as title.

    `description` is whatever else a preview says, such as the site's name.
    """

    url: str
    title: str = ""
    description: str = ""
    button: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """An emoji that readers reacted with, and how many of them did."""

    emoji: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post on its way into the archive.

    `ordinal` sorts posts in time, in Unix seconds: the date where it is known, else what the
    document's place among the others implies; it is never shown. `original_text` is the text as
    the document had it, where `text` had to be repaired.

    An album is one post: `message_id` is its first message, `album` the others; where they come one
    by one, `media_group` is what they have in common. `reply_to` is the message that is answered.
    `entities` are the text's; `hidden_urls` lie behind words that no entity names; `cards` are the
    links shown beside the text. `views` are None where they are not told.

    `reactions` counts all reactions, `reacted` those whose emoji is known; `thumbnail` is the
    address of a small picture of the post. `date_is_local` tells that the document has the date by
    a clock whose zone it does not tell, or not surely: any other copy's date is better.
    `is_partial` tells that the document leaves out a part of the text: any other copy's is better.
    """

    text: str
    message_id: int | None = None
    album: tuple[int, ...] = ()
    date: datetime | None = None
    date_is_local: bool = False
    edited: datetime | None = None
    ordinal: int = 0
    forwarded_from: str | None = None
    reply_to: int | None = None
    reply_snippet: str | None = None
    reactions: int = 0
    views: int | None = None
    entities: tuple[Entity, ...] = ()
    hidden_urls: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    media: Media | None = None
    media_group: str | None = None
    original_text: str | None = None
    origin: Origin | None = None
    reacted: tuple[Reaction, ...] = ()
    thumbnail: str | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a post that came live: its id, if it was stored.

    `has_news` tells that there may be alerts of it: it is new, or an album that has grown.
    """

    post_id: int | None = None
    has_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the posts handed to the archive; `forgotten` ones were left out."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    forgotten: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            new=self.new + other.new,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
            forgotten=self.forgotten + other.forgotten,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """The post that was answered: its snippet, and its id if the archive holds it."""

    snippet: str
    post_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of the archive.

    `source` is its source's title, `title` the first line of the text that says something, `url`
    its permalink where one is known. `tags` are its author's, `topics` the vocabulary's.
    """

    id: int
    source: str
    title: str
    text: str
    message_id: int | None = None
    date: datetime | None = None
    forwarded_from: str | None = None
    reply_to: ReplyTo | None = None
    reactions: int = 0
    views: int | None = None
    entities: tuple[Entity, ...] = ()
    cards: tuple[Card, ...] = ()
    media: Media | None = None
    tags: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    links: tuple[Link, ...] = ()
    url: str | None = None
    origin: Origin | None = None
    original_text: str | None = None
    reacted: tuple[Reaction, ...] = ()
    thumbnail: str | None = None

    @property
    def repaired(self) -> bool:
        """Whether the text differs from its document's because a wrong decoding was undone."""
        return self.original_text is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A post of a digest under its most telling tag, if it has any.

    The tag's `posts` is how many posts of the digest stand under it.
    """

    post: Post
    tag: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Page[DigestItem]):
    """Some posts of the days from `first` to `last`, in UTC, both included; heading by heading.

    The days up to `until` were asked for; if nothing was posted then, these are earlier ones.
    `listed` is how many of the `total` can be had a part at a time: those with most response.
    `undated` posts are not among them, because nobody knows when they were posted.
    """

    first: date
    last: date
    until: date
    listed: int
    undated: int = 0

    @property
    def days(self) -> int:
        """How many days it is about."""
        return (self.last - self.first).days + 1

    @property
    def is_earlier(self) -> bool:
        """Whether these are not the days that were asked for."""
        return self.last < self.until


TITLE_LENGTH = 80
_BARE_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
# What names a post among its like, and says nothing of it: "10일차:", "Day 3", "요약:".
_LABEL = re.compile(
    r".{1,20}[:：]|\d{1,3}\s?(?:일차|주차|회차|회|화|편|부|장|강)(?:\s?\(.{1,12}\))?"
    r"|(?:day|week|part|chapter|episode|ep\.)\s?\d{1,3}",
    re.IGNORECASE,
)
_EDGES = " \t#*_=-~|>"


# The links of a post that comes in may ask for it many times, and its topics once more.
@lru_cache(maxsize=8)
def title_of(text: str) -> str:
    """Return the first line with words in it that is not a lone URL; else the first line at all.

    A line that only numbers or announces what follows is joined by the next. At most 80 characters,
    cut at a word with an ellipsis; empty only for an empty text.
    """
    lines = [line.strip(_EDGES) for line in text.splitlines()]
    spoken = (line for line in lines if _says_something(line) and not _BARE_URL.match(line))
    title = next(spoken, None) or next((line for line in lines if line), text.strip())
    if _LABEL.fullmatch(title):
        title = f"{title} {next(spoken, '')}"
    return _cut(" ".join(title.split()))


def _says_something(line: str) -> bool:
    return any(map(str.isalpha, line))


def _cut(line: str) -> str:
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[: TITLE_LENGTH - 1]
    words, space, _ = head.rpartition(" ")
    return f"{words if space and len(words) > TITLE_LENGTH // 2 else head}…"
