"""Where one post ends and the next begins, when nothing marks it.

Between two posts stands a single newline, and so a border can lie wherever two lines meet without
a blank one between them. Each such place is scored: the features that hold there add their
weights to the log-odds of a border. Features see the post so far, so what a place is worth
depends on where the last border was; the likeliest borders of all are found by dynamic programming
over that (Viterbi's algorithm), in time linear in the lines.
"""

from __future__ import annotations

from math import exp, log1p
from typing import TYPE_CHECKING, NamedTuple

from seeds.formats.features import ABOVE, BELOW, BETWEEN
from seeds.formats.weights import BIAS, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds.formats.lines import Line

REACH = 12
"""Lines that features see on either side; where a post began further up makes no difference."""


HOPELESS = 6.0
"""How much less likely than the best, as a logarithm, a choice of borders is given up."""


class _Path(NamedTuple):
    """A choice of borders: the logarithm of how likely it is, its last border, the ones before."""

    likelihood: float
    border: int
    before: _Path | None


def find_borders(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that open a post, but for the first post."""
    paths = {0: _Path(0.0, 0, None)}  # by where the post so far begins
    for at in _places(lines):
        paths = _step(lines, at, paths)
    path = max(paths.values(), key=_likelihood)
    borders = []
    while path.before is not None:
        borders.append(path.border)
        path = path.before
    return borders[::-1]


def _places(lines: Sequence[Line]) -> Iterator[int]:
    """Return where a border can lie."""
    for at in range(1, len(lines)):
        if not lines[at].is_blank and not lines[at - 1].is_blank:
            yield at


def _step(lines: Sequence[Line], at: int, paths: dict[int, _Path]) -> dict[int, _Path]:
    """Return the best choice for each beginning of the post so far, once a place is decided."""
    below = lines[at : at + REACH]
    odds_below = _odds_below(below)
    onward: dict[int, _Path] = {}
    ended = []
    for start, path in paths.items():
        odds = odds_below + _odds_above(lines[max(start, at - REACH) : at], below)
        ended.append(_Path(path.likelihood - log1p(exp(-odds)), at, path))
        kept = path._replace(likelihood=path.likelihood - log1p(exp(odds)))
        reached = max(start, at + 1 - REACH)  # from here on all beginnings out of reach are alike
        onward[reached] = max(onward.get(reached, kept), kept, key=_likelihood)
    onward[at] = max(ended, key=_likelihood)
    least = max(map(_likelihood, onward.values())) - HOPELESS
    return {start: path for start, path in onward.items() if path.likelihood >= least}


def log_odds(above: Sequence[Line], below: Sequence[Line]) -> float:
    """Return how likely a border is between the post so far and what follows: from 0 on, it is.

    Both are at most REACH lines, and not blank where they meet.
    """
    return _odds_below(below) + _odds_above(above, below)


def _odds_below(below: Sequence[Line]) -> float:
    return WEIGHTS[BIAS] + sum(WEIGHTS[feature.__name__] * feature(below) for feature in BELOW)


def _odds_above(above: Sequence[Line], below: Sequence[Line]) -> float:
    alone = sum(WEIGHTS[feature.__name__] * feature(above) for feature in ABOVE)
    return alone + sum(WEIGHTS[feature.__name__] * feature(above, below) for feature in BETWEEN)


def _likelihood(path: _Path) -> float:
    return path.likelihood
