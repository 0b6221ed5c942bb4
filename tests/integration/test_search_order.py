"""The word itself, in any of its writings, comes before what is only like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.search.retrieve import MOST_RANKED
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


def test_a_function_word_tells_posts_apart_that_are_too_many_to_rank(tmp_path: Path) -> None:
    wanted = "it slipped because of the glyph"
    texts = [wanted, *(f"a glyph of font {number}" for number in range(MOST_RANKED + 50))]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert find(archive, "because glyph").items[0].post.text == wanted


def test_two_words_as_one_are_found_as_written_and_as_they_sound(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["heavy traffic", "트래픽이 많다"]) as archive:
        assert find(archive, "traf fic").items[0].post.text == "heavy traffic"
        assert len(find(archive, "traf fic").items) == len(["traffic", "트래픽"])


def test_english_words_are_found_at_the_end_of_longer_ones_alone(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["two notebooks", "one classifier"]) as archive:
        assert [hit.post.text for hit in find(archive, "book").items] == ["two notebooks"]
        assert not find(archive, "assif").items


def test_english_words_are_found_in_compounds_beside_the_very_word(tmp_path: Path) -> None:
    texts = ["two notebooks", "a book", "working hours"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert [hit.post.id for hit in find(archive, "book").items] == [2, 1]
        assert not find(archive, "king").items


def test_of_posts_without_a_word_those_come_first_in_which_a_slip_was_meant(tmp_path: Path) -> None:
    texts = [*["비밀의 틀을 깨다"] * 20, "배트맨 틀을 넘다", *["배트맨 영화"] * 20, "클을 쓰다"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "배트맨 클을", limit=3)
    itself, meant, *_ = (hit.post.text for hit in found.items)
    assert (itself, meant) == ("클을 쓰다", "배트맨 틀을 넘다")
    assert found.read_as is None
    assert found.all_words == 0
    assert "fewer" in found.items[1].why


def test_a_corrected_word_comes_before_the_many_longer_ones_it_begins(tmp_path: Path) -> None:
    many = [f"스타트업계획 {number}" for number in range(MOST_RANKED + 50)]
    with searchable(tmp_path / "galpi.db", ["스타트업 이야기", *many]) as archive:
        assert find(archive, "스타트없").items[0].post.text == "스타트업 이야기"
