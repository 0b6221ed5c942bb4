"""What the lines above and below a place say together about whether a border lies there.

`above` is the post so far, the nearest line last, `below` what follows, the nearest line first;
the two nearest are not blank. Each returns how strongly it holds, from 0 to 1.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from math import sqrt
from typing import TYPE_CHECKING

from seeds.formats.features.above import is_source
from seeds.formats.lines import NEAR, Marker, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seeds.formats.lines import Line

VERSE_LENGTH = 25
"""Characters; lines of verse and cells of tables are shorter."""
STEMS_ALIKE = 0.5
"""The share of stems in common from which on two texts speak of the same."""
BLOCK = 4
"""Lines on either side that are compared as a whole."""
SAID_AGAIN = 2.0
"""The information that two texts share, beside their sizes, from which on it is much."""

_POSTSCRIPT = re.compile(
    r"(?:p\.?\s?s\b|출처|원문|자료|사진|참고|추신|ref|source|via|cf|photo)\W|[*※>(→⇒]",
    re.IGNORECASE,
)
_ALL_FRAMED = re.compile(r"[\[【<〈《「『(（][^\])】>]+[\]】>〉》」』)）]$")
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27bf]")


def belongs_above(_: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether this is part of what is above: hashtags, a source, half a sentence."""
    line = below[0]
    if _ALL_FRAMED.match(line.text):
        return False
    return (
        line.is_hashtags
        or _POSTSCRIPT.match(line.text) is not None
        or (line.text[0].islower() and not line.is_link)
    )


def run_in_link_above(above: Sequence[Line], _: Sequence[Line]) -> float:
    """Tell whether text has gone on right after another link of this post, as it may again."""
    followed = pairwise(above[:-1])
    return above[-1].is_link and any(
        line.is_link and not after.is_blank and not after.is_link for line, after in followed
    )


def language_changes(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether Korean turns into another language or back.

    A list may have items in another, and a post a quotation or a source.
    """
    marker = below[0].marker
    if marker is not None and marker.number != 1:
        return False
    last = next((line.script for line in reversed(above) if line.script), None)
    first = below[0].script
    known = last is not None and first is not None
    return known and last is not first and not belongs_above(above, below)


def level_changes(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether 합니다 or 해요 turns into 한다, or back."""
    last, first = _is_polite(reversed(above)), _is_polite(below)
    return last is not None and first is not None and last is not first


def list_goes_on_below(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether the list above is counted on further below."""
    last = next((line.marker for line in reversed(above) if line.marker), None)
    if last is None or last.number is None:
        return False
    following = Marker(last.style, last.number + 1)
    return any(line.marker == following for line in below)


def labels_both(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether both lines begin with a label: 일시, 장소; Code, Demo."""
    return above[-1].is_labelled and below[0].is_labelled


def verse(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether two short lines are no sentences, as in a poem or a table."""
    last, first = above[-1], below[0]
    return (
        last.is_title
        and first.is_title
        and max(len(last.text), len(first.text)) <= VERSE_LENGTH
        and not _EMOJI.match(first.text)
        and not is_source(above)
    )


def links_alternate(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Tell whether texts and links alternate: a list of links."""
    return (
        above[-1].is_link
        and len(above) > 1
        and not above[-2].is_blank
        and not above[-2].is_link
        and len(below) > 1
        and below[1].is_link
    )


def stems_shared(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Return how much the few paragraphs on either side speak of the same."""
    before, after = _stems(reversed(above)), _stems(below)
    if not before or not after:
        return 0
    return min(1, len(before & after) / min(len(before), len(after)) / STEMS_ALIKE)


def said_before(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Return how much the post so far has said of what the line says.

    Beside the size of both: a cosine of their words, each worth its information.
    """
    line = below[0]
    again = sum(word.information for word in line.heard if word.distance <= len(above))
    words = sum(line.word_count for line in above) * line.word_count
    return min(1, again / sqrt(words) / SAID_AGAIN) if again else 0


def blocks_alike(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Return how much a few lines below say what as many above have said."""
    head, tail = below[:BLOCK], above[-BLOCK:]
    again = sum(
        word.information
        for offset, line in enumerate(head)
        for word in line.heard
        if offset < word.distance <= offset + len(tail)
    )
    return min(1, again / sqrt(_information(head) * _information(tail))) if again else 0


def _is_polite(lines: Iterable[Line]) -> bool | None:
    """Return whether the nearest line that shows it speaks politely; None if none does."""
    return next(
        filter(lambda polite: polite is not None, map(_politeness, said(lines, NEAR))), None
    )


def _politeness(line: Line) -> bool | None:
    polite = line.endings.formal + line.endings.friendly
    return None if polite == line.endings.plain else polite > line.endings.plain


def _stems(lines: Iterable[Line]) -> frozenset[str]:
    return _union(islice((line.stems for line in lines if line.stems), NEAR))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _information(lines: Iterable[Line]) -> float:
    return sum(line.information for line in lines)
