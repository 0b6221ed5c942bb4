"""A blog article that is a diary: a title, an entry for each day, a review of the period.

A day's entry opens with its number (`6일차:`, `9일차(광복절)`), the review with its period
(`2주차 후기`). Each opening line belongs to its entry.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Batch
from storage import NewPost, Origin, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_DAYS = 2
"""One line that names a day makes no diary."""

_DAY = re.compile(r"\s*(?:#+ )?\d{1,4}\s*일\s*차\s*(?:[(（].{1,30}[)）])?\s*[:：]?\s*")
_REVIEW = re.compile(
    r"\s*(?:#+ )?(?:\d{1,3}\s*(?:주\s*차|개?월\s*차|월)|전체|최종)\s*(?:후기|회고)\s*[:：]?\s*"
)
_CONTENTS = {"Table of Contents", "목차"}


def knows(text: str) -> bool:
    """Tell whether a text is such a diary."""
    return sum(map(_is_day, text.split("\n"))) >= FEWEST_DAYS


def parse(text: str, document: str) -> Batch:
    """Return the entries. Raises DocumentError."""
    lines = text.split("\n")
    openings = [at for at, line in enumerate(lines) if _is_day(line)]
    if not openings:
        raise DocumentError(document, 1, Problem.UNKNOWN_FORMAT)
    openings += (at for at in range(openings[-1], len(lines)) if _REVIEW.fullmatch(lines[at]))
    title = next(at for at, line in enumerate(lines) if line.strip())
    opening = title + 1 if title < openings[0] else title
    bounds = pairwise([opening, *openings, len(lines)])
    posts = (_entry(lines, first, end, document) for first, end in bounds)
    return Batch(
        source=Source(title=lines[title].strip(), kind=SourceKind.BLOG),
        posts=tuple(post for post in posts if post),
    )


def _is_day(line: str) -> bool:
    return _DAY.fullmatch(line) is not None


def _entry(lines: Sequence[str], first: int, end: int, document: str) -> NewPost | None:
    """Return the entry between two lines, without blank ones at its ends; None if it is empty."""
    said = [
        at for at in range(first, end) if lines[at].strip() and lines[at].strip() not in _CONTENTS
    ]
    if not said:
        return None
    top, bottom = said[0], said[-1] + 1
    return NewPost(
        text="\n".join(line.rstrip("\r") for line in lines[top:bottom]),
        ordinal=top + 1,
        origin=Origin(document=document, first_line=top + 1, last_line=bottom),
    )
