"""From a word of the query to the terms of the archive that answer it, from exact to fuzzy."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from storage.search import dictionary
from storage.search.pieces import allowed_slips
from storage.search.plans import (
    FIRST_KEY,
    OTHER_PARTICLE,
    SECOND_SLIP,
    Answer,
    Answers,
    Rule,
    answer,
    best,
)
from storage.text.hangul import (
    begins_syllable,
    find_aligned,
    is_consonants,
    is_whole,
    syllable_starts,
)
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.particles import endings_for, stems, sure_stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

SHORT = 3
"""Foreign words up to so many letters are looked for inside no other, and Hangul up to so many
keys (one syllable) in none either; as beginnings they serve only where the word itself is not."""

FEWEST_INITIALS = 2
FEWEST_HALF_TYPED = 4  # keys
FEWEST_OTHER_SCRIPT = 6
"""From how many keys on a slip may be in a word typed in the wrong layout as well."""

MOST_CORRECTIONS = 12
MOST_FAMILIES = 3
"""How many corrections bring the words with them that begin like them."""

WORTH = 0.35
"""How many slips a tenfold frequency outweighs, because people's slips are terms as well."""
SLACK = 0.75
"""How much farther than the best correction another may be."""


def expand(connection: sqlite3.Connection, term: str) -> Answers:
    """Return the answers of the first, most exact way that gives any."""
    return next(filter(None, _ways(connection, term)), {})


def expand_fully(connection: sqlite3.Connection, term: str, slips: int = 2) -> Answers:
    """Return the answers of all ways, for when the exact ones found too little."""
    return best(*chain.from_iterable(way.values() for way in _ways(connection, term, slips)))


def _ways(connection: sqlite3.Connection, term: str, slips: int = 2) -> Iterator[Answers]:
    """Yield the answers of each way to read a word, from exact to fuzzy."""
    keys, hangul = keys_of(term), is_hangul(term)
    yield spelled(connection, keys, hangul=hangul)
    if hangul and is_consonants(keys):
        yield _by_initials(connection, keys)
    yield spelled(connection, keys, hangul=not hangul, extra=(Rule.LAYOUT,))
    if hangul and not is_consonants(keys):
        yield _half_typed(connection, keys)
    if not is_consonants(keys) or not hangul:
        yield _slipped(connection, keys, min(slips, allowed_slips(keys)), hangul=hangul)


def spelled(
    connection: sqlite3.Connection, keys: str, *, hangul: bool, extra: tuple[Rule, ...] = ()
) -> Answers:
    """Return the terms that hold the word as it is spelled: whole, at their start or inside."""
    if not hangul:
        return _foreign(connection, keys, extra)
    return best(*_hangul(connection, keys, extra))


def begun(connection: sqlite3.Connection, keys: str, *, hangul: bool) -> Answers:
    """Return the terms that are the word or begin with it."""
    found = spelled(connection, keys, hangul=hangul)
    return {term: one for term, one in found.items() if Rule.INSIDE not in one.rules}


def whole(connection: sqlite3.Connection, keys: str, *, hangul: bool) -> Answers:
    """Return the terms that are the word itself, with or without a particle."""
    if hangul:
        return best(*_with_particles(connection, keys, ()))
    return best(*(answer(term, Rule.EXACT) for term in dictionary.known(connection, [keys])))


def _foreign(connection: sqlite3.Connection, keys: str, extra: tuple[Rule, ...]) -> Answers:
    exact = [_whole(term, extra) for term in dictionary.known(connection, [keys])]
    longer: dict[str, int] = {}
    if len(keys) > SHORT or (not exact and len(keys) > 1):
        longer = dictionary.beginning(connection, keys)
    starts = [_part(term, 0, keys, Rule.PREFIX, extra) for term in longer if not is_hangul(term)]
    if exact or starts or len(keys) <= SHORT:
        return best(*exact, *starts)
    around = dictionary.containing(connection, keys, hangul=False)
    return best(*(_part(term, term.find(keys), keys, Rule.INSIDE, extra) for term in around))


