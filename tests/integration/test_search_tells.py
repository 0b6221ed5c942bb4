"""What a search tells of itself: what it read, how much there is, what else to ask."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.models import Order
from storage.search import explain, index
from storage.search.retrieve import MOST_HITS
from tests.support.archives_search import POST, find, searchable

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
        ("깃허브", None),
        ("twitter", None),
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
    ("typed", "absent"),
    [
        ("독서", ("독서",)),
        ("samsung", ("samsung",)),
        ("투자 독서", ("독서",)),
        ("asdfghjkl", ("asdfghjkl",)),
        ("어떻게 투자", ()),
        ("투자", ()),
        ("스타트없", ()),
    ],
)
def test_words_that_the_archive_does_not_hold_are_told(
    archive: sqlite3.Connection, typed: str, absent: tuple[str, ...]
) -> None:
    assert find(archive, typed).absent == absent


@pytest.mark.parametrize(
    ("text", "typed", "asked"),
    [
        ("매출 지표", "배출 지표", ("매출 지표",)),
        ("에르메스 이야기", "에르매스", ()),  # the same sound is the same word
        ("투자를 받기 전", "투지", ("투자",)),
        ("투자를 받기 전", "벤처투자의", ("투자",)),
        ("마케팅 채용", "채용공고", ("채용",)),
        ("외국에서 온 에서", "맥북에서", ()),  # a particle is no part of a compound
        ("저는 갑니다", "버는", ()),  # slips make most verbs of others
        ("배울 지표", "배출", ()),
        ("together we stand", "독서", ()),
        ("something new", "삼성", ()),
    ],
)
def test_an_ordinary_word_is_asked_about_and_never_replaced(
    tmp_path: Path, text: str, typed: str, asked: tuple[str, ...]
) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        found = find(archive, typed)
    assert found.suggestions == asked
    assert found.read_as is None


@pytest.mark.parametrize("typed", ["투지 지표", "배출 지표", '"투지" 매출'])
def test_what_is_asked_finds_something(archive: sqlite3.Connection, typed: str) -> None:
    queries = find(archive, typed).suggestions
    assert queries
    for query in queries:
        assert query != typed
        assert find(archive, query).total


def test_the_stages_tell_words_terms_and_look_ups(archive: sqlite3.Connection) -> None:
    told = explain(archive, "매출 xnwk 독서")
    profit, investing, reading = told.words
    assert [one.why for one in profit.terms] == [("particle",)]
    assert (investing.terms[0].term, investing.terms[0].why) == ("_xnwk", ("layout",))
    assert [one.standing for one in told.words] == ["known", "unknown", "ordinary"]
    assert reading.terms == ()
    assert sum(one.found for one in told.tries) == 2
    assert explain(archive, "asdfghjkl").tries == ()


def test_word_of_the_other_script_is_found_beside_others(archive: sqlite3.Connection) -> None:
    for query in ("깃허브 설정", "설정 깃헙", "tjfwjd 깃허브"):
        assert find(archive, query, limit=5, offset=0).items[0].post.id == 3


def test_many_hits_are_not_counted_to_the_end(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db") as archive:
        texts = [f"투자 {number}" for number in range(MOST_HITS + 50)]
        archive.executemany(POST, [(text, ordinal) for ordinal, text in enumerate(texts)])
        index.rebuild(archive)
        for order in Order:
            found = find(archive, "투자", limit=5, offset=0, order=order)
            assert (found.total, found.complete) == (MOST_HITS, False)
            assert found.items[0].post.id == MOST_HITS + 50
        few = find(archive, "투자 77", limit=5, offset=0)
        assert (few.total, few.complete) == (1, True)


def test_a_word_that_longer_words_hold_is_not_asked_about(tmp_path: Path) -> None:
    with searchable(
        tmp_path / "galpi.db", ["물리학을 배운다", "불리한 조건", "조건이 불리"]
    ) as archive:
        found = find(archive, "물리")
    assert [hit.post.id for hit in found.items] == [1]
    assert found.suggestions == ()
