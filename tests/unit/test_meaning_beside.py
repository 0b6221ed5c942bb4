import pytest

from storage.search.meaning.beside import FAIR, STRONG, in_turn


@pytest.mark.parametrize(
    ("scores", "hits"),
    [
        ([100, STRONG], [1, 2, 8, 9]),  # strong by words before all that is close
        ([100, STRONG - 1], [1, 2, 8, 9]),  # of the others, words begin if they tell enough
        ([FAIR, 10, 10], [1, 8, 2, 9, 3]),
        ([FAIR - 1, 10], [8, 1, 9, 2]),  # else meaning does
        ([], [8, 9]),
    ],
)
def test_words_and_meaning_take_turns_below_what_is_strong(
    scores: list[int], hits: list[int]
) -> None:
    by_words = dict(enumerate(scores, 1))
    assert in_turn(by_words, [8, 9]) == hits


def test_a_post_found_both_ways_stands_where_it_comes_first() -> None:
    assert in_turn({1: 30, 2: 20}, [2, 9]) == [2, 1, 9]
    assert in_turn({1: 90, 2: 20}, [1, 9]) == [1, 2, 9]
