"""Features that meet: each works alone, and these are cases of two at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from storage import Entity, EntityKind, Media, MediaKind, NewPost, Source
from tests.support.broadcast import ALBUM, DATE, Channel, found

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage import Archive
    from tests.support.recording import Person

SOURCE = Source(title="Live Channel", username="live_channel", channel_id=1_500_000_001)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    update = {"channels": frozenset({"@live_channel"}), "admins": frozenset({7})}
    return settings.model_copy(update=update)


@pytest.fixture
async def imported(archive: Archive) -> Archive:
    """An album of two captioned pictures and one without, as an export has it."""
    album = NewPost(
        text="first caption\n\nsecond caption",
        message_id=5,
        album=(6, 7),
        date=datetime.fromtimestamp(DATE + 5, UTC),
        ordinal=DATE + 5,
        media=Media(kind=MediaKind.PHOTO, names=("one.pdf", "two.pdf")),
    )
    await archive.add(SOURCE, [album])
    return archive


@pytest.mark.parametrize(
    ("query", "posted", "told"),
    [
        ("고래 has:photo", {"caption": "고래가 나타났다", **ALBUM}, True),
        ("고래 has:photo", {"text": "고래가 나타났다"}, False),
        ("고래 -상어", {"text": "고래가 나타났다"}, True),
        ("고래 -상어", {"text": "고래와 상어가 나타났다"}, False),
        ("site:arxiv.org", {"text": "읽을거리 https://arxiv.org/abs/2305.02301"}, True),
        ("site:arxiv.org", {"text": "읽을거리 https://example.com"}, False),
        ('"큰 고래" lang:ko', {"text": "아주 큰 고래"}, True),
        ('"큰 고래" lang:en', {"text": "아주 큰 고래"}, False),
    ],
)
async def test_a_watch_with_operators(
    channel: Channel, person: Person, query: str, posted: dict[str, str], *, told: bool
) -> None:
    await person.says(f"/watch {query}")
    calls = await channel.posts(5, **posted)
    assert len(calls) == told


async def test_an_alert_of_a_post_that_was_forgotten_meanwhile(
    channel: Channel, person: Person, archive: Archive
) -> None:
    await person.says("/watch 고래")
    (alert,) = await channel.posts(5, "고래가 나타났다")
    await archive.forget((await archive.find_post(5, username="live_channel")).id)
    (said, *_) = await person.presses(alert.data("전체 글"))
    assert "고래" not in said.parameters.get("text", "")


async def test_a_digest_of_a_forgotten_post(
    channel: Channel, person: Person, archive: Archive
) -> None:
    await channel.posts(5, "고래가 나타났다")
    await channel.posts(6, "상어가 나타났다")
    (digest,) = await person.says("/digest")
    assert "고래" in digest.text
    await archive.forget((await archive.find_post(5, username="live_channel")).id)
    (digest,) = await person.says("/digest")
    assert "고래" not in digest.text
    assert "상어" in digest.text


async def test_a_saved_post_that_is_forgotten_is_on_no_list(
    channel: Channel, person: Person, archive: Archive
) -> None:
    await channel.posts(5, "고래가 나타났다")
    post = await archive.find_post(5, username="live_channel")
    assert await archive.turn_saved(7, post.id)
    await archive.forget(post.id)
    (listed,) = await person.says("/saved")
    assert "고래" not in listed.text


@pytest.mark.parametrize(
    ("edited", "caption", "text"),
    [
        (5, "the first caption", "the first caption\n\nsecond caption"),
        (6, "second caption: now", "first caption\n\nsecond caption: now"),
        (6, "first caption\n\nsecond caption", "first caption\n\nsecond caption"),
        (5, "quokka", "quokka"),  # nothing tells whose words it takes the place of
        (7, None, "first caption\n\nsecond caption"),  # another picture in its place
    ],
)
async def test_an_album_that_is_edited_after_import(
    channel: Channel, imported: Archive, edited: int, caption: str | None, text: str
) -> None:
    await channel.edits(edited, **ALBUM, **({"caption": caption} if caption else {}))
    post = await imported.find_post(5, username="live_channel")
    assert post.text == text
    assert post.media == Media(kind=MediaKind.PHOTO, names=("one.pdf", "two.pdf"))
    for id_ in (6, 7):
        assert (await imported.find_post(id_, username="live_channel")).id == post.id


async def test_an_imported_text_that_comes_live_gets_what_it_carries(
    channel: Channel, archive: Archive
) -> None:
    await archive.add(SOURCE, [NewPost(text="A quokka, seen today")])
    await channel.posts(5, caption="A quokka, seen today", **ALBUM)
    post = await archive.find_post(5, username="live_channel")
    assert post.media == Media(kind=MediaKind.PHOTO)
    assert await found(archive, "quokka") == ["A quokka, seen today"]


async def test_the_formatting_of_an_album_s_other_captions_stays_in_its_place(
    channel: Channel, archive: Archive
) -> None:
    bold = [Entity(kind=EntityKind.BOLD, offset=offset, length=5) for offset in (0, 15, 31)]
    text = "first caption\n\nsecond caption\n\nthird caption"
    await archive.add(SOURCE, [NewPost(text=text, message_id=5, album=(6, 7), entities=(*bold,))])
    italic = {"type": "italic", "offset": 4, "length": 6}
    await channel.edits(6, **ALBUM, caption="the second caption", caption_entities=[italic])
    post = await archive.find_post(5, username="live_channel")
    assert [post.text[one.offset : one.offset + one.length] for one in post.entities] == [
        "first",
        "second",
        "third",
    ]
