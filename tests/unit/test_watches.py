"""What a watch takes for an answer: what is written there, not what resembles it."""

from pathlib import Path

import pytest

from storage.search.alerting import answered_by
from tests.support.archives_search import searchable

TEXT = "벤처투자의 봄은 왔다. OpenAI는 language models를 연다. #스타트업 #AI"
TAG = "INSERT INTO tags (id, key, name) VALUES (?, ?, ?)"
TAGGED = "INSERT INTO post_tags (post_id, position, tag_id) VALUES (1, ?, ?)"


def is_answered(path: Path, query: str, text: str = TEXT) -> bool:
    with searchable(path / "galpi.db", [text]) as archive:
        for number, (key, name) in enumerate((("스타트업", "스타트업"), ("ai", "AI"))):
            archive.execute(TAG, (number, key, name))
            archive.execute(TAGGED, (number, number))
        return answered_by(archive, 1, [query]) == {query}


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
def test_what_is_written_there(tmp_path: Path, query: str) -> None:
    text = TEXT + " 모델"
    assert is_answered(tmp_path, query, text)


@pytest.mark.parametrize("query", queries(NOT_WRITTEN))
def test_what_is_not(tmp_path: Path, query: str) -> None:
    assert not is_answered(tmp_path, query)


@pytest.mark.parametrize(
    ("query", "text", "answered"),
    [
        ("AI", "air", False),
        ("가", "각", False),
        ("봄", "봄날의", False),
        ("봄", "봄을", True),
        ("값", "값진", False),
    ],
)
def test_short_words_are_not_taken_for_parts_of_others(
    tmp_path: Path, query: str, text: str, *, answered: bool
) -> None:
    assert is_answered(tmp_path, query, text) == answered


@pytest.mark.parametrize(
    ("query", "answered"),
    [
        ("성공", True),  # another form of the verb
        ("깃허브", True),  # the other script
        ("로봇", True),  # another spelling
        ("has:link", False),
        ("-has:link 성공", True),
        ("로봇 -성공", False),  # in all its forms
        ("lang:ko", True),
        ("lang:en 성공", False),
        ("before:2000", True),
        ("after:2000 성공", False),
    ],
)
def test_watches_match_as_searches_do_and_obey_operators(
    tmp_path: Path, query: str, *, answered: bool
) -> None:
    text = "로보트로 성공했다는 GitHub 이야기"
    assert is_answered(tmp_path, query, text) == answered
