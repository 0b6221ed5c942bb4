"""Scores candidates: a sum over the words, as BM25 does, and more for order, title and spelling.

Neither how often a post holds a word counts, nor how long it is, as they do in BM25 (Robertson and
Zaragoza, 2009): both cost recall of known posts and gained none of questions.

A post's sequence is a text of one character a word (see `index.writer.character_of`), so that the
words of the query are found in it by one regular expression.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.language.hangul import is_shifted
from storage.search.rank.weights import (
    ADJACENT,
    AS_TYPED,
    BEST,
    BY_DISTANCE,
    GLUED,
    IN_TITLE,
    PERHAPS,
    SWAPPED,
    Reason,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from storage.search.expand.alternatives import Alternative, Word

NOTHING: Final = "(?!)"
"""A pattern that matches nowhere."""


class Match(NamedTuple):
    """A word of a post that stands for a word of the query.

    `at` counts the words of the post, `word` those of the query; `size` is how many words of the
    post the alternative takes; `likeness` is that of the alternative.
    """

    at: int
    word: int
    alternative: Alternative
    size: int
    likeness: float

    @property
    def end(self) -> int:
        """The word of the post after those that match."""
        return self.at + self.size


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its matches, in the order of the post, and its score.

    `parts` names what the score sums, in nats of information; `extra` are reasons besides those
    of the matches.
    """

    post_id: int
    ordinal: int
    matches: tuple[Match, ...]
    parts: Mapping[str, float]
    extra: tuple[Reason, ...] = ()

    @property
    def score(self) -> float:
        """What all parts of the score sum to."""
        return sum(self.parts.values())

    @property
    def order(self) -> tuple[float, int, int]:
        """The greater, the sooner the post comes: by score, then the newest first."""
        return self.score, self.ordinal, self.post_id


class Scorer:
    """Scores posts for the words of one query; `characters` has the character of each term."""

    def __init__(self, words: Sequence[Word], characters: Mapping[str, str]) -> None:
        self.words = words
        self._meant: defaultdict[str, list[tuple[int, Alternative, int, float]]] = defaultdict(list)
        for place, word in enumerate(words):
            for term, one in word.alternatives.items():
                if run := "".join(characters.get(part, "") for part in term.split(" ")):
                    self._meant[run].append((place, one, len(run), one.likeness))
        self._pattern = _finding(self._meant)
        self._perhaps = {
            place: {characters[term] for term in word.perhaps if term in characters}
            for place, word in enumerate(words)
        }
        self._total = sum(word.information for word in words if word.alternatives)

    def matches(self, sequence: str) -> tuple[Match, ...]:
        """Return where the words of the query stand in a post."""
        return tuple(
            [
                Match(found.start(), *meant)
                for found in self._pattern.finditer(sequence)
                for meant in self._meant[found[0]]
            ]
        )

    def score(self, rows: Sequence[tuple[int, int, str]]) -> list[Scored]:
        """Score posts, given by id, ordinal and sequence, the best first."""
        scored = [self._scored(*row) for row in rows]
        return sorted(scored, key=lambda one: one.order, reverse=True)

    def _scored(self, post_id: int, ordinal: int, sequence: str) -> Scored:
        found = self.matches(sequence)
        by_word: defaultdict[int, list[Match]] = defaultdict(list)
        for match in found:
            by_word[match.word].append(match)
        said = order = 0.0
        for place, some in by_word.items():
            said += self.words[place].information * max([match.likeness for match in some])
            if place + 1 in by_word:
                order += self._closeness(place, some, by_word[place + 1])
        extra = (Reason.PHRASE,) if order and self._is_phrase(by_word) else ()
        parts = {"words": said, "order": order}
        if perhaps := self._perhaps_meant(sequence, by_word):
            parts["perhaps"] = PERHAPS * perhaps
        return Scored(post_id, ordinal, found, parts, extra)

    def _perhaps_meant(self, sequence: str, held: Container[int]) -> float:
        """Return the information of the words of which a post has only what a slip makes them."""
        return sum(
            self.words[place].information
            for place, terms in self._perhaps.items()
            if place not in held and not terms.isdisjoint(sequence)
        )

    def _closeness(self, place: int, firsts: Sequence[Match], seconds: Sequence[Match]) -> float:
        """Return what two neighbouring words of the query add by how they stand to each other."""
        first, second = self.words[place], self.words[place + 1]
        share = GLUED if second.asked.glued else ADJACENT
        best = max(
            _nearness(one, other) * one.likeness * other.likeness
            for one in firsts
            for other in seconds
        )
        return share * best * min(first.information, second.information)

    def _is_phrase(self, by_word: Mapping[int, Sequence[Match]]) -> bool:
        """Whether all words of the query stand side by side, in order, somewhere."""
        ends = {one.end for one in by_word.get(0, ())}
        for place in range(1, len(self.words)):
            ends = {one.end for one in by_word.get(place, ()) if one.at in ends}
        return len(self.words) > 1 and bool(ends)

    def with_text(self, one: Scored, title: frozenset[str], written: Mapping[int, str]) -> Scored:
        """Add what only the text can tell: the words in its title, and how each word is written."""
        in_title = sum(word.information * _likeness_in(word, title) for word in self.words)
        as_typed = not any(
            is_shifted(self.words[place].asked.typed, letters) for place, letters in written.items()
        )
        letters = AS_TYPED * self._total if as_typed else 0.0
        parts = {**one.parts, "title": IN_TITLE * in_title, "letters": letters}
        extra = (*one.extra, Reason.TITLE) if in_title else one.extra
        return replace(one, parts=parts, extra=extra)

    def percent(self, one: Scored) -> int:
        """Return a score from 1 to 100: the share of the query's information that a post tells."""
        asked = sum(word.information for word in self.words)
        return max(1, min(BEST, round(BEST * one.score / asked))) if asked else BEST

    def reasons(self, one: Scored) -> tuple[Reason, ...]:
        """Return why a post is a hit: the best alternative of each word, and what it earned."""
        best: dict[int, Alternative] = {}
        for _, word, alternative, *_ in one.matches:
            if word not in best or alternative.penalty < best[word].penalty:
                best[word] = alternative
        found = [reason for place in sorted(best) for reason in best[place].reasons]
        lacking = any(word.tells and place not in best for place, word in enumerate(self.words))
        return tuple(dict.fromkeys([*found, *one.extra, *([Reason.FEWER] if lacking else [])]))


def any_of(terms: Iterable[str], characters: Mapping[str, str]) -> str:
    """Return a pattern for the character of any of the terms."""
    known = "".join(re.escape(characters[term]) for term in terms if term in characters)
    return f"[{known}]" if known else NOTHING


def _finding(runs: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these runs of characters, the longest first."""
    single = "".join(re.escape(run) for run in runs if len(run) == 1)
    longer = [re.escape(run) for run in sorted(runs, key=len, reverse=True) if len(run) > 1]
    return re.compile("|".join([*longer, f"[{single}]" if single else NOTHING]))


def _nearness(one: Match, other: Match) -> float:
    """Return from 0 to 1 how near a match stands before another, or right behind it."""
    if other.end == one.at:
        return SWAPPED
    return BY_DISTANCE.get(other.at - one.end + 1, 0.0) if other.at >= one.at else 0.0


def _likeness_in(word: Word, terms: frozenset[str]) -> float:
    """Return how much like a word the most alike of some terms is; 0 if none stands for it."""
    held = word.alternatives.keys() & terms
    return max((word.alternatives[term].likeness for term in held), default=0.0)
