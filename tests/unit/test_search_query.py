import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import InvalidQuery
from storage.search.query import LONGEST_QUERY, MOST_WORDS, Query, Tag, parse
from storage.text.keys import keys_of, sequence


def one(word: str) -> str:
    (term,) = sequence(word)
    return term


def test_words_are_all_wanted_once() -> None:
    assert parse("AI  startup ai").words == ("ai", "startup")


def test_particle_of_a_foreign_word_is_not_a_word() -> None:
    assert parse("OpenAI는").words == ("openai",)
    assert parse("OpenAI 투자는").words == ("openai", one("투자는"))


def test_what_laughs_or_weeps_after_a_word_is_not_asked_for() -> None:
    assert parse("좋네요ㅠㅠ").words == (one("좋네요"),)
    assert parse("좋네요 ㅠㅠ").words == (one("좋네요"), one("ㅠㅠ"))
    assert parse("ㅋㅋㅋ").words == (one("ㅋㅋㅋ"),)


def test_what_may_be_english_in_the_wrong_layout_does_not_laugh() -> None:
    assert [keys_of(word) for word in parse("채ㅡㅡ무ㅇ ㄱㄷ채ㅡㅡ둥").words] == [
        "command",
        "recommend",
    ]


def test_joined_scripts_are_several_words() -> None:
    assert parse("LLM학습").words == ("llm", one("학습"))
    assert parse("gpt-4").words == ("gpt", "4")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ('"deep learning"', Query(phrases=(("deep", "learning"),))),
        ("“deep learning” ai", Query(words=("ai",), phrases=(("deep", "learning"),))),
        ('deep "learning rate', Query(words=("deep",), phrases=(("learning", "rate"),))),
        ("ai -crypto", Query(words=("ai",), without=(("crypto",),))),
        ('ai -"deep learning"', Query(words=("ai",), without=(("deep", "learning"),))),
        ("ai -gpt-4", Query(words=("ai",), without=(("gpt", "4"),))),
        ("#AI", Query(tags=(Tag("AI", ("ai",)),))),
        ("＃AI - x", Query(words=("x",), tags=(Tag("AI", ("ai",)),))),
        ("C++ & more!", Query(words=("c", "more"))),
        ('" OR * NEAR(', Query(phrases=(("or", "near"),))),
        ("a^2 b:c {d}", Query(words=("a", "2", "b", "c", "d"))),
        ("AI🎉", Query(words=("ai",))),
    ],
)
def test_operators(typed: str, query: Query) -> None:
    assert parse(typed) == query


@pytest.mark.parametrize("typed", ["", "   ", "🎉", '""', "-", "#", "-crypto", "?!", "＿_", "“”"])
def test_query_that_asks_nothing_is_refused(typed: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        parse(typed)
    assert refused.value.subject == typed


def test_no_more_is_read_than_the_limits() -> None:
    assert len(parse(" ".join(f"w{n}" for n in range(40))).words) == MOST_WORDS
    assert parse("a" + " " * LONGEST_QUERY + "b").words == ("a",)
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
    parts = [query.words, *query.phrases, *query.without, *(tag.terms for tag in query.tags)]
    assert sum(map(len, parts)) <= MOST_WORDS
    assert all('"' not in term and " " not in term for part in parts for term in part)
