"""The ways to read a query, as plans, from its words as they are to fewer of them."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from storage.search import dictionary
from storage.search.expansion import SHORT, begun, expand, expand_fully, whole
from storage.search.plans import COST, Answers, Plan, Rule, Slot
from storage.text.hangul import syllable_starts
from storage.text.keys import is_hangul, keys_of, term_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from storage.search.query import Phrase, Query

FEWEST_SPLIT = 2
"""How many letters each part must have of a foreign word taken for two; digits may be fewer."""

FEWEST_SYLLABLES = 3
"""How many syllables a word must have to be taken for two; 나라 is not 나 and 라."""

MISSING_WORD = 30
"""Points that a hit loses when one of the words is missing; slips add to it."""


class Readings:
    """The ways to read one query with one archive's dictionary."""

    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self._connection = connection
        self._words = query.words
        self._phrases = [exactly(connection, phrase) for phrase in query.phrases]

    @cached_property
    def _slots(self) -> list[Slot]:
        return [Slot((expand(self._connection, word),)) for word in self._words]

    def as_written(self) -> Iterator[Plan]:
        """Read the words as they are, and neighbours as one word."""
        yield from self._plans(self._slots)
        for place, (first, second) in enumerate(pairwise(self._words)):
            keys = keys_of(first) + keys_of(second)
            if is_hangul(first) == is_hangul(second):
                found = begun(self._connection, keys, hangul=is_hangul(first))
                yield from self._with_joined(place, found)

    def split(self) -> Iterator[Plan]:
        """Read one word as two that stand side by side."""
        for place, word in enumerate(self._words):
            for slot in _halves(self._connection, word):
                yield from self._plans([*self._slots[:place], slot, *self._slots[place + 1 :]])

    def slipped(self, slips: int) -> Iterator[Plan]:
        """Read every word, known or not, as if it could hold so many slips."""
        words = [expand_fully(self._connection, word, slips) for word in self._words]
        yield from self._plans([Slot((answers,)) for answers in words])
        for place, (first, second) in enumerate(pairwise(self._words)):
            if is_hangul(first) == is_hangul(second):
                joined = term_of(keys_of(first) + keys_of(second), hangul=is_hangul(first))
                yield from self._with_joined(place, expand(self._connection, joined))

    def fewer(self) -> Iterator[Plan]:
        """Leave one word out: one that nothing answers, if there is such."""
        unknown = [slot for slot in self._slots if not slot.chain[0]]
        if len(self._words) < 2 or len(unknown) > 1:  # noqa: PLR2004 - one of two may go
            return
        for left_out in unknown or self._slots:
            others = [slot for slot in self._slots if slot is not left_out]
            yield from self._plans(others, (Rule.FEWER,), MISSING_WORD)

    def _with_joined(self, place: int, answers: Answers) -> Iterator[Plan]:
        slot = Slot((answers,), (Rule.JOINED,), COST[Rule.JOINED])
        yield from self._plans([*self._slots[:place], slot, *self._slots[place + 2 :]])

    def _plans(
        self, words: Sequence[Slot], rules: tuple[Rule, ...] = (), cost: int = 0
    ) -> Iterator[Plan]:
        """Yield a plan of these words and the phrases, unless a slot could never be filled."""
        plan = Plan((*words, *self._phrases), rules, cost)
        if plan.is_possible:
            yield plan


def exactly(connection: sqlite3.Connection, phrase: Phrase) -> Slot:
    """Ask for the very words in a row; the last may carry a particle."""
    *firsts, last = phrase
    chain = [_only(whole(connection, keys_of(one), hangul=is_hangul(one)), one) for one in firsts]
    ending = whole(connection, keys_of(last), hangul=is_hangul(last))
    longer = {term: one for term, one in ending.items() if term.startswith(last)}
    return Slot((*chain, longer), (Rule.PHRASE,) if firsts else ())


def _only(answers: Answers, term: str) -> Answers:
    return {term: answers[term]} if term in answers else {}


def _halves(connection: sqlite3.Connection, term: str) -> Iterator[Slot]:
    """Ask for one word written as two, wherever both parts are words of the archive."""
    keys, hangul = keys_of(term), is_hangul(term)
    places = _syllable_borders(keys) if hangul else _letter_borders(keys)
    firsts = dictionary.known(connection, [term_of(keys[:at], hangul=hangul) for at in places])
    for first in sorted(firsts):
        start = _only(whole(connection, keys_of(first), hangul=hangul), first)
        rest = keys[len(keys_of(first)) :]
        last = (begun if len(rest) > SHORT else whole)(connection, rest, hangul=hangul)
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
