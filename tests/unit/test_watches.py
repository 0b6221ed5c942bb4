"""What a watch takes for an answer: what is written there, not what resembles it."""

import pytest

from storage.search.query import parse
from storage.text.hashtags import find_hashtags, hashtag_key
from storage.text.keys import sequence
from storage.watches import answers

TEXT = "벤처투자의 봄은 왔다. OpenAI는 language models를 연다. #스타트업 #AI"


def is_answered(query: str, text: str = TEXT) -> bool:
    tags = frozenset(map(hashtag_key, find_hashtags(text)))
    return answers(parse(query), sequence(text), tags)


WRITTEN = """
투자 벤처투자 봄 openai LANG 투자를 #스타트업 #AI
투자 모델 #ai|"language models"|openai -애플|투자 language
"""
NOT_WRITTEN = """
투저 opnai 가투 애플 #스타트 #투자 lan xnwk ㅌㅈ
투자 애플|"models language"|투자 -openai
"""


def queries(listed: str) -> list[str]:
    words, phrases = listed.strip().split("\n")
    return [*words.split(), *phrases.split("|")]


@pytest.mark.parametrize("query", queries(WRITTEN))
def test_what_is_written_there(query: str) -> None:
    text = TEXT + " 모델"
    assert is_answered(query, text)


@pytest.mark.parametrize("query", queries(NOT_WRITTEN))
def test_what_is_not(query: str) -> None:
    assert not is_answered(query)


@pytest.mark.parametrize(
    ("query", "text", "answered"),
    [("AI", "air", False), ("가", "각", False), ("봄", "봄날의", False), ("봄", "봄을", True)],
)
def test_short_words_are_not_taken_for_parts_of_others(
    query: str, text: str, *, answered: bool
) -> None:
    assert is_answered(query, query)
    assert is_answered(query, text) == answered
