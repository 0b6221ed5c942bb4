"""The word lists in the files beside this one, and what they are needed as.

Lists of a dictionary's size are compressed on disk, and one string for all words of a length in
memory; those that are kept by hand are plain texts.
"""

from __future__ import annotations

import lzma
import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final

from storage.language.hangul import FELT, KEYS
from storage.language.keys import HANGUL_MARK, terms
from storage.language.korean import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

PACKAGE = "storage.language.lexicon"
SUPPLEMENT = "supplement.txt"
VERB_FORMS = "verb_forms.txt"
FORMS = "forms_en.txt"
HAN = "han.txt"
VARIANTS = ("variants.txt", "loanwords.txt", "names.txt")
FUNCTION_WORD_LISTS = "function_words_"  # and a language code
COMMENT = "#"
LETTERS = "letters.xz"
A_NAT = 4
"""In how many steps the costs of letters are told."""


class WordList:
    """A set of words in a tenth of the memory that a `frozenset` takes.

    The words of one length stand in order and one after another, without anything between them,
    so that binary search finds a word by multiplying its number.
    """

    def __init__(self, lines: list[str]) -> None:
        """Take the words of one character, run together; those of two; and so on."""
        self._lines = lines

    @classmethod
    def unpack(cls, packed: bytes) -> WordList:
        """Read what `pack` wrote."""
        return cls(lzma.decompress(packed).decode().split("\n"))

    def __iter__(self) -> Iterator[str]:
        for length, line in enumerate(self._lines, 1):
            for start in range(0, len(line), length):
                yield line[start : start + length]

    def __contains__(self, word: str) -> bool:
        length = len(word)
        if not 0 < length <= len(self._lines):
            return False
        line = self._lines[length - 1]
        count = len(line) // length
        number = bisect_left(range(count), word, key=lambda n: line[n * length : (n + 1) * length])
        return number < count and line.startswith(word, number * length)


def pack(words: Iterable[str]) -> bytes:
    """Write words as the lines of a `WordList`, compressed."""
    ordered = sorted(set(words), key=lambda word: (len(word), word))
    by_length = {length: "".join(group) for length, group in groupby(ordered, key=len)}
    lines = [by_length.get(length, "") for length in range(1, max(by_length) + 1)]
    return lzma.compress("\n".join(lines).encode(), preset=lzma.PRESET_EXTREME | 9)


@cache
def shipped(name: str) -> WordList:
    """Read one of the lists beside this file, once."""
    return WordList.unpack(files(PACKAGE).joinpath(f"{name}.xz").read_bytes())


def pack_costs(costs: Mapping[str, Mapping[str, float]]) -> bytes:
    """Write what letters may be written as, a window of letters a line, compressed."""
    lines = (
        " ".join([window, *(f"{one}{round(cost * A_NAT)}" for one, cost in sorted(some.items()))])
        for window, some in sorted(costs.items())
    )
    return lzma.compress("\n".join(lines).encode(), preset=lzma.PRESET_EXTREME | 9)


@cache
def letter_costs() -> dict[str, tuple[tuple[str, float], ...]]:
    """Read what letters may be written as in Hangul, the cheapest first: see `transcription`."""
    lines = lzma.decompress(files(PACKAGE).joinpath(LETTERS).read_bytes()).decode().splitlines()
    found = {}
    for window, *some in map(str.split, lines):
        costs = [(one.rstrip(digits), int(one.lstrip(ascii_letters)) / A_NAT) for one in some]
        found[window] = tuple(sorted(costs, key=itemgetter(1)))
    return found


@cache
def supplement() -> frozenset[str]:
    """Read the words that are kept by hand."""
    return _words_in(files(PACKAGE).joinpath(SUPPLEMENT))


@cache
def verb_forms() -> frozenset[str]:
    """Read the forms of verbs that the dictionary takes for nouns as well."""
    return _words_in(files(PACKAGE).joinpath(VERB_FORMS))


