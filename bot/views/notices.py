"""What to tell of a search beside its hits: how it was read, what it left out, what else to ask.

The command line tells it too, and so this module knows nothing of Telegram.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.views.formatting import shorten
from storage import Hits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from storage import Hit, Mistake, Page

WORD_UNITS: Final = 80  # of what was typed, or was meant
# By the operator whose value says nothing to the archive.
MISTAKES: Final = {
    "site": "mistake.site",
    "link": "mistake.site",
    "from": "mistake.from",
    "in": "mistake.in",
    "has": "mistake.has",
    "type": "mistake.has",
    "lang": "mistake.lang",
    "before": "mistake.date",
    "after": "mistake.date",
}

EXAMPLES: Final = {
    "site": "site:arxiv.org",
    "link": "link:arxiv.org/abs/2307.09288",
    "from": "from:BZCF",
    "in": "in:startup",
    "has": "has:link",
    "type": "type:photo",
    "lang": "lang:ko",
    "before": "before:2024",
    "after": "after:2023-06",
}


def count(texts: Texts, hits: Page[Hit]) -> str:
    """Return how many hits hold every word and how many some, or how many there are at least."""
    if not isinstance(hits, Hits):
        return texts.plural("results.count", hits.total)
    if some_lack_words(hits):
        others = texts.number(hits.total - hits.all_words)
        return texts.plural("results.all_and_some", hits.all_words, others=others)
    return texts.plural("results.count" if hits.complete else "results.at_least", hits.total)


def some_lack_words(hits: Page[Hit]) -> bool:
    """Tell whether some hits hold every word and some do not."""
    return isinstance(hits, Hits) and 0 < hits.all_words < hits.total


def notices(texts: Texts, hits: Page[Hit]) -> list[str]:
    """Return a sentence for each thing that a reader should know."""
    if not isinstance(hits, Hits):
        return []
    told = [_mistakes(texts, hits)] if hits.mistakes else []
    if hits.read_as is not None:
        told.append(texts("search.read_as", meant=shorten(hits.read_as, WORD_UNITS)))
    if 0 < hits.by_meaning == hits.total:
        told.append(texts("search.only_close"))
    elif hits.absent and hits.total:
        words = ", ".join(hits.absent)
        told.append(texts("search.absent", words=shorten(words, WORD_UNITS)))
    if hits.suggestions:
        told.append(texts("search.did_you_mean"))
    return told


def other_queries(hits: Page[Hit]) -> Sequence[str]:
    """Return what may have been meant instead."""
    return hits.suggestions if isinstance(hits, Hits) else ()


def _mistakes(texts: Texts, hits: Hits) -> str:
    """Return what is wrong with operators, and whether the search went on without them."""
    said = [told_of(texts, mistake) for mistake in hits.mistakes]
    if hits.total and any(mistake.meant is None for mistake in hits.mistakes):
        said.append(texts("mistake.left_out"))
    return " ".join(said)


def told_of(texts: Texts, mistake: Mistake) -> str:
    """Return what is wrong with an operator."""
    operator, value = mistake.operator, shorten(mistake.value, WORD_UNITS)
    if not value:
        return texts("mistake.empty", operator=operator, example=EXAMPLES[operator])
    if mistake.meant is not None:
        return texts("mistake.meant", value=value, meant=shorten(mistake.meant, WORD_UNITS))
    return texts(MISTAKES[operator], operator=operator, value=value)
