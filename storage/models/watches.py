"""Searches that watch, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A query whose new answers a chat is told of."""

    id: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A chat to tell of a new post, and which of its watches the post answers."""

    post_id: int
    chat_id: int
    watches: tuple[Watch, ...]
