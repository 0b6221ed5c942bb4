"""Reads what a person typed into words, phrases, exclusions and tags.

    startup "deep learning" -crypto #AI site:arxiv.org after:2023-06

A pasted address stands for the posts that share it, as `link:` does. Anything else is words: no
other sign has a meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from storage.errors import InvalidQuery
from storage.language.keys import Token, is_hangul, key_form, keys_of, query_tokens, term_of
from storage.language.korean import PARTICLES, PARTICLES_WRITTEN
from storage.language.lexicon import known as is_ordinary
from storage.search.parse.operators import OPERATORS, Demand

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_QUERY = 256
"""In characters; what goes beyond is not read."""

MOST_WORDS = 12
"""Words looked for, those in phrases included; further ones are not."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    r"(?P<without>-?)(?:(?P<url>https?://[^\s\"]+)|"
    rf"(?P<operator>\b(?:{'|'.join(OPERATORS)})):(?:\"(?P<name>[^\"]*)\"?|(?P<value>\S*))"
    r'|"(?P<phrase>[^"]*)"?|(?P<tag>[#＃]?)(?P<word>[^\s"]+))',
    re.IGNORECASE,
)


class QueryWord(NamedTuple):
    """A word of the query: its term, how it was typed, and where in the query that begins.

    `glued` tells that no blank stands between it and the word before: 억 in 100억.
    """

    term: str
    typed: str
    start: int
    glued: bool = False


Phrase = tuple[QueryWord, ...]
"""Words that stand one after another."""


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag as typed, without its sign, and the words of its name."""

    name: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for.

    Any of the words may match; phrases, tags and demands are conditions, and no hit holds
    any of `without`.
    """

    words: tuple[QueryWord, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()
    tags: tuple[Hashtag, ...] = ()
    demands: tuple[Demand, ...] = ()


def parse(text: str) -> Query:
    """Read a query. Raises InvalidQuery when it asks for nothing that can be found."""
    words: dict[str, QueryWord] = {}
    phrases: list[Phrase] = []
    without: list[Phrase] = []
    tags: list[Hashtag] = []
    demands: list[Demand] = []
    room = MOST_WORDS
    for part in _PART.finditer(text[:LONGEST_QUERY].translate(_QUOTES)):
        if part["operator"] or part["url"]:
            demands.append(_demand(part))
            continue
        start = part.start("phrase" if part["phrase"] else "word")
        found = tuple(_words(part["phrase"] or part["word"] or "", start))[:room]
        room -= len(found)
        if not found:
            continue
        if part["without"]:
            without.append(found)
        elif part["phrase"]:
            phrases.append(found)
        elif part["tag"]:
            tags.append(Hashtag(part["word"], found))
        else:
            words |= {word.term: word for word in found if word.term not in words}
    if not (words or phrases or tags or demands or without):
        raise InvalidQuery(text)
    return Query(tuple(words.values()), tuple(phrases), tuple(without), tuple(tags), tuple(demands))


def _demand(part: re.Match[str]) -> Demand:
    value = (part["url"] or part["name"] or part["value"] or "").strip()
    operator = "link" if part["url"] else part["operator"].lower()
    return Demand(operator, value, negated=bool(part["without"]))


def plain(text: str) -> str:
    """Return a query for the same words, those of phrases and tags being words like any others."""

    def words_of(part: re.Match[str]) -> str:
        if part["without"]:
            return part[0]
        return part["phrase"] or (part["word"] if part["tag"] else part[0])

    return _PART.sub(words_of, text[:LONGEST_QUERY].translate(_QUOTES)).strip()


def _words(text: str, start: int) -> Iterator[QueryWord]:
    """Yield the words of a part of a query, without 는 in OpenAI는 and ㅠㅠ in 좋네요ㅠㅠ."""
    before: Token | None = None
    for word in query_tokens(text):
        if before is None or not is_glued(before, word):
            glued = before is not None and before.end == word.start
            written = text[word.start : word.end]
            rest = _after_particle(written) if glued and is_hangul(word.term) else written
            term = word.term if rest == written else term_of(key_form(rest), hangul=True)
            yield QueryWord(term, rest, start + word.end - len(rest), glued)
        before = word


def _after_particle(written: str) -> str:
    """Return the Hangul behind a foreign word without its particle: 부족하다 in gpu가부족하다.

    What a dictionary has as it stands keeps all its syllables: 가격 in gpu가격.
    """
    if is_ordinary(written):
        return written
    rests = (written[end:] for end in range(1, len(written)) if written[:end] in PARTICLES_WRITTEN)
    return next((rest for rest in rests if len(rest) > 1 and is_ordinary(rest)), written)


def is_glued(before: Token, word: Token) -> bool:
    """Whether a word only adds a particle to a foreign one before it, or tears to a Korean one."""
    return (
        before.end == word.start
        and is_hangul(word.term)
        and (is_hangul(before.term) or keys_of(word.term) in PARTICLES)
    )
