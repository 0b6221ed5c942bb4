"""Single words that no post holds: ordinary ones, which were meant as they are, and slips."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, holds, plain, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage import Hits
    from tests.bench.trust.asking import Reader

ABSENT = Path(__file__).with_name("absent.toml")
SLIPS = Path(__file__).with_name("slips.toml")
SHORTEST_PART = {True: 2, False: 4}  # characters that stand for a word, in Korean or not
FIRST = 3  # hits looked at
LATIN = re.compile("[a-z]+")


def absent() -> dict[str, list[str]]:
    """Return the ordinary words that no seed post holds, by where they come from."""
    origins = tomllib.loads(ABSENT.read_text(encoding="utf-8"))
    return {
        f"{language}, {origin}": words.split()
        for origin, languages in origins.items()
        for language, words in languages.items()
    }


def slips() -> list[tuple[str, str]]:
    """Return slips, and the words of seed posts that were meant."""
    rows = tomllib.loads(SLIPS.read_text(encoding="utf-8"))["slips"]
    return [(typed, meant) for typed, meant in rows]


def has_nothing_of(word: str, text: str) -> bool:
    """Whether a text lacks a word, and every beginning or end of half of it or more."""
    return not any(part in plain(text) for part in _parts(plain(word)))


def _parts(word: str) -> Iterator[str]:
    is_latin = LATIN.fullmatch(word) is not None
    shortest = min(len(word), max(SHORTEST_PART[not is_latin], (len(word) + 1) // 2))
    for length in range(shortest, len(word) + 1):
        yield word[:length]
        if not is_latin:
            yield word[-length:]


async def table(reader: Reader, *, missed: bool) -> Table:
    """Ask for every word; returns how many were taken for others, and how many slips were not."""
    rows = []
    for kind, words in absent().items():
        replaced = {word: is_replaced(word, await reader.ask(word)) for word in words}
        rows.append((f"absent words replaced: {kind}", share(replaced.values())))
        if missed:
            print(f"{kind} replaced: {' '.join(word for word in words if replaced[word])}")
    found: dict[bool, list[bool]] = {False: [], True: []}
    for number, (typed, meant) in enumerate(slips()):
        is_found = tells(await reader.ask(typed), meant)
        found[bool(number % 2)].append(is_found)
        if missed and not (is_found or number % 2):
            print(f"slip not understood: {typed} ({meant})")
    rows += [(f"slips understood, {HALVES[half]}", share(found[half])) for half in found]
    return Table(
        "Trust: words that no post holds",
        ("Words", "share"),
        rows,
        "A word is replaced if the first hit has nothing of it; a slip is understood if one of the "
        f"first {FIRST} hits, or a suggestion, has what was meant.",
    )


def is_replaced(word: str, hits: Hits) -> bool:
    """Whether the first hit has nothing of a word."""
    return bool(hits.items) and has_nothing_of(word, hits.items[0].post.text)


def tells(hits: Hits, meant: str) -> bool:
    """Whether an answer has the word that was meant, or asks for it."""
    return any(holds(hit, meant) for hit in hits.items[:FIRST]) or any(
        plain(meant) in plain(suggestion) for suggestion in hits.suggestions
    )
