"""From a word of the query to the terms of the archive that answer it, from exact to fuzzy."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.search.pieces import allowed_slips
from storage.search.plans import (
    COST,
    FARTHER,
    OTHER_PARTICLE,
    SECOND_SLIP,
    UNLIKE,
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
from storage.text.inflection import other_forms
from storage.text.keyboard import ease
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.particles import endings_for, stems, sure_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.search.dictionary import Alike, Dictionary, Slip

SHORT = 3
"""Foreign words up to so many letters are looked for inside no other, and Hangul up to so many
keys (one syllable) in none either; as beginnings they serve only where the word itself is not."""

FEWEST_INITIALS = 2
FEWEST_HALF_TYPED = 4  # keys
FEWEST_OTHER_SCRIPT = 6
"""From how many keys on a slip may be in a word typed in the wrong layout as well."""

WHOLE, BEGUN, SPELLED = range(3)
"""How deep a word is looked for: as a word, at the beginning of words, inside words."""

MOST_CORRECTIONS = 12
MOST_FAMILIES = 3
"""How many corrections bring the words with them that begin like them."""

LARGEST_FAMILY = 60
MOST_ALIKE = 6

WORTH = 0.3
"""How many slips a tenfold frequency outweighs, because people's slips are terms as well."""
FARTHEST = 2
OTHER_WORD = 0.5
"""How many slips, as a share of the keys, make another word of it than anyone can have meant."""
EASE = 0.45
"""How much nearer the slips are that fingers make most easily."""
SLACK = 0.75
"""How much farther than the best correction another may be."""


class Expansion:
    """What answers one word of a query, each way asked for at most once."""

    def __init__(self, terms: Dictionary, term: str) -> None:
        self._terms = terms
        self._keys, self._hangul = keys_of(term), is_hangul(term)
        self._slipped: dict[int, Answers] = {}

    @cached_property
    def whole(self) -> Answers:
        """The word itself, with or without a particle."""
        return whole(self._terms, self._keys, hangul=self._hangul)

    @cached_property
    def begun(self) -> Answers:
        """What begins with the word as well."""
        return begun(self._terms, self._keys, hangul=self._hangul, same=self.whole)

    @cached_property
    def spelled(self) -> Answers:
        """What has the word inside as well."""
        return _spelled(self._terms, self._keys, self.begun, hangul=self._hangul)

    @cached_property
    def typing(self) -> Answers:
        """What begins with the word's keys, however few, as if it were still being typed."""
        longer = self._terms.beginning(term_of(self._keys, hangul=self._hangul))
        return best(*(answer(term, Rule.TYPING, end=len(self._keys)) for term in longer))

    @cached_property
    def _by_initials(self) -> Answers:
        return _by_initials(self._terms, self._keys) if self._is_initials else {}

    @cached_property
    def _other_layout(self) -> Answers:
        same = begun(self._terms, self._keys, hangul=not self._hangul)
        found = _spelled(self._terms, self._keys, same, hangul=not self._hangul) if same else {}
        return {term: in_other_layout(one) for term, one in found.items()}

    @cached_property
    def _half_typed(self) -> Answers:
        long = len(self._keys) >= FEWEST_HALF_TYPED
        return self.typing if self._hangul and long and not self._is_initials else {}

    @property
    def _is_initials(self) -> bool:
        return self._hangul and is_consonants(self._keys)

    def slipped(self, slips: int) -> Answers:
        """Return what may have been meant if the word holds up to so many slips."""
        if self._is_initials or slips > allowed_slips(self._keys):
            return {}
        if slips not in self._slipped:
            found = _slipped(self._terms, self._keys, slips, hangul=self._hangul)
            self._slipped[slips] = found
        return self._slipped[slips]

    @cached_property
    def sounding(self) -> Answers:
        """What sounds alike in the other script."""
        found = self._terms.sounding(self._keys, hangul=self._hangul)
        found.sort(key=lambda one: (-one.likeness, -one.posts))
        return best(*map(_alike, found[:MOST_ALIKE]))

    def half_slipped(self, slips: int) -> Answers:
        """Return what may have been meant if the word is still being typed and holds slips."""
        if self._is_initials or slips > allowed_slips(self._keys):
            return {}
        found = self._terms.begun_near(self._keys, slips)
        meant = (
            _corrected(slip, farther, hangul=self._hangul)
            for slip, farther in _most_likely(found, self._keys)
        )
        return best(*(begun_so_far(one) for one in meant))

    def first(self, depth: int, slips: int = 0) -> Answers:
        """Return the answers of the first way, from this depth on, that gives any."""
        slipped = (self.slipped(number) for number in range(1, slips + 1))
        return next(filter(None, chain(self._exact_ways(depth), slipped)), {})

    def every(self, slips: int) -> Answers:
        """Return the answers of all ways, for when the exact ones found too little."""
        slipped = map(self.slipped, range(1, slips + 1))
        ways = [*self._exact_ways(SPELLED), *slipped]
        return best(*chain.from_iterable(way.values() for way in ways))

    def joined(self, slips: int) -> Answers:
        """Return what answers neighbours as one word, less deeply than each by itself."""
        ways = [self.begun, *map(self.slipped, range(1, slips + 1))]
        return best(*chain.from_iterable(way.values() for way in ways))

    def posts(self) -> int:
        """Return about how many posts hold the word itself."""
        return sum(self._terms.known(self.whole).values())

    def _exact_ways(self, depth: int) -> Iterator[Answers]:
        """Yield the ways that need no slip, as long as they are asked for."""
        if depth <= WHOLE:
            yield self.whole
        if depth <= BEGUN:
            yield self.begun
        yield self.spelled
        yield self._by_initials
        yield self._other_layout
        yield self._half_typed


