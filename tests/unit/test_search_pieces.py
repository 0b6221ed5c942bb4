import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from storage.search.pieces import LONGEST, agreeing, allowed_slips, pieces, probes

KEYS = st.text(string.ascii_lowercase, min_size=4, max_size=14)


@pytest.mark.parametrize(
    ("keys", "slips"),
    [("abc", 0), ("abcd", 1), ("abcdef", 1), ("abcdefg", 2), ("abc4", 0), ("2307", 0)],
)
def test_short_words_and_numbers_hold_fewer_slips(keys: str, slips: int) -> None:
    assert allowed_slips(keys) == slips
    assert allowed_slips("a" * (LONGEST + 1)) == 0


@pytest.mark.parametrize("keys", ["ab", "a" * (LONGEST + 1), "2307", "k8s"])
def test_what_cannot_be_slipped_to_has_no_pieces(keys: str) -> None:
    assert pieces(keys) == ()


@st.composite
def one_slip(draw: st.DrawFn) -> tuple[str, str]:
    keys = draw(KEYS)
    at = draw(st.integers(0, len(keys) - 1))
    key = draw(st.sampled_from(string.ascii_lowercase))
    slipped = draw(
        st.sampled_from(
            [
                keys[:at] + key + keys[at + 1 :],
                keys[:at] + key + keys[at:],
                keys[:at] + keys[at + 1 :],
                keys[:at] + keys[at : at + 2][::-1] + keys[at + 2 :],
            ]
        )
    )
    return keys, slipped


@given(one_slip())
def test_every_single_slip_is_found(pair: tuple[str, str]) -> None:
    meant, typed = pair
    assume(len(typed) >= 4)
    assert OSA.distance(meant, typed) <= 1
    assert len(set(pieces(meant)) & probes(typed, 1)) >= agreeing(1)


@given(one_slip(), st.data())
def test_two_slips_that_are_no_swaps_are_found(pair: tuple[str, str], data: st.DataObject) -> None:
    meant, typed = pair
    assume(sorted(meant) != sorted(typed))
    at = data.draw(st.integers(0, len(typed) - 1))
    twice = typed[:at] + "q" + typed[at + 1 :]
    assume(len(twice) >= 7)
    assert len(set(pieces(meant)) & probes(twice, 2)) >= agreeing(2)


def test_few_pieces_are_looked_up() -> None:
    assert len(probes("tmxkxmdjq", 2)) < 100
