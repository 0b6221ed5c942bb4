"""Nouns that posts have only inside longer words: 벤처 where every post has 벤처투자."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from storage.language.hangul import KEYS
from storage.language.korean import PARTICLES
from storage.language.lexicon.wordlists import shipped
from tests.bench.tables import Table
from tests.bench.trust.asking import holds, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.trust.asking import Reader

KOREAN = re.compile("[가-힣]+")
SHORTEST = 2  # syllables of a noun
MOST, SEED = 400, 20_261_129  # nouns asked for, and how they are drawn


def nouns(texts: Iterable[str]) -> list[str]:
    """Return the nouns that no word of the texts begins with, unless another noun follows.

    The seed posts give some fifty; for figures finer than that take more texts.
    """
    runs = {run for text in texts for run in KOREAN.findall(text)}
    candidates = {noun for run in runs for noun in _within(run)}
    alone = {run[:end] for run in runs for end in range(SHORTEST, len(run) + 1) if _is(run, end)}
    found = sorted(candidates - alone)
    return random.Random(SEED).sample(found, min(MOST, len(found)))


def _within(run: str) -> set[str]:
    """Return both nouns of a word that two make, a particle behind it or not.

    Not those of a word that is a noun by itself: 엔지니어 holds no 엔지.
    """
    wholes = [run[:end] for end in range(2 * SHORTEST, len(run) + 1) if _is_particle(run[end:])]
    if any(map(_is_noun, wholes)):
        return set()
    splits = [
        (whole[:at], whole[at:])
        for whole in wholes
        for at in range(SHORTEST, len(whole) - SHORTEST + 1)
    ]
    return {noun for halves in splits if all(map(_is_noun, halves)) for noun in halves}


def _is_particle(rest: str) -> bool:
    return not rest or rest.translate(KEYS) in PARTICLES


def _is(run: str, end: int) -> bool:
    """Whether a word is what it begins with, up to a syllable, or that with grammar behind it."""
    rest = run[end:]
    return not any(_is_noun(rest[:at]) for at in range(SHORTEST, len(rest) + 1))


def _is_noun(word: str) -> bool:
    """Whether a word is a noun, and hardly anything else: no 라도, 자들 or 시키."""
    listed = word in shipped("parts") or (word in shipped("nouns") and not _is_particle(word[1:]))
    return listed and not (
        _is_particle(word) or word in shipped("stems") or word in shipped("verbs")
    )


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
    title = f"Trust: nouns inside longer words of {len(texts):,} posts"
    return Table(title, ("Answers", "share"), rows)
