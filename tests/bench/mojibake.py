"""How well damaged text is repaired, on text that the model has not seen.

    python -m tests.bench.mojibake [CORPUS.gz]

The seed documents are taken out of what the model learns from one at a time, damaged and repaired.
With the corpus that the model file is made from, a model that never saw its last 10,000 lines is
trained, which takes a minute, and tested on them.
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from seeds.mojibake.damage import damage, encoded, surviving_bytes
from seeds.mojibake.model import FILE, TO_ANOTHER_SUBJECT, Learner, Model
from seeds.mojibake.repairing import clean_seeds, damaged_cells, own_model, repair, repair_cells
from seeds.mojibake.training import train
from tests.support.joins import written_posts

if TYPE_CHECKING:
    from collections.abc import Callable

Row = tuple[str, float, str]

HELD_OUT_LINES = 10_000
LARGE = 30_000
"""Characters of Korean, 90 kB in UTF-8."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of characters; the damaged ones are those that missed bytes."""

    damaged: int
    right: int
    spoilt: int

    def rows(self, name: str) -> list[Row]:
        return [
            (f"{name}: damaged characters", self.damaged, ""),
            (f"{name}: of these restored right", 100 * self.right / self.damaged, "%"),
            (f"{name}: undamaged characters changed", self.spoilt, ""),
        ]


def measure() -> tuple[str, list[Row]]:
    """The seed documents left out one at a time, the size of the model file, and times."""
    texts = clean_seeds()
    outcomes = {name: leave_out(name, texts) for name in texts}
    rows = [row for name, outcome in outcomes.items() for row in outcome.rows(name)]
    written = compare(written_text(), own_model()).rows("posts written for tests")
    return "Repair of mojibake", [*rows, *total(outcomes).rows("all"), *written, *_costs(texts)]


def written_text() -> str:
    """Return Korean and English posts that no model has learnt from."""
    posts = (*written_posts(unseen=False), *written_posts(unseen=True))
    return "\n".join(post.text for post in posts)


def leave_out(name: str, texts: dict[str, str]) -> Outcome:
    """Learn from all documents but one, and from no line that stands in that one too."""
    model = Model.shipped()
    learner = Learner(model, TO_ANOTHER_SUBJECT)
    tested = set(texts[name].splitlines())
    for text in (text for other, text in texts.items() if other != name):
        learner.learn("\n".join(line for line in text.splitlines() if line not in tested))
    return compare(texts[name], model)


def held_out(corpus: Path) -> list[Row]:
    """Lines of the corpus that its model has not seen."""
    lines = gzip.decompress(corpus.read_bytes()).decode().splitlines()
    seen, unseen = "\n".join(lines[:-HELD_OUT_LINES]), "\n".join(lines[-HELD_OUT_LINES:])
    return compare(unseen, Model.unpack(train(seen).pack())).rows("corpus")


def compare(text: str, model: Model) -> Outcome:
    broken = damage(text)
    repaired = repair_cells(broken, damaged_cells(broken), model)
    pairs = list(zip(text, repaired, strict=True))
    with_gaps = [surviving_bytes(char) != encoded(char) for char in text]
    wrong = [before != after for before, after in pairs]
    return Outcome(
        damaged=sum(with_gaps),
        right=sum(gap and not bad for gap, bad in zip(with_gaps, wrong, strict=True)),
        spoilt=sum(bad and not gap for gap, bad in zip(with_gaps, wrong, strict=True)),
    )


def total(outcomes: dict[str, Outcome]) -> Outcome:
    return Outcome(
        damaged=sum(outcome.damaged for outcome in outcomes.values()),
        right=sum(outcome.right for outcome in outcomes.values()),
        spoilt=sum(outcome.spoilt for outcome in outcomes.values()),
    )


def _costs(texts: dict[str, str]) -> list[Row]:
    size = len(files("seeds.mojibake").joinpath(FILE).read_bytes())
    large = "".join(texts.values())[:LARGE]
    own_model.cache_clear()
    return [
        ("model file", size / 1000, "kB"),
        ("the model made ready, once", _seconds(own_model), "s"),
        (f"{LARGE:,} characters repaired", _seconds(partial(repair, damage(large))), "s"),
        (f"{LARGE:,} clean characters looked at", 1000 * _seconds(partial(repair, large)), "ms"),
    ]


def _seconds(function: Callable[[], object]) -> float:
    started = perf_counter()
    function()
    return perf_counter() - started


def main(*corpus: str) -> None:
    title, rows = measure()
    print(title)
    for label, value, unit in [*rows, *(row for path in corpus for row in held_out(Path(path)))]:
        print(f"  {label:<58} {value:>10.2f} {unit}")


if __name__ == "__main__":
    main(*sys.argv[1:])
