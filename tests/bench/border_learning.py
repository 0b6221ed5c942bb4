"""How the network of seeds/formats/weights.csv learns; border_weights.py says from what.

Logistic loss with a ridge penalty, by Adam (Kingma and Ba, 2015), in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from seeds.formats.weights import Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Numbers: TypeAlias = NDArray[np.float64]

UNITS = 8
"""Hidden ones."""
BATCH = 256
RIDGE = 1.0 / BATCH
"""How dear large weights are, beside what a wrong place costs."""
RATE = 0.002
MEMORY, MEMORY_OF_SQUARES = 0.9, 0.999
"""How much of their past the means of slopes and of their squares keep with each batch."""
RAREST = 0.25
"""The least standard deviation that features are brought to 1 from: rare ones stay smaller."""


class Places(NamedTuple):
    """Places where a border can lie: their features, whether one does, and how much they count."""

    rows: Numbers
    borders: Numbers
    counts: Numbers


def together(one: Places, other: Places) -> Places:
    """Return the places of both."""
    return Places(*map(np.concatenate, zip(one, other, strict=True)))


class Descent:
    """The way of one layer downhill."""

    def __init__(self, layer: Numbers) -> None:
        """Begin with no past."""
        self._layer = layer
        self._mean, self._square = np.zeros_like(layer), np.zeros_like(layer)
        self._steps = 0

    def step(self, slope: Numbers) -> None:
        """Change the layer against the slope, as far as slopes have been alike."""
        self._steps += 1
        self._mean += (1 - MEMORY) * (slope - self._mean)
        self._square += (1 - MEMORY_OF_SQUARES) * (slope**2 - self._square)
        mean = self._mean / (1 - MEMORY**self._steps)
        square = self._square / (1 - MEMORY_OF_SQUARES**self._steps)
        self._layer -= RATE * mean / (np.sqrt(square) + 1e-8)


@dataclass
class Learner:
    """A network as it learns: how each feature is scaled, and the weights of both layers."""

    mean: Numbers
    scale: Numbers
    inner: Numbers
    biases: Numbers
    outer: Numbers
    base: Numbers

    @classmethod
    def begin(cls, rows: Numbers, rng: np.random.Generator) -> Learner:
        """Return a network that knows nothing (Glorot and Bengio, 2010)."""
        features = rows.shape[1]
        return cls(
            mean=rows.mean(0),
            scale=np.maximum(rows.std(0), RAREST),
            inner=rng.uniform(-1, 1, (features, UNITS)) * np.sqrt(6 / (features + UNITS)),
            biases=np.zeros(UNITS),
            outer=rng.uniform(-1, 1, UNITS) * np.sqrt(6 / (UNITS + 1)),
            base=np.zeros(1),
        )

    def learn(self, known: Places, epochs: int, rng: np.random.Generator) -> None:
        """Change the weights, batch by batch, towards what is known."""
        inputs = (known.rows - self.mean) / self.scale
        ways = [Descent(layer) for layer in (self.inner, self.biases, self.outer, self.base)]
        for _ in range(epochs):
            for batch in _batches(len(inputs), rng):
                slopes = self._slopes(inputs[batch], known.borders[batch], known.counts[batch])
                for way, slope in zip(ways, slopes, strict=True):
                    way.step(slope)

    def _slopes(self, inputs: Numbers, borders: Numbers, counts: Numbers) -> tuple[Numbers, ...]:
        """Return how the loss changes with each weight."""
        hidden = np.maximum(inputs @ self.inner + self.biases, 0)
        chance = 1 / (1 + np.exp(-(hidden @ self.outer + self.base)))
        wrong = counts * (chance - borders) / counts.sum()
        back = np.outer(wrong, self.outer) * (hidden > 0)
        return (
            inputs.T @ back + RIDGE * self.inner,
            back.sum(0),
            hidden.T @ wrong + RIDGE * self.outer,
            wrong.sum(keepdims=True),
        )

    def network(self, features: Sequence[str]) -> Network:
        """Return what has been learnt, for features as they are."""
        weights = self.inner / self.scale[:, None]
        return Network(
            base=float(self.base[0]),
            outputs=tuple(self.outer),
            biases=tuple(self.biases - self.mean @ weights),
            weights=dict(zip(features, map(tuple, weights), strict=True)),
        )


def mean(networks: Sequence[Network]) -> Network:
    """Return a network that says the mean of what others say, with the digits that are kept."""
    outputs = chain.from_iterable(network.outputs for network in networks)
    united = Network(
        base=fmean(network.base for network in networks),
        outputs=tuple(output / len(networks) for output in outputs),
        biases=tuple(chain.from_iterable(network.biases for network in networks)),
        weights={
            name: tuple(chain.from_iterable(network.weights[name] for network in networks))
            for name in networks[0].weights
        },
    )
    return Network.read(united.write())


def _batches(size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    yield from np.array_split(rng.permutation(size), max(1, size // BATCH))


def odds_of(network: Network, rows: Numbers) -> Numbers:
    """Return the log-odds of a border at places."""
    sums = rows @ np.array(list(network.weights.values())) + np.array(network.biases)
    odds: Numbers = network.base + np.maximum(sums, 0) @ np.array(network.outputs)
    return odds
