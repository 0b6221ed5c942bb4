"""What the lines above a place say about whether a post ends there.

Each is given the lines of the post so far, the nearest last; that one is not blank. It returns how
strongly it holds, from 0 to 1.
"""

from __future__ import annotations

import re
from itertools import takewhile
from math import log1p
from typing import TYPE_CHECKING

from seeds.formats.lines import gaps, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.lines import Line

CREDIT_LENGTH = 40
"""Characters; who said something is told in a few words."""
ENOUGH_HASHTAGS = 2
LONG = 120
"""Characters of a paragraph."""
LONGEST = 2_000
"""Characters of the few lines above that are looked at."""
LONG_RUN = 8
"""Lines of a paragraph, or of a page without blank lines."""
HABIT = 2
"""Times that make a habit."""

_CLOSING_QUOTES = ('"', "”", "」", "』", "'")
_OPEN_ENDS = (":", "：", ",", "、", "-", "–", "(", "+")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("「", "」"))
_SOURCE = re.compile(r"(?:출처|원문|자료|사진|참고|source|via|photo)\b\s*[:：]?", re.IGNORECASE)


def link_above(above: Sequence[Line]) -> float:
    """Tell whether a link stands on its own line: many posts end so."""
    return above[-1].is_link


def link_after_words_above(above: Sequence[Line]) -> float:
    """Tell whether a link follows some words, as in `Paper: https://…`."""
    return above[-1].ends_with_link and not above[-1].is_link


def link_opens_above(above: Sequence[Line]) -> float:
    """Tell whether a link is all that the post has so far: text about it is still to come."""
    return above[-1].is_link and len(above) == 1


def hashtags_above(above: Sequence[Line]) -> float:
    """Tell whether hashtags come last; those a post begins with are no end."""
    last = above[-1]
    many = last.is_hashtags or last.hashtags_at_end >= ENOUGH_HASHTAGS
    return many and len(above) > 1


def unfinished_above(above: Sequence[Line]) -> float:
    """Tell whether more must come: after a colon, a comma, an open bracket or quotation."""
    text = above[-1].text
    unpaired = any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)
    return unpaired or text.endswith(_OPEN_ENDS)


def title_above(above: Sequence[Line]) -> float:
    """Tell whether this could be a title, which wants its text."""
    return _is_title(above) and not _goes_on_from_title(above)


def entry_above(above: Sequence[Line]) -> float:
    """Tell whether a short line follows another: part of a list, a table, a poem."""
    return _is_title(above) and _goes_on_from_title(above)


def item_above(above: Sequence[Line]) -> float:
    """Tell whether this is a list item, after which the next may come."""
    return above[-1].marker is not None and not _is_credit(above)


def is_source(above: Sequence[Line]) -> bool:
    """Tell whether it says where something is from or who said it, as one does at the end."""
    return _SOURCE.match(above[-1].text) is not None or _is_credit(above)


def paragraph_above(above: Sequence[Line]) -> float:
    """Tell whether a blank line sets the last line apart from what comes before it."""
    return len(above) > 1 and above[-2].is_blank


def spaced_above(above: Sequence[Line]) -> float:
    """Tell whether blank lines part all paragraphs so far: here, too, one would be set."""
    blanks = gaps(above[::-1])
    return len(blanks) >= HABIT and all(blanks)


def tight_above(above: Sequence[Line]) -> float:
    """Tell whether no blank line has been set so far, and the post has its length."""
    blanks = gaps(above[::-1])
    return len(blanks) >= HABIT and not any(blanks)


def closes_as_known(above: Sequence[Line]) -> float:
    """Tell whether it closes with what other posts of the page close with."""
    return above[-1].closes_as_known


def closes_unlike_known(above: Sequence[Line]) -> float:
    """Tell whether other posts of the page close alike, and this line does not."""
    return above[-1].closes_unlike_known


def repeated_above(above: Sequence[Line]) -> float:
    """Tell whether the line stands on the page again and again: a signature."""
    return above[-1].is_repeated


def text_so_far(above: Sequence[Line]) -> float:
    """Return how much the post says so far."""
    return min(1, log1p(sum(len(line.text) for line in above)) / log1p(LONGEST))


def alone_above(above: Sequence[Line]) -> float:
    """Tell whether the post has one line so far."""
    return len(said(above, 2)) == 1


def run_above(above: Sequence[Line]) -> float:
    """Return how many lines there are since the last blank one of the post."""
    run = takewhile(lambda line: line.text, reversed(above))
    return min(1, len(list(run)) / LONG_RUN)


def _is_title(above: Sequence[Line]) -> bool:
    return above[-1].is_title and not is_source(above)


def _goes_on_from_title(above: Sequence[Line]) -> bool:
    return len(above) > 1 and above[-2].is_title


def _is_credit(above: Sequence[Line]) -> bool:
    """Tell whether the last line names who said what is quoted before it."""
    last = above[-1]
    before = said(above[:-1])
    return (
        bool(before)
        and before[-1].text.endswith(_CLOSING_QUOTES)
        and (last.is_title or (last.marker is not None and len(last.text) < CREDIT_LENGTH))
    )
