"""Offers queries that find something in place of one that does not."""

from __future__ import annotations

from itertools import chain, islice, product
from typing import TYPE_CHECKING

from storage.search.corrections import likeliest
from storage.search.matching import Matcher, spans
from storage.search.pieces import LONGEST, ONE_SLIP_FROM
from storage.search.plans import Plan, Slot, expression
from storage.search.spacing import SYLLABLES_A_PART
from storage.search.spelling import whole
from storage.text.hangul import syllable_starts
from storage.text.keys import is_hangul, keys_of, sequence, term_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.dictionary import Dictionary

MOST = 3
PER_WORD = 3
TRIED = 9

HOLDING = """
SELECT searched FROM posts
WHERE id = (SELECT max(rowid) FROM (
    SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC LIMIT 1))
"""


def suggestions(
    connection: sqlite3.Connection, terms: Dictionary, typed: Sequence[str]
) -> tuple[str, ...]:
    """Return up to three queries with each unknown word replaced by one like it, likeliest first.

    Where no post holds all of them together, each is offered by itself.
    """
    options = [_options(terms, term) or _halves(terms, term) for term in typed]
    choices = product(*options) if options and all(options) else iter(())
    together = ([*chain.from_iterable(choice)] for choice in choices)
    alone = ([word] for word in chain.from_iterable(chain.from_iterable(options)))
    for tries in (together, alone):
        found = (_spelled(connection, terms, words_) for words_ in islice(tries, TRIED))
        if some := tuple(islice(dict.fromkeys(filter(None, found)), MOST)):
            return some
    return ()


def _options(terms: Dictionary, term: str) -> list[tuple[str, ...]]:
    """Return the word itself if it is known, else the terms nearest to it."""
    keys, hangul = keys_of(term), is_hangul(term)
    if whole(terms, keys, hangul=hangul):
        return [(term,)]
    if not ONE_SLIP_FROM <= len(keys) <= LONGEST or not keys.isalpha():
        return []
    return [(one,) for one in likeliest(terms, keys, PER_WORD, hangul=hangul)]


def _halves(terms: Dictionary, term: str) -> list[tuple[str, ...]]:
    """Return the two words that a Hangul word may be, one at least known: 워렌버핏 is 워런 버핏."""
    keys = keys_of(term)
    places = slice(SYLLABLES_A_PART, 1 - SYLLABLES_A_PART)
    borders = syllable_starts(keys)[places] if is_hangul(term) else ()
    halves = [(keys[:at], keys[at:]) for at in borders]
    known = (two for two in halves if any(whole(terms, half, hangul=True) for half in two))
    return [tuple(chain.from_iterable(_nearest(terms, two))) for two in known]


def _nearest(terms: Dictionary, halves: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield for the keys of each Hangul word the term nearest to it, nothing if there is none."""
    for keys in halves:
        yield from _options(terms, term_of(keys, hangul=True))[:1]


def _spelled(
    connection: sqlite3.Connection, terms: Dictionary, wanted: Sequence[str]
) -> str | None:
    """Return the words as a post that holds all of them writes them, but for particles.

    None if there is no such post.
    """
    answers = [whole(terms, keys_of(term), hangul=is_hangul(term)) for term in wanted]
    plan = Plan(tuple(Slot((one,)) for one in answers))
    row = connection.execute(HOLDING, (expression(plan),)).fetchone()
    if row is None:
        return None
    (text,) = row
    marks = Matcher(plan).marks(sequence(text))
    places = zip(marks, spans(text, marks), strict=True)
    spelled = {mark.slot: text[span.start : span.end] for mark, span in places}
    return " ".join(spelled[number] for number in range(len(wanted)))
