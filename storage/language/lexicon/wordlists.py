"""Word lists in files: compressed on disk, one string for all words of a length in memory."""

from __future__ import annotations

import lzma
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

PACKAGE = "storage.language.lexicon"
SUPPLEMENT = "supplement.txt"
HAN = "han.txt"
VARIANTS = ("variants.txt", "loanwords.txt")
FUNCTION_WORDS = "function_words_"  # and a language code
COMMENT = "#"


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


@cache
def supplement() -> frozenset[str]:
    """Read the words that are kept by hand."""
    return _words_in(files(PACKAGE).joinpath(SUPPLEMENT))


@cache
def function_words() -> frozenset[str]:
    """Read the function words of all languages; each language has a file of them."""
    lists = (path for path in files(PACKAGE).iterdir() if path.name.startswith(FUNCTION_WORDS))
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


def han_readings() -> list[tuple[str, str]]:
    """Read the syllables that Chinese characters are read as, each with these characters."""
    lines = filter(None, _lines_of(files(PACKAGE).joinpath(HAN)))
    return [(syllable, characters) for syllable, characters in map(str.split, lines)]


def _words_in(path: Traversable) -> frozenset[str]:
    return frozenset(word for line in _lines_of(path) for word in line.split())


def _lines_of(path: Traversable) -> list[str]:
    """Read the lines of a list that is kept by hand, without comments."""
    return [line.partition(COMMENT)[0] for line in path.read_text(encoding="utf-8").splitlines()]
