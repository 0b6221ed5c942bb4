"""Cuts a text into parts of one subject each: paragraphs, the short ones joined, long ones cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from storage.models import Span
from storage.urls import link_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = 1
"""Rises with whatever changes parts or what is encoded of them: vectors are then made anew."""

LENGTH: Final = 400
"""Characters to which paragraphs are joined. Of 150 to 600 it found most posts, see RESULTS.md."""

LONGEST: Final = 600
"""Characters from which on a paragraph is cut."""

MOST_PARTS: Final = 100
"""Parts of one post; what comes after is not found by its meaning."""

PARAGRAPH: Final = re.compile(r"\S[^\n]*")
SENTENCE_END: Final = re.compile(r"[.!?…。](?=\s)|[다요](?=\s)")
LETTER: Final = re.compile(r"[^\W\d_]")
HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3131-\u318e가-힣]")


def parts_of(text: str) -> list[Span]:
    """Return the parts of a text that say something."""
    said = without_links(text)
    parts: list[Span] = []
    for piece in _pieces(said):
        if parts and len(said_in(said, Span(parts[-1].start, piece.end))) <= LENGTH:
            parts[-1] = Span(parts[-1].start, piece.end)
        else:
            parts.append(piece)
    return [part for part in parts if LETTER.search(said, part.start, part.end)][:MOST_PARTS]


def without_links(text: str) -> str:
    """Return a text with blanks in place of its links, whose letters are no words."""
    for span in link_spans(text):
        text = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return text


def said_in(text: str, part: Span) -> str:
    """Return a part of a text, every run of blanks and line ends one space."""
    return " ".join(text[part.start : part.end].split())


def is_korean(text: str) -> bool:
    """Whether at least half of the letters of a text are Hangul."""
    hangul = len(HANGUL.findall(text))
    return hangul > 0 and 2 * hangul >= len(LETTER.findall(text))


def _pieces(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text; a long one in pieces that end where a sentence does."""
    for paragraph in PARAGRAPH.finditer(text):
        start, end = paragraph.start(), paragraph.start() + len(paragraph[0].rstrip())
        while end - start > LONGEST:
            cut = _cut(text, start, start + LENGTH)
            yield Span(start, cut)
            start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        yield Span(start, end)


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut before a limit: behind a sentence, else between words, else there."""
    middle = (start + limit) // 2
    ends = [match.end() for match in SENTENCE_END.finditer(text, middle, limit)]
    return ends[-1] if ends else max(text.rfind(" ", middle, limit), 0) or limit
