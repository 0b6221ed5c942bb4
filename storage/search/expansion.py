"""From a word of the query to the terms of the archive that answer it, from exact to fuzzy."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from storage.search import corrections, spelling
from storage.search.pieces import allowed_slips
from storage.search.plans import (
    COST,
    DOUBT,
    NEARLY,
    SURE,
    Answer,
    Answers,
    Rule,
    answer,
    begun_so_far,
    best,
    in_other_layout,
    most_exact,
)
from storage.text.hangul import is_consonants
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.likeness import likeness
from storage.text.particles import sure_stems
from storage.text.sounds import same_consonants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.dictionary import Dictionary, Slip
    from storage.search.sounding import Alike

FEWEST_HALF_TYPED = 4  # keys
MOST_HALF_TYPED = 100
"""How many words may have been begun with a slip, be they as rare as they may: the other words tell
which of them was."""

WHOLE, BEGUN, SPELLED = range(3)
"""How deep a word is looked for: as a word, at the beginning of words, inside words."""

NO_SLIP = 1.0
"""How far away what no slip leads to is taken to be."""

WORSE = 0.04
"""How much worse than the word itself another spelling of it may transcribe the same."""


class Expansion:
    """What answers one word of a query, each way asked for at most once."""

    def __init__(self, terms: Dictionary, term: str, *, alone: bool = False) -> None:
        self._terms = terms
        self._alone = alone
        self._term, self._keys, self._hangul = term, keys_of(term), is_hangul(term)
        self._slipped: dict[int, Answers] = {}
        self._slips: dict[int, list[Slip]] = {}

    @cached_property
    def whole(self) -> Answers:
        """The word itself, with or without a particle."""
        return spelling.whole(self._terms, self._keys, hangul=self._hangul)

    @property
    def typed(self) -> Answers:
        """The word just as it was typed, if the archive has it."""
        return {self._term: self.whole[self._term]} if self._term in self.whole else {}

    @cached_property
    def nearly(self) -> frozenset[str]:
        """The word just as it was typed, and with a particle."""
        return frozenset(term for term, one in self.whole.items() if one.cost <= NEARLY)

    @cached_property
    def begun(self) -> Answers:
        """What begins with the word as well, and its other forms."""
        forms = () if self._hangul else spelling.in_other_forms(self._terms, self._keys)
        return best(*self.longer.values(), *forms)

    @cached_property
    def longer(self) -> Answers:
        """The word itself and what begins with it."""
        return spelling.begun(self._terms, self._keys, hangul=self._hangul, same=self.whole)

    @cached_property
    def spelled(self) -> Answers:
        """What has the word inside as well."""
        return spelling.spelled(self._terms, self._keys, self.begun, hangul=self._hangul)

    @cached_property
    def _typing(self) -> Answers:
        """What begins with the word's keys, however few, as if it were still being typed."""
        longer = self._terms.beginning(term_of(self._keys, hangul=self._hangul))
        return best(*(answer(term, Rule.TYPING, end=len(self._keys)) for term in longer))

    @cached_property
    def _by_initials(self) -> Answers:
        return spelling.by_initials(self._terms, self._keys) if self._is_initials else {}

    @cached_property
    def _begun_turned(self) -> Answers:
        return spelling.begun(self._terms, self._keys, hangul=not self._hangul)

    @cached_property
    def turned(self) -> Answers:
        """What the word or the beginning of one is that was typed in the other layout."""
        return {term: in_other_layout(one) for term, one in self._begun_turned.items()}

    @cached_property
    def _other_layout(self) -> Answers:
        same, hangul = self._begun_turned, not self._hangul
        found = spelling.spelled(self._terms, self._keys, same, hangul=hangul) if same else {}
        return {term: in_other_layout(one) for term, one in found.items()}

    @cached_property
    def _half_typed(self) -> Answers:
        long = len(self._keys) >= FEWEST_HALF_TYPED
        return self._typing if self._hangul and long and not self._is_initials else {}

    @property
    def _is_initials(self) -> bool:
        return self._hangul and is_consonants(self._keys)

    def as_typed(self, few: int) -> Answers:
        """Return what has the whole of a known word that ends like a particle, if few posts do.

        Those with what is left of it are often so many that no more would be looked for.
        """
        if not (self._hangul and self.whole and sure_stems(self._keys)):
            return {}
        term, size = term_of(self._keys, hangul=True), len(self._keys)
        if self._posts([term]) >= few:
            return {}
        return {term: one for term, one in self.spelled.items() if one.end - one.start == size}

    def slipped(self, slips: int) -> Answers:
        """Return what may have been meant if the word holds up to so many slips."""
        if slips not in self._slipped:
            self._slipped[slips] = self._corrected(self._near(slips))
        return self._slipped[slips]

    def likelier(self) -> Answers:
        """Return what may have been meant by one slip and is far likelier than what answers.

        Nothing is likelier than the very word as typed, if the archive has it.
        """
        if self.typed:
            return {}
        same = best(*self.first(BEGUN).values(), *self.first(SPELLED).values())
        begun = bool(self.longer or self._half_typed)
        said = corrections.said_by(same, self._terms.posts(same), begun=begun)
        found = self._corrected(corrections.outweighing(self._near(1), self._keys, said))
        least = min((one.cost for one in same.values()), default=COST[Rule.SPLIT])
        less = COST[Rule.TYPO] - max(least - 1, 0)
        return {term: one._replace(cost=one.cost - less) for term, one in found.items()}

    def _corrected(self, near: Sequence[Slip]) -> Answers:
        """Return the likeliest of these slips, and what begins like the best."""
        worth = corrections.WORTH_ALONE if self._alone else corrections.WORTH_BESIDE
        return corrections.slipped(self._terms, self._keys, near, worth, hangul=self._hangul)

    @cached_property
    def surely_sounding(self) -> Answers:
        """What sounds so much alike in the other script that it is likelier than any slip.

        Nothing is so sure of a word that is rather half typed: 스타틍 is no loanword.
        """
        likely = [one for one in self._sounding_same.values() if one.cost <= SURE + DOUBT]
        if likely and not self.begun and self._is_rather_begun(likely):
            return {}
        most = SURE + DOUBT * self._nearest if likely else SURE
        sure = [one for one in likely if one.cost <= most or one.term in self._faithful]
        return best(*sure, *self._variants(sure))

    @cached_property
    def sounding(self) -> Answers:
        """What sounds alike in the other script, or nearly; unless it surely does, after slips."""
        nearly = self._terms.sounding(self._keys, hangul=self._hangul, roughly=True)
        unsure = (*self._sounding_same.values(), *corrections.alike(nearly))
        later = (one._replace(cost=one.cost + COST[Rule.TYPO]) for one in unsure)
        return best(*self.surely_sounding.values(), *later)

    @cached_property
    def _sounding_same(self) -> Answers:
        return best(*corrections.alike(self._alike))

    @cached_property
    def _alike(self) -> list[Alike]:
        return self._terms.sounding(self._keys, hangul=self._hangul)

    @cached_property
    def _faithful(self) -> set[str]:
        """The terms that a Hangul word transcribes so well that it cannot be a slip.

        What an English word sounds like may as well be how its own misspelling does: programe.
        """
        if not self._hangul:
            return set()
        return {one.term for one in self._alike if corrections.is_faithful(one, self._nearest)}

    def _is_rather_begun(self, likely: Sequence[Answer]) -> bool:
        """Whether more posts have what the word may be half typed of than what it sounds like."""
        begun, alike = self._half_typed, {one.term for one in likely}
        return bool(begun) and self._posts(begun) >= self._posts(alike)

    def _variants(self, sure: Sequence[Answer]) -> Iterator[Answer]:
        """Yield other spellings of a word that sounds like these, in its own script: 매니져.

        They transcribe the same no worse: 아메리칸 is no spelling of 아메리카노.
        """
        if not sure or not self._hangul:
            return
        cost = min(one.cost for one in sure)
        meant = {one.term for one in sure}
        alike = [one for one in self._alike if one.term in meant]
        for slip in self._near(1):
            if not (is_hangul(slip.term) and same_consonants(slip.form, self._keys)):
                continue
            if any(likeness(slip.form, one.form) >= one.likeness - WORSE for one in alike):
                yield corrections.corrected(slip, 0, hangul=True)._replace(cost=cost)

    @cached_property
    def _nearest(self) -> float:
        """How far away the likeliest correction is, a slip at most."""
        return min([NO_SLIP, *(corrections.distance(slip, self._keys) for slip in self._near(1))])

    def _near(self, slips: int) -> list[Slip]:
        """Return the terms within so many slips that can be what was meant."""
        if self._is_initials or slips > allowed_slips(self._keys, hangul=self._hangul):
            return []
        if slips not in self._slips:
            found = self._terms.near(self._keys, slips)
            fits = (
                slip
                for slip in found
                if corrections.is_plausible(slip, self._keys, hangul=self._hangul)
            )
            self._slips[slips] = [*fits]
        return self._slips[slips]

    def begun_typing(self, slips: int) -> Answers:
        """Return what may have been meant if the word is still being typed, perhaps with slips."""
        return self._half_slipped(slips) if slips else self._typing

    def _half_slipped(self, slips: int) -> Answers:
        if self._is_initials or slips > allowed_slips(self._keys, hangul=self._hangul):
            return {}
        found = self._terms.begun_near(self._keys, slips, hangul=self._hangul)
        meant = (
            corrections.corrected(slip, farther, hangul=self._hangul)
            for slip, farther in corrections.most_likely(
                found, self._keys, corrections.WORTH_BESIDE, MOST_HALF_TYPED, math.inf
            )
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

    def every_if_short(self) -> Answers:
        """Return the answers of all ways, a slip in a word of few letters being one."""
        found = self.every(1)
        if len(self._keys) != spelling.SHORT or not self._keys.isalpha():
            return found
        slips = self._corrected(self._terms.near(self._keys, 1))
        return best(*found.values(), *slips.values())

    def joined(self, slips: int) -> Answers:
        """Return what answers neighbours as one word, less deeply than each by itself."""
        ways = [self.begun, *map(self.slipped, range(1, slips + 1))]
        return best(*chain.from_iterable(way.values() for way in ways))

    @property
    def posts(self) -> int:
        """In about how many posts the very word is, with or without a particle."""
        return self._posts(self.whole)

    def rare(self, most: int) -> tuple[int, Answers] | None:
        """Return about how many posts hold the word, at most so many, and in which forms.

        If all its forms are in more, those are asked for that are most like what was typed.
        """
        return next((some for some in self._counted if some[0] <= most), None)

    @cached_property
    def _counted(self) -> list[tuple[int, Answers]]:
        """About how many posts hold the word, in all its forms and in those most like it."""
        if not self.whole:
            return []
        posts = self._terms.posts(self.whole)
        forms = (self.whole, most_exact(self.whole))
        return [(sum(posts[term] for term in some), some) for some in forms]

    def _posts(self, terms: Iterable[str]) -> int:
        return sum(self._terms.posts(terms).values())

    def _exact_ways(self, depth: int) -> Iterator[Answers]:
        """Yield the ways that need no slip, as long as they are asked for."""
        if depth <= WHOLE:
            yield self.whole
        if depth <= BEGUN:
            yield self.begun
        yield self._by_initials
        if depth <= BEGUN:
            yield self.turned
        yield self.spelled
        yield self._other_layout
        yield self._half_typed
