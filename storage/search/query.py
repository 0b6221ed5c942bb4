"""Reads what a person typed into words, phrases, exclusions and tags.

    startup "deep learning" -crypto #AI

Anything else is words: no other sign has a meaning, so nothing typed can be a mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.errors import InvalidQuery
from storage.text.keys import Word, is_hangul, keys_of, words
from storage.text.particles import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_QUERY = 256
"""In characters; what goes beyond is not read."""

MOST_WORDS = 12
"""Words looked for, those in phrases included; further ones are not."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<tag>[#＃]?)(?P<word>[^\s"]+))')

Phrase = tuple[str, ...]
"""Terms that stand one after another."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag as typed, without its sign, and the terms of its name."""

    name: str
    terms: Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: all of the words, phrases and tags, and none of `without`."""

    words: Phrase = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    tags: tuple[Tag, ...] = ()


def parse(text: str) -> Query:
    """Read a query. Raises InvalidQuery when it asks for nothing that can be found."""
    wanted: dict[str, None] = {}
    phrases: list[Phrase] = []
    without: list[Phrase] = []
    tags: list[Tag] = []
    room = MOST_WORDS
    for part in _PART.finditer(text[:LONGEST_QUERY].translate(_QUOTES)):
        found = tuple(_terms(part["phrase"] or part["word"] or ""))[:room]
        if not found:
            continue
        room -= len(found)
        if part["without"]:
            without.append(found)
        elif part["phrase"]:
            phrases.append(found)
        elif part["tag"]:
            tags.append(Tag(part["word"], found))
        else:
            wanted.update(dict.fromkeys(found))
    if not (wanted or phrases or tags):
        raise InvalidQuery(text)
    return Query(tuple(wanted), tuple(phrases), tuple(without), tuple(tags))


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of a part of a query, without the particle in OpenAI는."""
    before: Word | None = None
    for word in words(text):
        if before is None or not is_glued_particle(before, word):
            yield word.term
        before = word


def is_glued_particle(before: Word, word: Word) -> bool:
    """Whether a word is the Korean particle of the foreign word right before it."""
    return (
        before.end == word.start
        and is_hangul(word.term)
        and not is_hangul(before.term)
        and keys_of(word.term) in PARTICLES
    )
