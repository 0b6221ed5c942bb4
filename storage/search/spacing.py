"""Words whose spacing differs from that of the posts: two written as one, or one as several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.search.plans import Answers, Rule, answer, best
from storage.search.spelling import SHORT, begun, whole
from storage.text.hangul import syllable_starts
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.particles import endings_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.search.dictionary import Dictionary

FEWEST_SPLIT = 2
"""How many letters each part must have of a foreign word taken for two; digits may be fewer."""

SYLLABLES_A_PART = 2
"""How many syllables each part must have of a Hangul word taken for several, save one: 나라 is not
나 and 라."""


def as_one(terms: Dictionary, first: str, second: str) -> Answers:
    """Answer with two words written as one, without a particle only if the second carries it.

    낮아 지도 is 낮아지도, which begins like 낮아지는, but does not ask for that. Of two scripts the
    Hangul word is taken as it sounds: 챗GPT is ChatGPT.
    """
    if is_hangul(first) != is_hangul(second):
        return _in_one_script(terms, first, second)
    hangul, keys = is_hangul(first), keys_of(second)
    if len(keys) > 1 and not terms.beginning(first + keys[:1]):
        return {}  # as of most words, which is told much sooner than all their forms are asked for
    found = begun(terms, keys_of(first) + keys, hangul=hangul)
    if not hangul:
        return found
    bare = {at for at in range(len(keys)) if keys[at:] in endings_for(keys[:at])}
    ends = {len(keys_of(first)) + at for at in (*bare, len(keys))}
    return {term: one for term, one in found.items() if one.end in ends}


def _in_one_script(terms: Dictionary, first: str, second: str) -> Answers:
    last = is_hangul(first)  # the English word comes last
    korean, english = (first, second) if last else (second, first)
    found = terms.sounding_together(keys_of(korean), english, last=last)
    return best(*(answer(term, Rule.SOUND) for term in found))


def in_parts(terms: Dictionary, term: str, count: int) -> Iterator[tuple[Answers, ...]]:
    """Ask for one word written as so many, where all are words of the archive."""
    keys, hangul = keys_of(term), is_hangul(term)
    places = _syllable_borders(keys, count) if hangul else _letter_borders(keys)
    return _rows(terms, keys, places, count, hangul=hangul)


def _rows(
    terms: Dictionary, keys: str, places: Sequence[int], count: int, *, hangul: bool
) -> Iterator[tuple[Answers, ...]]:
    """Cut keys into words at some of these places; the last word may go on, no other."""
    if count == 1:
        if last := (begun if len(keys) > SHORT else whole)(terms, keys, hangul=hangul):
            yield (last,)
        return
    ends = {term_of(keys[:at], hangul=hangul): at for at in places}
    for first in sorted(terms.known(ends)):
        at = ends[first]
        start = {first: answer(first, Rule.EXACT)}
        later = [place - at for place in places if place > at]
        for rest in _rows(terms, keys[at:], later, count - 1, hangul=hangul):
            yield (start, *rest)


def _syllable_borders(keys: str, parts: int) -> Sequence[int]:
    """Return where a Hangul word that is long enough may be so many words."""
    starts = syllable_starts(keys)
    return starts[1:] if len(starts) >= SYLLABLES_A_PART * parts - 1 else ()


def _letter_borders(keys: str) -> list[int]:
    """Return where a foreign word may be two: anywhere but near its ends, and before digits."""
    return [
        at
        for at in range(1, len(keys))
        if FEWEST_SPLIT <= at <= len(keys) - FEWEST_SPLIT
        or keys[at - 1].isdigit() != keys[at].isdigit()
    ]
