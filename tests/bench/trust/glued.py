"""Some words of a post in a row, typed without the blanks between them: 좋아하는이유가있다."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.bench.tables import Table
from tests.bench.trust.asking import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.trust.asking import Reader

SCRIPTS = {"Korean": "[가-힣]{2,}", "English": "[A-Za-z]{3,}"}
WORDS = (2, 3, 4, 5)
LONGEST = {"Korean": 24, "English": 40}  # syllables or letters
MOST, SEED = 80, 20_261_129


def runs(texts: Iterable[str], script: str, words: int) -> list[str]:
    """Return some runs of so many words of one script that stand in the texts."""
    pattern = re.compile(rf"(?=\b({' '.join([SCRIPTS[script]] * words)})\b)")
    found = {run for text in texts for run in pattern.findall(text)}
    short = sorted(run for run in found if len(run) - words < LONGEST[script])
    return random.Random(SEED).sample(short, min(MOST, len(short)))


async def table(reader: Reader, texts: Sequence[str], *, missed: bool) -> Table:
    """Ask for each run without its blanks; returns how often a post that holds it is found."""
    rows = []
    for script in SCRIPTS:
        for words in WORDS:
            ranks = {run: await _rank(reader, run) for run in runs(texts, script, words)}
            if missed:
                print(*(f"glued: {run}" for run, rank in ranks.items() if rank != 1), sep="\n")
            if ranks:
                first = share(rank == 1 for rank in ranks.values())
                found = share(rank is not None for rank in ranks.values())
                rows.append((f"{words} {script} words", first, found))
    return Table(
        f"Trust: words of {len(texts):,} posts typed without blanks",
        ("Asked for", "first", "among ten"),
        rows,
    )


async def _rank(reader: Reader, run: str) -> int | None:
    """Return the rank of the first hit that holds a run; None if none of ten does."""
    hits = (await reader.ask(run.replace(" ", ""))).items
    return next((hit.rank for hit in hits if run in hit.post.text), None)
