"""Where posts come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """What kind of place posts come from."""

    CHANNEL = "channel"
    BLOG = "blog"


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
