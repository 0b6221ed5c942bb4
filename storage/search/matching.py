"""Finds in a text what answers a plan, word by word."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from storage.models import Span
from storage.text.hangul import FELT, KEYS
from storage.text.keys import HANGUL_MARK, is_hangul, keys_of, offsets, places
from storage.text.particles import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.search.plans import Answer, Plan

PARTICLE_TERMS = frozenset(HANGUL_MARK + keys for keys in PARTICLES)
FEELING_TERMS = frozenset(
    HANGUL_MARK + times * jamo.translate(KEYS) for jamo in FELT for times in range(2, 10)
)
PASSED_OVER = PARTICLE_TERMS | FEELING_TERMS


class Mark(NamedTuple):
    """A word of a text that answers: which word it is, where in the row, which slot, and how.

    `word` counts all the text's words; `position` passes over the particles of foreign words and
    over ㅋㅋ, so that neighbours stay neighbours. A tuple rather than a dataclass, because a search
    makes thousands of them.
    """

    word: int
    position: int
    slot: int
    answer: Answer


class Matcher:
    """Finds the answers of one plan in many texts."""

    def __init__(self, plan: Plan) -> None:
        self._slots = plan.slots
        links = (answers.keys() for slot in plan.slots for answers in slot.chain)
        self._wanted = sorted(links, key=len)
        self._places: defaultdict[str, list[tuple[int, int, Answer]]] = defaultdict(list)
        for slot, wanted in enumerate(plan.slots):
            for link, answers in enumerate(wanted.chain):
                for term, answer in answers.items():
                    self._places[term].append((slot, link, answer))

    def marks(self, terms: Sequence[str]) -> tuple[Mark, ...]:
        """Return what answers in a text's sequence of terms; nothing unless it fills the plan."""
        # Most of the posts that are read for a rare word end here: any() would take twice as long.
        for wanted in self._wanted:
            if wanted.isdisjoint(terms):
                return ()
        found: list[list[list[Mark]]] = [[[] for _ in slot.chain] for slot in self._slots]
        passed = _passed_over(terms)
        for word in [word for word, term in enumerate(terms) if term in self._places]:
            position = word - bisect_left(passed, word)
            for slot, link, answer in self._places[terms[word]]:
                found[slot][link].append(Mark(word, position, slot, answer))
        filled = [_side_by_side(links) for links in found]
        if not all(filled):
            return ()
        return tuple(sorted((mark for marks in filled for mark in marks), key=_place))


def spans(text: str, marks: Sequence[Mark]) -> Iterator[Span]:
    """Yield the characters of each mark: its whole word, or the part whose keys answer."""
    found = places(text)
    for mark in marks:
        start, end = found[mark.word]
        yield _part(text[start:end], start, mark.answer)


def _part(word: str, start: int, answer: Answer) -> Span:
    if answer.start == 0 and answer.end >= len(keys_of(answer.term)):
        return Span(start, start + len(word))
    keys = offsets(word)
    if answer.end >= len(keys):
        return Span(start, start + len(word))
    last = keys[answer.end - 1]
    end = next(key for key in keys[answer.end :] if key > last)
    return Span(start + keys[answer.start], start + end)


def _passed_over(terms: Sequence[str]) -> list[int]:
    """Return which words are the Korean particle of the foreign word before, or laugh or weep."""
    if PASSED_OVER.isdisjoint(terms):
        return []
    return [
        word
        for word, term in enumerate(terms)
        if word
        and term in PASSED_OVER
        and (term in FEELING_TERMS or not is_hangul(terms[word - 1]))
    ]


def _side_by_side(links: Sequence[list[Mark]]) -> list[Mark]:
    """Return the marks of a chain that stand in a row, one of each link."""
    if len(links) == 1:
        return links[0]
    at = [{mark.position: mark for mark in marks} for marks in links]
    return [
        mark
        for first in at[0]
        if all(first + step in marks for step, marks in enumerate(at))
        for mark in (marks[first + step] for step, marks in enumerate(at))
    ]


def _place(mark: Mark) -> tuple[int, int]:
    return mark.word, mark.slot
