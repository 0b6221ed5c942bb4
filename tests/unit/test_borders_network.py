"""The network that weighs signs of a border: what it computes, how it is kept, how it learns."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from seeds.formats.weights import FILE, Network, fitted
from tests.bench.border_learning import Learner, Places, mean, odds_of

NETWORK = Network(
    base=-1.0,
    outputs=(2.0, -0.5),
    biases=(0.0, 1.0),
    weights={"link_above": (1.5, 0.0), "link_below": (-1.0, 3.0)},
)
LARGEST = 10_000
"""Bytes; what borders need to know stays small."""


def test_units_count_as_far_as_they_are_above_zero() -> None:
    assert NETWORK.log_odds([1.5, -1.0]) == -1 + 2 * 1.5
    assert NETWORK.log_odds([-3.0, 4.0]) == -1 - 0.5 * 4
    assert NETWORK.log_odds([-3.0, -1.0]) == -1


def test_what_is_written_is_read() -> None:
    assert Network.read(NETWORK.write()) == NETWORK


def test_the_file_is_as_the_network_writes_it() -> None:
    text = files("seeds.formats").joinpath(FILE).read_text("utf-8")
    assert text.splitlines() == fitted().write()
    assert len(text) <= LARGEST


def test_the_mean_of_networks_is_a_network() -> None:
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    other = Network(0.5, (1.0,), (-0.25,), {"link_above": (1.0,), "link_below": (2.0,)})
    both = odds_of(mean([NETWORK, other]), rows)
    assert both == pytest.approx((odds_of(NETWORK, rows) + odds_of(other, rows)) / 2)


def test_a_sign_that_counts_only_beside_another_is_learnt() -> None:
    rng = np.random.default_rng(5)
    rows = rng.integers(0, 2, (2_000, 3)).astype(float)
    borders = (rows[:, 0] != rows[:, 1]).astype(float)
    learner = Learner.begin(rows, rng)
    learner.learn(Places(rows, borders, np.ones(len(rows))), 100, rng)
    odds = odds_of(mean([learner.network(["one", "other", "neither"])]), rows)
    assert np.mean((odds > 0) == (borders > 0)) == pytest.approx(1)
