from __future__ import annotations

import pytest

from seeds.formats import channel_preview
from seeds.formats.lines import read_line, read_lines
from seeds.formats.marks import bare_number, emoji_reactions, read_opening

TITLE = "되는 대로 모음"
HEAD = f"{TITLE}\n12 subscribers\nDownload Telegram\n"

Parsed = tuple[str, int, str | None, str | None]


def parsed(body: str) -> list[Parsed]:
    """The posts of a page: text, reactions, forwarded from, reply snippet."""
    posts = channel_preview.parse(HEAD + body, "page.txt").posts
    return [(p.text, p.reactions, p.forwarded_from, p.reply_snippet) for p in posts]


@pytest.mark.parametrize(
    ("line", "reactions"),
    [
        ("👍2", 2),
        ("❤1", 1),
        ("❤️1", 1),
        ("❤️‍🔥 12", 12),
        ("👍🏻3", 3),
        ("👍2❤️1🔥3", 6),
        ("👍 2 ❤️ 1", 3),
        ("🔥1.2K", 1_200),
        ("👍3K", 3_000),
        ("🎉1M", 1_000_000),
    ],
)
def test_reactions_with_their_emoji(line: str, reactions: int) -> None:
    closing = emoji_reactions(read_line(line))
    assert closing is not None
    assert closing.reactions == reactions
    assert sum(reaction.count for reaction in closing.reacted) == reactions


def test_each_emoji_has_its_count_the_most_frequent_first() -> None:
    closing = emoji_reactions(read_line("❤️1 🔥1.2K👍🏻3"))
    assert closing is not None
    assert [(one.emoji, one.count) for one in closing.reacted] == [
        ("🔥", 1_200),
        ("👍🏻", 3),
        ("❤️", 1),
    ]


@pytest.mark.parametrize("line", ["2", "👍", "👍2 좋아요", "★5", "$5", "№1", "👍0", "☎️ 0212345678"])
def test_lines_that_are_no_reactions(line: str) -> None:
    assert emoji_reactions(read_line(line)) is None


@pytest.mark.parametrize(("line", "number"), [("1", 1), ("999", 999), ("1.2K", 1_200)])
def test_numbers_that_could_be_reactions(line: str, number: int) -> None:
    assert bare_number(read_line(line)) == number


@pytest.mark.parametrize("line", ["0", "007", "2024", "1.", "1)", "-1", "1,2", "십"])
def test_numbers_that_could_not(line: str) -> None:
    assert bare_number(read_line(line)) is None


def test_reactions_close_a_post() -> None:
    body = "새 사무실로 옮겼습니다.\n4\n도움이 필요한 분은 알려 주세요.\n👍2"
    assert parsed(body) == [
        ("새 사무실로 옮겼습니다.", 4, None, None),
        ("도움이 필요한 분은 알려 주세요.", 2, None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1월\n\n7\n일 만에 끝난 계획",
        "카운트다운\n3\n2\n1\n발사",
        "올해의 숫자\n2024\n작년의 숫자",
        "정답은 이렇습니다:\n\n7",
        "첫 번째는\n5\n\n두 번째는 6",
    ],
)
def test_numbers_that_are_text(text: str) -> None:
    assert parsed(text) == [(text, 0, None, None)]


def test_a_page_may_begin_with_a_number() -> None:
    assert parsed("7\n일 동안 한 일")[0][0].startswith("7")


def test_the_last_post_may_have_reactions_too() -> None:
    assert parsed("끝.\n3") == [("끝.", 3, None, None)]
    assert parsed("끝.\n3\n\n") == [("끝.", 3, None, None)]


def test_a_forward() -> None:
    body = "하나.\nForwarded from 옆집 소식 | News\n둘.\n5\n셋."
    assert parsed(body) == [
        ("하나.", 0, None, None),
        ("둘.", 5, "옆집 소식 | News", None),
        ("셋.", 0, None, None),
    ]


def test_the_name_may_stand_behind_a_blank_that_does_not_break() -> None:
    assert parsed("Forwarded from\xa0옆집\n둘.") == [("둘.", 0, "옆집", None)]


@pytest.mark.parametrize(
    "body",
    [
        "He said it was\n\nForwarded from nobody",
        "Forwarded from nobody\n\nand that was all",
        "Forwarded from " + "x" * 200 + "\nand more",
        "so it was Forwarded from here\nto there",
    ],
)
def test_lines_that_only_look_like_a_forward(body: str) -> None:
    assert all(forward is None for _, _, forward, _ in parsed(body))


def test_a_reply() -> None:
    body = f"하나.\n{TITLE}\n어제 올린 글의 시작…\n둘.\n3"
    assert parsed(body) == [
        ("하나.", 0, None, None),
        ("둘.", 3, None, "어제 올린 글의 시작…"),
    ]


def test_a_forward_that_replies() -> None:
    body = f"Forwarded from 옆집\n{TITLE}\n어제 올린 글\n둘."
    assert parsed(body) == [("둘.", 0, "옆집", "어제 올린 글")]


@pytest.mark.parametrize(
    "body", [f"늘 감사합니다,\n\n{TITLE}", f"글\n{TITLE}\n\n끝", f"글\n{TITLE}"]
)
def test_the_title_may_be_part_of_a_text(body: str) -> None:
    assert parsed(body) == [(body, 0, None, None)]


def test_marks_of_a_post_without_text_are_left_out() -> None:
    body = f"하나.\n{TITLE}\n어제 올린 글\n👍2\n둘."
    assert parsed(body) == [("하나.", 0, None, None), ("둘.", 0, None, None)]


def test_nothing_opens_a_post_in_the_middle_of_a_text() -> None:
    assert read_opening(read_lines(["글", "또 글"]), 0, TITLE).lines == 0
