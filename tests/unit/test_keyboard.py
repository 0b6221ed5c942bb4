import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.language.hangul import ADDED, BESIDE, MISSED, NEARBY, NEIGHBOURS, OTHER, SWAPPED, ease

KEYS = st.text("qwertyasdf", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant", "easily"),
    [
        ("strtup", "startup", MISSED),
        ("startu", "startup", MISSED),
        ("tartup", "startup", MISSED),
        ("satrtup", "startup", SWAPPED),
        ("startpu", "startup", SWAPPED),
        ("wtartup", "startup", BESIDE),  # w is above s
        ("startul", "startup", BESIDE),  # l is below p
        ("startyp", "startup", BESIDE),
        ("stvrtup", "stdrtup", NEARBY),  # v is next but one below d
        ("startop", "startip", BESIDE),
        ("calender", "calendar", NEARBY),  # a vowel for another
        ("mtartup", "startup", OTHER),
        ("startuq", "startup", OTHER),
        ("starrtup", "startup", ADDED),
        ("startupo", "startup", ADDED),  # o is beside p
        ("startupa", "startup", OTHER),
        ("startip", "stertup", OTHER),
        ("", "a", MISSED),
    ],
)
def test_slips_by_how_easily_they_happen(typed: str, meant: str, easily: float) -> None:
    assert ease(typed, meant) == easily


@given(KEYS, st.data())
def test_missed_key_is_found_wherever_it_was(meant: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(meant) - 1))
    assert ease(meant[:at] + meant[at + 1 :], meant) == MISSED


def test_neighbours_are_mutual() -> None:
    assert {pair[::-1] for pair in NEIGHBOURS} == NEIGHBOURS
    assert {"qw", "qa", "gh", "hn", "pl", "zs"} <= NEIGHBOURS
    assert not {"qp", "qs", "aa", "zm"} & NEIGHBOURS
