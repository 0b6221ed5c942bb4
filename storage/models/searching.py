"""Searches, their hits, and what is kept for readers: searches behind buttons, watches, digests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.models.links import Page

if TYPE_CHECKING:
    from datetime import date

    from storage.models.posts import Post


class Order(StrEnum):
    """How the hits of a search are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    REACTIONS = "reactions"


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
    """A post that a query found: `rank` from 1, `score` 0 to 100, `why` names the reasons.

    `parts` names what the score was summed from, in nats of information.
    """

    post: Post
    rank: int
    score: int
    why: tuple[str, ...]
    snippet: Snippet
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An operator of a query whose `value` no post has, or that means nothing.

    It was read as `meant`, or left out.
    """

    operator: str
    value: str
    meant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedTerm:
    """A term of the archive that may stand for a word: how surely, in (0, 1], and by which reasons.

    It is written as the keys that type it, led by `_` if it is Hangul.
    """

    term: str
    why: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedWord:
    """A word of a query, as typed, after it was expanded.

    `standing` tells whether the archive has it ("known"), only a dictionary ("ordinary"), or
    neither ("unknown"). `information` is its inverse document frequency in nats.
    """

    typed: str
    standing: str
    information: float
    terms: tuple[ExplainedTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A look-up of the posts that hold all of some words, given by their places in the query.

    `told` is the share of the query's information that these tell, `found` how many posts it added.
    """

    words: tuple[int, ...]
    told: float
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedPost:
    """A post that is close in meaning: the cosine of its closest part's vector and the query's."""

    post_id: int
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The stages of a search: how words were expanded, what was looked up, what means the same."""

    words: tuple[ExplainedWord, ...]
    tries: tuple[Try, ...]
    close: tuple[ExplainedPost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits(Page[Hit]):
    """Some hits of a query, and what to tell of how they were found.

    `all_words` is how many of the `total` hits hold every word, `by_meaning` how many are there by
    meaning alone. `complete` is False if there may be more hits than were counted. `read_as` is the
    query as it was read, if a word that nobody knows was corrected; `absent` are the words that the
    archive does not hold. `suggestions` are queries to ask instead.
    """

    all_words: int = 0
    by_meaning: int = 0
    complete: bool = True
    read_as: str | None = None
    absent: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    suggestions: tuple[str, ...] = ()


class SearchKind(StrEnum):
    """What a stored search lists."""

    POSTS = "posts"
    TAG = "tag"
    LINKS = "links"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A stored search: what was asked, so that a button can ask it again.

    A search for posts or links has a `query`, a list of tagged posts `tag_ids`. A digest is of the
    `days` up to `until`, and perhaps of one tag.
    """

    kind: SearchKind
    query: str = ""
    tag_ids: tuple[int, ...] = ()
    days: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A query whose new answers a chat is told of, in the language in which it asked, if known."""

    id: int
    query: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A chat to tell of a new post, and which of its watches the post answers."""

    post_id: int
    chat_id: int
    watches: tuple[Watch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a chat wants a digest, and in which language.

    `weekday` is 0 for Monday, None for every day; `minute` is the minute of the day in the time
    zone, which has a name of the IANA database.
    """

    chat_id: int
    minute: int
    zone: str
    language: str
    weekday: int | None = None

    @property
    def days(self) -> int:
        """How many days such a digest is about."""
        return 1 if self.weekday is None else 7
