from __future__ import annotations

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import blog_article
from storage import SourceKind

DIARY = """
2주차 일지
Table of Contents
6일차:
배운 것
- 후기는 내일

7일차(광복절)
쉬었다

2주차 후기
- 좋았던 점
"""


def entries(text: str) -> list[tuple[int, str]]:
    return [(post.ordinal, post.text) for post in blog_article.parse(text, "diary.txt").posts]


def test_an_entry_for_each_day_and_the_review() -> None:
    assert entries(DIARY) == [
        (4, "6일차:\n배운 것\n- 후기는 내일"),
        (8, "7일차(광복절)\n쉬었다"),
        (11, "2주차 후기\n- 좋았던 점"),
    ]


def test_the_first_line_is_the_title() -> None:
    source = blog_article.parse(DIARY, "diary.txt").source
    assert (source.title, source.kind) == ("2주차 일지", SourceKind.BLOG)


def test_where_an_entry_stands() -> None:
    origin = blog_article.parse(DIARY, "diary.txt").posts[1].origin
    assert origin is not None
    assert (origin.document, origin.first_line, origin.last_line) == ("diary.txt", 8, 9)


@pytest.mark.parametrize(
    "opening", ["6일차", "6일차:", "6 일차", "## 6일차", "6일 차 (월):", " 6일차 "]
)
def test_how_a_day_may_open(opening: str) -> None:
    assert entries(f"일지\n5일차\n하나\n{opening}\n둘")[-1] == (4, f"{opening}\n둘")


@pytest.mark.parametrize("line", ["6일차에는 쉬었다", "어제 6일차", "6일", "일차"])
def test_lines_that_only_speak_of_a_day(line: str) -> None:
    assert entries(f"일지\n5일차\n{line}\n7일차\n둘")[0] == (2, f"5일차\n{line}")


def test_a_review_inside_of_a_day_is_part_of_it() -> None:
    assert entries("일지\n1일차\n1주차 후기\n2일차\n후기\n좋았다") == [
        (2, "1일차\n1주차 후기"),
        (4, "2일차\n후기\n좋았다"),
    ]


def test_what_comes_before_the_days_is_an_entry_of_its_own() -> None:
    assert entries("일지\n목차\n\n시작하며\n1일차\n하나\n2일차\n둘")[0] == (4, "시작하며")


def test_a_diary_may_begin_with_its_first_day() -> None:
    assert entries("1일차\n하나\n2일차\n둘") == [(1, "1일차\n하나"), (3, "2일차\n둘")]


def test_windows_line_ends() -> None:
    assert entries("일지\r\n1일차\r\n하나\r\n2일차\r\n") == [(2, "1일차\n하나"), (4, "2일차")]


def test_a_text_without_days_is_no_diary() -> None:
    assert not blog_article.knows("일지\n1일차\n하나")
    with pytest.raises(DocumentError) as refused:
        blog_article.parse("일지\n하나", "diary.txt")
    assert refused.value.problem is Problem.UNKNOWN_FORMAT
