"""The same posts in every format, in any order and again and again, are the same posts."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.support.command_line import invoke
from tests.support.exports import (
    MOMENT,
    TITLE,
    export,
    html_export,
    html_message,
    html_text,
    message,
)
from tests.support.preview import page_text, part

if TYPE_CHECKING:
    from pathlib import Path

Thing = tuple[dict[str, Any], str, str]
"""A post of which each document tells another part, as JSON, HTML and a preview page have it."""


def generic(class_: str, title: str, description: str = "", status: str = "") -> str:
    told = (("title bold", title), ("description", description), ("status details", status))
    inner = "".join(f'<div class="{name}">\n{text}\n</div>' for name, text in told if text)
    return f'<div class="media_wrap"><div class="media {class_}">{inner}</div></div>'


NO_FILE: Final = "(File not included.)"
INVOICE: Final = {"title": "책", "description": "초판", "amount": 15_000, "currency": "KRW"}
SONG: Final = (
    '<a class="tgme_widget_message_document_wrap">'
    '<i class="tgme_widget_message_document_icon audio"></i>'
)
THINGS: Final[list[Thing]] = [
    ({"text": "글"}, html_text("글"), page_text("글")),
    (
        {"invoice_information": INVOICE},
        generic("media_invoice", "책", "초판", "₩15,000"),
        part("invoice", part("invoice_title", "책"), part("invoice_description", "초판")),
    ),
    (
        {"file": NO_FILE, "media_type": "audio_file", "title": "산책", "file_name": "a.mp3"},
        generic("media_audio_file", "a.mp3"),
        f"{SONG}{part('document_title', '산책')}{part('document_extra', '3:10')}</a>",
    ),
    (
        {"paid_stars_amount": 50, "text": "유료"},
        generic("media_invoice", "", "", "⭐️50") + html_text("유료"),
        page_text("유료"),
    ),
    (
        {"text": "반응", "reactions": [{"type": "custom_emoji", "count": 3}]},
        html_text("반응")
        + '<span class="reactions"><span class="reaction"><span class="emoji"><a>👋</a></span>'
        '<span class="count">3</span></span></span>',
        page_text("반응") + '<span class="tgme_reaction"><tg-emoji></tg-emoji>3</span>',
    ),
    (
        {"file": NO_FILE, "file_name": "a.mp4", "media_type": "video_file", "text": "영상"},
        generic("media_video", "Video file") + html_text("영상"),
        '<a class="tgme_widget_message_video_player"></a>' + page_text("영상"),
    ),
    (
        {"text": "답", "reply_to_message_id": 1, "reply_to_peer_id": "channel9"},
        '<div class="reply_to details">In reply to a message in another chat</div>'
        + html_text("답"),
        '<a class="tgme_widget_message_reply" href="https://t.me/other/1">'
        '<div class="js-message_reply_text">남의 글</div></a>' + page_text("답"),
    ),
    (
        {"text": [{"type": "pre", "text": "pip install x", "language": "sh"}, " 를 해요"]},
        '<div class="text"><pre>pip install x</pre> 를 해요</div>',
        page_text('<pre><code class="language-sh">pip install x</code></pre> 를 해요'),
    ),
]


def shown(number: int, inside: str) -> str:
    date = datetime.fromtimestamp(MOMENT + 60 * number, UTC).isoformat()
    return (
        '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message"'
        f' data-post="galpi_trial/{number}">{inside}<time datetime="{date}"></time></div></div>'
    )


def documents(folder: Path) -> list[Path]:
    things = [*enumerate(THINGS, 1)]
    told = [message(number, **{"text": "", **fields}) for number, (fields, _, _) in things]
    pages = "".join(shown(number, page) for number, (_, _, page) in things)
    head = f'<html><div class="tgme_channel_info_header_title">{TITLE}</div>'
    sources = {
        "result.json": json.dumps(export(told), ensure_ascii=False),
        "messages.html": html_export(
            *(html_message(number, html) for number, (_, html, _) in things)
        ),
        "page.html": f"{head}{pages}</html>",
    }
    for name, source in sources.items():
        (folder / name).write_text(source, encoding="utf-8")
    return [folder / name for name in sources]


def lines(database: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    result = invoke(database, *arguments, "--json")
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_in_any_order_and_again_they_are_one(tmp_path: Path, order: tuple[int, ...]) -> None:
    database, paths = tmp_path / "galpi.db", documents(tmp_path)
    for place in order:
        lines(database, "import", paths[place], "--username", "@galpi_trial")
    posts = {post["message_id"]: post for post in lines(database, "posts")}
    assert len(posts) == len(THINGS)
    assert posts[2]["text"] == "책\n초판\n15,000 KRW"
    assert posts[3]["text"] == "산책"
    assert posts[4]["text"] == "유료"
    assert (posts[5]["reactions"], posts[5]["reacted"]) == (3, [])
    for place in order:
        (again,) = lines(database, "import", paths[place], "--username", "@galpi_trial")
        assert (again["new"], again["updated"]) == (0, 0), paths[place].name


TEXTS: Final = [
    "첫 글입니다.\n\n둘째 문단 https://example.org/a",
    "제목\n\n본문이 있습니다.",
    "짧은 글",
]


def copies(folder: Path) -> list[Path]:
    numbered = [*enumerate(TEXTS, 1)]
    shown_below = "".join(
        f"{TITLE}\n{text}\n👍\n{number}\n1.5Kviews1{number}:00\n\n" for number, text in numbered
    )
    sources = {
        "result.json": json.dumps(export([message(number, text) for number, text in numbered])),
        "messages.html": html_export(*(html_message(n, html_text(text)) for n, text in numbered)),
        "browser.txt": f"{TITLE}\n1.2K subscribers\n\n{shown_below}",
        "desktop.txt": "\n\n".join(f"{TITLE}, [3.3.2025 1{n}:00]\n{text}" for n, text in numbered),
    }
    for name, source in sources.items():
        (folder / name).write_text(source, encoding="utf-8")
    return [folder / name for name in sources]


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))][::5])
def test_text_copies_are_the_same_posts_too(tmp_path: Path, order: tuple[int, ...]) -> None:
    database, paths = tmp_path / "galpi.db", copies(tmp_path)
    for place in order:
        lines(database, "import", paths[place], "--username", "@galpi_trial")
    told = lines(database, "posts")
    assert {post["message_id"]: post["text"] for post in told} == dict(enumerate(TEXTS, 1))
    assert {post["date"] for post in told} == {f"2025-03-03T01:0{n}:00+00:00" for n in (1, 2, 3)}
    for place in order:
        (again,) = lines(database, "import", paths[place], "--username", "@galpi_trial")
        assert (again["new"], again["updated"]) == (0, 0), paths[place].name
