"""Where posts come from, and what the archive holds and lacks of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


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
class Repaired:
    """What became of a repair.

    Of a damaged file the posts were `rescued`; `lost` is how many could not be read, as far as that
    is known, and `damaged` is where the file as it was is kept.
    """

    rescued: bool = False
    lost: int = 0
    damaged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many posts were made in a month, which is given by its first day."""

    first: date
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Sizes and coverage of an archive; `bytes` is its size on disk.

    `without_meaning` is how many posts have no vectors yet; None where search by meaning is off.
    """

    posts: int
    links: int
    tags: int
    bytes: int
    without_meaning: int | None = None
    sources: tuple[SourceStats, ...] = field(default=())
