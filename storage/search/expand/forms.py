"""The other forms of a Korean word: those of a verb, and of the verb that a noun makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.language.conjugation import CITATION, LIGHT_VERBS, bases_of, listed_stems, noun_of
from storage.language.hangul import spelled, syllable_starts
from storage.language.keys import keys_of, term_of
from storage.language.lexicon import is_noun, is_verb
from storage.search.expand.alternatives import Alternative, Alternatives, alternative
from storage.search.expand.spelling import begun, whole
from storage.search.rank.weights import PENALTY, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.search.expand.dictionary import Dictionary

MOST_BASES = 4
"""How many bases of a word are looked up, those of listed verbs first."""


def in_other_forms(
    terms: Dictionary, keys: str, typed: str, same: Alternatives, longer: Alternatives
) -> Iterator[Alternative]:
    """Yield the terms that are other forms of a Hangul word, given by its keys and as it is typed.

    `same` are the terms that are the word itself, `longer` those that begin with it.
    """
    if noun := noun_of(keys):
        yield from _of_noun(terms, noun)
    elif not (_is_noun(keys, typed) or _is_noun_with_particle(keys, typed, same)):
        yield from _of_verb(terms, keys)
    elif len(syllable_starts(keys)) > 1:
        yield from _made_verbs(longer)


def _is_noun(keys: str, typed: str) -> bool:
    """Whether a dictionary has the word, and not in the form in which it has verbs."""
    return not keys.endswith(CITATION) and is_noun(typed)


def _is_noun_with_particle(keys: str, typed: str, same: Alternatives) -> bool:
    """Whether the archive has a noun that this is with a particle: 던지 is none, but a stem."""
    ends = {one.end for one in same.values() if one.end < len(keys)}
    nouns = {keys[:end] for end in ends} - listed_stems()
    return bool(ends) and (not is_verb(typed) or any(is_noun(spelled(noun)) for noun in nouns))


def _of_noun(terms: Dictionary, noun: str) -> Iterator[Alternative]:
    """Yield the noun of a verb, forms of that verb, and longer words: 성공, 성공했다, 성공률."""
    itself = whole(terms, noun, hangul=True)
    for one in begun(terms, noun, hangul=True, same=itself).values():
        is_form = one.term in itself or LIGHT_VERBS.match(keys_of(one.term), len(noun))
        extra = 0 if is_form else PENALTY[Reason.PREFIX]
        yield alternative(one.term, Reason.ENDING, end=one.end, extra=extra)


def _of_verb(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    for base in bases_of(keys)[:MOST_BASES]:
        for term in terms.begun(term_of(base.keys, hangul=True)):
            if base.is_before(keys_of(term)[len(base.keys) :]):
                yield alternative(term, Reason.ENDING)


def _made_verbs(longer: Alternatives) -> Iterator[Alternative]:
    """Yield the verbs that 하다 and its like make of a noun: 투자하는 of 투자."""
    for one in longer.values():
        if Reason.PREFIX in one.reasons and LIGHT_VERBS.match(keys_of(one.term), one.end):
            yield alternative(one.term, Reason.ENDING, end=one.end)
