"""Tags and links, as posts carry them and as the archive lists them, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items of a longer list, and how many it has in all."""

    items: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A tag that the archive gives by what a post says; `names` are those in other languages."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords:
    """An entry of a vocabulary: a topic, other words that mean it, and phrases that do not."""

    topic: Topic
    aliases: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag and how many posts carry it.

    It is a hashtag, which authors write, or a topic, which the vocabulary gives. `names` are a
    topic's names in other languages, by the codes of these.
    """

    id: int
    name: str
    posts: int
    is_topic: bool = False
    names: Mapping[str, str] = field(default_factory=dict, hash=False)


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
class SharedLink:
    """A link of the archive and the posts that share it, newest first, and how many these are.

    `raw` and `context` are as the newest of them has it, `date` is when that was posted, if known;
    `tags` are the names of all their tags. Of a link that very many posts share, the newest are
    told.
    """

    url: str
    raw: str
    host: str
    kind: LinkKind
    truncated: bool
    posts: tuple[int, ...]
    shares: int
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
    """Some links, and what the query that found them was taken to ask for.

    `orders_differ` is whether the most shared may come in another order than the newest.
    """

    asked: LinkFilter = LinkFilter()
    orders_differ: bool = False


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
