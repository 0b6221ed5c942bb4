"""Where one post ends and the next begins, when nothing marks it.

Between two posts stands a single newline, and so a border can lie wherever two lines meet without
a blank one between them. Each such place is scored: the features that hold there give the log-odds
of a border (weights.py). Features see the post so far, so what a place is worth depends on where
the last border was; the likeliest borders of all are found by dynamic programming over that
(Viterbi's algorithm), in time linear in the lines.
"""

from __future__ import annotations

from math import exp, log1p
from typing import TYPE_CHECKING, NamedTuple

from seeds.formats.features import ABOVE, BELOW, BETWEEN
from seeds.formats.weights import fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from seeds.formats.features import OneSided, TwoSided
    from seeds.formats.lines import Line
    from seeds.formats.weights import Network

REACH = 12
"""Lines that features see on either side; where a post began further up makes no difference."""


HOPELESS = 6.0
"""How much less likely than the best, as a logarithm, a choice of borders is given up."""


class _Path(NamedTuple):
    """A choice of borders: the logarithm of how likely it is, its last border, the ones before."""

    likelihood: float
    border: int
    before: _Path | None


def find_borders(lines: Sequence[Line], network: Network | None = None) -> list[int]:
    """Return the indices of the lines that open a post, but for the first post.

    Only the fitting of weights has a network of its own.
    """
    network = network or fitted()
    paths = {0: _Path(0.0, 0, None)}  # by where the post so far begins
    for at in _places(lines):
        paths = _step(network, lines, at, paths)
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


def _step(
    network: Network, lines: Sequence[Line], at: int, paths: dict[int, _Path]
) -> dict[int, _Path]:
    """Return the best choice for each beginning of the post so far, once a place is decided."""
    below = lines[at : at + REACH]
    sums = _sums_below(network, below)
    onward: dict[int, _Path] = {}
    ended = []
    for start, path in paths.items():
        odds = _odds(network, sums, lines[max(start, at - REACH) : at], below)
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
    network = fitted()
    return _odds(network, _sums_below(network, below), above, below)


def _sums_below(network: Network, below: Sequence[Line]) -> Sequence[float]:
    return _add(network, network.biases, BELOW, below)


def _odds(
    network: Network, sums: Sequence[float], above: Sequence[Line], below: Sequence[Line]
) -> float:
    """Return the log-odds of a border where what is below alone comes to these sums."""
    sums = _add(network, sums, ABOVE, above)
    return network.log_odds(_add(network, sums, BETWEEN, above, below))


def _add(
    network: Network,
    sums: Sequence[float],
    features: Iterable[OneSided | TwoSided],
    *sides: Sequence[Line],
) -> Sequence[float]:
    """Add the weights of features to the sums of the hidden units."""
    for feature in features:
        value = feature(*sides)
        if value:
            weights = network.weights[feature.__name__]
            sums = [total + value * weight for total, weight in zip(sums, weights, strict=True)]
    return sums


def _likelihood(path: _Path) -> float:
    return path.likelihood
