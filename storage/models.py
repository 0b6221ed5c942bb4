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
    """A channel or a blog, with the figures its own page gave (rounded as given there).

    `channel_id` is a channel's bare id, as exports have it; the Bot API's is -100 before it.
    """

    title: str
    kind: SourceKind = SourceKind.CHANNEL
    channel_id: int | None = None
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
class Media:
    """What a post carries besides its text, and what its files are called where they are named."""

    kind: MediaKind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post on its way into the archive.

    `ordinal` sorts posts in time, in Unix seconds: the date where it is known, else what the
    document's place among the others implies; it is never shown. `original_text` is the text as
    the document had it, where `text` had to be repaired.

    An album is one post: `message_id` is its first message, `album` the others; where they come one
    by one, `media_group` is what they have in common. `reply_to` is the message that is answered;
    `hidden_urls` are those behind words of the text. `views` are None where they are not told.
    """

    text: str
    message_id: int | None = None
    album: tuple[int, ...] = ()
    date: datetime | None = None
    edited: datetime | None = None
    ordinal: int = 0
    forwarded_from: str | None = None
    reply_to: int | None = None
    reply_snippet: str | None = None
    reactions: int = 0
    views: int | None = None
    hidden_urls: tuple[str, ...] = ()
    media: Media | None = None
    media_group: str | None = None
    original_text: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a post that came live: its id, if it was stored, and whether it is new."""

    post_id: int | None = None
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTitle:
    """A post's id and title, where the rest of it is not wanted."""

    id: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as one post shares it: `raw` as written, `url` in its canonical form.

    `context` is what the post calls it: its Markdown text, or the words it stands in, or the
    post's title. `also` are other posts that share it, the last added first, unless they are many.
    """

    url: str
    raw: str
    host: str
    kind: LinkKind = LinkKind.OTHER
    truncated: bool = False
    context: str = ""
    also: tuple[PostTitle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A tag that the archive gives by what a post says; its name in English as well."""

    name: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords:
    """An entry of a vocabulary: a topic, other words that mean it, and phrases that do not."""

    topic: Topic
    aliases: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


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
    media: Media | None = None
    tags: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
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
class Mistake:
    """An operator of a query that was left out: no post, or nothing at all, is `value`."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A term of the archive that answers a word: by which rules, and the points it loses."""

    term: str
    why: tuple[str, ...]
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to read a query: for each word the terms that answer it, the best first.

    A term is written as the keys that type it, led by `_` if it is Hangul. `lost` are the points,
    of 100, that every hit found in this way loses.
    """

    why: tuple[str, ...]
    lost: int
    words: tuple[tuple[Answered, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits(Page[Hit]):
    """Some hits of a query, and what to tell of how they were found.

    `complete` is False if there may be more hits than `total`, because they are too many to count
    or because the time was up (`in_time` is False). `read_as` is what the words were taken for,
    where that is not what was typed. `suggestions` are queries that find something, when this one
    does not.
    """

    complete: bool = True
    in_time: bool = True
    read_as: str | None = None
    mistakes: tuple[Mistake, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag and how many posts carry it: a hashtag, or a topic, which has an English name."""

    id: int
    name: str
    posts: int
    english: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """A link of the archive and the posts that share it, newest first.

    `raw` and `context` are as the newest of them has it, `date` is when that was posted, if known;
    `tags` are the names of all their tags.
    """

    url: str
    raw: str
    host: str
    kind: LinkKind
    truncated: bool
    posts: tuple[int, ...]
    context: str
    tags: tuple[str, ...] = ()
    date: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFilter:
    """Which links are asked for, and in what order: newest first, or those in most posts.

    `tags` are as typed, with `#`.
    """

    kind: LinkKind | None = None
    host: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""
    most_shared: bool = False

    @property
    def query(self) -> str:
        """A query that asks for this."""
        signs = (
            f"kind:{self.kind}" if self.kind else "",
            f"host:{self.host}" if self.host else "",
            "sort:shared" if self.most_shared else "",
        )
        return " ".join(filter(None, (*signs, *self.tags, self.words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Page[SharedLink]):
    """Some links, and what the query that found them was taken to ask for."""

    asked: LinkFilter = LinkFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """A kind of link and how many different links are of it."""

    kind: LinkKind
    links: int


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
class Watch:
    """A query whose new answers a chat is told of."""

    id: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A chat to tell of a new post, and which of its watches the post answers."""

    chat_id: int
    watches: tuple[Watch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Message ids in a row that the archive does not hold, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Which messages of a channel the archive holds, by their ids.

    Telegram gives ids to what is no post as well, so that some are missing from any archive:
    `missing` is how many between the first and the last, `gaps` the longest stretches of them.
    """

    first: int
    last: int
    missing: int
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStats:
    """What the archive holds of one source; the dates are None where no post has one.

    `coverage` is None where no post has a message id; `live_at` is when the last post came live.
    """

    source: Source
    posts: int
    repaired: int
    first_date: datetime | None
    last_date: datetime | None
    coverage: Coverage | None = None
    live_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Sizes and coverage of an archive; `bytes` is its size on disk."""

    posts: int
    links: int
    tags: int
    bytes: int
    sources: tuple[SourceStats, ...] = field(default=())
