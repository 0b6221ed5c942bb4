"""A preview page's text as a browser copies it: each post between its author and its views.

    Some Channel
    Forwarded from Elsewhere
    The text of a post
    👍
    10
    1.2K views Jane, edited 15:40

Nothing has to be judged: what the page says around a text stands on lines of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Batch
from seeds.formats.composing import reacted
from seeds.formats.lines import Line, visible
from seeds.formats.marks import (
    FIGURE,
    LONGEST_NAME,
    UNCLOSED,
    Closing,
    bare_number,
    count,
    emoji_reactions,
    figures_in,
)
from storage import NewPost, Origin, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK: Final = "✔"
"""Stands below the name of a verified channel."""

_FOOT: Final = re.compile(
    r"(?:\d[\d.]*[KM]? ?vot(?:er|e)s? ?)?"
    rf"(?P<count>\d+(?:\.\d+)?)(?P<unit>[KM]?) ?views?.{{0,{LONGEST_NAME}}}?"
    r"\d{1,2}:\d\d(?: ?[AP]M)?",
    re.ASCII,
)
_USERNAME: Final = re.compile(r"@(\w{4,32})", re.ASCII)
_FORWARD: Final = re.compile(r"Forwarded from[ \xa0]+(?P<name>\S.*)")
_DURATION: Final = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_LABELS: Final = frozenset(
    (
        *("VIEW IN TELEGRAM", "Media is too big", "Please open Telegram to view this post"),
        *("This media is not supported in your browser", "Open in Telegram"),
        *("This media is not supported in the widget", MARK),
    )
)
"""What the page says where it shows less than Telegram does."""
_POLLS: Final = frozenset(
    ("Anonymous Poll", "Anonymous Quiz", "Public Poll", "Public Quiz", "Final Results")
)
_SUBSCRIBERS: Final = frozenset(("subscriber", "member"))
_SHARE: Final = re.compile(r"\d{1,3}%")
_GLUED: Final = re.compile(r"(?:\d+(?:\.\d+)?[KM]|\d{1,3}){2,}")
"""Numbers of reactions whose pictures were lost, with nothing between them."""


class Part(NamedTuple):
    """A line of a post, and where in the document it is."""

    at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The channel, where its first post begins, and the lines that close posts."""

    source: Source
    start: int
    feet: tuple[int, ...]


def knows(text: str) -> bool:
    """Tell whether a text is such a copy."""
    return _frame([visible(line) for line in text.split("\n")]) is not None


def parse(text: str, document: str) -> Batch:
    """Return the channel and its posts. Raises DocumentError."""
    lines = [visible(line) for line in text.split("\n")]
    frame = _frame(lines)
    if frame is None:
        raise DocumentError(document, 1, Problem.UNKNOWN_FORMAT)
    ends = pairwise((frame.start - 1, *frame.feet, *_unfinished(lines, frame)))
    found = (_post(lines, top + 1, foot, frame.source.title, document) for top, foot in ends)
    posts = tuple(post for post in found if post is not None)
    if not posts:
        raise DocumentError(document, frame.start + 1, Problem.NO_POSTS)
    return Batch(source=frame.source, posts=posts)


def _frame(lines: Sequence[str]) -> Frame | None:
    feet = [at for at, line in enumerate(lines) if _FOOT.fullmatch(line)]
    if not feet:
        return None
    title = _title(lines, feet)
    if not title:
        return None
    closing = [at for at in feet if title.startswith(_following(lines, at))]
    if not closing:
        return None
    head = lines[: closing[0]]
    told = [at for at, line in enumerate(head) if FIGURE.match(line)]
    figures = figures_in(" ".join(head[at] for at in told))
    username = next((name[1] for line in head if (name := _USERNAME.fullmatch(line))), None)
    source = Source(
        title=title,
        username=username,
        subscribers=figures.get("subscriber", figures.get("member")),
        photos=figures.get("photo"),
        videos=figures.get("video"),
        files=figures.get("file"),
        links=figures.get("link"),
    )
    return Frame(source=source, start=told[-1] + 1 if told else 0, feet=tuple(closing))


def _unfinished(lines: Sequence[str], frame: Frame) -> tuple[int, ...]:
    """Return where the last post ends, if it begins behind the last foot and has none."""
    begun = frame.source.title in lines[frame.feet[-1] + 1 :]
    return (len(lines),) if begun else ()


