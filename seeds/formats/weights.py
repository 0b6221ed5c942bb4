"""What the features are worth together: a small neural network, whose numbers are in weights.csv.

One sign is worth more or less beside another: a link closes a post where texts have one at their
end, and not in a list of links. So each of a few hidden units sums the features by weights of its
own, and counts as far as its sum is above zero; the units' weighted sum is the log-odds of a
border.

tests/bench/border_weights.py fits the numbers and says from what: pages joined from posts of one
channel or of many, as they are and restyled, and 16 of the Telegram channels in
NKTKLN/telegram-news-classifier (CC BY 4.0), of which nothing is kept but these numbers. The seed
documents as they are came in until their own borders turned out right. tests/bench/borders.py
measures the result, also on posts no weight was fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE: Final = "weights.csv"
"""A line for each feature: its name, and its weight in each unit; before them, what follows."""
BIAS: Final = "bias"
"""What a unit sums before any feature holds."""
OUTPUT: Final = "output"
"""What a unit counts; the first number is what any place is worth before."""


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of each feature by unit, and those of the units."""

    base: float
    outputs: tuple[float, ...]
    biases: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    @classmethod
    def read(cls, rows: Iterable[str]) -> Network:
        """Read what `write` wrote."""
        named = (row.split(",") for row in rows if row)
        weights = {name: tuple(map(float, numbers)) for name, *numbers in named}
        base, *outputs = weights.pop(OUTPUT)
        return cls(base, tuple(outputs), weights.pop(BIAS), weights)

    def write(self) -> list[str]:
        """Return a row for each feature and for the units, with as many digits as matter."""
        rows = {OUTPUT: (self.base, *self.outputs), BIAS: self.biases, **self.weights}
        return [",".join([name, *map("{:.2f}".format, row)]) for name, row in rows.items()]

    def log_odds(self, sums: Iterable[float]) -> float:
        """Return what the units say whose features come to these sums."""
        return self.base + sum(
            output * total for output, total in zip(self.outputs, sums, strict=True) if total > 0
        )


@cache
def fitted() -> Network:
    """Read the network beside this file, once."""
    return Network.read(files("seeds.formats").joinpath(FILE).read_text("utf-8").splitlines())
