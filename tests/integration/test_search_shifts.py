"""방 and 빵 are typed with the same keys, and yet are two words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from storage.search import find
from storage.search.pages import MOST_LOOKED_INTO
from storage.search.ranking import SHIFT
from tests.support.archives_search import searchable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("빵", "빵 굽는 시간", "방 꾸미는 시간"),
        ("방", "방 꾸미는 시간", "빵 굽는 시간"),
        ("똥개를", "똥개가 짖는 집", "동개가 있는 집"),
        ("빵 시간", "시간이 남아 빵 굽기", "시간이 남아 방 꾸미기"),
        ("빵시간", "빵 시간", "방 시간"),
        ('"빵 시간"', "빵 시간", "방 시간"),
        ("떡볶", "떡볶이 맛집", "덕복이 맛집"),
        ("재밋네ㅛ", "재밋네요", "재밌네요"),
        ("재밌네ㅛ", "재밌네요", "재밋네요"),
        ("호떡", "꿀호떡집에서", "꿀호덕집에서"),
        ("빵", unicodedata.normalize("NFD", "빵 굽는 시간"), "방 꾸미는 시간"),
        (unicodedata.normalize("NFD", "빵"), "빵 굽는 시간", "방 꾸미는 시간"),
    ],
)
def test_word_with_the_shifts_that_were_typed_comes_first(
    tmp_path: Path, query: str, first: str, second: str
) -> None:
    with searchable(tmp_path / "galpi.db", [first, second]) as archive:
        found = find(archive, query, limit=9, offset=0)
    assert [match.post_id for match in found.matches] == [1, 2]
    same, other = (dict(match.lost) for match in found.matches)
    assert other["other shift"] == SHIFT
    assert "other shift" not in same


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("qkd", "빵 굽는 시간"),  # in the other layout nobody presses shift
        ("빵 ai", "AI 빵 공장, 방이 아니라"),  # a word of both kinds is there
        ("ㄱㅂ", "까방"),  # by its initials
        ("깃허브", "GitHub"),  # by its sound
        ("투자를", "투자"),
        ("낮아 지도", "낮아지도"),
        ("Bread", "bread"),
    ],
)
def test_nothing_is_lost_where_shift_tells_nothing(tmp_path: Path, query: str, text: str) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        (match,) = find(archive, query, limit=9, offset=0).matches
    assert "other shift" not in dict(match.lost)


def test_only_so_much_text_is_looked_into(tmp_path: Path) -> None:
    texts = ["방 " + "x" * MOST_LOOKED_INTO, "방 " + "y" * MOST_LOOKED_INTO]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        matches = find(archive, "빵", limit=9, offset=0).matches
    # The newest is looked into, and so comes last.
    assert [(match.post_id, "other shift" in dict(match.lost)) for match in matches] == [
        (1, False),
        (2, True),
    ]
