import numpy as np
import pytest

from storage.search.meaning.vectors import (
    BLOCK,
    FIRST_ROOM,
    Bits,
    Vectors,
    as_bits,
    as_bytes,
    closeness,
    unpacked,
)


def drawn(count: int, dimensions: int = 512, seed: int = 1) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_a_byte_a_dimension_loses_next_to_nothing() -> None:
    vectors = drawn(200)
    packed = unpacked([as_bytes(vector) for vector in vectors])
    assert len(as_bytes(vectors[0])) == 512
    assert float((vectors * packed).sum(axis=1).min()) > 0.9999


def test_zeros_are_packed_as_zeros() -> None:
    assert not unpacked([as_bytes(np.zeros(64, dtype=np.float32))]).any()


@pytest.mark.parametrize("dimensions", [512, 100, 1])
def test_any_number_of_dimensions_is_packed_in_whole_words(dimensions: int) -> None:
    assert len(as_bits(drawn(1, dimensions)[0])) % 8 == 0


@pytest.mark.parametrize("count", [1, FIRST_ROOM, BLOCK + 1])
def test_the_nearest_bits_are_those_that_a_full_comparison_finds(count: int) -> None:
    vectors = drawn(count, 64)
    bits = Bits()
    rows = [(number + 1, as_bits(vector)) for number, vector in enumerate(vectors)]
    for start in range(0, count, 700):
        bits.add(rows[start : start + 700])
    assert (len(bits), bits.last_id) == (count, count)
    query = drawn(1, 64, seed=2)[0]
    differing = ((vectors > 0) != (query > 0)).sum(axis=1)
    found = bits.nearest(as_bits(query), 20)
    farthest = sorted(differing)[min(count, 20) - 1]
    assert found == [number + 1 for number in np.flatnonzero(differing <= farthest)]


def test_nothing_is_near_where_there_is_nothing() -> None:
    bits = Bits()
    bits.add([])
    assert bits.last_id == 0
    assert bits.nearest(as_bits(drawn(1)[0]), 5) == []


def test_texts_are_close_by_their_parts_and_not_because_one_is_long() -> None:
    one, other, *rest = drawn(8)
    same = closeness(np.stack([one]), np.stack([one]))
    longer = closeness(np.stack([one]), np.stack([one, other, *rest]))
    assert same == pytest.approx(1)
    assert longer < 0.7
