from itertools import product

import pytest
from rapidfuzz.distance import OSA

from storage.search.expand.dictionary import FEWEST_BEGUN, openings


@pytest.mark.parametrize("keys", ["abca", "aabb", "abcab", "aaaaa", "aababc"])
def test_words_whose_beginning_is_a_slip_away_are_those_with_such_openings(keys: str) -> None:
    found = openings(keys)
    assert len(found) == len(set(found))
    for word in map("".join, product("abcd", repeat=len(keys) + 1)):
        beginnings = (word[:end] for end in range(FEWEST_BEGUN, len(word) + 1))
        slipped = any(OSA.distance(keys, beginning) <= 1 for beginning in beginnings)
        assert slipped == word.startswith(tuple(found)), word
