"""Tells how a query was read and what was looked up for it, stage by stage."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from storage.models import ExplainedPost, ExplainedTerm, ExplainedWord, Explanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.models import Try
    from storage.search.expand.alternatives import Word
    from storage.search.meaning.index import Close

SHOWN = 8
"""Terms told of for each word: those most like it."""


def explained(
    words: Iterable[Word], tries: Iterable[Try], close: Mapping[int, Close]
) -> Explanation:
    """Return the stages of a search up to its candidates, and the posts close in meaning."""
    posts = (ExplainedPost(post_id=one.post_id, cosine=one.cosine) for one in close.values())
    return Explanation(words=tuple(map(_word, words)), tries=tuple(tries), close=tuple(posts))


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
