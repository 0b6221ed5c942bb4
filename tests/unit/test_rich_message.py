"""A rich message becomes a text, as exports and the Bot API write it."""

from typing import Any

import pytest

from seeds.formats.rich_text import rich_message
from storage import EntityKind


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain", "text": text}


BLOCKS: list[tuple[dict[str, Any], str]] = [
    ({"type": "heading", "level": 1, "text": plain("제목")}, "제목"),
    ({"type": "paragraph", "text": ["가 ", {"type": "bold", "text": "나"}]}, "가 나"),
    (
        {
            "type": "list",
            "kind": "ordered",
            "start": 3,
            "items": [{"text": plain("셋")}, {"blocks": [{"type": "paragraph", "text": "넷"}]}],
        },
        "3. 셋\n4. 넷",
    ),
    (
        {
            "type": "list",
            "kind": "unordered",
            "items": [{"task_state": "checked", "text": plain("끝")}, {"text": plain("다음")}],
        },
        "☑ 끝\n- 다음",
    ),
    (
        {
            "type": "table",
            "title": plain("표"),
            "rows": [{"cells": [{"text": plain("회사")}, {"text": plain("매출")}]}],
        },
        "표\n회사 | 매출",
    ),
    ({"type": "table", "cells": [[{"text": "회사"}, {"text": "매출"}]]}, "회사 | 매출"),
    (
        {"type": "quote", "content": "text", "text": plain("말"), "caption": plain("누구")},
        "말\n누구",
    ),
    (
        {"type": "details", "title": plain("더"), "blocks": [{"type": "footer", "text": "끝"}]},
        "더\n끝",
    ),
    (
        {"type": "photo", "caption": {"text": plain("사진"), "credit": plain("찍은 이")}},
        "사진\n찍은 이",
    ),
    ({"type": "math", "formula": "a^2"}, "a^2"),
    ({"type": "cover", "block": {"type": "photo", "caption": plain("표지")}}, "표지"),
    ({"type": "collage", "items": [{"type": "photo", "caption": plain("하나")}]}, "하나"),
    ({"type": "divider"}, ""),
]


@pytest.mark.parametrize(("block", "text"), BLOCKS)
def test_a_block_says(block: dict[str, Any], text: str) -> None:
    assert rich_message({"blocks": [block]}).text == text


def test_looks_and_links_are_kept() -> None:
    link = {"type": "text_link", "href": "https://example.org/r", "text": plain("보고서")}
    button = {"text": plain("열기"), "button": {"type": "url", "url": "https://example.org/b"}}
    text = rich_message(
        {
            "blocks": [
                {"type": "heading", "text": plain("제목")},
                {"type": "paragraph", "text": {"type": "concat", "text": [plain("이 "), link]}},
                {"type": "code", "text": plain("x = 1"), "language": "py"},
                {"type": "button_row", "buttons": [button]},
            ]
        }
    )
    looks = [
        (one.kind, text.text[one.offset : one.end], one.url or one.language)
        for one in text.entities
    ]
    assert looks == [
        (EntityKind.BOLD, "제목", None),
        (EntityKind.TEXT_LINK, "보고서", "https://example.org/r"),
        (EntityKind.PRE, "x = 1", "py"),
        (EntityKind.TEXT_LINK, "열기", "https://example.org/b"),
    ]


@pytest.mark.parametrize(
    "message",
    [None, 3, [], {}, {"blocks": None}, {"blocks": [None, 3, {"type": 3, "text": {"text": 4}}]}],
)
def test_another_shape_says_nothing(message: object) -> None:
    assert rich_message(message).text == ""


def test_what_is_nested_without_end_is_passed_over() -> None:
    deep: dict[str, Any] = {"type": "bold", "text": "x"}
    for _ in range(5000):
        deep = {"type": "bold", "text": deep}
    assert rich_message({"blocks": [{"type": "paragraph", "text": deep}]}).text == ""
