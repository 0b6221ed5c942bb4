"""Ordinary words: whether a Korean or English dictionary knows what a reader typed.

A word that a dictionary knows was meant as it was typed. 독서 is not a slip of 도서, even in an
archive that holds 도서 alone. NOTICE beside this file tells where the word lists come from;
`build.py` makes them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from storage.language.lexicon import english, korean

LONGEST = 24
"""Characters of a word; hardly any has more, and looking for compounds in longer ones is slow."""

MOST_KEPT = 1024  # words whose answer is remembered


@lru_cache(maxsize=MOST_KEPT)
def known(word: str) -> bool:
    """Whether an ordinary dictionary knows a word of one script, inflected forms included.

    Case, width and Unicode form do not matter. Digits, other scripts and mixtures of scripts are
    not known.
    """
    word = unicodedata.normalize("NFKC", word).lower()
    if len(word) > LONGEST:
        return False
    return korean.known(word) or english.known(word)


@lru_cache(maxsize=MOST_KEPT)
def is_noun(word: str) -> bool:
    """Whether the lists have a Korean word as a noun, just as it is."""
    return korean.is_listed(unicodedata.normalize("NFKC", word))


@lru_cache(maxsize=MOST_KEPT)
def is_inflected(word: str) -> bool:
    """Whether a Korean word is a noun with a particle or ending behind it, or a form of a verb."""
    word = unicodedata.normalize("NFKC", word)
    return len(word) <= LONGEST and korean.is_inflected(word)


@lru_cache(maxsize=MOST_KEPT)
def is_verb(word: str) -> bool:
    """Whether a Korean word is a form of a verb or adjective; it may be a noun as well."""
    word = unicodedata.normalize("NFKC", word)
    return len(word) <= LONGEST and korean.is_verb(word)


@lru_cache(maxsize=MOST_KEPT)
def is_simple(word: str) -> bool:
    """Whether the lists have a word of one script, in any form of it, and not as a compound."""
    word = unicodedata.normalize("NFKC", word).lower()
    return english.known(word) if word.isascii() else korean.is_simple(word)
