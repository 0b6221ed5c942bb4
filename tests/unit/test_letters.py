"""Abbreviations and the Korean names of their letters."""

import pytest

from storage.language.hangul import spelled
from storage.language.keys import key_form
from storage.language.transcription import letters_of, names_of


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("지피티", "gpt"),
        ("에이아이", "ai"),
        ("씨이오", "ceo"),
        ("시이오", "ceo"),
        ("에이치알", "hr"),
        ("이유", None),
        ("피아노", None),
        ("에이비씨디이에프", None),
    ],
)
def test_a_word_of_names_of_letters_is_an_abbreviation(word: str, letters: str | None) -> None:
    assert letters_of(key_form(word)) == letters


def test_an_abbreviation_is_spelled_in_its_most_common_ways() -> None:
    assert [spelled(keys) for keys in names_of("rag")] == ["알에이지", "아르에이지"]
    assert names_of("kubernetes") == []
