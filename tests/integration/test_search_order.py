"""The word itself, in any of its writings, comes before what is only like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.archives_search import find, searchable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("older_first", [True, False])
@pytest.mark.parametrize(
    ("query", "itself", "alike"),
    [
        ("투자", "어제 투자를 결정했다", "어제 투자자 모임이 있었다"),
        ("투자", "투자는 어렵다", "개인투자 어렵다"),
        ("startup", "our startups grow", "our startupville grows"),
        ("로봇", "로봇공학 이야기", "로보트 이야기"),
        ("엔젤", "아크엔젤 이야기", "앤젤 이야기"),
        ("혁명가", "독립혁명가 이야기", "혁명 이야기"),
        ("배게", "베개 이야기", "재미없배게 이야기"),
        ("깃허브", "GitHub 이야기", "깃허브스 이야기"),
        ("Paul Graham", "Paul Graham wrote", "Paul met Graham"),
        ("startup school", "the school for a startup", "the school for a teacher"),
    ],
)
def test_the_word_itself_comes_first(
    tmp_path: Path, query: str, itself: str, alike: str, *, older_first: bool
) -> None:
    texts = [itself, alike] if older_first else [alike, itself]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert [hit.post.text for hit in find(archive, query).items] == [itself, alike]
