"""The ways to read a query, as plans, from its words as they are to fewer of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.search.expansion import BEGUN, SPELLED, WHOLE, Expansion
from storage.search.missing import PAIR, leaving_out, tellings
from storage.search.plans import COST, Answers, Plan, Rule, Slot, best
from storage.search.spacing import as_one, in_parts
from storage.search.spelling import begun, spelled, whole
from storage.text.keys import is_hangul, keys_of, term_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.search.dictionary import Dictionary
    from storage.search.query import Phrase, Query

MOST_SLIPS = 2

REPEATED = 2
"""How many forms of a word a post may hold, so that it is counted more than once."""

FEWEST_TYPING = 6
"""How many keys must be typed of a word by itself that holds a slip and is not yet at its end."""

LONG = 6
"""How many keys make a word long, so that what is a slip away is rather a spelling of it."""


class Readings:
    """The ways to read one query with one archive's dictionary."""

    def __init__(self, terms: Dictionary, query: Query) -> None:
        self._terms = terms
        self._words = query.words
        self._phrases = [_literally(terms, phrase) for phrase in query.phrases]
        alone = len(query.words) == 1
        self._expansions = [Expansion(terms, word, alone=alone) for word in query.words]

    @property
    def all_known(self) -> bool:
        """Whether each of the words is one of the archive's."""
        return all(one.whole for one in self._expansions)

    def as_words(self) -> Iterator[Plan]:
        """Read the words as words, and neighbours as one."""
        yield from self._plans([_slot(one.whole) for one in self._expansions])
        yield from self._joined()

    def as_typed(self, few: int) -> Iterator[Plan]:
        """Read words of few posts that end like a particle as words or parts with this very end."""
        yield from self._plans([_slot(one.as_typed(few)) for one in self._expansions])

    def as_parts(self, depth: int) -> Iterator[Plan]:
        """Read the words as the beginnings of words, or as parts."""
        yield from self._plans(self._slots(depth, self._expansions))

    def split(self, parts: int = 2) -> Iterator[Plan]:
        """Read one word as two or more that stand side by side; one that is known, if all are."""
        for place, word in enumerate(self._words):
            if self._expansions[place].whole and not self.all_known:
                continue
            others = [*self._expansions[:place], *self._expansions[place + 1 :]]
            for row in in_parts(self._terms, word, parts):
                if (slots := self._slots(WHOLE, others)) is not None:
                    slot = Slot(row, (Rule.SPLIT,), COST[Rule.SPLIT] * (parts - 1))
                    yield from self._plans([*slots[:place], slot, *slots[place:]])

    def corrected(self, slips: int) -> Iterator[Plan]:
        """Read the words that are none of the archive's as if they could hold so many slips.

        One at least must be a word that nothing answers; the others are taken as they are.
        """
        if not all(one.first(WHOLE) for one in self._expansions):
            yield from self._plans(
                [_slot(one.whole or one.every(slips)) for one in self._expansions]
            )

    def slipped(self, slips: int) -> Iterator[Plan]:
        """Read every word, known or not, as if it could hold so many slips."""
        if all(one.every(slips) for one in _unknown_first(self._expansions)):
            yield from self._plans([_slot(one.every(slips)) for one in self._expansions])
        for place, joined in self._written_as_one():
            if all(one.first(SPELLED) for one in self._expansions[place : place + 2]):
                continue
            if answers := Expansion(self._terms, joined).joined(slips):
                yield from self._with_joined(place, _joined_slot(answers))

    def slipped_if_short(self) -> Iterator[Plan]:
        """Read every word as if it could hold a slip, so short that nobody could tell."""
        yield from self._plans([_slot(one.every_if_short()) for one in self._expansions])

    def likelier(self) -> Iterator[Plan]:
        """Read words that few posts hold, and as others, as slips of far likelier ones."""
        yield from self._plans([_slot(one.likelier()) for one in self._expansions])

    def surely_sounding(self) -> Iterator[Plan]:
        """Read the words as they sound in the other script, where that is hardly an accident."""
        yield from self._plans([_slot(one.surely_sounding) for one in self._expansions])

    def sounding(self) -> Iterator[Plan]:
        """Read words also as they sound in the other script."""
        ways = [(one.first(SPELLED), one.sounding) for one in self._expansions]
        words = [best(*exact.values(), *alike.values()) for exact, alike in ways]
        yield from self._plans([*map(_slot, words)])

    def fewer(self, missing: int) -> Iterator[Plan]:
        """Leave so many words out, first of all those that nothing answers."""
        ways = [one.first(SPELLED) for one in self._expansions]
        yield from self._leaving_out(missing, [*map(_slot, ways)], self._told)
        for place, joined in self._known_as_one:
            slots = [*map(_slot, ways[:place]), joined, *map(_slot, ways[place + 2 :])]
            told = [*self._told[:place], sum(self._told[place : place + 2])]
            yield from self._leaving_out(missing, slots, [*told, *self._told[place + 2 :]])

    def fewer_slipped(self, missing: int) -> Iterator[Plan]:
        """Leave so many words out, reading the others as if they could hold slips.

        Short ones only beside a word that holds none.
        """
        is_any_exact = any(one.first(SPELLED) for one in self._expansions)
        ways = [
            one.first(SPELLED, MOST_SLIPS if is_any_exact or len(keys_of(word)) >= LONG else 0)
            for one, word in zip(self._expansions, self._words, strict=True)
        ]
        yield from self._leaving_out(missing, [*map(_slot, ways)], self._told)

    def _leaving_out(
        self, missing: int, slots: Sequence[Slot], told: Sequence[float]
    ) -> Iterator[Plan]:
        known = [place for place, slot in enumerate(slots) if all(slot.chain)]
        for places, cost in leaving_out(missing, known, told):
            yield from self._plans([slots[at] for at in places], (Rule.FEWER,), cost)

    @cached_property
    def _told(self) -> list[float]:
        """What share each word has in what all of them tell."""
        return tellings([one.posts for one in self._expansions])

    def lacks_known(self, terms: Sequence[str]) -> bool:
        """Whether a post has one of the archive's words only with slips, or not at all.

        That says little of two, of which the other would be left alone.
        """
        return len(self._words) > PAIR and any(
            one.whole and one.spelled.keys().isdisjoint(terms) for one in self._expansions
        )

    def _slots(self, depth: int, expansions: Sequence[Expansion]) -> list[Slot] | None:
        """Return what answers each word, so deep; None if one has no answer."""
        if all(one.first(depth) for one in _unknown_first(expansions)):
            return [_slot(one.first(depth)) for one in expansions]
        return None

    def typing(self, slips: int = 0) -> Iterator[Plan]:
        """Read the last word as the beginning of one, perhaps with slips."""
        alone = len(self._words) == 1 and len(keys_of(self._words[0])) < FEWEST_TYPING
        if not self._words or alone:
            return
        *firsts, last = self._expansions
        if (slots := self._slots(SPELLED, firsts)) is not None:
            yield from self._plans([*slots, _slot(last.begun_typing(slips))])

    def rare(self, most: int) -> list[tuple[int, Slot]]:
        """Return the words that hardly more posts than so many hold, the rarest first.

        With about how many do; a post that holds several forms counts for each.
        """
        found = (one.rare(most * REPEATED) for one in self._expansions)
        few = sorted(filter(None, found), key=itemgetter(0))
        return [(posts, _slot(forms)) for posts, forms in few]

    def rare_begun(self, most: int) -> Iterator[Plan]:
        """Read one of the rare words as the beginning of words, the others as words.

        The posts that are read hold that word itself, and the longer ones by chance alone.
        """
        words = [_slot(one.whole) for one in self._expansions]
        for place, one in enumerate(self._expansions if self.all_known else ()):
            if one.rare(most * REPEATED):
                yield from self._plans([*words[:place], _slot(one.longer), *words[place + 1 :]])

    def turned(self) -> Iterator[Plan]:
        """Read all words as words typed in the other layout."""
        if all(one.turned for one in _unknown_first(self._expansions)):
            yield from self._plans([_slot(one.turned) for one in self._expansions])

    @property
    def is_any_held(self) -> bool:
        """Whether the archive has one of the words just as it was typed."""
        return any(one.typed for one in self._expansions)

    def are_close(self, terms: Sequence[str]) -> bool:
        """Whether a post has one of the words just as it was typed, or all of them nearly so."""
        return (
            not {*terms}.isdisjoint(self._words)
            or any(joined in terms for _, joined in self._written_as_one())
            or all(not one.nearly.isdisjoint(terms) for one in self._expansions)
        )

    def beside_typed(self) -> Iterator[Plan]:
        """Read one of the words just as it was typed, the others in every way without a slip."""
        yield from self._beside_typed([one.every(0) for one in self._expansions], slips=0)

    def beside_typed_slipped(self) -> Iterator[Plan]:
        """Read one of the words just as it was typed, the others as if they held a slip."""
        yield from self._beside_typed([one.every_if_short() for one in self._expansions], slips=1)

    def _beside_typed(self, ways: list[Answers], slips: int) -> Iterator[Plan]:
        """Read one of the words just as it was typed, the last perhaps as the beginning of one."""
        begun = self._expansions[-1].begun_typing(slips)
        slots = [_slot(one) for one in [*ways[:-1], best(*ways[-1].values(), *begun.values())]]
        for place, one in enumerate(self._expansions):
            yield from self._plans([*slots[:place], _slot(one.typed), *slots[place + 1 :]])

    def _written_as_one(self) -> Iterator[tuple[int, str]]:
        """Yield the words that stand side by side, where they could be one, and where they are."""
        for place, (first, second) in enumerate(pairwise(self._words)):
            if is_hangul(first) == is_hangul(second):
                yield place, term_of(keys_of(first) + keys_of(second), hangul=is_hangul(first))

    def _joined(self) -> Iterator[Plan]:
        for place, slot in self._known_as_one:
            yield from self._with_joined(place, slot)

    @cached_property
    def _known_as_one(self) -> list[tuple[int, Slot]]:
        """The words that the archive has as one with the next, and where they are."""
        pairs = enumerate(pairwise(self._words))
        known = ((place, as_one(self._terms, *pair)) for place, pair in pairs)
        return [(place, _joined_slot(answers)) for place, answers in known if answers]

    def _with_joined(self, place: int, slot: Slot) -> Iterator[Plan]:
        others = [*self._expansions[:place], *self._expansions[place + 2 :]]
        if (slots := self._slots(BEGUN, others)) is not None:
            yield from self._plans([*slots[:place], slot, *slots[place:]])

    def _plans(
        self, words: Sequence[Slot] | None, rules: tuple[Rule, ...] = (), cost: int = 0
    ) -> Iterator[Plan]:
        """Yield a plan of these words and the phrases, unless a slot could never be filled."""
        plan = Plan((*(words or ()), *self._phrases), rules, cost)
        if words is not None and plan.is_possible:
            yield plan


