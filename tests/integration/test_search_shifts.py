"""방 and 빵 are typed with the same keys, and yet are two words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.support.archives_search import find, searchable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("빵", "빵 굽는 시간", "방 꾸미는 시간"),
        ("방", "방 꾸미는 시간", "빵 굽는 시간"),
        ("똥개를", "똥개가 짖는 집", "동개가 있는 집"),
        ("빵 시간", "시간이 남아 빵 굽기", "시간이 남아 방 꾸미기"),
        ('"빵 시간"', "빵 시간", "방 시간"),
        ("떡볶", "떡볶이 맛집", "덕복이 맛집"),
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
    assert [match.post.id for match in found.items][:1] == [1]
    assert found.read_as is None


@pytest.mark.parametrize(
    ("query", "text", "meant"),
    [
        ("뻔뜨", "번드 이야기", "번드"),
        ("투자를", "투자", None),
        ("Bread", "bread", None),
        ("깃허브", "GitHub", None),
        ("창업할 때", "창업할 대상", None),  # a function word tells nothing
    ],
)
def test_another_word_on_the_same_keys_is_told(
    tmp_path: Path, query: str, text: str, meant: str | None
) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        assert find(archive, query).read_as == meant


@pytest.mark.parametrize(
    ("query", "text"), [("빵", "방 꾸미는 시간"), ("빵", "방법"), ("수박", "할 수밖에")]
)
def test_an_ordinary_word_is_not_replaced_by_another_on_its_keys(
    tmp_path: Path, query: str, text: str
) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        found = find(archive, query)
    assert (found.total, found.absent) == (0, (query,))
