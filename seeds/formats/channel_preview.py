"""A channel's public preview page as text: a head, then posts with only a newline between them.

Some posts are marked: what opens one and what closes one stand on lines of their own (marks.py).
Between the others the border is judged from the text (borders.py).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Batch
from seeds.formats.borders import find_borders
from seeds.formats.lines import read_lines, visible, with_habits
from seeds.formats.marks import UNCLOSED, Opening, Section, read_header, split_at_marks
from storage import NewPost, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds.formats.lines import Line


def knows(text: str) -> bool:
    """Tell whether a text begins with the head of a preview page."""
    return read_header(text.split("\n")) is not None


def parse(text: str, document: str) -> Batch:
    """Return the channel and its posts. Raises DocumentError."""
    texts = [line.removesuffix("\r") for line in text.split("\n")]
    header = read_header(texts)
    if header is None:
        raise DocumentError(document, 1, Problem.UNKNOWN_FORMAT)
    while not visible(texts[-1]):
        texts.pop()
    lines = read_lines(texts)
    sections = list(split_at_marks(lines, header.lines, header.source.title))
    said = [found for section in sections if (found := _said(lines, section))]
    firsts, lasts = [found[0] for found in said], [found[-1] for found in said]
    lines = with_habits(lines, firsts, lasts)
    posts = [
        _post(texts, part, document) for section in sections for part in _parts(lines, section)
    ]
    if not posts:
        raise DocumentError(document, header.lines, Problem.NO_POSTS)
    return Batch(source=header.source, posts=tuple(posts))


def _said(lines: Sequence[Line], section: Section) -> list[int]:
    return [at for at in range(section.first, section.end) if not lines[at].is_blank]


def _parts(lines: Sequence[Line], section: Section) -> Iterator[Section]:
    """Return a section's posts, each with what of the section's marks is its own."""
    said = _said(lines, section)
    if not said:
        return
    first, end = said[0], said[-1] + 1
    borders = find_borders(lines[first:end])
    for top, bottom in pairwise([first, *(first + border for border in borders), end]):
        yield Section(
            first=top,
            end=bottom,
            opening=section.opening if top == first else Opening(),
            closing=section.closing if bottom == end else UNCLOSED,
        )


def _post(texts: Sequence[str], part: Section, document: str) -> NewPost:
    first_line = part.first + 1
    return NewPost(
        text="\n".join(texts[part.first : part.end]),
        ordinal=first_line,
        forwarded_from=part.opening.forwarded_from,
        reply_snippet=part.opening.reply_snippet,
        reactions=part.closing.reactions,
        reacted=part.closing.reacted,
        origin=Origin(document=document, first_line=first_line, last_line=part.end),
    )