def _unknown_first(expansions: Sequence[Expansion]) -> list[Expansion]:
    """Sort words so that the first ones tell soonest, if all are asked for, that one is not."""
    return sorted(expansions, key=lambda one: bool(one.whole))


def _slot(answers: Answers) -> Slot:
    return Slot((answers,))


def _joined_slot(answers: Answers) -> Slot:
    return Slot((answers,), (Rule.JOINED,), COST[Rule.JOINED])


def exactly(terms: Dictionary, phrase: Phrase) -> Slot:
    """Ask for the very words in a row; the last may carry a particle."""
    *firsts, last = phrase
    chain = [_only(whole(terms, keys_of(one), hangul=is_hangul(one)), one) for one in firsts]
    ending = whole(terms, keys_of(last), hangul=is_hangul(last))
    longer = {term: one for term, one in ending.items() if term.startswith(last)}
    return Slot((*chain, longer), (Rule.PHRASE,) if firsts else ())


def _literally(terms: Dictionary, phrase: Phrase) -> Slot:
    """Ask for the very words; where the archive has not the last, for what it is a part of."""
    slot = exactly(terms, phrase)
    if slot.chain[-1]:
        return slot
    hangul, keys = is_hangul(phrase[-1]), keys_of(phrase[-1])
    parts = spelled(terms, keys, begun(terms, keys, hangul=hangul), hangul=hangul)
    return replace(slot, chain=(*slot.chain[:-1], parts))


def _only(answers: Answers, term: str) -> Answers:
    return {term: answers[term]} if term in answers else {}
