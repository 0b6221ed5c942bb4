"""Messages that were selected and copied in Telegram Desktop: each below who wrote it, and when.

    Some Channel, [29.11.2026 17:30]
    The text of a post

    Some Channel, [29.11.2026 17:45]
    [ Photo ]
    A caption

Older versions have `[29.11.2026 17:30] Some Channel: The text`. The date is in the form of the
country where it was copied, by that computer's clock.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Batch, Chat
from seeds.formats.lines import visible
from seeds.formats.marks import LONGEST_NAME
from storage import NewPost, Origin, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHEN: Final = r"\[(?P<when>[^\[\]]{0,30}\d{1,2}:\d\d(?::\d\d)?[^\[\]]{0,8})\]"
_NAME: Final = rf"(?P<name>[^\[\]]{{1,{LONGEST_NAME}}}?)"
_ABOVE: Final = re.compile(rf"{_NAME}, {_WHEN}:?")
_BESIDE: Final = re.compile(rf"{_WHEN} {_NAME}: (?P<text>.*)")
_MEDIA: Final = re.compile(r"\[ [^\[\]:]{1,40}(?: : (?P<file>[^\[\]]{1,200}))? \]")
"""What stands for a picture or a file."""

_NUMBERS: Final = re.compile(r"\d+")
_TIME: Final = re.compile(r"(?P<before>\D{0,6})(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<after>.*)")
_AFTERNOON: Final = re.compile(r"pm|p\.m\.|오후", re.IGNORECASE)
_MORNING: Final = re.compile(r"am|a\.m\.|오전", re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"\d{4}\D|\d\d\. \d")
"""As in Korea: 26. 11. 29."""
_CENTURY: Final = 2000
_LONGEST_YEAR: Final = 99


class Heading(NamedTuple):
    """What stands above or beside a message: in which line, and what of the line is its text."""

    at: int
    name: str
    when: str
    text: str | None = None


def knows(text: str) -> bool:
    """Tell whether a text begins with such a message."""
    first = next((line for line in map(visible, text.split("\n")) if line), "")
    return bool(_ABOVE.fullmatch(first) or _BESIDE.fullmatch(first))


def parse(text: str, document: str) -> Batch:
    """Return the messages as posts. Raises DocumentError.

    Where several people wrote it is a chat of theirs; that one alone did makes it no channel yet.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    headings = _headings(lines)
    if not headings:
        raise DocumentError(document, 1, Problem.UNKNOWN_FORMAT)
    ends = [*(heading.at for heading in headings[1:]), len(lines)]
    found = (_post(lines, one, end, document) for one, end in zip(headings, ends, strict=True))
    posts = tuple(post for post in found if post is not None)
    if not posts:
        raise DocumentError(document, None, Problem.NO_POSTS)
    names = Counter(heading.name for heading in headings)
    chat = Chat.UNKNOWN if len(names) == 1 else Chat.PRIVATE
    return Batch(source=Source(title=names.most_common(1)[0][0]), posts=posts, chat=chat)


def _headings(lines: Sequence[str]) -> list[Heading]:
    """Return where messages begin: behind blank lines, or where text stands beside a name."""
    found = []
    for at, (above, line) in enumerate(pairwise(("", *map(visible, lines)))):
        match = _BESIDE.fullmatch(line) or (None if above else _ABOVE.fullmatch(line))
        if match is not None:
            told = match.groupdict()
            found.append(Heading(at, told["name"], told["when"], told.get("text")))
    return found


def _post(lines: Sequence[str], heading: Heading, end: int, document: str) -> NewPost | None:
    """Return the post of a message, if it says anything."""
    first = heading.at + (heading.text is None)
    said = [*([] if heading.text is None else [heading.text]), *lines[heading.at + 1 : end]]
    if said and (media := _MEDIA.fullmatch(visible(said[0]))):
        rest = said[1:]
        has_caption = any(map(visible, rest))
        said = ["", *rest] if has_caption else [media["file"] or ""]
    shown = [place for place, line in enumerate(said) if visible(line)]
    if not shown:
        return None
    date = _date(heading.when)
    return NewPost(
        text="\n".join(said[shown[0] : shown[-1] + 1]),
        date=date,
        date_is_local=True,
        ordinal=first + 1 if date is None else int(date.timestamp()),
        origin=Origin(
            document=document, first_line=first + shown[0] + 1, last_line=first + shown[-1] + 1
        ),
    )


def _date(when: str) -> datetime | None:
    """Return a date in the form of some country, by this computer's clock; None if it is none."""
    time = _TIME.search(when)
    numbers = [int(one) for one in _NUMBERS.findall(when[: time.start("hour")] if time else "")]
    if time is None or len(numbers) != 3:  # noqa: PLR2004 - day, month and year
        return None
    halves = time["before"] + time["after"]
    is_american = "/" in when and bool(_AFTERNOON.search(halves) or _MORNING.search(halves))
    if _YEAR_FIRST.match(when):
        year, month, day = numbers
    else:
        (month, day, year) = numbers if is_american else (numbers[1], numbers[0], numbers[2])
    hour = int(time["hour"]) % 12 if _MORNING.search(halves) else int(time["hour"])
    hour = int(time["hour"]) % 12 + 12 if _AFTERNOON.search(halves) else hour
    year += 0 if year > _LONGEST_YEAR else _CENTURY
    try:
        return datetime(year, month, day, hour, int(time["minute"])).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
