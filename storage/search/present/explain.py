"""Tells how a query was read and what was looked up for it, stage by stage."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from storage.models import ExplainedTerm, ExplainedWord, Explanation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.models import Try
    from storage.search.expand.alternatives import Word

SHOWN = 8
"""Terms told of for each word: those most like it."""


def explained(words: Iterable[Word], tries: Iterable[Try]) -> Explanation:
    """Return the stages of a search up to its candidates."""
    return Explanation(words=tuple(map(_word, words)), tries=tuple(tries))


def _word(word: Word) -> ExplainedWord:
    best = sorted(word.alternatives.values(), key=attrgetter("penalty", "term"))[:SHOWN]
    return ExplainedWord(
        typed=word.asked.typed,
        standing=word.standing.value,
        information=word.information,
        terms=tuple(
            ExplainedTerm(
                term=one.term,
                why=tuple(reason.value for reason in one.reasons),
                likeness=one.likeness,
            )
            for one in best
        ),
    )
