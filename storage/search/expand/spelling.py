"""The terms that are spelled like a word of the query: itself, longer, or by its initials."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from storage.language.hangul import (
    SYLLABLE_START,
    begins_syllable,
    find_aligned,
    is_felt,
    is_whole,
    spelled,
    syllable_starts,
)
from storage.language.inflection import other_forms
from storage.language.keys import is_hangul, key_form, keys_of, sequence, term_of
from storage.language.korean import (
    amount_of,
    endings_for,
    short_object,
    stems,
    sure_stems,
    writings,
)
from storage.language.lexicon import is_noun
from storage.language.lexicon import known as is_ordinary
from storage.language.lexicon.wordlists import english_forms, readings_of, variants
from storage.search.expand.alternatives import (
    Alternative,
    Alternatives,
    alternative,
    because,
    best,
    penalty_of,
)
from storage.search.rank.weights import OTHER_NOUN, OTHER_PARTICLE, SYLLABLE_PREFIX, Reason

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from storage.search.expand.dictionary import Dictionary

SHORT = 3
"""A foreign word up to this many letters is looked for inside no other word, and is the beginning
of longer ones only from two letters on where the archive lacks the word itself."""

FEW_KEYS = 4
"""Up to how many keys a word is looked up by itself: too many terms begin like it to take all."""

FEWEST_INITIALS = 2

MONEY = "원"
"""What an amount is counted in that does not say what it counts: 백억."""

LAST_PART = "(?:e?s|e?d|ing|e?rs?)?$"
"""What may follow the last part of an English compound: notebooks has book in it, but classifier no
assif, which is a slip.
"""


def whole(terms: Dictionary, keys: str, *, hangul: bool) -> Alternatives:
    """Return the terms that are the word itself, with or without a particle."""
    if hangul:
        return best(*_with_particles(terms, keys))
    family = terms.family(keys) if len(keys) > FEW_KEYS else None
    known = terms.known([keys]) if family is None else [one for one in family if one == keys]
    return best(*(alternative(term, Reason.EXACT) for term in known))


def begun(
    terms: Dictionary, keys: str, *, hangul: bool, same: Alternatives | None = None
) -> Alternatives:
    """Return the terms that are the word (`same`, if they are known) or begin with it."""
    if same is None:
        same = whole(terms, keys, hangul=hangul)
    if not hangul:
        return best(*same.values(), *_longer_foreign(terms, keys, known=bool(same)))
    if not is_whole(keys):
        return same
    if len(syllable_starts(keys)) == 1:
        return best(*same.values(), *_after_syllable(terms, keys))
    stems_ = _sure_forms(keys)
    longer = (_longer(terms, stem, rules) for stem, rules in stems_)
    return best(*same.values(), *chain.from_iterable(longer))


def with_inside(terms: Dictionary, keys: str, same: Alternatives, *, hangul: bool) -> Alternatives:
    """Add to the terms that begin with a word those that have it inside."""
    if not hangul:
        return best(*same.values(), *_around(terms, keys))
    if not is_whole(keys) or len(syllable_starts(keys)) == 1:
        return same
    inside = (_compounds(terms, stem, rules) for stem, rules in _sure_forms(keys))
    return best(*same.values(), *chain.from_iterable(inside))


def _sure_forms(keys: str) -> list[tuple[str, tuple[Reason, ...]]]:
    """Return a Hangul word and, if it has several syllables, what is left without a particle."""
    if len(syllable_starts(keys)) == 1:
        return [(keys, ())]
    return [(keys, ()), *((stem, (Reason.PARTICLE,)) for stem in sure_stems(keys))]


def _after_syllable(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield the words that begin with one of a single syllable, 집값 for 집."""
    for one in _longer(terms, keys, ()):
        yield one._replace(penalty=one.penalty + SYLLABLE_PREFIX)


