"""What makes one post come before another: scores of sequences, one character a word."""

import pytest

from storage.search.expand.alternatives import Alternative, Standing, Word, alternative, best
from storage.search.parse import QueryWord
from storage.search.rank import Scored, Scorer
from storage.search.rank.weights import BEST, Reason

INFORMATION = 2.0


def word(typed: str, *alternatives: Alternative, glued: bool = False) -> Word:
    asked = QueryWord(typed, typed, 0, glued)
    return Word(asked, Standing.KNOWN, best(*alternatives), information=INFORMATION)


def exactly(*typed: str) -> list[Word]:
    return [word(one, alternative(one, Reason.EXACT)) for one in typed]


def scored(words: list[Word], *posts: str) -> list[Scored]:
    """Score posts of one-letter words; each letter is its own term and character."""
    characters = {letter: letter for letter in "abcdefxyz"}
    found = Scorer(words, characters).score([(n, n, post) for n, post in enumerate(posts, 1)])
    return sorted(found, key=lambda one: one.post_id)


def test_a_post_that_says_more_of_the_query_comes_first() -> None:
    both, one, none = scored(exactly("a", "b"), "axb", "axx", "xxx")
    assert both.score > one.score > none.score == 0


@pytest.mark.parametrize(("better", "worse"), [("ab", "ba"), ("ab", "axxb"), ("ba", "bxxxxa")])
def test_words_side_by_side_and_in_order_add_to_the_score(better: str, worse: str) -> None:
    first, second = scored(exactly("a", "b"), better, worse)
    assert first.score > second.score
    assert second.score >= 2 * INFORMATION


def test_only_words_in_a_row_are_a_phrase() -> None:
    scorer = exactly("a", "b", "c")
    row, apart = scored(scorer, "xabcx", "abxc")
    assert Reason.PHRASE in row.extra
    assert Reason.PHRASE not in apart.extra


@pytest.mark.parametrize("post", ["xbcx", "abxx", "axbc", "bca"])
def test_without_all_words_in_a_row_there_is_no_phrase(post: str) -> None:
    (one,) = scored(exactly("a", "b", "c"), post)
    assert one.parts["order"] > 0
    assert Reason.PHRASE not in one.extra


def test_two_terms_written_as_one_word_count_more_where_the_query_glues_them() -> None:
    first = word("a", alternative("a", Reason.EXACT))
    apart, glued = (word("b", alternative("b", Reason.EXACT), glued=one) for one in (False, True))
    assert scored([first, glued], "ab")[0].score > scored([first, apart], "ab")[0].score


def test_a_likelier_term_counts_more() -> None:
    reasons = [Reason.EXACT, Reason.PARTICLE, Reason.FORM, Reason.PREFIX, Reason.TYPO]
    scores = [scored([word("a", alternative("a", one))], "a")[0].score for one in reasons]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_terms_side_by_side_stand_for_one_word() -> None:
    split = word("ab", alternative("a b", Reason.SPLIT, end=0))
    together, apart = scored([split], "xab", "axb")
    assert together.score > 0
    assert apart.matches == ()


def test_of_equal_posts_the_newest_is_first() -> None:
    found = Scorer(exactly("a"), {"a": "a"}).score([(1, 30, "a"), (2, 10, "a"), (3, 30, "a")])
    assert [one.post_id for one in found] == [3, 1, 2]


def test_the_parts_of_a_score_sum_to_it_and_percents_stay_in_their_range() -> None:
    scorer = Scorer(exactly("a", "b"), {"a": "a", "b": "b"})
    (one,) = scorer.score([(1, 1, "ab")])
    more = scorer.with_text(one, frozenset("a"), {0: "a"})
    assert more.score == pytest.approx(sum(more.parts.values()))
    assert more.score > one.score
    assert Reason.TITLE in more.extra
    assert scorer.percent(more) == BEST
    (less,) = scorer.score([(2, 2, "a")])
    assert 1 <= scorer.percent(less) < BEST


def test_a_missing_word_is_among_the_reasons() -> None:
    scorer = Scorer(exactly("a", "b"), {"a": "a", "b": "b"})
    both, one = sorted(scorer.score([(1, 1, "ab"), (2, 2, "a")]), key=lambda one: one.post_id)
    assert scorer.reasons(both) == (Reason.EXACT, Reason.PHRASE)
    assert scorer.reasons(one) == (Reason.EXACT, Reason.FEWER)
