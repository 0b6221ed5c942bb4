"""Expands each word of a query into the terms of the archive that may stand for it.

What the archive or an ordinary dictionary knows is itself, in all its forms and spellings, and is
never corrected. Only a word that nobody knows is corrected, by odds.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from storage.language.hangul import is_consonants, spelled, syllable_starts
from storage.language.keys import is_hangul, key_form, keys_of, term_of
from storage.language.lexicon import is_noun
from storage.language.lexicon import known as is_ordinary
from storage.language.lexicon.wordlists import FUNCTION_WORDS
from storage.language.transcription import may_be_loanword
from storage.search.expand import abbreviations, forms, slips, sounds, spacing, spelling
from storage.search.expand.alternatives import (
    Alternative,
    Alternatives,
    Standing,
    Word,
    alternative,
    because,
    best,
    in_bands,
    is_sure,
)
from storage.search.index.pieces import allowed_slips
from storage.search.parse import QueryWord
from storage.search.rank.weights import (
    FUNCTION_WORD,
    OTHER_NOUN,
    OTHER_VOWEL,
    PENALTY,
    ROUGHLY,
    Reason,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from storage.search.expand.dictionary import Dictionary, Slip
    from storage.search.expand.sounds import Alike

FEWEST_HALF_TYPED = 3  # keys
_OF_ONE_SCRIPT = re.compile(
    f"[가-힣]{{{spacing.HANGUL.fewest},}}|[A-Za-z]{{{spacing.FOREIGN.fewest},}}"
)

MOST_POSTINGS = 4000
"""Up to how many postings a word is rare: all posts that hold it are read."""

LONGEST_SHIFTED = 2  # syllables


def expand(
    dictionary: Dictionary,
    asked: Sequence[QueryWord],
    posts: int,
    literal: Sequence[QueryWord] = (),
) -> tuple[Word, ...]:
    """Expand the words of a query, in its order; `posts` is how many the archive holds.

    The `literal` words, which stood in quotes, are only themselves.
    """
    parts = [*chain.from_iterable(_cut(dictionary, one) for one in asked)]
    asked = [one for one, _ in parts]
    alone = len(asked) == 1
    words = [
        _expanded(expansion, one, alone=alone, being_typed=not alone and one is asked[-1])
        for one, expansion in parts
    ]
    for place, pair in enumerate(pairwise(asked)):
        joined = _joined(dictionary, *pair)
        for at in (place, place + 1) if joined else ():
            together = best(*words[at].alternatives.values(), *joined.values())
            words[at] = replace(words[at], alternatives=together)
    for places in _runs(asked):
        otherwise = spelling.amounts(dictionary, "".join(asked[at].typed for at in places))
        for at in places if otherwise else ():
            together = best(*words[at].alternatives.values(), *otherwise)
            words[at] = replace(words[at], alternatives=together)
    words += [Word(one, Standing.KNOWN, literally(dictionary, one.term)) for one in literal]
    return tuple(_weighed(dictionary, sorted(words, key=_start), posts))


def _cut(dictionary: Dictionary, asked: QueryWord) -> Iterator[tuple[QueryWord, _Expansion]]:
    """Yield the words of one that was typed without blanks, if it is none itself."""
    whole = _Expansion(dictionary, asked.term, asked.typed)
    may_be_cut = _OF_ONE_SCRIPT.fullmatch(asked.typed) and not whole.is_near_a_word
    parts = spacing.cut(dictionary, asked.typed) if may_be_cut else []
    start = asked.start
    for part in parts:
        term = term_of(key_form(part), hangul=is_hangul(asked.term))
        word = QueryWord(term, part, start, glued=asked.glued or start > asked.start)
        yield word, _Expansion(dictionary, term, part)
        start += len(part)
    if not parts:
        yield asked, whole


def _start(word: Word) -> int:
    return word.asked.start


def literally(dictionary: Dictionary, term: str) -> Alternatives:
    """Return the terms that are that very word, with any particle."""
    found = spelling.whole(dictionary, keys_of(term), hangul=is_hangul(term))
    return found or {term: alternative(term, Reason.EXACT)}


def in_any_form(dictionary: Dictionary, term: str) -> Alternatives:
    """Return the terms that are a word, in any form and spelling, but no longer words."""
    return {one: way for one, way in as_itself(dictionary, term).items() if is_sure(way)}


def as_itself(dictionary: Dictionary, term: str) -> Alternatives:
    """Return the terms that hold a word, in any form and spelling: nothing is corrected."""
    return _Expansion(dictionary, term).same


def _expanded(expansion: _Expansion, asked: QueryWord, *, alone: bool, being_typed: bool) -> Word:
    """Expand one word: as itself, then by its parts, then, if nobody knows it, by slips.

    The last word of several may be still `being_typed`: the others tell which one it will be.
    """
    same = expansion.same
    if being_typed:
        same = best(*same.values(), *expansion.half_typed())
    ordinary = is_ordinary(asked.typed)
    if ordinary and expansion.is_another(asked.typed, same):
        return Word(asked, Standing.ORDINARY, {})
    perhaps = frozenset() if alone else expansion.perhaps()
    if expansion.is_held:
        others = best(*same.values(), *expansion.in_parts(by_sound=expansion.may_be_two_heard))
        return Word(asked, Standing.KNOWN, others, perhaps=perhaps)
    others = best(*same.values(), *expansion.otherwise_typed(ordinary=ordinary).values())
    if ordinary or not expansion.may_be_slipped:
        standing = Standing.ORDINARY if ordinary else Standing.UNKNOWN
        return Word(asked, standing, others, perhaps=perhaps)
    corrected = expansion.corrected(others, alone=alone, being_typed=being_typed)
    return Word(asked, Standing.UNKNOWN, best(*others.values(), *corrected.values()))


class _Expansion:
    """The ways in which terms of the archive can stand for one word."""

    def __init__(self, dictionary: Dictionary, term: str, typed: str | None = None) -> None:
        self._dictionary = dictionary
        self._term, self._keys, self._hangul = term, keys_of(term), is_hangul(term)
        self._typed = typed or spelled(self._keys)
        self._whole = spelling.whole(dictionary, self._keys, hangul=self._hangul)
        self._is_initials = self._hangul and is_consonants(self._keys)

    @property
    def _may_be_heard(self) -> bool:
        """Whether its sound may tell the word in the other script: not if that is listed."""
        if any(is_hangul(other) != self._hangul for other in spelling.listed(self._term)):
            return False
        return not self._hangul or sounds.may_be_heard(self._keys)

    @property
    def may_be_two_heard(self) -> bool:
        """Whether it may be two English words: 허깅페이스, but 인터뷰 is not into view."""
        is_long = len(syllable_starts(self._keys)) >= spacing.SYLLABLES_OF_TWO
        return self._hangul and is_long and self._may_be_heard

    @property
    def is_held(self) -> bool:
        """Whether the archive has the word itself, with or without a particle."""
        return bool(self._whole)

    @property
    def may_be_slipped(self) -> bool:
        return not self._is_initials and allowed_slips(self._keys, hangul=self._hangul) > 0

    def is_another(self, typed: str, same: Alternatives) -> bool:
        """Whether what posts hold is another word on the same keys, shift apart: 방, not 빵.

        Words of more than two syllables hardly ever are.
        """
        if not self._hangul or len(syllable_starts(self._keys)) > LONGEST_SHIFTED:
            return False
        spelled_so = {term for term in same if keys_of(term).startswith(self._keys)}
        return bool(spelled_so) and not self._dictionary.writes(typed, spelled_so)

    @property
    def is_near_a_word(self) -> bool:
        """Whether posts have the word, a longer one, or one that is a slip away."""
        return bool(self.same or self._one_slip_away)

    @cached_property
    def same(self) -> Alternatives:
        """Return the word itself, in its forms and spellings, and the longer words that hold it."""
        longer = spelling.begun(self._dictionary, self._keys, hangul=self._hangul, same=self._whole)
        found = [*longer.values(), *self._other_forms(longer), *self._other_spellings()]
        inside = spelling.with_inside(self._dictionary, self._keys, longer, hangul=self._hangul)
        return best(*found, *inside.values(), *self._initials())

    def _other_forms(self, longer: Alternatives) -> Iterator[Alternative]:
        """Return other forms of the word; `longer` are the terms that begin with it."""
        if not self._hangul:
            return spelling.in_other_forms(self._dictionary, self._keys)
        return forms.in_other_forms(self._dictionary, self._keys, self._typed, self._whole, longer)

    def _other_spellings(self) -> Iterator[Alternative]:
        """Yield what sounds the same: in the same script (케익), in the other one (깃허브)."""
        other_noun = OTHER_NOUN if self._hangul and is_noun(self._typed) else 0.0
        for listed in spelling.as_listed(self._dictionary, self._keys, hangul=self._hangul):
            extra = other_noun if is_hangul(listed.term) else 0
            yield listed._replace(penalty=listed.penalty + extra)
        for one in self._dictionary.spelled_alike(self._keys) if self._hangul else ():
            if self._may_be_same(one):
                extra = OTHER_VOWEL if one.likeness < 1 else other_noun
                yield alternative(one.term, Reason.SPELLING, end=len(one.form), extra=extra)
        yield from spelling.in_han(self._dictionary, self._keys, hangul=self._hangul)
        spelled_out = abbreviations.in_letters if self._hangul else abbreviations.by_name
        yield from spelled_out(self._dictionary, self._keys)
        if self._may_be_heard:
            yield from slips.heard(self._dictionary, self._keys, hangul=self._hangul)

    def _may_be_same(self, one: Alike) -> bool:
        """Whether what sounds alike may be the same word: two nouns only as loans, to every vowel.

        예정 and 애정 are two words, 마스크 and 머스크 too; 스탭 and 스태프 are one.
        """
        both = (self._typed, spelled(one.form))
        is_one_loan = one.likeness == 1 and all(map(may_be_loanword, both))
        return is_one_loan or not all(map(is_noun, both))

    def _initials(self) -> Iterator[Alternative]:
        if self._is_initials:
            yield from spelling.by_initials(self._dictionary, self._keys).values()
            yield from spacing.initials_of_two(self._dictionary, self._keys)

    def otherwise_typed(self, *, ordinary: bool) -> Alternatives:
        """Return what the word is in the other layout, half typed, or as several words in one."""
        by_sound = self.may_be_two_heard if ordinary else not self._one_slip_away
        found = [*self.in_parts(by_sound=by_sound)]
        if not ordinary:
            found += (*self._other_layout(), *self.half_typed())
        return best(*found)

    def in_parts(self, *, by_sound: bool) -> Iterator[Alternative]:
        """Yield pairs of terms that are the word if a post has them side by side.

        One of them, or both, may be in the other script, `by_sound` as in `spacing.across_scripts`.
        """
        yield from spacing.across_scripts(self._dictionary, self._term, by_sound=by_sound)
        yield from spacing.in_two(self._dictionary, self._term)

    def _other_layout(self) -> Iterator[Alternative]:
        turned = spelling.begun(self._dictionary, self._keys, hangul=not self._hangul)
        if turned:
            hangul = not self._hangul
            turned = spelling.with_inside(self._dictionary, self._keys, turned, hangul=hangul)
        for one in turned.values():
            yield because(one, Reason.LAYOUT)

    def half_typed(self) -> Iterator[Alternative]:
        """Yield what begins with the keys of a Hangul word whose last syllable is not complete."""
        if self._hangul and len(self._keys) >= FEWEST_HALF_TYPED and not self._is_initials:
            for term in self._dictionary.beginning(self._term):
                yield alternative(term, Reason.TYPING, end=len(self._keys))

    def corrected(self, others: Alternatives, *, alone: bool, being_typed: bool) -> Alternatives:
        """Return what was meant if the word holds a slip or two, weighed against the others.

        `alone` tells that the query has no other words.
        """
        near = self._one_slip_away
        worth = slips.WORTH_ALONE if alone else slips.WORTH_BESIDE
        found = self._slipped(near, worth)
        if being_typed or not (others or found):
            found = best(*found.values(), *self._half_slipped())
        if others:
            return self._outweighing(near, others, found)
        return found or best(*self._roughly_sounding()) or self._slipped(self._near(2), worth)

    def _outweighing(
        self, near: Sequence[Slip], others: Alternatives, found: Alternatives
    ) -> Alternatives:
        """Put slips before parts and half-typed words where the slips are far likelier."""
        begun = any(Reason.PREFIX in one.reasons for one in others.values())
        said = slips.said_by(others, self._dictionary.posts(others), begun=begun)
        likelier = {
            slip.term for slip in slips.outweighing(near, self._keys, said, slips.FAR_LIKELIER)
        }
        least = min(one.penalty for one in others.values())
        less = PENALTY[Reason.TYPO] - max(least - 1, 0)
        return {
            term: one._replace(penalty=max(one.penalty - less, 0)) if term in likelier else one
            for term, one in found.items()
        }

    def perhaps(self) -> frozenset[str]:
        """Return terms that one slip makes this word of, no less likely than the word itself."""
        if self._is_initials or self._term in FUNCTION_WORDS:
            return frozenset()
        said = sum(self._dictionary.posts(self._whole).values())
        likely = slips.outweighing(self._one_slip_away, self._keys, said, slips.AS_LIKELY)
        return frozenset(slip.term for slip in likely)

    @cached_property
    def _one_slip_away(self) -> list[Slip]:
        return self._near(1)

    def _near(self, count: int) -> list[Slip]:
        """Return the terms at most `count` slips away that can be what was meant."""
        if count > allowed_slips(self._keys, hangul=self._hangul):
            return []
        found = self._dictionary.near(self._keys, count)
        return [s for s in found if slips.is_plausible(s, self._keys, hangul=self._hangul)]

    def _slipped(self, near: Sequence[Slip], worth: float) -> Alternatives:
        return slips.slipped(self._dictionary, self._keys, near, worth, hangul=self._hangul)

    def _half_slipped(self) -> Iterator[Alternative]:
        """Yield what begins with the keys but for one slip, as if still being typed."""
        found = self._dictionary.begun_near(self._keys, 1, hangul=self._hangul)
        likely = slips.most_likely(
            found, self._keys, slips.WORTH_BESIDE, slips.MOST_HALF_TYPED, math.inf
        )
        for slip, farther in likely:
            one = slips.corrected(slip, farther, hangul=self._hangul)
            yield because(one, Reason.TYPING)

    def _roughly_sounding(self) -> Iterator[Alternative]:
        """Yield what sounds nearly alike in the other script, less surely than a slip."""
        found = self._dictionary.sounding(self._keys, hangul=self._hangul)
        for one in slips.alike(found):
            yield one._replace(penalty=one.penalty + ROUGHLY)


def _joined(dictionary: Dictionary, first: QueryWord, second: QueryWord) -> Alternatives:
    """Return what answers two neighbours as one word."""
    found = spacing.as_one(dictionary, first.term, second.term)
    return {term: because(one, Reason.JOINED) for term, one in found.items()}


def _runs(asked: Sequence[QueryWord]) -> list[list[int]]:
    """Return the places of words that no blank parts, as 3200 and 만원 of 3200만원."""
    runs: list[list[int]] = []
    for place, word in enumerate(asked):
        if word.glued and runs:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _weighed(dictionary: Dictionary, words: Sequence[Word], posts: int) -> Iterator[Word]:
    """Weigh words by how many posts hold their alternatives."""
    terms = {part for word in words for term in word.alternatives for part in term.split(" ")}
    frequencies = dictionary.posts(terms)
    only_function_words = all(word.asked.term in FUNCTION_WORDS for word in words)
    for word in words:
        counts = {
            term: min(frequencies.get(part, 0) for part in term.split(" "))
            for term in word.alternatives
        }
        found = {term: one for term, one in word.alternatives.items() if counts[term]}
        postings = sum(counts.values())
        held = _held(dictionary, found) if postings <= MOST_POSTINGS else {}
        soft = sum(held.values()) if held else _estimated(found, counts, posts)
        tells = only_function_words or word.asked.term not in FUNCTION_WORDS
        information = math.log(1 + (posts - soft + 0.5) / (soft + 0.5))
        yield replace(
            word,
            alternatives=found,
            posts=soft,
            information=information if tells else FUNCTION_WORD * information,
            tells=tells,
            held=held,
            postings=postings,
        )


def _held(dictionary: Dictionary, found: Alternatives) -> dict[int, float]:
    """Return the posts that hold a word, each with the likeness of what it holds."""
    held: dict[int, float] = {}
    for likeness, terms in in_bands(found):
        for post_id in dictionary.holding(terms):
            held.setdefault(post_id, likeness)
    return held


def _estimated(found: Alternatives, counts: Mapping[str, int], posts: int) -> float:
    """Return about how many posts hold a word, each weighed by the likeness of what it holds.

    As if each post took its terms independently.
    """
    lacking = (1 - counts[term] * one.likeness / posts for term, one in found.items())
    return posts * (1 - math.prod(lacking)) if found else 0.0
