"""What each part of a score is: numbers, where test_search_ranking has what comes before what."""

from __future__ import annotations

import re

import pytest

from storage.search.expand.alternatives import Standing, Word, alternative, best
from storage.search.parse import QueryWord
from storage.search.rank import Scored, Scorer, any_of
from storage.search.rank.weights import ADJACENT, BEST, GLUED, Reason

CHARACTERS = {letter: letter for letter in "abcxyz"}


def word(
    term: str, information: float = 2.0, *, reason: Reason = Reason.EXACT, glued: bool = False
) -> Word:
    asked = QueryWord(term, term, 0, glued)
    return Word(asked, Standing.KNOWN, best(alternative(term, reason)), information=information)


def scored(post: str, *words: Word) -> Scored:
    (one,) = Scorer(words, CHARACTERS).score([(1, 1, post)])
    return one


def likeness(reason: Reason) -> float:
    return alternative("a", reason).likeness


def test_a_word_adds_its_information_however_often_it_stands_there() -> None:
    assert scored("xax", word("a", 3.0)).parts == {"words": 3.0, "order": 0}
    assert scored("aaa", word("a", 3.0)).parts["words"] == pytest.approx(3.0)
    assert scored("xxx", word("a", 3.0)).parts == {"words": 0, "order": 0}


@pytest.mark.parametrize("post", ["axx", "aax"])
def test_a_likely_term_adds_as_much_less_as_it_is_less_like(post: str) -> None:
    prefix = scored(post, word("a", 3.0, reason=Reason.PREFIX)).parts["words"]
    assert prefix == pytest.approx(3.0 * likeness(Reason.PREFIX))


@pytest.mark.parametrize(
    ("first", "second", "lesser"), [(2.0, 2.0, 2.0), (4.0, 1.0, 1.0), (0.5, 3.0, 0.5)]
)
def test_neighbours_add_a_share_of_the_lesser_information(
    first: float, second: float, lesser: float
) -> None:
    one = scored("xabx", word("a", first), word("b", second), word("c", 9.0))
    assert one.parts["order"] == pytest.approx(ADJACENT * lesser)


def test_neighbours_that_the_query_glues_add_more() -> None:
    one = scored("xabx", word("a"), word("b", glued=True))
    assert one.parts["order"] == pytest.approx(GLUED * 2.0)
    assert scored("xabx", word("a", glued=True), word("b")).parts["order"] < one.parts["order"]


@pytest.mark.parametrize("inexact", [0, 1])
def test_neighbours_that_are_only_like_the_words_add_less(inexact: int) -> None:
    reasons = [Reason.EXACT, Reason.EXACT]
    reasons[inexact] = Reason.PREFIX
    first, second = (word(term, reason=reason) for term, reason in zip("ab", reasons, strict=True))
    expected = ADJACENT * 2.0 * likeness(Reason.PREFIX)
    assert scored("ab", first, second).parts["order"] == pytest.approx(expected)


def test_the_nearer_the_more_and_too_far_is_nothing() -> None:
    pair = word("a"), word("b")
    parts = [scored(f"a{'x' * apart}b", *pair).parts["order"] for apart in range(9)]
    assert parts[0] == pytest.approx(ADJACENT * 2.0)
    assert parts == sorted(parts, reverse=True)
    assert parts[0] > parts[1] > parts[2]
    assert parts[-1] == 0
    assert scored("bxa", *pair).parts["order"] == 0


def test_a_joined_word_that_is_both_counts_as_neighbours() -> None:
    joined = [
        Word(
            QueryWord(one, one, 0),
            Standing.KNOWN,
            best(alternative("c", Reason.JOINED)),
            information=2.0,
        )
        for one in "ab"
    ]
    assert scored("xcx", *joined).parts["order"] > 0


def test_only_words_of_the_title_add_for_it() -> None:
    scorer = Scorer([word("a"), word("b")], CHARACTERS)
    (one,) = scorer.score([(1, 1, "ab")])
    outside, inside = (scorer.with_text(one, frozenset(title), {}) for title in ("x", "ax"))
    assert outside.parts["title"] == 0
    assert Reason.TITLE not in outside.extra
    assert inside.parts["title"] > 0
    assert Reason.TITLE in inside.extra


@pytest.mark.parametrize(("written", "adds"), [("빵", True), ("방", False)])
def test_only_the_letters_that_were_typed_add_for_them(written: str, *, adds: bool) -> None:
    typed = QueryWord("a", "빵", 0)
    parts = []
    for information in (1.0, 3.0):
        meant = Word(
            typed, Standing.KNOWN, best(alternative("a", Reason.EXACT)), information=information
        )
        scorer = Scorer([meant], CHARACTERS)
        (one,) = scorer.score([(1, 1, "a")])
        parts.append(scorer.with_text(one, frozenset(), {0: written}).parts["letters"])
    assert (parts[0] > 0) == adds
    assert parts[1] == pytest.approx(3 * parts[0])


def test_the_parts_have_names_that_people_are_told() -> None:
    scorer = Scorer([word("a")], CHARACTERS)
    (one,) = scorer.score([(1, 1, "a")])
    told = scorer.with_text(one, frozenset(), {})
    assert list(told.parts) == ["words", "order", "title", "letters"]


def test_percents_at_their_ends() -> None:
    rare, common = word("a", 999.0), word("b", 0.1)
    scorer = Scorer([rare, common], CHARACTERS)
    (one,) = scorer.score([(1, 1, "b")])
    assert scorer.percent(one) == 1
    nothing = Scorer([word("a", 0.0)], CHARACTERS)
    (one,) = nothing.score([(1, 1, "a")])
    assert nothing.percent(one) == BEST


def test_a_pattern_of_terms_matches_nothing_else() -> None:
    pattern = re.compile(any_of(["a", "b", "unknown"], CHARACTERS))
    assert pattern.findall("xaXby") == ["a", "b"]
    assert not re.search(any_of(["unknown"], CHARACTERS), "anything")


def test_of_two_terms_for_a_word_the_likelier_is_told() -> None:
    both = best(alternative("a", Reason.EXACT), alternative("b", Reason.PREFIX))
    scorer = Scorer(
        [Word(QueryWord("a", "a", 0), Standing.KNOWN, both, information=2.0)], CHARACTERS
    )
    (one,) = scorer.score([(1, 1, "ba")])
    assert scorer.reasons(one) == (Reason.EXACT,)


def test_a_term_that_no_post_has_stands_for_nothing() -> None:
    assert scored("xyz", word("q")).matches == ()
    assert scored("xaz", word("q"), word("a")).score == pytest.approx(2.0)


def test_of_terms_that_begin_alike_the_longest_is_found() -> None:
    two, three = (
        Word(QueryWord(typed, typed, 0), Standing.KNOWN, best(alternative(term, Reason.SPLIT)))
        for typed, term in (("ab", "a b"), ("abc", "a b c"))
    )
    (match,) = scored("xabcx", two, three).matches
    assert (match.at, match.word, match.size) == (1, 1, 3)
