"""Nouns that posts have only inside longer words: 벤처 where every post has 벤처투자."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage.language.lexicon import known
from storage.language.lexicon.wordlists import shipped
from tests.bench.tables import Table
from tests.bench.trust.asking import holds, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.trust.asking import Reader

KOREAN = re.compile("[가-힣]+")
SHORTEST = 2  # syllables of a noun
MOST = 400  # nouns asked for


def nouns(texts: Iterable[str]) -> list[str]:
    """Return the nouns that no word of the texts begins with, unless another noun follows."""
    runs = {run for text in texts for run in KOREAN.findall(text)}
    candidates = {noun for run in runs for noun in _halves(run)}
    return sorted(noun for noun in candidates if not any(_is(noun, run) for run in runs))[:MOST]


def _halves(run: str) -> set[str]:
    """Return both nouns of a word that is put together of two, whatever particle it carries."""
    splits = [(run[:at], run[at:]) for at in range(SHORTEST, len(run) - SHORTEST + 1)]
    return {
        noun
        for head, tail in splits
        for end in range(SHORTEST, len(tail) + 1)
        if _is_noun(head) and _is_noun(tail[:end]) and known(tail)
        for noun in (head, tail[:end])
    }


def _is(noun: str, run: str) -> bool:
    """Whether a word is a noun by itself, or with what grammar adds to it."""
    rest = run.removeprefix(noun)
    begins_noun = any(_is_noun(rest[:end]) for end in range(SHORTEST, len(rest) + 1))
    return run.startswith(noun) and not begins_noun


def _is_noun(word: str) -> bool:
    return word in shipped("parts")


async def table(reader: Reader, texts: Sequence[str], *, missed: bool) -> Table:
    """Ask for every noun; returns how often a post comes first that does not have it."""
    asked = nouns(texts)
    first, nothing = {}, {}
    for noun in asked:
        hits = (await reader.ask(noun)).items
        first[noun], nothing[noun] = bool(hits) and not holds(hits[0], noun), not hits
        if missed and (first[noun] or nothing[noun]):
            print(f"inside a word: {noun} {'nothing' if nothing[noun] else 'another'}")
    rows = [
        ("another word comes first", share(first.values())),
        ("nothing found", share(nothing.values())),
    ]
    return Table("Trust: nouns inside longer words", ("Answers", "share"), rows)
