"""What the archive takes and returns: frozen values, never rows or cursors."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

T = TypeVar("T")


class SourceKind(StrEnum):
    """What kind of place posts come from."""

    CHANNEL = "channel"
    BLOG = "blog"


class LinkKind(StrEnum):
    """What a link leads to, judged by its host."""

    VIDEO = "video"
    PAPER = "paper"
    CODE = "code"
    ARTICLE = "article"
    SOCIAL = "social"
    BOOK = "book"
    EVENT = "event"
    JOB = "job"
    OTHER = "other"


class Order(StrEnum):
    """How the hits of a search are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class SearchKind(StrEnum):
    """What a stored search lists."""

    POSTS = "posts"
    TAG = "tag"
    LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A channel or a blog, with the figures its own page gave (rounded as given there)."""

    title: str
    kind: SourceKind = SourceKind.CHANNEL
    username: str | None = None
    about: str | None = None
    subscribers: int | None = None
    photos: int | None = None
    videos: int | None = None
    files: int | None = None
    links: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a post's text stands in its document; lines count from 1, both ends included."""

    document: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post on its way into the archive.

    `ordinal` sorts posts in time, in Unix seconds: the date where it is known, else what the
    document's place among the others implies; it is never shown. `original_text` is the text as
    the document had it, where `text` had to be repaired.
    """

    text: str
    message_id: int | None = None
    date: datetime | None = None
    ordinal: int = 0
    forwarded_from: str | None = None
    reply_snippet: str | None = None
    reactions: int = 0
    original_text: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as one post shares it: `raw` as written, `url` in its canonical form."""

    url: str
    raw: str
    host: str
    kind: LinkKind = LinkKind.OTHER
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """The post that was answered: its snippet, and its id if the archive holds it."""

    snippet: str
    post_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of the archive.

    `source` is its source's title, `title` the first line of the text that says something, `url`
    its permalink where one is known.
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
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    url: str | None = None
    origin: Origin | None = None
    original_text: str | None = None

    @property
    def repaired(self) -> bool:
        """Whether the text differs from its document's because a wrong decoding was undone."""
        return self.original_text is not None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A part of a post's text around its matches; `spans` are offsets into `text` itself."""

    text: str
    spans: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A post that a query found: `rank` from 1, `score` 0 to 100, `why` names the rules."""

    post: Post
    rank: int
    score: int
    why: tuple[str, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items of a longer list, and how many it has in all."""

    items: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A hashtag, as it is most often written, and how many posts carry it."""

    id: int
    name: str
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """A link of the archive and the posts that share it, newest first.

    `raw` is the link as the newest of them has it, `context` that post's title.
    """

    url: str
    raw: str
    host: str
    kind: LinkKind
    truncated: bool
    posts: tuple[int, ...]
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host and how many different links lead to it."""

    name: str
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A stored search: what was asked, so that a button can ask it again."""

    kind: SearchKind
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the posts handed to the archive."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            new=self.new + other.new,
            updated=self.updated + other.updated,
            unchanged=self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStats:
    """What the archive holds of one source; the dates are None where no post has one."""

    source: Source
    posts: int
    repaired: int
    first_date: datetime | None
    last_date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Sizes and coverage of an archive; `bytes` is its size on disk."""

    posts: int
    links: int
    tags: int
    bytes: int
    sources: tuple[SourceStats, ...] = field(default=())
