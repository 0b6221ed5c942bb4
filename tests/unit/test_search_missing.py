import pytest

from storage.search.missing import MISSING, MOST_TRIED, leaving_out, tellings


def test_the_rarer_a_word_the_more_it_tells() -> None:
    common, rare, rarer = tellings([1000, 10, 1])
    assert common < rare < rarer
    assert common + rare + rarer == pytest.approx(1)


def test_an_unknown_word_tells_as_much_as_the_others_on_average() -> None:
    told = tellings([40, 0, 5])
    assert told[1] == pytest.approx((told[0] + told[2]) / 2)
    assert tellings([0, 0]) == [0.5, 0.5]


def test_two_words_cost_half_each_at_least() -> None:
    left = dict(leaving_out(1, [0, 1], [0.1, 0.9]))
    assert left == {(0,): round(MISSING * 0.9), (1,): MISSING / 2}


def test_words_that_tell_little_do_not_stay_alone() -> None:
    told = [0.5, 0.3, 0.1, 0.1]
    assert [places for places, _ in leaving_out(2, range(4), told)] == [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 2),
        (1, 3),
    ]
    assert [places for places, _ in leaving_out(3, range(4), told)] == [(0,)]


def test_only_known_words_stay() -> None:
    assert [places for places, _ in leaving_out(1, [0, 2], [0.4, 0.3, 0.3])] == [(0, 2)]
    assert not [*leaving_out(1, [0], [0.4, 0.3, 0.3])]


def test_of_many_words_those_that_tell_most_are_tried() -> None:
    told = tellings([500, 400, 300, 200, 1, 1, 100, 50, 1, 1])
    kept = [places for places, _ in leaving_out(6, range(10), told)]
    assert len(kept) == MOST_TRIED
    assert kept[0] == (4, 5, 8, 9)
