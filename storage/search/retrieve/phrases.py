"""Phrases: words that stand one after another in a post, in any of their forms with particles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from storage.language.lexicon.wordlists import PASSED_OVER
from storage.search.expand import in_any_form, literally
from storage.search.rank import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from storage.search.expand.alternatives import Alternatives
    from storage.search.expand.dictionary import Dictionary
    from storage.search.parse import QueryWord

PhraseTerms: TypeAlias = "list[Alternatives]"
"""For each word of a phrase the terms that are it."""


def literal(dictionary: Dictionary, phrase: Sequence[QueryWord]) -> PhraseTerms:
    """Return the terms that each word of a phrase may be: the word itself, with any particle."""
    return [literally(dictionary, word.term) for word in phrase]


def unwanted(dictionary: Dictionary, phrase: Sequence[QueryWord]) -> PhraseTerms:
    """Return the terms that a post must not hold: of one word alone all its forms."""
    if len(phrase) > 1:
        return literal(dictionary, phrase)
    return [in_any_form(dictionary, phrase[0].term) or literally(dictionary, phrase[0].term)]


def pattern(phrase: PhraseTerms, characters: Mapping[str, str]) -> re.Pattern[str]:
    """Return what finds a phrase in the sequence of a post.

    A particle may follow each foreign word of it, which is a word of its own in the sequence.
    """
    passed = any_of(PASSED_OVER, characters)
    return re.compile(f"{passed}?".join(any_of(part, characters) for part in phrase))


def terms_of(phrases: Iterable[PhraseTerms]) -> set[str]:
    """Return every term whose character `pattern` needs for some phrases."""
    found = {term for phrase in phrases for part in phrase for term in part}
    return found | PASSED_OVER if found else found
