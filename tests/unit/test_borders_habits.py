"""The posts of a channel are alike, and so a page is cut where its other posts begin and end."""

from __future__ import annotations

import pytest

from seeds.formats import channel_preview
from seeds.formats.lines import Line, read_lines, with_habits

HEAD = "여러 가지 – Telegram\n여러 가지\n1.2K subscribers\nDownload Telegram\n"
NEWS = [
    "금리가 또 동결됐다",
    "배추 가격이 두 배로 뛰었다",
    "새 모델이 공개됐다",
    "버스 요금이 오른다",
    "도서관이 다시 문을 연다",
]
BODIES = [
    "시장은 이미 예상하고 있었다고 한다.\n다음 회의는 다음 달에 열린다.",
    "비가 많이 와서 밭이 잠겼다.\n김장철까지는 내리지 않을 것 같다.",
    "이번에는 코드도 함께 나왔다.\n써 본 사람들의 평이 좋다.",
    "노선 조정도 함께 논의된다.\n시민 의견은 금요일까지 받는다.",
    "공사는 반년이 걸렸다.\n주말에도 밤까지 열기로 했다.",
]


def posts_of(page: str) -> list[str]:
    return [post.text for post in channel_preview.parse(HEAD + page, "page.txt").posts]


@pytest.mark.parametrize("sign", ["📌 ", "■ ", "[뉴스] ", "#오늘 "])
def test_what_opens_the_first_post_opens_the_others(sign: str) -> None:
    posts = [f"{sign}{title}\n{body}" for title, body in zip(NEWS, BODIES, strict=True)]
    assert posts_of("\n".join(posts)) == posts


def test_a_signature_ends_posts() -> None:
    posts = [f"{title}\n{body}\n@daily_notes" for title, body in zip(NEWS, BODIES, strict=True)]
    assert posts_of("\n".join(posts)) == posts


def lines(text: str) -> tuple[Line, ...]:
    found = read_lines(text.split("\n"))
    return with_habits(found, [0], [len(found) - 1])


def test_a_sign_that_the_page_has_once_is_no_habit() -> None:
    assert not any(line.opens_as_known or line.opens_unlike_known for line in lines("📌 하나\n둘"))


def test_all_emoji_are_one_sign() -> None:
    found = lines("📌 하나\n글\n🔥 둘\n글\n🎬 셋")
    assert [line.opens_as_known for line in found] == [True, False, True, False, True]
    assert [line.opens_unlike_known for line in found] == [False, True, False, True, False]


def test_what_counts_is_a_sign() -> None:
    found = lines("3일차 시작\n글\n4일차 계속\n글\n15일차 끝")
    assert [line.opens_as_known for line in found] == [True, False, True, False, True]


def test_items_of_a_list_are_no_openings() -> None:
    assert not any(line.opens_as_known for line in lines("- 하나\n- 둘\n- 셋\n- 넷"))


def test_a_line_that_comes_again_and_again_is_told() -> None:
    found = lines("하나\n@daily_notes\n둘\n@daily_notes\n셋\n@daily_notes")
    assert [line.is_repeated for line in found] == [False, True] * 3
    assert [line.closes_as_known for line in found] == [False, True] * 3


def test_numbers_of_reactions_are_no_signature() -> None:
    assert not any(line.is_repeated for line in lines("글\n1\n글\n1\n글\n1"))