def _title(lines: Sequence[str], feet: Sequence[int]) -> str:
    """Return the channel's name: what stands above its subscribers, else what follows most feet."""
    head = [line for line in lines[: feet[0]] if line and line != MARK]
    for above, line in pairwise(head):
        if _SUBSCRIBERS & figures_in(line).keys() and not _USERNAME.fullmatch(above):
            return above
    following = Counter(filter(None, (_following(lines, at) for at in feet)))
    title, times = following.most_common(1)[0] if following else ("", 0)
    return title if times >= len(feet) / 2 else ""


def _following(lines: Sequence[str], at: int) -> str:
    return next((line for line in lines[at + 1 :] if line), "")


def _post(lines: Sequence[str], first: int, foot: int, title: str, document: str) -> NewPost | None:
    """Return the post between two feet, if it says anything."""
    parts = [Part(at, lines[at]) for at in range(first, foot) if lines[at] not in _LABELS]
    author = next((place for place, part in enumerate(parts) if part.text == title), -1)
    parts = _stripped(parts[author + 1 :])
    forwarded_from = snippet = None
    if parts and (forward := _FORWARD.fullmatch(parts[0].text)):
        forwarded_from, parts = forward["name"], _stripped(parts[1:])
    if len(parts) > 1 and parts[0].text == title:
        snippet, parts = parts[1].text, _stripped(parts[2:])
    while parts and _DURATION.fullmatch(parts[0].text):
        parts = _stripped(parts[1:])
    closing, parts = _closing(parts)
    if not parts:
        return None
    seen = _FOOT.fullmatch(lines[foot]) if foot < len(lines) else None
    return NewPost(
        text="\n".join(_with_polls([part.text for part in parts])),
        ordinal=parts[0].at + 1,
        forwarded_from=forwarded_from,
        reply_snippet=snippet,
        reactions=closing.reactions,
        reacted=closing.reacted,
        views=count(seen["count"], seen["unit"]) if seen else None,
        origin=Origin(document=document, first_line=parts[0].at + 1, last_line=parts[-1].at + 1),
    )


def _stripped(parts: Sequence[Part]) -> list[Part]:
    """Return lines without the blank ones at both ends."""
    said = [place for place, part in enumerate(parts) if part.text]
    return list(parts[said[0] : said[-1] + 1]) if said else []


def _closing(parts: Sequence[Part]) -> tuple[Closing, list[Part]]:
    """Return the reactions that lines end with, and the lines above them.

    Emoji and their numbers stand on one line or on two; where the emoji are pictures, numbers
    alone are left.
    """
    left, counts = list(parts), list[tuple[str, int]]()
    while left and (read := _reactions(left, is_lost=bool(counts) and not counts[0][0])):
        found, size = read
        counts = [*found, *counts]
        left = _stripped(left[:-size])
    if not counts:
        return UNCLOSED, left
    return Closing(sum(number for _, number in counts), reacted(counts)), left


def _reactions(parts: Sequence[Part], *, is_lost: bool) -> tuple[list[tuple[str, int]], int] | None:
    """Return the reactions of the last lines, and how many lines that are; None if it is text.

    `is_lost` tells that those below have lost their emoji: what stands above numbers is then text.
    """
    line = Line(text=parts[-1].text)
    together, number = emoji_reactions(line), bare_number(line)
    if together is not None and not is_lost:
        return [(one.emoji, one.count) for one in together.reacted], 1
    if number is not None and not is_lost and len(parts) > 1 and _is_emoji(parts[-2].text):
        return [(parts[-2].text, number)], 2
    if number is not None:
        return [("", number)], 1
    return ([("", 0)], 1) if _GLUED.fullmatch(line.text) else None


def _is_emoji(text: str) -> bool:
    return emoji_reactions(Line(text=f"{text}1")) is not None


def _with_polls(texts: Sequence[str]) -> list[str]:
    """Return the lines of a post, a poll among them as it is written for every format."""
    label = next((place for place, text in enumerate(texts) if place and text in _POLLS), None)
    if label is None:
        return list(texts)
    own, question = texts[: label - 1], texts[label - 1]
    options = [f"- {text}" for text in texts[label + 1 :] if text and not _SHARE.fullmatch(text)]
    return [*own, *([""] if own and own[-1] else []), question, *options]
