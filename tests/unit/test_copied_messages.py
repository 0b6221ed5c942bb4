"""Messages copied in Telegram Desktop become posts, unless people wrote them to each other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import copied_messages, recognise
from seeds.importing.detection import Reader
from seeds.importing.files import File
from storage import Origin

if TYPE_CHECKING:
    from pathlib import Path

COPY = """갈피 채널, [29.11.2026 17:30]
첫 글, [참고]

둘째 문단

갈피 채널, [29.11.2026 17:45]
[ Photo ]
사진 설명

갈피 채널, [29.11.2026 17:46]
[ Photo ]

갈피 채널, [29.11.2026 17:47]
[ File : 보고서.pdf ]
"""
TEXTS = ["첫 글, [참고]\n\n둘째 문단", "사진 설명", "보고서.pdf"]
DATE = datetime(2026, 11, 29, 17, 30).astimezone(UTC)


def test_each_message_is_a_post() -> None:
    assert recognise(COPY) == copied_messages.parse
    document = copied_messages.parse(COPY, "copy.txt")
    assert document.source.title == "갈피 채널"
    assert [post.text for post in document.posts] == TEXTS
    first = document.posts[0]
    assert (first.date, first.date_is_local) == (DATE, True)
    assert first.origin == Origin(document="copy.txt", first_line=2, last_line=4)


def test_older_copies_have_the_name_beside_the_text() -> None:
    copy = "[29.11.2026 17:30] 갈피 채널: 첫 글\n둘째 줄\n[29.11.2026 17:31] 갈피 채널: 둘째 글"
    posts = copied_messages.parse(copy, "copy.txt").posts
    assert [(post.text, post.origin and post.origin.first_line) for post in posts] == [
        ("첫 글\n둘째 줄", 1),
        ("둘째 글", 3),
    ]


@pytest.mark.parametrize(
    "when",
    [
        "29.11.2026 17:30",
        "29.11.26 17:30",
        "29/11/2026 17:30",
        "11/29/26 5:30 PM",
        "11/29/26, 5:30\u202fPM",
        "2026. 11. 29. 오후 5:30",
        "26. 11. 29. 오후 5:30",
        "2026-11-29 17:30",
        "2026/11/29 17:30:00",
    ],
)
def test_dates_of_any_country(when: str) -> None:
    (post,) = copied_messages.parse(f"채널, [{when}]\n글", "copy.txt").posts
    assert post.date == DATE


@pytest.mark.parametrize("when", ["Nov 29 17:30", "99.99.2026 17:30", "29.11.2026 25:61"])
def test_a_date_that_is_none_costs_the_date_alone(when: str) -> None:
    (post,) = copied_messages.parse(f"채널, [{when}]:\n글", "copy.txt").posts
    assert (post.text, post.date, post.ordinal) == ("글", None, 2)


@pytest.mark.parametrize("text", ["", "글", "이름, [메모]\n글", "[1] 이름: 글", "[ Photo ]"])
def test_other_texts_are_none(text: str) -> None:
    assert not copied_messages.knows(text)


BETWEEN_PEOPLE = COPY.replace("갈피 채널, [29.11.2026 17:47]", "친구, [29.11.2026 17:47]")


@pytest.mark.parametrize(
    ("text", "private", "is_named", "comes_in"),
    [
        (COPY, False, False, False),
        (COPY, False, True, True),
        (COPY, True, False, True),
        (BETWEEN_PEOPLE, False, True, False),
        (BETWEEN_PEOPLE, True, False, True),
    ],
)
def test_only_who_says_that_it_is_a_channel_brings_it_in(
    tmp_path: Path, text: str, *, private: bool, is_named: bool, comes_in: bool
) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(text, encoding="utf-8")
    batches = Reader(private=private, is_named=is_named).read(File(name="copy.txt", path=path))
    if comes_in:
        assert [post.text for batch in batches for post in batch.posts] == TEXTS
    else:
        with pytest.raises(DocumentError) as refused:
            list(batches)
        assert refused.value.problem is Problem.NOT_A_CHANNEL
