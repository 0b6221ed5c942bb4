"""Reads what a person typed into words, phrases, exclusions and tags.

    startup "deep learning" -crypto #AI site:arxiv.org after:2023-06

Anything else is words: no other sign has a meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.errors import InvalidQuery
from storage.text.keys import Word, asked, is_hangul, keys_of
from storage.text.particles import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_QUERY = 256
"""In characters; what goes beyond is not read."""

MOST_WORDS = 12
"""Words looked for, those in phrases included; further ones are not."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    r"(?P<without>-?)(?:"
    r"(?P<operator>\b(?:site|from|in|has|lang|before|after)):(?:\"(?P<name>[^\"]*)\"?|(?P<value>\S*))"
    r'|"(?P<phrase>[^"]*)"?|(?P<tag>[#＃]?)(?P<word>[^\s"]+))',
    re.IGNORECASE,
)

Phrase = tuple[str, ...]
"""Terms that stand one after another."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag as typed, without its sign, and the terms of its name."""

    name: str
    terms: Phrase


class Operator(StrEnum):
    """What a query can demand of a post besides words."""

    SITE = "site"  # a link to this host
    FROM = "from"  # forwarded from there
    IN = "in"  # of this source
    HAS = "has"  # a link, a tag
    LANG = "lang"
    BEFORE = "before"  # older than the beginning of this day, month or year
    AFTER = "after"  # from its beginning on


@dataclass(frozen=True, slots=True)
class Demand:
    """An operator with its value as typed; `negated` if a minus led it."""

    operator: Operator
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: all of the words, phrases, tags and demands, and none of `without`."""

    words: Phrase = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    tags: tuple[Tag, ...] = ()
    demands: tuple[Demand, ...] = ()


def parse(text: str) -> Query:
    """Read a query. Raises InvalidQuery when it asks for nothing that can be found."""
    wanted: dict[str, None] = {}
    phrases: list[Phrase] = []
    without: list[Phrase] = []
    tags: list[Tag] = []
    room = MOST_WORDS
    demands: list[Demand] = []
    for part in _PART.finditer(text[:LONGEST_QUERY].translate(_QUOTES)):
        if part["operator"]:
            value = (part["name"] or part["value"] or "").strip()
            operator = Operator(part["operator"].lower())
            demands.append(Demand(operator, value, negated=bool(part["without"])))
            continue
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
    if not (wanted or phrases or tags or demands):
        raise InvalidQuery(text)
    return Query(tuple(wanted), tuple(phrases), tuple(without), tuple(tags), tuple(demands))


def as_written(text: str) -> str:
    """Return a query for the same words just as they are written, each of them in quotes."""
    return _with_parts(text, "word", '"{}"')


def unquoted(text: str) -> str:
    """Return a query for the same words in whatever way they are found."""
    return _with_parts(text, "phrase", "{}")


def _with_parts(text: str, kind: str, form: str) -> str:
    """Write the words or phrases that are asked for in another form."""

    def written(part: re.Match[str]) -> str:
        wanted = part[kind] and not (part["without"] or part["tag"])
        return form.format(part[kind]) if wanted else part[0]

    return _PART.sub(written, text[:LONGEST_QUERY].translate(_QUOTES)).strip()


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of a part of a query, without 는 in OpenAI는 and ㅠㅠ in 좋네요ㅠㅠ."""
    before: Word | None = None
    for word in asked(text):
        if before is None or not is_glued(before, word):
            yield word.term
        before = word


def is_glued(before: Word, word: Word) -> bool:
    """Whether a word only adds a particle to a foreign one before it, or tears to a Korean one."""
    return (
        before.end == word.start
        and is_hangul(word.term)
        and (is_hangul(before.term) or keys_of(word.term) in PARTICLES)
    )
