"""Tags: the authors' hashtags and a vocabulary's topics."""

from __future__ import annotations

from dataclasses import dataclass


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
class Tag:
    """A tag and how many posts carry it: a hashtag, or a topic, which has an English name."""

    id: int
    name: str
    posts: int
    english: str | None = None

    @property
    def is_topic(self) -> bool:
        """Whether the vocabulary gives this tag, not the posts' authors."""
        return self.english is not None
