"""Abbreviations whose letters are written by their Korean names: 지피티, 챗지피티 for ChatGPT."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage.language.hangul import syllable_starts
from storage.language.keys import keys_of, term_of
from storage.language.korean import endings_for, stems
from storage.language.lexicon.wordlists import FUNCTION_WORDS
from storage.language.transcription import letters_of, likeness, names_of
from storage.search.expand.alternatives import Alternative, alternative, penalty_of
from storage.search.expand.sounds import LEAST_PART_ALIKE
from storage.search.expand.spacing import as_one
from storage.search.expand.spelling import whole
from storage.search.rank.weights import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.search.expand.dictionary import Dictionary

LAST_LETTERS = re.compile(r"(?<=[a-z]{2})[^aeiouy\d]{3,}$")
"""The consonants at a foreign word's end, some of which may be read one by one."""

FEWEST_LAST = 3
"""How many of them there must be: two as in word are read together."""

MOST_NAMES = 15
"""Syllables that the names of an abbreviation's letters have at most."""

SIDE_BY_SIDE = (Reason.SOUND, Reason.SPLIT)


def in_letters(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield the terms whose letters a Hangul word names, all of them or the last: GPT, ChatGPT."""
    for form in (keys, *stems(keys)):
        for at in syllable_starts(form)[-MOST_NAMES:]:
            letters = letters_of(form[at:])
            if letters and letters not in FUNCTION_WORDS:
                yield from _written(terms, form[:at], letters)


def _written(terms: Dictionary, head: str, letters: str) -> Iterator[Alternative]:
    """Yield the terms that are these letters; with a `head`, letters behind that Hangul word."""
    if not head:
        for term in whole(terms, letters, hangul=False):
            yield alternative(term, Reason.SOUND)
        return
    first = term_of(head, hangul=True)
    yield from as_one(terms, first, letters).values()
    if len(terms.known([first, letters])) == len([first, letters]):
        yield Alternative(f"{first} {letters}", SIDE_BY_SIDE, penalty_of(SIDE_BY_SIDE), 0, 0)


def by_name(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield the Hangul terms that name the letters of a foreign word, or its last: 챗지피티."""
    for names in names_of(keys):
        if terms.family(term_of(names, hangul=True)) != []:
            for one in whole(terms, names, hangul=True).values():
                yield alternative(one.term, Reason.SOUND, end=one.end)
    last = LAST_LETTERS.search(keys)
    for at in range(last.start(), len(keys) - FEWEST_LAST + 1) if last else ():
        for names in names_of(keys[at:]):
            yield from _ending_so(terms, keys[:at], names)


def _ending_so(terms: Dictionary, head: str, names: str) -> Iterator[Alternative]:
    """Yield the Hangul terms that sound like a foreign word and end with the names of letters."""
    for term in terms.containing(names, hangul=True):
        heard, _, rest = keys_of(term).partition(names)
        end = len(heard) + len(names)
        is_end = not rest or rest in endings_for(heard + names)
        if heard and is_end and likeness(heard, head, LEAST_PART_ALIKE):
            yield alternative(term, Reason.SOUND, end=end)
