"""The terms that may stand for a word of the query, each with its likeness and reasons."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from storage.language.keys import keys_of
from storage.search.rank.weights import BANDS, LEAST_LIKENESS, PENALTY, SURE, WORTHLESS, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.search.parse import QueryWord


class Alternative(NamedTuple):
    """A term that may stand for a word, and which of its keys do.

    Several terms side by side, with blanks between, may stand for one word (`Reason.SPLIT`). A
    tuple rather than a dataclass, because a search makes hundreds of them.
    """

    term: str
    reasons: tuple[Reason, ...]
    penalty: float
    start: int
    end: int

    @property
    def likeness(self) -> float:
        """How surely it is the word, in (0, 1]."""
        return max(LEAST_LIKENESS, 1 - self.penalty / WORTHLESS)


Alternatives = dict[str, Alternative]
"""The terms that may stand for one word, each in its best way."""


class Standing(StrEnum):
    """What a word of the query is to the archive and to an ordinary dictionary."""

    KNOWN = "known"  # the archive has it, in some form or spelling
    ORDINARY = "ordinary"  # a dictionary has it, the archive only longer words, if any
    UNKNOWN = "unknown"  # nobody has it: corrected, if something plausible is near


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query with the terms that may stand for it.

    `posts` is its soft document frequency: posts that hold a term, weighed by the term's likeness.
    `information` is the inverse document frequency by that, in nats; `tells` is False of function
    words, which only rank. `postings` counts the entries of the index to read for it. Those of
    a rare word are read already: `held` has its posts, each with the likeness of what it holds.
    `perhaps` are terms that a slip may have made this word of. They never stand for it, since it
    may well be meant; but of posts that lack it, those with such a term come first.
    """

    asked: QueryWord
    standing: Standing
    alternatives: Alternatives
    posts: float = 0.0
    information: float = 0.0
    tells: bool = True
    postings: int = 0
    held: Mapping[int, float] = field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()

    @property
    def is_absent(self) -> bool:
        """Whether nothing in the archive stands for it."""
        return not self.alternatives


def alternative(
    term: str, *reasons: Reason, start: int = 0, end: int | None = None, extra: float = 0
) -> Alternative:
    """Make an alternative by its reasons; it is the whole term unless `start` and `end` say less.

    They count keys. `extra` is added to the penalty of the reasons.
    """
    if end is None:
        end = len(keys_of(term))
    return Alternative(term, reasons, penalty_of(reasons) + extra, start, end)


def penalty_of(reasons: Iterable[Reason]) -> float:
    """Return the penalty of several reasons together."""
    return sum([PENALTY[reason] for reason in reasons])


def because(one: Alternative, reason: Reason, extra: float = 0) -> Alternative:
    """Add a reason to an alternative, which is then exact no more."""
    reasons = (*(old for old in one.reasons if old is not Reason.EXACT), reason)
    return one._replace(reasons=reasons, penalty=one.penalty + PENALTY[reason] + extra)


def is_sure(one: Alternative) -> bool:
    """Whether the term is the word itself, in another form or spelling."""
    return SURE.issuperset(one.reasons)


def best(*alternatives: Alternative) -> Alternatives:
    """Collect alternatives, of each term the one with the least penalty."""
    found: Alternatives = {}
    for one in alternatives:
        if one.term not in found or one.penalty < found[one.term].penalty:
            found[one.term] = one
    return found


def in_bands(alternatives: Alternatives) -> list[tuple[float, list[str]]]:
    """Return terms by how like the word they are, as `BANDS` parts them.

    Each band has its mean likeness; those without terms are left out.
    """
    found: list[list[Alternative]] = [[] for _ in BANDS]
    for one in alternatives.values():
        found[bisect_left(BANDS, one.penalty)].append(one)
    return [
        (fmean(one.likeness for one in band), [one.term for one in band]) for band in found if band
    ]
