"""Words as people write them and as posts do: across scripts, and misspelt as they really are."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.search.words import is_korean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.search.engines import Engine

PAIRS = Path(__file__).with_name("pairs.toml")
FIRST = 3  # hits looked at


@dataclass(frozen=True, slots=True)
class Pair:
    """A word as it is asked for, and as one post or more have it."""

    kind: str
    asked: str
    written: str
    held_back: bool

    def stands_in(self, post: str) -> bool:
        if is_korean(self.written):
            return self.written in post
        return re.search(rf"\b{re.escape(self.written)}\b", post, re.IGNORECASE) is not None


def pairs(path: Path = PAIRS) -> list[Pair]:
    """Return all pairs of a file; every second one is held back while tuning."""
    kinds = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Pair(kind, asked, written, held_back=bool(number % 2))
        for kind, words in kinds.items()
        for number, (asked, written) in enumerate(words)
    ]


def asked_forms(all_pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Return the words in the script in which they will be asked for, in lower case."""
    return tuple(pair.asked.casefold() for pair in all_pairs)


def plant(all_pairs: Sequence[Pair], posts: list[str], seed: int) -> None:
    """Write each pair's word into one of the posts."""
    rng = random.Random(f"{seed} pairs")
    for pair, number in zip(all_pairs, rng.sample(range(len(posts)), len(all_pairs)), strict=True):
        texts = posts[number].split(" ")
        texts.insert(rng.randint(0, len(texts)), pair.written)
        posts[number] = " ".join(texts)


async def shown(engine: Engine, pair: Pair, posts: Sequence[str]) -> bool:
    """Whether one of the first hits has the word as it ought to be."""
    found = await engine.search(pair.asked, FIRST)
    return any(pair.stands_in(posts[number]) for number in found)
