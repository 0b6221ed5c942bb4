"""Slips in one of several words, where the other word alone stands in very many posts."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.archives_search import find, searchable

MANY = 200

POSTS = {
    "jinja": "Create Tryton reports based on jinja2",
    "load": "Load balancer health checker for Plone",
    "retrieve": "Allow to retrieve both kinds of records",
    "invoice": "Proxy leases for invoices",
    "romance": "친구랑 배꼽잡고 빵터졌다",
}
NAMES = list(POSTS)
COMMON = "Tryton, Plone, allow, proxy, 친구랑: number {}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("slips") / "galpi.db"
    common = [COMMON.format(number) for number in range(2 * MANY)]
    with searchable(path, [*POSTS.values(), *common]) as connection:
        yield connection


@pytest.mark.parametrize(
    ("query", "best", "rule"),
    [
        ("jinja tryton", "jinja", "prefix"),
        ("plone laod", "load", "typo"),
        ("allow reri", "retrieve", "typing"),
        ("allow rteri", "retrieve", "typing"),
        ("proxy invocies", "invoice", "typo"),
        ("친구랑 빠엍", "romance", "typing"),
        ("친구랑 빵터젔다", "romance", "spelling"),
    ],
)
def test_the_post_with_both_is_first(
    archive: sqlite3.Connection, query: str, best: str, rule: str
) -> None:
    first = find(archive, query, limit=5, offset=0).items[0]
    assert first.post.id <= len(NAMES)
    assert NAMES[first.post.id - 1] == best
    assert rule in first.why


def test_the_easier_slip_is_first_though_more_posts_have_the_other_word(tmp_path: Path) -> None:
    texts = ["proxy keese", *["geese"] * 100, *["proxy"] * 2 * MANY, "proxy geese"]
    with searchable(tmp_path / "galpi.db", texts) as connection:
        found = find(connection, "proxy leese", limit=5, offset=0)
    assert [match.post.id for match in found.items[:2]] == [1, len(texts)]


def test_a_word_that_others_only_begin_with_may_be_a_slip_beside_another_slip(
    tmp_path: Path,
) -> None:
    with searchable(tmp_path / "galpi.db", ["리뷰 지금도", "리뷰를 지금도"]) as connection:
        found = find(connection, "리뷸 쟈금도", limit=5, offset=0)
    assert {match.post.id for match in found.items} == {1, 2}


def test_beside_others_a_rare_word_may_be_half_typed_with_a_slip_as_well_as_a_frequent_one(
    tmp_path: Path,
) -> None:
    frequent = ["그럭저럭"] * 10 * MANY
    others = ["설정이"] * 2 * MANY
    texts = ["설정이 그런거라는 이야기", "설정과 그럭저럭", *others, *frequent]
    with searchable(tmp_path / "galpi.db", texts) as connection:
        found = find(connection, "설정이 그럭널", limit=5, offset=0)
    assert [match.post.id for match in found.items[:2]] == [1, 2]


@pytest.mark.parametrize(
    "query",
    [
        "라이들과재미있게잘봤습니다",
        "아이들과재미있게갈봤습니다",
        "아이들과재밍있게갈봤습니다",
        "엔딩이 아이들과재미이게잘봤습니다",
        "supercalifragilisticexpialidocous",
    ],
)
def test_a_word_too_long_for_pieces_may_hold_slips_as_well(tmp_path: Path, query: str) -> None:
    texts = ["엔딩이 아이들과재미있게잘봤습니다", "supercalifragilisticexpialidocious", "아이들과"]
    with searchable(tmp_path / "galpi.db", texts) as connection:
        found = find(connection, query, limit=5, offset=0)
    wanted = 2 if query.isascii() else 1
    assert [match.post.id for match in found.items] == [wanted]
    assert "typo" in found.items[0].why


def test_without_a_particle_a_slip_is_rather_of_a_word_that_stands_without(tmp_path: Path) -> None:
    texts = [*["자신의 꿈"] * 20, *["배신 이야기"] * 10]
    with searchable(tmp_path / "galpi.db", texts) as connection:
        found = find(connection, "바신", limit=10, offset=0)
    assert found.items
    assert all("typo" in match.why and match.post.id > 20 for match in found.items)