def _hangul(connection: sqlite3.Connection, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    """Yield the answers of a Hangul word; of a half-typed one only the word itself."""
    same = list(_with_particles(connection, keys, extra))
    yield from same
    if not is_whole(keys):
        return
    if len(syllable_starts(keys)) > 1:
        yield from _compounds(connection, keys, extra)
        for stem in sure_stems(keys):
            yield from _compounds(connection, stem, (Rule.PARTICLE, *extra))
    elif not same:
        yield from _longer(connection, keys, extra)


def _compounds(
    connection: sqlite3.Connection, keys: str, extra: tuple[Rule, ...]
) -> Iterator[Answer]:
    """Yield the words that have this one in them, on syllable borders."""
    yield from _longer(connection, keys, extra)
    for term in dictionary.containing(connection, keys, hangul=True):
        if (start := find_aligned(keys_of(term), keys)) > 0:
            yield _part(term, start, keys, Rule.INSIDE, extra)


def _longer(connection: sqlite3.Connection, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    for term in dictionary.beginning(connection, term_of(keys, hangul=True)):
        if begins_syllable(keys_of(term), len(keys)):
            yield _part(term, 0, keys, Rule.PREFIX, extra)


def _with_particles(
    connection: sqlite3.Connection, keys: str, extra: tuple[Rule, ...]
) -> Iterator[Answer]:
    """Yield the word, and it with any particle in place of its own or of none."""
    bare = {keys, *stems(keys)}
    forms = {term_of(stem, hangul=True): stem for stem in bare}
    for stem in sorted(bare, key=len):
        for ending in endings_for(stem):
            forms.setdefault(term_of(stem + ending, hangul=True), stem)
    for term in dictionary.known(connection, forms):
        if keys_of(term) == keys:
            yield _whole(term, extra)
        else:
            stem = forms[term]
            other = 0 if stem == keys else OTHER_PARTICLE
            yield answer(term, Rule.PARTICLE, *extra, end=len(stem), extra=other)


def _by_initials(connection: sqlite3.Connection, keys: str) -> Answers:
    if len(keys) < FEWEST_INITIALS:
        return {}
    found = dictionary.with_initials(connection, keys)
    return best(*(_by_initial(term, keys) for term in found))


def _by_initial(term: str, keys: str) -> Answer:
    """Answer with as many syllables as there are initials."""
    starts = [*syllable_starts(keys_of(term)), len(keys_of(term))]
    end = starts[len(keys)]
    longer = (Rule.PREFIX,) if end < starts[-1] else ()
    return answer(term, Rule.CHOSEONG, *longer, end=end)


def _half_typed(connection: sqlite3.Connection, keys: str) -> Answers:
    """Answer 스타틍 with 스타트업: the next syllable's initial looks like this one's final."""
    if len(keys) < FEWEST_HALF_TYPED:
        return {}
    longer = dictionary.beginning(connection, term_of(keys, hangul=True))
    return best(*(answer(term, Rule.TYPING, end=len(keys)) for term in longer))


def _slipped(connection: sqlite3.Connection, keys: str, slips: int, *, hangul: bool) -> Answers:
    """Answer with the terms that may have been meant, and with what begins like the best."""
    near = [
        slip
        for slip in dictionary.near(connection, keys, slips)
        if _plausible(slip, keys, hangul=hangul)
    ]
    near.sort(key=_distance)
    close = [slip for slip in near if _distance(slip) <= _distance(near[0]) + SLACK]
    families = (_family(connection, slip, keys, hangul=hangul) for slip in close[:MOST_FAMILIES])
    corrected = (_corrected(slip, keys, hangul=hangul) for slip in close[:MOST_CORRECTIONS])
    return best(*corrected, *chain.from_iterable(families))


def _distance(slip: dictionary.Slip) -> float:
    """Weigh slips against frequency."""
    return slip.slips - WORTH * math.log10(1 + slip.posts)


def _plausible(slip: dictionary.Slip, keys: str, *, hangul: bool) -> bool:
    """Whether a slip can be what was meant: a short one in the wrong layout too cannot."""
    same_script = is_hangul(slip.term) == hangul
    return slip.slips > 0 and (same_script or len(keys) >= FEWEST_OTHER_SCRIPT)


def _family(
    connection: sqlite3.Connection, slip: dictionary.Slip, keys: str, *, hangul: bool
) -> Iterator[Answer]:
    """Yield the terms that begin with what a slip was meant to be."""
    meant = _corrected(slip, keys, hangul=hangul)
    for one in begun(connection, slip.form, hangul=is_hangul(slip.term)).values():
        yield replace(meant, term=one.term, cost=meant.cost + one.cost)


def _corrected(slip: dictionary.Slip, keys: str, *, hangul: bool) -> Answer:
    layout = () if is_hangul(slip.term) == hangul else (Rule.LAYOUT,)
    extra = SECOND_SLIP * (slip.slips - 1) + FIRST_KEY * (slip.form[0] != keys[0])
    return answer(slip.term, Rule.TYPO, *layout, end=len(slip.form), extra=extra)


def _whole(term: str, extra: tuple[Rule, ...]) -> Answer:
    """Answer with the very word, which is nothing to tell where another rule led to it."""
    return answer(term, *(extra or (Rule.EXACT,)))


def _part(term: str, start: int, keys: str, rule: Rule, extra: tuple[Rule, ...]) -> Answer:
    return answer(term, rule, *extra, start=start, end=start + len(keys))