@cache
def function_words() -> frozenset[str]:
    """Read the function words of all languages; each language has a file of them."""
    lists = (path for path in files(PACKAGE).iterdir() if path.name.startswith(FUNCTION_WORD_LISTS))
    return frozenset().union(*map(_words_in, lists))


@cache
def variants() -> dict[str, tuple[str, ...]]:
    """Read which words are written in several ways, in one script or two: each with the others.

    콘셉트 and 컨셉 are one word, 앱 and app are, which no rule of sound tells.
    """
    found: dict[str, dict[str, None]] = {}
    for name in VARIANTS:
        for line in _lines_of(files(PACKAGE).joinpath(name)):
            group = line.split()
            for word in group:
                found.setdefault(word, {}).update(dict.fromkeys(group))
    return {word: tuple(other for other in found[word] if other != word) for word in found}


@cache
def english_forms() -> dict[str, tuple[str, ...]]:
    """Read the English words whose forms no rule tells: for each its group, the base first."""
    groups = (tuple(line.split()) for line in _lines_of(files(PACKAGE).joinpath(FORMS)))
    return {word: group for group in groups for word in group}


def _han_readings() -> list[tuple[str, str]]:
    """Read the syllables that Chinese characters are read as, each with these characters."""
    lines = filter(None, _lines_of(files(PACKAGE).joinpath(HAN)))
    return [(syllable, characters) for syllable, characters in map(str.split, lines)]


def _words_in(path: Traversable) -> frozenset[str]:
    return frozenset(word for line in _lines_of(path) for word in line.split())


def _lines_of(path: Traversable) -> list[str]:
    """Read the lines of a list that is kept by hand, without comments."""
    return [line.partition(COMMENT)[0] for line in path.read_text(encoding="utf-8").splitlines()]


# Chinese characters, by how Koreans read them.

FEWEST_HAN: Final = 2
"""Characters of a word of Chinese characters that is known by its reading.

One character alone is not: a dozen others are read as the same syllable.
"""

# 한글 맞춤법, articles 10 to 12: keys that no word begins with, and what it has in their place.
_INITIALS: Final = ((re.compile("[fs](?=[liuyb])|f(?=p)"), "d"), (re.compile("f"), "s"))


@lru_cache(maxsize=256)
def readings_of(word: str) -> tuple[str, ...]:
    """Return the keys of how Koreans read a word of Chinese characters: 미중 for 美中.

    Of any other word, nothing is returned. Where the rule of initials changes the first syllable,
    both ways are: 李 is 리 and 이.
    """
    table = _keys_by_character()
    if len(word) < FEWEST_HAN or not all(character in table for character in word):
        return ()
    keys = "".join(table[character] for character in word)
    return tuple(dict.fromkeys((keys, _as_beginning(keys))))


def _as_beginning(keys: str) -> str:
    for initial, other in _INITIALS:
        if initial.match(keys):
            return initial.sub(other, keys, count=1)
    return keys


@cache
def _keys_by_character() -> dict[str, str]:
    return {
        character: syllable.translate(KEYS)
        for syllable, characters in _han_readings()
        for character in characters
    }


# Function words, as terms of the index.

PARTICLE_TERMS = frozenset(HANGUL_MARK + keys for keys in PARTICLES)
FEELING_TERMS = frozenset(
    HANGUL_MARK + times * jamo.translate(KEYS) for jamo in FELT for times in range(2, 10)
)
PASSED_OVER = PARTICLE_TERMS | FEELING_TERMS
"""Terms that may stand between two words of a phrase: the particle of a foreign word, laughter."""

_LINKS = (
    "http https www com net org html htm index php utm campaign medium source fbclid aem mibextid"
)

FUNCTION_WORDS = frozenset(terms(" ".join(function_words())) | terms(_LINKS) | PARTICLE_TERMS)
"""The terms of function words, of particles, and of the words that URLs are made of."""
