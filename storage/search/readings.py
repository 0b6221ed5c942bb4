"""The ways to read a query, as plans, from its words as they are to fewer of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from storage.search.expansion import BEGUN, SHORT, SPELLED, Expansion, begun, whole
from storage.search.plans import COST, Answers, Plan, Rule, Slot
from storage.text.hangul import syllable_starts
from storage.text.keys import is_hangul, keys_of, term_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.search.dictionary import Dictionary
    from storage.search.query import Phrase, Query

MOST_SLIPS = 2

FEWEST_SPLIT = 2
"""How many letters each part must have of a foreign word taken for two; digits may be fewer."""

FEWEST_SYLLABLES = 3
"""How many syllables a word must have to be taken for two; 나라 is not 나 and 라."""

MISSING_WORD = 30
"""Points that a hit loses when one of the words is missing; slips add to it."""


class Readings:
    """The ways to read one query with one archive's dictionary."""

    def __init__(self, terms: Dictionary, query: Query) -> None:
        self._terms = terms
        self._words = query.words
        self._phrases = [exactly(terms, phrase) for phrase in query.phrases]
        self._expansions = [Expansion(terms, word) for word in query.words]

    def as_words(self) -> Iterator[Plan]:
        """Read the words as words, and neighbours as one."""
        yield from self._plans([_slot(one.whole) for one in self._expansions])
        yield from self._joined()

    def as_parts(self, depth: int) -> Iterator[Plan]:
        """Read the words as the beginnings of words, or as parts."""
        yield from self._plans(self._slots(depth))

    def split(self) -> Iterator[Plan]:
        """Read one word as two that stand side by side."""
        slots = self._slots(SPELLED)
        for place, word in enumerate(self._words):
            for slot in _halves(self._terms, word):
                yield from self._plans([*slots[:place], slot, *slots[place + 1 :]])

    def slipped(self, slips: int) -> Iterator[Plan]:
        """Read every word, known or not, as if it could hold so many slips."""
        yield from self._plans([_slot(one.every(slips)) for one in self._expansions])
        for place, (first, second) in enumerate(pairwise(self._words)):
            if is_hangul(first) == is_hangul(second):
                joined = term_of(keys_of(first) + keys_of(second), hangul=is_hangul(first))
                yield from self._with_joined(place, Expansion(self._terms, joined).joined(slips))

    def sounding(self) -> Iterator[Plan]:
        """Read words that nothing answers as they sound in the other script."""
        words = [one.first(SPELLED) or one.sounding for one in self._expansions]
        yield from self._plans(list(map(_slot, words)))

    def fewer(self) -> Iterator[Plan]:
        """Leave one word out: one that nothing answers, if there is such."""
        slots = [_slot(one.first(SPELLED, slips=MOST_SLIPS)) for one in self._expansions]
        unknown = [slot for slot in slots if not slot.chain[0]]
        if len(self._words) < 2 or len(unknown) > 1:  # noqa: PLR2004 - one of two may go
            return
        for left_out in unknown or slots:
            others = [slot for slot in slots if slot is not left_out]
            yield from self._plans(others, (Rule.FEWER,), MISSING_WORD)

    def _slots(self, depth: int) -> list[Slot]:
        return [_slot(one.first(depth)) for one in self._expansions]

    def typing(self, slips: int = 0) -> Iterator[Plan]:
        """Read the last of several words as the beginning of one, perhaps with slips."""
        if len(self._words) > 1:
            *firsts, _ = self._slots(SPELLED)
            last = self._expansions[-1]
            meant = last.half_slipped(slips) if slips else last.typing
            yield from self._plans([*firsts, _slot(meant)])

    def by_rarity(self) -> list[Slot]:
        """Return the words that the archive knows, those that fewest posts hold first."""
        known = [one for one in self._expansions if one.whole]
        return [_slot(one.whole) for one in sorted(known, key=Expansion.posts)]

    def _joined(self) -> Iterator[Plan]:
        for place, (first, second) in enumerate(pairwise(self._words)):
            keys = keys_of(first) + keys_of(second)
            if is_hangul(first) == is_hangul(second):
                found = begun(self._terms, keys, hangul=is_hangul(first))
                yield from self._with_joined(place, found)

    def _with_joined(self, place: int, answers: Answers) -> Iterator[Plan]:
        slot = Slot((answers,), (Rule.JOINED,), COST[Rule.JOINED])
        slots = self._slots(BEGUN)
        yield from self._plans([*slots[:place], slot, *slots[place + 2 :]])

    def _plans(
        self, words: Sequence[Slot], rules: tuple[Rule, ...] = (), cost: int = 0
    ) -> Iterator[Plan]:
        """Yield a plan of these words and the phrases, unless a slot could never be filled."""
        plan = Plan((*words, *self._phrases), rules, cost)
        if plan.is_possible:
            yield plan


def _slot(answers: Answers) -> Slot:
    return Slot((answers,))


def exactly(terms: Dictionary, phrase: Phrase) -> Slot:
    """Ask for the very words in a row; the last may carry a particle."""
    *firsts, last = phrase
    chain = [_only(whole(terms, keys_of(one), hangul=is_hangul(one)), one) for one in firsts]
    ending = whole(terms, keys_of(last), hangul=is_hangul(last))
    longer = {term: one for term, one in ending.items() if term.startswith(last)}
    return Slot((*chain, longer), (Rule.PHRASE,) if firsts else ())


def _only(answers: Answers, term: str) -> Answers:
    return {term: answers[term]} if term in answers else {}


def _halves(terms: Dictionary, term: str) -> Iterator[Slot]:
    """Ask for one word written as two, wherever both parts are words of the archive."""
    keys, hangul = keys_of(term), is_hangul(term)
    places = _syllable_borders(keys) if hangul else _letter_borders(keys)
    firsts = terms.known([term_of(keys[:at], hangul=hangul) for at in places])
    for first in sorted(firsts):
        start = _only(whole(terms, keys_of(first), hangul=hangul), first)
        rest = keys[len(keys_of(first)) :]
        last = (begun if len(rest) > SHORT else whole)(terms, rest, hangul=hangul)
        if last:
            yield Slot((start, last), (Rule.SPLIT,), COST[Rule.SPLIT])


def _syllable_borders(keys: str) -> list[int]:
    """Return where a Hangul word of three syllables or more may be two words."""
    starts = syllable_starts(keys)
    return starts[1:] if len(starts) >= FEWEST_SYLLABLES else []


def _letter_borders(keys: str) -> list[int]:
    """Return where a foreign word may be two: anywhere but near its ends, and before digits."""
    return [
        at
        for at in range(1, len(keys))
        if FEWEST_SPLIT <= at <= len(keys) - FEWEST_SPLIT
        or keys[at - 1].isdigit() != keys[at].isdigit()
    ]
