"""What the posts of a page have in common: how they open and close.

A channel has habits. Where the first post of a page opens with 📌, a line with 📌 further down
opens another; where every post ends with the channel's name, so does the next. Known are the
beginnings and ends that marks set apart, and those of the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from seeds.formats.lines import Line

FEWEST: Final = 3
"""Times that a line stands on a page to be part of the channel's form, not of a post's text."""

SHORTEST: Final = 5
"""Characters of such a line; numbers of reactions are shorter."""

_STRONG_BULLETS: Final = "■□●○▶→✅☑✔"
"""Bullets that headings have as well."""
_NUMBER: Final = re.compile(r"\d+")
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u25b6\u23e9-\u23fa\u2b50]")
_SIGN: Final = re.compile(r"[^\w\s\"'“”‘’(<]")


def with_habits(
    lines: Sequence[Line], openings: Iterable[int], closings: Iterable[int]
) -> tuple[Line, ...]:
    """Return the lines of a page, with what the known first and last lines of posts say of them."""
    texts = Counter(line.text for line in lines if len(line.text) >= SHORTEST)
    opened = [_opening(line, texts) for line in lines]
    closed = [_closing(line, texts) for line in lines]
    signs = _habitual(opened, openings)
    ends = _habitual(closed, closings)
    return tuple(
        replace(
            line,
            opens_as_known=opening in signs,
            opens_unlike_known=bool(signs) and opening not in signs,
            closes_as_known=closing in ends,
            closes_unlike_known=bool(ends) and closing not in ends,
            is_repeated=texts[line.text] >= FEWEST,
        )
        for line, opening, closing in zip(lines, opened, closed, strict=True)
    )


def _habitual(forms: Sequence[str | None], known: Iterable[int]) -> frozenset[str]:
    """Return the known forms that the page has often enough to be a habit."""
    counts = Counter(forms)
    found = (forms[at] for at in known)
    return frozenset(form for form in found if form is not None and counts[form] >= FEWEST)


def _opening(line: Line, texts: Mapping[str, int]) -> str | None:
    """Return the sign that a line opens with, or its first word if that counts: Day 0, 0일차.

    All emoji are one sign, unless the line stands on the page again and again.
    """
    if line.is_blank or line.is_link:
        return None
    if texts[line.text] >= FEWEST:
        return line.text
    if line.marker is not None:
        return line.marker.style if line.marker.style[0] in _STRONG_BULLETS else None
    if _EMOJI.match(line.text):
        return "emoji"
    if _SIGN.match(line.text):
        return line.text[0]
    word = line.text.split()[0]
    counted = _NUMBER.sub("0", word)
    return counted if counted != word else None


def _closing(line: Line, texts: Mapping[str, int]) -> str | None:
    """Return what a line closes with: a sign, or what it says word for word."""
    if line.is_blank or line.is_link:
        return None
    if texts[line.text] >= FEWEST:
        return line.text
    return line.text[0] if _SIGN.match(line.text) and not _EMOJI.match(line.text) else None