def begun_so_far(one: Answer) -> Answer:
    """Return an answer to a word that is still being typed."""
    return replace(one, rules=(*one.rules, Rule.TYPING), cost=one.cost + COST[Rule.TYPING])


def in_other_layout(one: Answer) -> Answer:
    """Return an answer to a word typed in the other layout, which `exact` does not describe."""
    rules = (*(rule for rule in one.rules if rule is not Rule.EXACT), Rule.LAYOUT)
    return replace(one, rules=rules, cost=one.cost + COST[Rule.LAYOUT])


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


def _spelled(terms: Dictionary, keys: str, same: Answers, *, hangul: bool) -> Answers:
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
        for term in terms.beginning(keys):
            if not is_hangul(term):
                yield _part(term, 0, keys, Rule.PREFIX, ())


def _other_forms(terms: Dictionary, keys: str) -> Iterator[Answer]:
    """Yield the other forms of an English word: distilled, distillation."""
    for term in terms.known(other_forms(keys)):
        yield answer(term, Rule.FORM)


def _around(terms: Dictionary, keys: str) -> Iterator[Answer]:
    if len(keys) > SHORT:
        for term in terms.containing(keys, hangul=False):
            yield _part(term, term.find(keys), keys, Rule.INSIDE, ())


def _compounds(terms: Dictionary, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    """Yield the words that have this one inside, on syllable borders."""
    for term in terms.containing(keys, hangul=True):
        if (start := find_aligned(keys_of(term), keys)) > 0:
            yield _part(term, start, keys, Rule.INSIDE, extra)


def _longer(terms: Dictionary, keys: str, extra: tuple[Rule, ...]) -> Iterator[Answer]:
    for term in terms.beginning(term_of(keys, hangul=True)):
        if begins_syllable(keys_of(term), len(keys)):
            yield _part(term, 0, keys, Rule.PREFIX, extra)


def _with_particles(terms: Dictionary, keys: str) -> Iterator[Answer]:
    """Yield the word, and it with any particle in place of its own or of none."""
    bare = {keys, *stems(keys)}
    forms = {term_of(stem, hangul=True): stem for stem in bare}
    for stem in sorted(bare, key=len):
        for ending in endings_for(stem):
            forms.setdefault(term_of(stem + ending, hangul=True), stem)
    for term in terms.known(forms):
        if keys_of(term) == keys:
            yield answer(term, Rule.EXACT)
        else:
            stem = forms[term]
            other = 0 if stem == keys else OTHER_PARTICLE
            yield answer(term, Rule.PARTICLE, end=len(stem), extra=other)


def _by_initials(terms: Dictionary, keys: str) -> Answers:
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


def _slipped(terms: Dictionary, keys: str, slips: int, *, hangul: bool) -> Answers:
    """Answer with the terms that may have been meant, and with what begins like the best."""
    near = [slip for slip in terms.near(keys, slips) if _plausible(slip, keys, hangul=hangul)]
    likely = _most_likely(near, keys)
    families = {slip.form: (slip, farther) for slip, farther in reversed(likely)}
    members = (
        _family(terms, slip, farther, hangul=hangul)
        for slip, farther in [*families.values()][-MOST_FAMILIES:]
    )
    corrected = (_corrected(slip, farther, hangul=hangul) for slip, farther in likely)
    return best(*corrected, *chain.from_iterable(members))


def likeliest(terms: Dictionary, keys: str, most: int, *, hangul: bool) -> list[str]:
    """Return the terms most like a word that nothing answers, likeliest first."""
    found = (slip for slip in terms.near(keys, FARTHEST) if is_hangul(slip.term) == hangul)
    near = [slip for slip in found if slip.slips <= len(keys) * OTHER_WORD]
    return list(dict.fromkeys(slip.term for slip, _ in _most_likely(near, keys)))[:most]


def _most_likely(near: Iterable[Slip], keys: str) -> list[tuple[Slip, float]]:
    """Return what was most likely meant, and how much farther than the best each is."""
    distances = sorted(((_distance(slip, keys), slip) for slip in near), key=itemgetter(0))
    return [
        (slip, distance - distances[0][0])
        for distance, slip in distances[:MOST_CORRECTIONS]
        if distance <= distances[0][0] + SLACK
    ]


def _distance(slip: Slip, keys: str) -> float:
    """Weigh slips, the easier the less, against frequency."""
    easier = EASE * ease(keys, slip.form) if slip.slips == 1 else 0
    return slip.slips - easier - WORTH * math.log10(1 + slip.posts)


def _plausible(slip: Slip, keys: str, *, hangul: bool) -> bool:
    """Whether a slip can be what was meant: a short one in the wrong layout too cannot."""
    same_script = is_hangul(slip.term) == hangul
    return slip.slips > 0 and (same_script or len(keys) >= FEWEST_OTHER_SCRIPT)


def _family(terms: Dictionary, slip: Slip, farther: float, *, hangul: bool) -> Iterator[Answer]:
    """Yield the terms that begin with what a slip was meant to be."""
    meant = _corrected(slip, farther, hangul=hangul)
    members = begun(terms, slip.form, hangul=is_hangul(slip.term)).values()
    for one in islice(members, LARGEST_FAMILY):
        yield replace(meant, term=one.term, cost=meant.cost + one.cost)


def _corrected(slip: Slip, farther: float, *, hangul: bool) -> Answer:
    layout = () if is_hangul(slip.term) == hangul else (Rule.LAYOUT,)
    extra = SECOND_SLIP * (slip.slips - 1) + round(FARTHER * farther)
    return answer(slip.term, Rule.TYPO, *layout, end=len(slip.form), extra=extra)


def _alike(one: Alike) -> Answer:
    extra = round(UNLIKE * (1 - one.likeness))
    return answer(one.term, Rule.SOUND, end=len(one.form), extra=extra)


def _part(term: str, start: int, keys: str, rule: Rule, extra: tuple[Rule, ...]) -> Answer:
    return answer(term, rule, *extra, start=start, end=start + len(keys))
