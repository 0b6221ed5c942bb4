"""What channels post comes into the archive, and who watches is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from seeds.importing import import_documents
from storage import Added, Archive, Media, MediaKind, NewPost, Source
from tests.support.broadcast import ALBUM, DATE, Channel, found

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from tests.support.recording import App, Person, RecordingRequest


@pytest.fixture
def settings(settings: Settings) -> Settings:
    named = frozenset({"@live_channel", "-1001500000002", "1500000003"})
    return settings.model_copy(update={"channels": named})


async def test_a_new_post_is_stored_and_found_at_once(channel: Channel, archive: Archive) -> None:
    assert await channel.posts(5, "갓 올라온 소식입니다 #새소식") == []
    (hit,) = (await archive.search("갓올라온 소식")).items
    assert hit.post.message_id == 5
    assert hit.post.date == datetime.fromtimestamp(DATE + 5, UTC)
    assert hit.post.url == "https://t.me/live_channel/5"
    assert hit.post.tags == ("새소식",)


async def test_an_edit_changes_all_but_the_date(channel: Channel, archive: Archive) -> None:
    await channel.posts(5, "zebrafish #old https://example.com/old")
    await channel.edits(5, "quokkas #new https://example.com/new")
    assert await found(archive, "zebrafish") == []
    post = await archive.find_post(5, username="LIVE_channel")
    assert (post.text, post.tags) == ("quokkas #new https://example.com/new", ("new",))
    assert [link.url for link in post.links] == ["https://example.com/new"]
    assert post.date == datetime.fromtimestamp(DATE + 5, UTC)


async def test_an_edit_that_overtakes_its_post_wins(channel: Channel, archive: Archive) -> None:
    await channel.edits(5, "second words")
    await channel.posts(5, "first words")
    assert (await archive.find_post(5, username="live_channel")).text == "second words"


@pytest.mark.parametrize(
    ("id_", "username"), [(-1001500000002, None), (-1001500000003, "renamed"), (-1, "live_channel")]
)
async def test_a_channel_is_named_by_either_id_or_its_name(
    application: App, request_: RecordingRequest, archive: Archive, id_: int, username: str | None
) -> None:
    await Channel(application, request_, id_, username=username).posts(1, "wombatwords")
    assert await found(archive, "wombatwords") == ["wombatwords"]


async def test_other_channels_are_left_alone(
    application: App, request_: RecordingRequest, archive: Archive
) -> None:
    stranger = Channel(application, request_, -1001999999999, "Stranger", "stranger")
    before = await archive.stats()
    assert await stranger.posts(1, "strangewords") == []
    assert await stranger.edits(1, "strangewords") == []
    assert await stranger.is_reacted_to(1, 3) == []
    assert (await archive.stats()).sources == before.sources


@pytest.mark.parametrize("order", [(5, 6, 7), (7, 5, 6), (6, 7, 5)])
async def test_an_album_is_one_post_however_it_comes(
    channel: Channel, archive: Archive, order: tuple[int, ...]
) -> None:
    before = (await archive.stats()).posts
    for id_ in order:
        caption = {"caption": "앨범 설명"} if id_ == 6 else {}
        await channel.posts(id_, **ALBUM, **caption)
    assert (await archive.stats()).posts == before + 1
    for id_ in order:
        post = await archive.find_post(id_, username="live_channel")
        assert (post.text, post.message_id) == ("앨범 설명", 5)
    await channel.edits(7, **ALBUM)  # one of its pictures was changed
    await channel.edits(6, **ALBUM, caption="새 설명")
    assert (await archive.find_post(5, username="live_channel")).text == "새 설명"


async def test_captions_hidden_links_forwards_and_replies(
    channel: Channel, archive: Archive
) -> None:
    await channel.posts(4, "The answered post")
    link = {"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/hidden"}
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    await channel.posts(
        5,
        caption="See what is here",
        caption_entities=[link],
        document={"file_id": "a", "file_unique_id": "b", "file_name": "report.pdf"},
        forward_origin=origin,
        reply_to_message={"message_id": 4, "date": DATE, "chat": channel.chat, "text": "cut"},
    )
    post = await archive.find_post(5, username="live_channel")
    assert post.text == "See what is here"
    assert [shared.url for shared in post.links] == ["https://example.org/hidden"]
    assert post.forwarded_from == "Somebody"
    answered = await archive.find_post(4, username="live_channel")
    assert post.reply_to is not None
    assert (post.reply_to.post_id, post.reply_to.snippet) == (answered.id, "The answered post")
    assert post.media is not None
    assert (post.media.kind, post.media.names) == (MediaKind.DOCUMENT, ("report.pdf",))


async def test_a_file_or_poll_without_a_text_is_what_it_says(
    channel: Channel, archive: Archive
) -> None:
    audio = {"file_id": "a", "file_unique_id": "b", "duration": 1, "performer": "P", "title": "T"}
    await channel.posts(5, audio=audio)
    option = {"persistent_id": "1", "text": "Left", "voter_count": 0}
    poll: dict[str, Any] = {
        "id": "1",
        "question": "Where?",
        "options": [option],
        "type": "regular",
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    await channel.posts(6, poll=poll)
    assert (await archive.find_post(5, username="live_channel")).text == "P – T"
    assert (await archive.find_post(6, username="live_channel")).text == "Where?\n- Left"


def file(name: str) -> dict[str, Any]:
    return {"document": {"file_id": name, "file_unique_id": name, "file_name": name}}


@pytest.mark.parametrize("order", [(5, 6, 7), (7, 6, 5), (6, 5, 7)])
async def test_files_without_a_caption_are_found_by_their_names(
    channel: Channel, archive: Archive, order: tuple[int, ...]
) -> None:
    for id_ in order:
        await channel.posts(id_, media_group_id="88", **file(f"quokka{id_}.pdf"))
    await channel.posts(9, **file("narwhal.pdf"))
    assert (await found(archive, "narwhal.pdf"))[0] == "narwhal.pdf"
    assert await found(archive, "quokka7") == ["quokka5.pdf\nquokka6.pdf\nquokka7.pdf"]
    album = await archive.find_post(7, username="live_channel")
    assert album.message_id == 5
    assert album.media == Media(
        kind=MediaKind.DOCUMENT, names=("quokka5.pdf", "quokka6.pdf", "quokka7.pdf")
    )


async def test_a_caption_that_comes_later_takes_the_place_of_the_names(
    channel: Channel, archive: Archive
) -> None:
    for id_ in (5, 6):
        await channel.posts(id_, media_group_id="88", **file(f"quokka{id_}.pdf"))
    await channel.posts(9, **file("narwhal.pdf"))
    await channel.edits(6, media_group_id="88", caption="Two reports", **file("quokka6.pdf"))
    await channel.edits(9, caption="One report", **file("narwhal.pdf"))
    assert sorted(await found(archive, "report")) == ["One report", "Two reports"]
    assert await found(archive, "quokka5") == ["Two reports"]
    album = await archive.find_post(5, username="live_channel")
    assert album.media is not None
    assert album.media.names == ("quokka5.pdf", "quokka6.pdf")
    await channel.edits(6, media_group_id="88", **file("quokka6.pdf"))
    assert await found(archive, "quokka5") == ["quokka5.pdf\nquokka6.pdf"]


async def test_an_export_of_such_files_brings_nothing_new(
    channel: Channel, archive: Archive, tmp_path: Path
) -> None:
    date = {"type": "message", "date_unixtime": str(DATE + 5), "text": ""}
    video = {"media_type": "video_file", "file": "x", "file_name": "seen.mp4"}
    messages = [
        {"id": 5, **date, "file": "(File not included)", "file_name": "a.pdf"},
        {"id": 6, **date, "file": "(File not included)", "file_name": "b.pdf"},
        {"id": 9, **date, **video, "date_unixtime": str(DATE + 9)},
    ]
    export = {"name": channel.title, "type": "public_channel", "id": 1_500_000_001}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(export | {"messages": messages}))
    common: dict[str, Any] = {"media_group_id": "88", "date": DATE + 5}
    await channel.posts(5, **common, **file("a.pdf"))
    await channel.posts(6, **common, **file("b.pdf"))
    live = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "duration": 1}
    await channel.posts(9, video=live | {"file_name": "seen.mp4"})
    (imported,) = await import_documents(archive, [path])
    assert imported.added == Added(unchanged=2)


PERSON = {"id": 3, "is_bot": False, "first_name": "Some", "last_name": "Body"}
GROUP = {"id": -1003, "type": "supergroup", "title": "A Group"}
ELSEWHERE = {"id": -1004, "type": "channel", "title": "Elsewhere"}


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"type": "user", "sender_user": PERSON}, "Some Body"),
        ({"type": "chat", "sender_chat": GROUP}, "A Group"),
        ({"type": "channel", "chat": ELSEWHERE, "message_id": 1}, "Elsewhere"),
    ],
)
async def test_whom_a_post_is_forwarded_from(
    channel: Channel, archive: Archive, origin: dict[str, Any], name: str
) -> None:
    await channel.posts(5, "forwarded", forward_origin=origin | {"date": 1})
    assert (await archive.find_post(5, username="live_channel")).forwarded_from == name


async def test_what_says_nothing_is_no_post(channel: Channel, archive: Archive) -> None:
    before = (await archive.stats()).posts
    await channel.posts(5, photo=ALBUM["photo"])
    await channel.posts(6, pinned_message={"message_id": 5, "date": 1, "chat": channel.chat})
    assert (await archive.stats()).posts == before
    await channel.posts(7, caption="a caption", photo=ALBUM["photo"])
    await channel.edits(7, photo=ALBUM["photo"])
    assert (await archive.stats()).posts == before


async def test_an_imported_post_that_comes_live_is_the_same(
    channel: Channel, archive: Archive
) -> None:
    exported = Source(title="Its title in the export", channel_id=1_500_000_001)
    await archive.add(exported, [NewPost(text="imported before", message_id=9, reactions=4)])
    before = (await archive.stats()).posts
    await channel.edits(9, "imported before, edited")
    assert (await archive.stats()).posts == before
    post = await archive.find_post(9, channel_id=1_500_000_001)
    assert post.text == "imported before, edited"
    assert post.reactions == 4  # an edit does not tell them
    assert post.source == channel.title


async def test_reactions_are_counted(channel: Channel, archive: Archive) -> None:
    await channel.posts(5, "liked")
    await channel.is_reacted_to(5, 3, 4)
    await channel.is_reacted_to(999, 1)
    post = await archive.find_post(5, username="live_channel")
    assert (post.reactions, [one.emoji for one in post.reacted]) == (7, ["🔥", "👍"])
    await channel.edits(5, "liked, and edited")
    assert await archive.find_post(5, username="live_channel") == replace(
        post, text="liked, and edited", title="liked, and edited"
    )


async def test_stats_say_what_is_held_and_what_is_missing(channel: Channel, person: Person) -> None:
    await channel.posts(5, "first")
    await channel.posts(100, "last")
    (stats,) = await person.says("/stats")
    assert "5–100" in stats.text
    assert "94" in stats.text
    assert "6–99" in stats.text
    assert "최근 실시간 글" in stats.text


async def test_another_channel_that_takes_a_name_stays_out(
    application: App,
    request_: RecordingRequest,
    channel: Channel,
    archive: Archive,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    await channel.posts(1, "wombatwords")
    assert "@live_channel in GALPI_CHANNELS is the channel 1500000001" in caplog.text
    thief = Channel(application, request_, -1_001_500_000_009, username="Live_Channel")
    for number in (1, 2):
        await thief.posts(number, "quokkawords")
    await thief.edits(1, "quokkawords")
    assert await found(archive, "quokkawords") == []
    assert caplog.text.count("put 1500000009 into GALPI_CHANNELS") == 1
    channel.username = "renamed_channel"
    await channel.posts(2, "narwalwords")
    assert await found(archive, "narwalwords") == ["narwalwords"]


async def test_the_channel_whose_export_was_imported_is_the_one_of_its_name(
    application: App, request_: RecordingRequest, archive: Archive
) -> None:
    source = Source(title="A", channel_id=1_500_000_007, username="Live_Channel")
    await archive.add(source, [NewPost(text="imported", message_id=1)])
    for id_, word in ((-1_001_500_000_008, "quokkawords"), (-1_001_500_000_007, "wombatwords")):
        await Channel(application, request_, id_).posts(2, word)
    assert await found(archive, "quokkawords") == []
    assert await found(archive, "wombatwords") == ["wombatwords"]


async def test_a_name_stands_for_the_same_channel_after_a_restart(
    application: App, request_: RecordingRequest, channel: Channel, archive: Archive
) -> None:
    await channel.posts(1, "wombatwords")
    services = application.bot_data
    services.fill(archive, services.settings, services.rng)
    await Channel(application, request_, -1_001_500_000_009).posts(1, "quokkawords")
    assert await found(archive, "quokkawords") == []
