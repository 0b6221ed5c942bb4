"""Digests: what was posted in some days, by tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.models.pages import Page

if TYPE_CHECKING:
    from datetime import date

    from storage.models.posts import Post
    from storage.models.tags import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """A post of a digest under its most telling tag, if it has any.

    The tag's `posts` is how many posts of the digest stand under it.
    """

    post: Post
    tag: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Page[Digested]):
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
