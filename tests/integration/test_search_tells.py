"""What a search tells of itself: what it read, how much there is, what else to ask."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.models import Order
from storage.search import explain, find, index
from storage.search.lookup import MOST_HITS
from tests.support.archives_search import POST, searchable

POSTS = [
    "투자를 받기 전에 알아야 할 것들",
    "고객을 안 만난 스타트업은 못 간다",
    "GitHub에서 찾은 Kubernetes 설정",
    "매출과 투자 지표",
    "트위터 인수",
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with searchable(tmp_path_factory.mktemp("tells") / "galpi.db", POSTS) as connection:
        yield connection


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xnwk", "투자"),
        ("스타트없", "스타트업"),
        ("ㅅㅌㅌㅇ", "스타트업"),
        ("kubernets", "Kubernetes"),
        ("매출 xnwk", "매출 투자"),
        ("깃허브", "GitHub"),
        ("twitter", "트위터"),
        ("투자", None),
        ("투자를", None),
        ("kuber", None),
        ("스타트업이", None),
    ],
)
def test_what_the_words_were_taken_for(
    archive: sqlite3.Connection, typed: str, meant: str | None
) -> None:
    found = find(archive, typed, limit=3, offset=0)
    assert found.total
    assert found.read_as == meant


@pytest.mark.parametrize(
    ("typed", "as_written"),
    [
        ("xnwk", '"xnwk"'),
        ("매출 xnwk", '"매출" "xnwk"'),
        ("xnwk has:link -깃허브", None),
        ("xnwk -깃허브 lang:ko", '"xnwk" -깃허브 lang:ko'),
        ('"매출과" xnwk', '"매출과" "xnwk"'),
        ('"매출과"', None),
        ("투자", None),
    ],
)
def test_words_that_were_taken_for_others_can_be_searched_for_as_written(
    archive: sqlite3.Connection, typed: str, as_written: str | None
) -> None:
    assert find(archive, typed, limit=3, offset=0).as_written == as_written


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('"xnwk" "매출"', ("xnwk 매출",)),
        ('"투자 매출" lang:ko', ("투자 매출 lang:ko",)),
        ('"펭귄 사육"', ()),
        ('"투자 매출" lang:en', ()),
        ('-"투자" "펭귄"', ()),
    ],
)
def test_what_quotes_do_not_find_is_offered_without_them(
    archive: sqlite3.Connection, typed: str, offered: tuple[str, ...]
) -> None:
    found = find(archive, typed, limit=3, offset=0)
    assert (found.total, found.suggestions) == (0, offered)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("쿠버낫츠", ()), ("asdfghjkl", ()), ("메츌", ("매출",)), ("투자", ())],
)
def test_other_queries_are_offered_for_one_that_finds_nothing(
    archive: sqlite3.Connection, typed: str, offered: tuple[str, ...]
) -> None:
    found = find(archive, typed, limit=3, offset=0)
    assert found.total == 0 or offered == ()
    assert found.suggestions == (offered if found.total == 0 else ())


@pytest.mark.parametrize("typed", ["워렌버핏", "워런버펫", "워렌버핏의"])
def test_two_words_are_offered_for_one_that_holds_a_slip_as_well(
    tmp_path: Path, typed: str
) -> None:
    texts = ["버핏의 투자", "워런 버핏", "워런의 집"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, typed, limit=3, offset=0)
    assert (found.total, found.suggestions) == (0, ("워런 버핏",))


def test_offered_queries_find_something(archive: sqlite3.Connection) -> None:
    for typed in ("wbenetes", "매줄즈", "스다트엄", "qqub", "인스 트위더즈"):
        for query in find(archive, typed, limit=3, offset=0).suggestions:
            assert find(archive, query, limit=3, offset=0).total


def test_ways_tell_terms_rules_and_points(archive: sqlite3.Connection) -> None:
    (way,) = explain(archive, "매출 xnwk")
    assert (way.why, way.lost) == ((), 0)
    profit, investing = way.words
    assert [one.why for one in profit] == [("particle",)]
    assert (investing[0].term, investing[0].why) == ("_xnwk", ("layout",))
    assert [one.lost for one in investing] == sorted(one.lost for one in investing)
    assert explain(archive, "asdfghjkl") == ()
    fewer = explain(archive, "매출 펭귄사육")
    assert [(one.why, one.lost > 0) for one in fewer] == [(("fewer",), True)]


def test_word_of_the_other_script_is_found_beside_others(archive: sqlite3.Connection) -> None:
    for query in ("깃허브 설정", "설정 깃헙", "tjfwjd 깃허브"):
        assert [match.post_id for match in find(archive, query, limit=5, offset=0).matches] == [3]


def test_many_hits_are_not_counted_to_the_end(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db") as archive:
        texts = [f"투자 {number}" for number in range(MOST_HITS + 50)]
        archive.executemany(POST, [(text, ordinal) for ordinal, text in enumerate(texts)])
        index.rebuild(archive)
        for order in Order:
            found = find(archive, "투자", limit=5, offset=0, order=order)
            assert (found.total, found.complete, found.in_time) == (MOST_HITS, False, True)
            assert found.matches[0].post_id == MOST_HITS + 50
        few = find(archive, "투자 77", limit=5, offset=0)
        assert (few.total, few.complete) == (1, True)


def test_search_stops_when_its_time_is_up(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db") as archive:
        texts = [f"투자{number} 이야기 {number % 7}" for number in range(3000)]
        archive.executemany(POST, [(text, ordinal) for ordinal, text in enumerate(texts)])
        index.rebuild(archive)
        for query in ("투쟈 이야깅 3 4", "lang:ko -이야기", '"이야기 3" -"이야기 4"'):
            found = find(archive, query, limit=5, offset=0, seconds=0)
            assert (found.in_time, found.complete) == (False, False)
        assert find(archive, "이야기", limit=5, offset=0).in_time
