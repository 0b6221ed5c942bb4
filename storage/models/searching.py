"""Searches, their hits, and what tells how these were found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.models.pages import Page

if TYPE_CHECKING:
    from storage.models.posts import Post


class Order(StrEnum):
    """How the hits of a search are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class SearchKind(StrEnum):
    """What a stored search lists."""

    POSTS = "posts"
    TAG = "tag"
    LINKS = "links"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A stored search: what was asked, so that a button can ask it again."""

    kind: SearchKind
    query: str


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
    """A post that a query found: `rank` from 1, `score` 0 to 100, `why` names the rules.

    `lost` are the points that the score lacks of 100, by what was judged: a few words each.
    """

    post: Post
    rank: int
    score: int
    why: tuple[str, ...]
    snippet: Snippet
    lost: tuple[tuple[str, float], ...] = ()


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
    where that is not what was typed, and `as_written` a query for just that. `suggestions` are
    queries that find something, when this one does not.
    """

    complete: bool = True
    in_time: bool = True
    read_as: str | None = None
    as_written: str | None = None
    mistakes: tuple[Mistake, ...] = ()
    suggestions: tuple[str, ...] = ()
