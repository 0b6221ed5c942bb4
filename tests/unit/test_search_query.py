from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import InvalidQuery
from storage.language.keys import keys_of, sequence
from storage.search.parse import LONGEST_QUERY, MOST_WORDS, Query, QueryWord, parse


def one(word: str) -> str:
    (term,) = sequence(word)
    return term


def words(typed: str) -> tuple[str, ...]:
    return terms(parse(typed).words)


def terms(found: Iterable[QueryWord]) -> tuple[str, ...]:
    return tuple(word.term for word in found)


def read(query: Query) -> dict[str, object]:
    """Return what is asked for, words as their terms, nothing where nothing is."""
    parts = {
        "words": terms(query.words),
        "phrases": [*map(terms, query.phrases)],
        "without": [*map(terms, query.without)],
        "tags": [(tag.name, terms(tag.words)) for tag in query.tags],
    }
    return {name: part for name, part in parts.items() if part}


def test_words_are_all_wanted_once() -> None:
    assert words("AI  startup ai") == ("ai", "startup")


def test_particle_of_a_foreign_word_is_not_a_word() -> None:
    assert words("OpenAI는") == ("openai",)
    assert words("OpenAI 투자는") == ("openai", one("투자는"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gpu가부족하다", [("gpu", 0), ("부족하다", 4)]),
        ("llm을공부한다", [("llm", 0), ("공부한다", 4)]),
        ("gpu가격", [("gpu", 0), ("가격", 3)]),
        ("AI이론", [("AI", 0), ("이론", 2)]),
    ],
)
def test_a_particle_between_a_foreign_word_and_the_next_is_not_asked_for(
    typed: str, found: list[tuple[str, int]]
) -> None:
    assert [(word.typed, word.start) for word in parse(typed).words] == found


def test_what_laughs_or_weeps_after_a_word_is_not_asked_for() -> None:
    assert words("좋네요ㅠㅠ") == (one("좋네요"),)
    assert words("좋네요 ㅠㅠ") == (one("좋네요"), one("ㅠㅠ"))
    assert words("ㅋㅋㅋ") == (one("ㅋㅋㅋ"),)


def test_what_may_be_english_in_the_wrong_layout_does_not_laugh() -> None:
    assert [*map(keys_of, words("채ㅡㅡ무ㅇ ㄱㄷ채ㅡㅡ둥"))] == [
        "command",
        "recommend",
    ]


def test_joined_scripts_are_several_words() -> None:
    assert words("LLM학습") == ("llm", one("학습"))
    assert words("gpt-4") == ("gpt", "4")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ('"deep learning"', {"phrases": [("deep", "learning")]}),
        ("“deep learning” ai", {"words": ("ai",), "phrases": [("deep", "learning")]}),
        ('deep "learning rate', {"words": ("deep",), "phrases": [("learning", "rate")]}),
        ("ai -crypto", {"words": ("ai",), "without": [("crypto",)]}),
        ('ai -"deep learning"', {"words": ("ai",), "without": [("deep", "learning")]}),
        ("ai -gpt-4", {"words": ("ai",), "without": [("gpt", "4")]}),
        ("-crypto", {"without": [("crypto",)]}),
        ("#AI", {"tags": [("AI", ("ai",))]}),
        ("＃AI - x", {"words": ("x",), "tags": [("AI", ("ai",))]}),
        ("C++ & more!", {"words": ("c", "more")}),
        ('" OR * NEAR(', {"phrases": [("or", "near")]}),
        ("a^2 b:c {d}", {"words": ("a", "2", "b", "c", "d")}),
        ("AI🎉", {"words": ("ai",)}),
        ("since:2024", {"words": ("since", "2024")}),
    ],
)
def test_parts_of_a_query(typed: str, asked: dict[str, object]) -> None:
    assert read(parse(typed)) == asked


def test_a_word_knows_where_it_stands_and_whether_a_blank_is_before_it() -> None:
    first, second, third = parse("투자 100억").words
    assert (first.start, second.start, third.start) == (0, 3, 6)
    assert [word.glued for word in (first, second, third)] == [False, False, True]
    assert third.typed == "억"


@pytest.mark.parametrize("typed", ["", "   ", "🎉", '""', "-", "#", "?!", "＿_", "“”"])
def test_query_that_asks_nothing_is_refused(typed: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(typed)
    assert refused.value.subject == typed


def test_no_more_is_read_than_the_limits() -> None:
    assert len(parse(" ".join(f"w{n}" for n in range(40))).words) == MOST_WORDS
    assert words("a" + " " * LONGEST_QUERY + "b") == ("a",)
    assert len(parse("가" * 1000).words) == 1
    phrase = parse('"' + "x " * 30 + '" y')
    assert len(phrase.phrases[0]) == MOST_WORDS
    assert phrase.words == ()


@given(st.text(max_size=300))
def test_any_text_is_a_query_or_refused(typed: str) -> None:
    try:
        query = parse(typed)
    except InvalidQuery:
        return
    parts = [query.words, *query.phrases, *query.without, *(tag.words for tag in query.tags)]
    assert sum(map(len, parts)) <= MOST_WORDS
    assert all('"' not in word.term and " " not in word.term for part in parts for word in part)
