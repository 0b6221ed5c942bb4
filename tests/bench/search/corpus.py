"""The posts that are searched: real texts, read from this machine, put together by a seed.

Korean and English come from files given to the benchmark, one text a line. Without the former,
from the seed documents; without the latter, from docstrings of Python's library and of the
installed packages, which have few different words and differ a little between machines.
"""

from __future__ import annotations

import gzip
import math
import random
import re
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KOREAN_SHARE = 0.7
WHOLE_UP_TO = 100_000
"""Up to so many short posts each is one text; beyond, parts of texts make further posts."""
PART = (4, 7)  # words in a row
PARTS = (2, 3)  # of different texts, a post
LONG = (300, 4_000)  # characters of a long post

DUMPS = Path(__file__).parents[3] / "seeds" / "dumps"
DAMAGED = "002_"  # its text is mojibake
DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
PROSE = re.compile(r"[A-Z][^<>={}\[\]|\\`*]{24,240}[.!?]")
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Texts:
    """Files of texts, where given."""

    korean: Path | None = None
    english: Path | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Posts by number, from 0, and what to call them."""

    name: str
    posts: list[str]

    @property
    def bytes_a_post(self) -> float:
        return sum(len(post.encode()) for post in self.posts) / len(self.posts)


def short(count: int, seed: int, texts: Texts, without: Sequence[str]) -> Corpus:
    """Return short posts: whole texts, or for more than there are, parts of two or three."""
    rng = random.Random(f"{seed} {count}")
    found = sources(texts, without)
    make = _whole if count <= WHOLE_UP_TO and texts.korean else _assembled
    return Corpus(f"{count:,} short posts", [make(rng, found) for _ in range(count)])


def long(count: int, seed: int, texts: Texts, without: Sequence[str]) -> Corpus:
    """Return posts of 300 to 4,000 characters, short ones being more frequent."""
    rng = random.Random(f"{seed} long {count}")
    found = sources(texts, without)
    return Corpus(f"{count:,} long posts", [_paragraphs(rng, found) for _ in range(count)])


def _whole(rng: random.Random, sources: Sequence[Sequence[str]]) -> str:
    return rng.choice(_source(rng, sources))


def _assembled(rng: random.Random, sources: Sequence[Sequence[str]]) -> str:
    return " ".join(_part(rng, _whole(rng, sources)) for _ in range(rng.randint(*PARTS)))


def _paragraphs(rng: random.Random, sources: Sequence[Sequence[str]]) -> str:
    """Join whole texts of one language up to a length drawn from a log-uniform distribution."""
    length = math.exp(rng.uniform(*map(math.log, LONG)))
    source, text = _source(rng, sources), ""
    while len(text) < length:
        text += rng.choice(source) + rng.choice((" ", " ", "\n", "\n\n"))
    return text.strip()


def _source(rng: random.Random, sources: Sequence[Sequence[str]]) -> Sequence[str]:
    return sources[0] if rng.random() < KOREAN_SHARE else sources[1]


def _part(rng: random.Random, text: str) -> str:
    words = text.split()
    length = rng.randint(*PART)
    start = rng.randint(0, max(0, len(words) - length))
    return " ".join(words[start : start + length])


def sources(texts: Texts, without: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """Return the Korean texts and the English ones that hold none of some words."""
    korean = _lines(texts.korean) if texts.korean else _seed_sentences()
    english = _lines(texts.english) if texts.english else _docstring_sentences()
    return _lacking(without, korean), _lacking(without, english)


def _lacking(words: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not any(map(text.casefold().__contains__, words))]


@cache
def _lines(path: Path) -> tuple[str, ...]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return tuple(line for line in text.split("\n") if line.strip())


@cache
def _seed_sentences() -> tuple[str, ...]:
    texts = (
        path.read_text(encoding="utf-8")
        for path in sorted(DUMPS.glob("*.txt"))
        if not path.name.startswith(DAMAGED)
    )
    return tuple(part for text in texts for part in SENTENCES.split(text) if len(part) > 1)


@cache
def _docstring_sentences() -> tuple[str, ...]:
    paths = {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
    return tuple(sorted({text for path in paths for text in _docstrings(Path(path))}))


def _docstrings(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        if "site-packages" in path.relative_to(folder).parts:
            continue  # another installation's
        for docstring in DOCSTRING.findall(path.read_text(encoding="utf-8", errors="replace")):
            sentences = (" ".join(part.split()) for part in SENTENCE_END.split(docstring))
            yield from filter(PROSE.fullmatch, sentences)