def _longer_foreign(terms: Dictionary, keys: str, *, known: bool) -> Iterator[Alternative]:
    if len(keys) >= SHORT or (not known and len(keys) > 1):
        found = ((term, 0) for term in terms.beginning(keys) if not is_hangul(term))
        yield from _parts(found, keys, Reason.PREFIX)


def in_other_forms(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield the other forms of an English word: distilled, distillation; wrote, written."""
    forms = other_forms(keys, is_ordinary)
    for word in _irregular(keys, forms):
        forms |= {word, *other_forms(word, is_ordinary)}
    for term in terms.known(forms - {keys}):
        yield alternative(term, Reason.FORM)


def _irregular(keys: str, forms: Iterable[str]) -> set[str]:
    """Return the forms listed for a word, or for the base of which it is a regular form."""
    groups = english_forms()
    bases = (form for form in forms if form in groups and groups[form][0] == form)
    return {other for word in (keys, *bases) for other in groups.get(word, ())}


def as_listed(terms: Dictionary, keys: str, *, hangul: bool) -> Iterator[Alternative]:
    """Yield the terms that are listed as other spellings of a word: 콘셉트 for 컨셉, app for 앱.

    In the other script only the word itself and its forms count, not the longer words that begin
    with it: hardly any that begins with app is about an 앱.
    """
    for form in (keys, *(stems(keys) if hangul else [keys.removesuffix("s")])):
        for other in listed(term_of(form, hangul=hangul)):
            if is_hangul(other) == hangul:
                found = (begun if hangul else whole)(terms, keys_of(other), hangul=hangul)
                for one in found.values():
                    yield because(one, Reason.SPELLING)
            else:
                for one in _in_any_form(terms, other):
                    yield because(one, Reason.SOUND)


def _in_any_form(terms: Dictionary, term: str) -> Iterator[Alternative]:
    yield from whole(terms, keys_of(term), hangul=is_hangul(term)).values()
    if not is_hangul(term):
        yield from in_other_forms(terms, term)


def in_han(terms: Dictionary, keys: str, *, hangul: bool) -> Iterator[Alternative]:
    """Yield the terms of Chinese characters that are read as a word, or its reading: 美中, 미중."""
    if hangul:
        for term in terms.read_as((keys, *stems(keys))):
            yield alternative(term, Reason.SOUND)
    for reading in readings_of(keys) if not hangul else ():
        for one in whole(terms, reading, hangul=True).values():
            yield because(one, Reason.SOUND)


def listed(term: str) -> Sequence[str]:
    """Return the terms that the lists have as other spellings of a term, in either script."""
    return _variants().get(term, ())


@cache
def _variants() -> dict[str, list[str]]:
    return {_term(word): [*map(_term, others)] for word, others in variants().items()}


def _term(word: str) -> str:
    return term_of(key_form(word), hangul=not word.isascii())


def _around(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    if len(keys) > SHORT:
        last = re.compile(keys + LAST_PART)
        found = ((term, last.search(term)) for term in terms.containing(keys, hangul=False))
        starts = {term: part.start() for term, part in found if part}
        known = {*terms.known(term[:at] for term, at in starts.items())}
        parts = [(term, at) for term, at in starts.items() if _may_be_part(term[:at], known)]
        yield from _parts(parts, keys, Reason.INSIDE)


def _may_be_part(before: str, known: Container[str]) -> bool:
    """Whether letters before a word make a compound: face of facebook, but not wor of working."""
    return len(before) >= SHORT and (before in known or is_ordinary(before))


def _compounds(terms: Dictionary, keys: str, extra: tuple[Reason, ...]) -> Iterator[Alternative]:
    """Yield the words that have this one inside, on syllable borders."""
    holding = terms.containing(keys, hangul=True)
    found = ((term, find_aligned(keys_of(term), keys)) for term in holding)
    yield from _parts((one for one in found if one[1] > 0), keys, Reason.INSIDE, *extra)


def _longer(terms: Dictionary, keys: str, extra: tuple[Reason, ...]) -> Iterator[Alternative]:
    """Yield the words that begin with this one; with only ㅋㅋ or ㅠㅠ behind, they are it."""
    longer = terms.beginning(term_of(keys, hangul=True))
    same = ((term, 0) for term in longer if is_felt(keys_of(term), len(keys)))
    yield from _parts(same, keys, *(extra or (Reason.EXACT,)))
    found = ((term, 0) for term in longer if begins_syllable(keys_of(term), len(keys)))
    yield from _parts(found, keys, Reason.PREFIX, *extra)


def _with_particles(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield the word, and it with any particle in place of its own or of none."""
    # 학교에서는 is rather 학교 with 에서는 than 학교에서 with 는.
    some = (*short_object(keys), *reversed(stems(keys)), keys)
    nouns = {noun: endings_for(noun) for noun in some}
    shorter = OTHER_NOUN if is_noun(spelled(keys)) else OTHER_PARTICLE
    for term in _known(terms, nouns):
        word = keys_of(term)
        if word == keys:
            yield alternative(term, Reason.EXACT)
        elif (noun := _noun_in(word, nouns)) is not None:
            other = 0 if noun == keys else shorter
            yield alternative(term, Reason.PARTICLE, end=len(noun), extra=other)


def amounts(terms: Dictionary, written: str) -> list[Alternative]:
    """Return the other ways in which posts write a number: 3천2백만 원, 32,000,000 for 3200만원."""
    amount = amount_of(written)
    if amount is None:
        return []
    value, counted = amount[0], amount[1] or MONEY
    ways = [
        way + after
        for way in writings(value)
        for after in dict.fromkeys((counted, f" {counted}", ""))
    ]
    runs = [sequence(way) for way in ways if way != written]
    held = set(terms.known({term for run in runs for term in run}))
    return [alternative(" ".join(run), Reason.SPELLING) for run in runs if held.issuperset(run)]


def _known(terms: Dictionary, nouns: Mapping[str, frozenset[str]]) -> Sequence[str]:
    """Return the terms that are one of the nouns, with endings or without, perhaps others too."""
    shortest = min(nouns, key=len)
    if len(shortest) > FEW_KEYS:
        family = terms.family(term_of(shortest, hangul=True))
        if family is not None:
            return family
    bare = {term_of(noun, hangul=True): endings for noun, endings in nouns.items()}
    return terms.known(
        chain(bare, (term + ending for term, endings in bare.items() for ending in endings))
    )


def _noun_in(word: str, nouns: Mapping[str, frozenset[str]]) -> str | None:
    """Return which of the nouns a word is, with one of these endings or without."""
    if word in nouns:
        return word
    return next(
        (
            noun
            for noun, endings in nouns.items()
            if word.startswith(noun) and word[len(noun) :] in endings
        ),
        None,
    )


def by_initials(terms: Dictionary, keys: str) -> Alternatives:
    """Return the terms whose syllables begin with these consonants, or the first of them do."""
    if len(keys) < FEWEST_INITIALS:
        return {}
    return best(*(_by_initial(term, len(keys)) for term in terms.with_initials(keys)))


def _by_initial(term: str, initials: int) -> Alternative:
    """Return a term whose first syllables have these initials; it may have more syllables."""
    starts = SYLLABLE_START.finditer(keys_of(term))
    if after := next(islice(starts, initials, None), None):
        return alternative(term, Reason.CHOSEONG, Reason.PREFIX, end=after.start())
    return alternative(term, Reason.CHOSEONG)


def _parts(found: Iterable[tuple[str, int]], keys: str, *rules: Reason) -> Iterator[Alternative]:
    """Yield as alternatives terms that have the word inside, all for the same reasons."""
    size, cost = len(keys), penalty_of(rules)
    for term, start in found:
        yield Alternative(term, rules, cost, start, start + size)
