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
    assert await archive.toggle_saved(7, post.id)
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


async def test_an_imported_album_that_is_edited_is_no_news_for_a_watch(
    channel: Channel, person: Person, imported: Archive
) -> None:
    await person.says("/watch caption -quokka")
    assert await channel.edits(5, **ALBUM, caption="first caption, now") == []
    assert await channel.edits(6, **ALBUM, caption="quokka caption") == []
    (alert,) = await channel.posts(8, "another caption")
    assert "another caption" in alert.text
    assert await channel.posts(9, "a caption with a quokka") == []


async def test_an_album_whose_second_message_has_the_words_is_told_of_once(
    channel: Channel, person: Person
) -> None:
    await person.says("/watch 고래 has:photo")
    assert await channel.posts(5, **ALBUM) == []
    (alert,) = await channel.posts(6, caption="고래가 나타났다", **ALBUM)
    assert "고래가 나타났다" in alert.text
    assert await channel.posts(7, caption="또 고래", **ALBUM) == []


async def test_operators_narrow_what_a_guest_says_and_what_its_button_opens(
    channel: Channel, person: Person
) -> None:
    await channel.posts(5, "고래 이야기 https://arxiv.org/abs/2305.02301")
    await channel.posts(6, "고래 이야기, 그리고 상어")
    await channel.posts(7, "상어 없는 고래 이야기 #고래")
    results = {}
    for asked in ("고래 has:link", "고래 -상어 #고래", "고래 -has:link"):
        (call,) = await person.calls_guest(f"@galpi_bot {asked}")
        results[asked] = call.parameters["result"]
    texts = [result["input_message_content"]["message_text"] for result in results.values()]
    assert [text.count("?start=post-") for text in texts] == [1, 0, 2]
    ((opener,),) = results["고래 -has:link"]["reply_markup"]["inline_keyboard"]
    parameter = opener["url"].partition("?start=")[2]
    (opened,) = await person.says(f"/start {parameter}")
    assert "글 2개" in opened.text


async def test_a_digest_of_a_tag_after_an_edit_gave_the_post_another(
    channel: Channel, person: Person
) -> None:
    await channel.posts(5, "고래가 나타났다 #whales")
    await channel.posts(6, "상어가 나타났다 #whales")
    await channel.edits(6, "상어가 나타났다 #sharks")
    (whales,) = await person.says("/digest #whales")
    assert ("고래" in whales.text, "상어" in whales.text) == (True, False)
    (sharks,) = await person.says("/digest #sharks")
    assert ("고래" in sharks.text, "상어" in sharks.text) == (False, True)


async def test_reactions_of_an_imported_post_outlive_its_edit_and_follow_the_channel(
    channel: Channel, archive: Archive, person: Person
) -> None:
    date = datetime.fromtimestamp(DATE + 5, UTC)
    old = NewPost(text="고래", message_id=5, date=date, ordinal=DATE + 5, reactions=7, views=90)
    await archive.add(SOURCE, [old])
    await channel.edits(5, "고래가 나타났다")
    post = await archive.find_post(5, username="live_channel")
    assert (post.reactions, post.views) == (7, 90)
    await channel.is_reacted_to(5, 8, 3)
    (shown,) = await person.says(f"/start post-{post.id}")
    assert "👍 8 🔥 3" in shown.text
    await archive.add(SOURCE, [old])
    post = await archive.find_post(5, username="live_channel")
    assert (post.text, post.reactions) == ("고래가 나타났다", 11)


async def test_a_saved_post_that_an_edit_leaves_without_text_is_on_no_list(
    channel: Channel, person: Person, archive: Archive
) -> None:
    await channel.posts(5, caption="고래가 나타났다", **ALBUM)
    post = await archive.find_post(5, username="live_channel")
    assert await archive.toggle_saved(7, post.id)
    await channel.edits(5, **ALBUM)
    (listed,) = await person.says("/saved")
    assert "고래" not in listed.text
    (opened, *_) = await person.says(f"/start post-{post.id}")
    assert "고래" not in opened.text


async def test_an_album_whose_second_caption_has_the_words_is_told_of(
    channel: Channel, person: Person
) -> None:
    await person.says("/watch 상어")
    assert await channel.posts(5, caption="고래가 나타났다", **ALBUM) == []
    (alert,) = await channel.posts(6, caption="상어도 나타났다", **ALBUM)
    assert "상어도" in alert.text
