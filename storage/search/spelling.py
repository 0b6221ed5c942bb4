"""The terms that are spelled like a word of the query: the same, or longer; or by its initials."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from storage.search.plans import OTHER_PARTICLE, Answer, Answers, Rule, answer, best, cost_of
from storage.text.hangul import begins_syllable, find_aligned, is_whole, syllable_starts
from storage.text.inflection import other_forms
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.particles import endings_for, stems, sure_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.search.dictionary import Dictionary

SHORT = 3
"""Foreign words up to so many letters are looked for inside no other, and Hangul up to so many
keys (one syllable) in none either; as beginnings they serve only where the word itself is not."""

FEWEST_INITIALS = 2


def whole(terms: Dictionary, keys: str, *, hangul: bool) -> Answers:
    """Return the terms that are the word itself, with or without a particle."""
    if hangul:
        return best(*_with_particles(terms, keys))
    return best(*(answer(term, Rule.EXACT) for term in terms.known([keys])))


def begun(terms: Dictionary, keys: str, *, hangul: bool, same: Answers | None = None) -> Answers:
    """Return the terms that are the word (`same`, if they are known) or begin with it."""
    if same is None:
        same = whole(terms, keys, hangul=hangul)
    if not hangul:
        more = (_longer_foreign(terms, keys, known=bool(same)), _other_forms(terms, keys))
        return best(*same.values(), *chain.from_iterable(more))
    if not is_whole(keys) or (same and len(syllable_starts(keys)) == 1):
        return same
    stems_ = _sure_forms(keys)
    longer = (_longer(terms, stem, rules) for stem, rules in stems_)
    return best(*same.values(), *chain.from_iterable(longer))


def spelled(terms: Dictionary, keys: str, same: Answers, *, hangul: bool) -> Answers:
    """Add to the terms that begin with a word those that have it inside."""
    if not hangul:
        return same or best(*_around(terms, keys))
    if not is_whole(keys) or len(syllable_starts(keys)) == 1:
        return same
    inside = (_compounds(terms, stem, rules) for stem, rules in _sure_forms(keys))
    return best(*same.values(), *chain.from_iterable(inside))


def _sure_forms(keys: str) -> list[tuple[str, tuple[Rule, ...]]]:
    """Return a Hangul word and, if it has several syllables, what is left without a particle."""
    if len(syllable_starts(keys)) == 1:
        return [(keys, ())]
    return [(keys, ()), *((stem, (Rule.PARTICLE,)) for stem in sure_stems(keys))]


def _longer_foreign(terms: Dictionary, keys: str, *, known: bool) -> Iterator[Answer]:
    if len(keys) > SHORT or (not known and len(keys) > 1):
        found = ((term, 0) for term in terms.beginning(keys) if not is_hangul(term))
        yield from _parts(found, keys, Rule.PREFIX)


def _other_forms(terms: Dictionary, keys: str) -> Iterator[Answer]:
    """Yield the other forms of an English word: distilled, distillation."""
    for term in terms.known(other_forms(keys)):
        yield answer(term, Rule.FORM)


def _around(terms: Dictionary, keys: str) -> Iterator[Answer]:
    if len(keys) > SHORT:
        found = ((term, term.find(keys)) for term in terms.containing(keys, hangul=False))
        yield from _parts(found, keys, Rule.INSIDE)


def _compounds(terms: Dictionary, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    """Yield the words that have this one inside, on syllable borders."""
    holding = terms.containing(keys, hangul=True)
    found = ((term, find_aligned(keys_of(term), keys)) for term in holding)
    yield from _parts((one for one in found if one[1] > 0), keys, Rule.INSIDE, *extra)


def _longer(terms: Dictionary, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    longer = terms.beginning(term_of(keys, hangul=True))
    found = ((term, 0) for term in longer if begins_syllable(keys_of(term), len(keys)))
    yield from _parts(found, keys, Rule.PREFIX, *extra)


def _with_particles(terms: Dictionary, keys: str) -> Iterator[Answer]:
    """Yield the word, and it with any particle in place of its own or of none."""
    forms = _forms(keys)
    for term in terms.known(forms):
        if keys_of(term) == keys:
            yield answer(term, Rule.EXACT)
        else:
            stem = forms[term]
            other = 0 if stem == keys else OTHER_PARTICLE
            yield answer(term, Rule.PARTICLE, end=len(stem), extra=other)


@lru_cache(maxsize=64)
def _forms(keys: str) -> dict[str, str]:
    """Return the terms that a noun may be with a particle and without, and its stem in each."""
    bare = {term_of(stem, hangul=True): stem for stem in (*reversed(stems(keys)), keys)}
    forms: dict[str, str] = {}
    for term, stem in reversed(bare.items()):
        forms |= {term + ending: stem for ending in endings_for(stem)}
    return forms | bare


def by_initials(terms: Dictionary, keys: str) -> Answers:
    """Return the terms whose syllables begin with these consonants, or the first of them do."""
    if len(keys) < FEWEST_INITIALS:
        return {}
    found = terms.with_initials(keys)
    return best(*(_by_initial(term, keys) for term in found))


def _by_initial(term: str, keys: str) -> Answer:
    """Answer with as many syllables as there are initials."""
    starts = [*syllable_starts(keys_of(term)), len(keys_of(term))]
    end = starts[len(keys)]
    longer = (Rule.PREFIX,) if end < starts[-1] else ()
    return answer(term, Rule.CHOSEONG, *longer, end=end)


def _parts(found: Iterable[tuple[str, int]], keys: str, *rules: Rule) -> Iterator[Answer]:
    """Answer with terms that have the word somewhere in them, the same rules for all."""
    size, cost = len(keys), cost_of(rules)
    for term, start in found:
        yield Answer(term, rules, cost, start, start + size)
