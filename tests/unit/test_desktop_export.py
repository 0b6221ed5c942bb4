"""Telegram Desktop's result.json becomes posts."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import desktop_export
from seeds.formats.batches import BATCH_SIZE, MOST_MESSAGES, Batch, Left, Skip
from storage import Entity, EntityKind, MediaKind, NewPost, Reaction

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"


def read(name: str) -> list[Batch]:
    return list(read_text((EXPORTS / name).read_text(encoding="utf-8")))


def read_text(text: str, size: int = 1000) -> Iterator[Batch]:
    def chunks() -> Iterator[str]:
        return (text[at : at + size] for at in range(0, len(text), size))

    return desktop_export.read(chunks(), chunks, "result.json")


def read_chat(*messages: object, **chat: object) -> list[Batch]:
    details = {"name": "C", "type": "public_channel", "id": 7, "messages": messages, **chat}
    return list(read_text(json.dumps(details)))


def message(id_: int, text: str = "", **fields: object) -> dict[str, Any]:
    return {"id": id_, "type": "message", "date_unixtime": "1700000000", "text": text, **fields}


@pytest.fixture(name="posts", scope="module")
def posts_by_id() -> dict[int | None, NewPost]:
    return {post.message_id: post for batch in read("channel.json") for post in batch.posts}


def test_every_message_is_a_post_or_counted(posts: dict[int, NewPost]) -> None:
    (batch,) = read("channel.json")
    assert list(posts) == [2, 3, 4, 6, 9, 10, 11, 12]
    assert batch.skipped == Counter({Skip.SERVICE: 1, Skip.UNSUPPORTED: 1, Skip.EMPTY: 1})
    assert batch.source.title == "갈피 시험 채널"
    assert batch.source.channel_id == 1_500_000_001


def test_illegal_escapes_are_read_and_legal_ones_left(posts: dict[int, NewPost]) -> None:
    assert posts[2].text == "첫 번째 글입니다.\n둘째 줄\\x와 셋째\x0b줄"


def test_a_post_keeps_what_the_export_tells(posts: dict[int, NewPost]) -> None:
    assert posts[3] == NewPost(
        text="투자 이야기: 보고서 그리고 https://example.com/plain\n#벤처투자",
        message_id=3,
        date=datetime(2024, 3, 3, 2, 0, tzinfo=UTC),
        edited=datetime(2024, 3, 3, 3, 0, tzinfo=UTC),
        ordinal=1_709_431_200,
        reply_to=2,
        reactions=7,
        reacted=(Reaction(emoji="👍", count=5), Reaction(emoji="⭐", count=2)),
        entities=(
            Entity(
                kind=EntityKind.TEXT_LINK,
                offset=8,
                length=3,
                url="https://example.org/report?id=7",
            ),
            Entity(kind=EntityKind.URL, offset=16, length=25),
        ),
    )


def test_an_album_is_one_post(posts: dict[int, NewPost]) -> None:
    album = posts[4]
    assert (album.text, album.album, album.reactions) == ("사진 두 장의 앨범", (5,), 1)
    assert album.reacted == (Reaction(emoji="🔥", count=1),)
    assert album.forwarded_from == "다른 채널"


def test_two_captions_of_one_second_are_two_posts(posts: dict[int, NewPost]) -> None:
    assert (posts[10].text, posts[11].text) == ("영상", "같은 때의 다른 영상")
    assert posts[10].album == posts[11].album == ()


def test_an_album_ends_at_telegrams_limit() -> None:
    photos = [message(1, "caption", photo="p"), *(message(n, photo="p") for n in range(2, 13))]
    (batch,) = read_chat(*photos)
    assert [len(post.album) + 1 for post in batch.posts] == [MOST_MESSAGES]
    assert batch.skipped == {Skip.EMPTY: 1}


@pytest.mark.parametrize(
    "second",
    [
        message(3, photo="p"),
        message(2, photo="p", date_unixtime="1700000001"),
        message(2, photo="p", forwarded_from="X"),
        message(2, file="f", media_type="sticker"),
    ],
)
def test_what_differs_is_no_part_of_an_album(second: dict[str, Any]) -> None:
    (batch,) = read_chat(message(1, "caption", photo="p"), second)
    assert [post.album for post in batch.posts] == [()]


def test_files_and_polls_are_found_by_what_they_say(posts: dict[int, NewPost]) -> None:
    assert posts[6].text == "연간 보고서 2023.pdf"
    assert posts[6].media is not None
    assert posts[6].media.kind is MediaKind.DOCUMENT
    assert posts[9].text == "어느 쪽인가요?\n- 왼쪽\n- 오른쪽"
    assert posts[9].reply_to is None  # to another chat's message
    assert posts[12].text == "연주자 – 노래"


def test_older_exports_have_neither_entities_nor_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    (batch,) = read("channel_old.json")
    first, second, third = batch.posts
    assert first.text == "plain words"
    assert first.date == datetime.fromisoformat("2019-05-06T07:08:09").astimezone(UTC)
    assert second.text == "see this #old"
    assert [one.url for one in second.entities] == ["https://example.net/x"]
    assert third.text == "notes.txt"


@pytest.mark.parametrize("never", ["1970-01-01T09:00:00", "1969-12-31T16:00:00", 0, "0", None])
def test_what_older_exports_tell_of_what_was_never_edited(never: object) -> None:
    told = (message(1, "글", edited=never), message(2, "글", edited="2019-05-06T07:08:09"))
    ((first, second),) = (batch.posts for batch in read_chat(*told))
    assert first.edited is None
    assert second.edited == datetime.fromisoformat("2019-05-06T07:08:09").astimezone(UTC)


def test_a_date_may_be_seconds() -> None:
    told = message(1, "글", date=1_700_000_000)
    del told["date_unixtime"]
    ((post,),) = (batch.posts for batch in read_chat(told))
    assert post.date == datetime.fromtimestamp(1_700_000_000, UTC)


def test_an_account_gives_its_channels_and_nothing_private() -> None:
    batches = read("account.json")
    found = {batch.source.title: [post.text for post in batch.posts] for batch in batches}
    assert found["First Channel"] == ["First Channel speaks"]
    assert found["Second Channel"] == ["Second Channel speaks"]
    assert sum((batch.skipped for batch in batches), Counter()) == {Skip.PRIVATE: 3}
    assert sum(len(batch.posts) for batch in batches) == 2


@pytest.mark.parametrize("type_", ["personal_chat", "private_group", "saved_messages", None])
def test_a_chat_between_people_is_refused(type_: str | None) -> None:
    with pytest.raises(DocumentError) as refused:
        read_chat(message(1, "private"), type=type_)
    assert refused.value.problem is Problem.NOT_A_CHANNEL


def test_what_was_cut_off_gives_every_message_before_the_cut() -> None:
    messages = [message(number, f"post {number}") for number in range(1, BATCH_SIZE + 6)]
    details = {"name": "C", "type": "public_channel", "id": 7, "messages": messages}
    batches = read_text(json.dumps(details)[:-20])
    assert len(next(batches).posts) == BATCH_SIZE
    last = next(batches)
    assert (len(last.posts), last.left) == (4, (Left(Skip.DAMAGED, BATCH_SIZE + 4),))
    with pytest.raises(DocumentError) as refused:
        next(batches)
    assert refused.value.problem is Problem.CUT_OFF


def test_knows_its_own_by_content() -> None:
    assert desktop_export.knows((EXPORTS / "channel.json").read_text(encoding="utf-8"))
    assert desktop_export.knows((EXPORTS / "account.json").read_text(encoding="utf-8"))
    assert desktop_export.knows('{"name": "C", "type": "public_channel"')
    assert not desktop_export.knows('{"posts": []}')
    assert not desktop_export.knows('in {"messages": []}')


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"text": 2025}, "2025"),
        ({"text": ["값 ", {"type": "bold", "text": 4.5}]}, "값 4.5"),
        ({"text": "", "poll": {"question": "몇?", "answers": [{"text": 1}]}}, "몇?\n- 1"),
        (
            {
                "text": "",
                "contact_information": {"first_name": "홍", "phone_number": 821012345678},
            },
            "홍\n+821012345678",
        ),
        (
            {"text": "", "location_information": {"latitude": "37.5", "longitude": "127"}},
            "37.5, 127",
        ),
    ],
)
def test_numbers_and_strings_stand_for_each_other(told: dict[str, Any], text: str) -> None:
    (batch,) = read_chat(message(1) | told)
    assert [post.text for post in batch.posts] == [text]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"text": {"type": "bold", "text": "객체"}}, "객체"),
        (
            {"text": [["겹친 ", {"type": "italic", "text": ["더 ", {"text": "깊이"}]}]]},
            "겹친 더 깊이",
        ),
        ({"text": "", "poll": {"question": ["점심?"], "answers": ["김밥", None]}}, "점심?\n- 김밥"),
        ({"text": "글", "poll": None, "photo": None, "file": None}, "글"),
        ({"text": "글", "rich_message": None}, "글"),
        ({"text": "글", "rich_message": {"blocks": []}}, "글"),
    ],
)
def test_texts_of_another_shape_are_read(told: dict[str, Any], text: str) -> None:
    ((post,),) = (one.posts for one in read_chat({**message(1), **told}))
    assert post.text == text
    assert (post.media is None) == ("?" not in text)


def test_a_text_nested_without_end_is_passed_over() -> None:
    deep: object = "글"
    for _ in range(200):
        deep = [deep]
    told = {**message(1), "text": ["앞", deep]}
    ((post,),) = (one.posts for one in read_chat(told, {**message(2), "text": deep}))
    assert post.text == "앞"
