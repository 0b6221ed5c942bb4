"""What channels post comes into the archive, and who watches is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from storage import Archive, MediaKind, NewPost, PostNotFound, Source
from tests.support.broadcast import DATE, Channel

if TYPE_CHECKING:
    from bot.settings import Settings
    from tests.support.recording import App, Person, RecordingRequest


@pytest.fixture
def settings(settings: Settings) -> Settings:
    named = frozenset({"@live_channel", "-1001500000002", "1500000003"})
    return settings.model_copy(update={"channels": named, "admins": frozenset({7})})


@pytest.fixture
def channel(application: App, request_: RecordingRequest) -> Channel:
    return Channel(application, request_)


async def found(archive: Archive, words: str) -> list[str]:
    return [hit.post.text for hit in (await archive.search(words)).items]


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


ALBUM: dict[str, Any] = {
    "media_group_id": "77",
    "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
}


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
    assert (await archive.find_post(5, username="live_channel")).reactions == 7


async def test_chats_that_watch_are_told_once(
    channel: Channel, person: Person, foreigner: Person
) -> None:
    await person.says("/watch 고래")
    await person.says("/watch #바다")
    await foreigner.says("/watch whale")
    (alert,) = await channel.posts(5, "고래가 나타났다 #바다")
    assert (alert.method, alert.parameters["chat_id"]) == ("sendMessage", 7)
    assert "고래, #바다" in alert.text
    whole, _ = await person.presses(alert.data("글 전체"))
    assert whole.text.startswith("고래가 나타났다")
    assert await channel.edits(5, "고래가 또 나타났다 #바다") == []
    assert await channel.posts(6, "nothing of the kind") == []


async def test_an_alert_has_a_button_to_stop_it(channel: Channel, person: Person) -> None:
    await person.says("/watch narwhal")
    (alert,) = await channel.posts(5, "A narwhal")
    left, _ = await person.presses(alert.data("narwhal"))
    assert "껐어요" in left.text
    assert await channel.posts(6, "Another narwhal") == []


@pytest.mark.parametrize(
    ("status", "description"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
async def test_a_chat_that_is_gone_is_forgotten(
    channel: Channel, person: Person, request_: RecordingRequest, status: int, description: str
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", status, description)
    assert len(await channel.posts(5, "A narwhal")) == 1
    assert await channel.posts(6, "Another narwhal") == []


async def test_a_chat_that_removes_the_bot_is_forgotten(channel: Channel, person: Person) -> None:
    await person.says("/watch narwhal")
    await channel.removes_the_bot(person.chat)
    assert await channel.posts(5, "A narwhal") == []


async def test_a_group_that_became_a_supergroup_is_told_there(
    channel: Channel, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", 400, "Bad Request: upgraded", migrate_to_chat_id=-100777)
    _, second = await channel.posts(5, "A narwhal")
    assert second.parameters["chat_id"] == -100777
    (third,) = await channel.posts(6, "Another narwhal")
    assert third.parameters["chat_id"] == -100777


async def test_a_network_fault_keeps_the_watch(
    channel: Channel, person: Person, request_: RecordingRequest
) -> None:
    await person.says("/watch narwhal")
    request_.refuse("sendMessage", 502, "Bad Gateway")
    await channel.posts(5, "A narwhal")
    assert len(await channel.posts(6, "Another narwhal")) == 1


async def test_forgetting_by_link_and_in_reply(
    channel: Channel, person: Person, archive: Archive
) -> None:
    for id_ in (5, 6, 7, 8):
        await channel.posts(id_, f"soon gone {id_}")
    (said,) = await person.says("/forget https://t.me/live_channel/5")
    assert "soon gone 5" in said.text
    await person.says("/forget t.me/c/1500000001/6")
    forwarded = {"type": "channel", "date": 1, "chat": channel.chat, "message_id": 7}
    reply: dict[str, Any] = {"message_id": 1, "date": 1, "chat": person.chat, "text": "x"}
    await person.says("/forget", reply_to_message=reply | {"forward_origin": forwarded})
    last = await archive.find_post(8, username="live_channel")
    (shown,) = await person.says(f"/start post-{last.id}")
    markup = shown.parameters["reply_markup"]
    await person.says("/forget", reply_to_message=reply | {"reply_markup": markup})
    assert await found(archive, '"soon gone"') == []
    for id_ in (5, 6, 7, 8):
        with pytest.raises(PostNotFound):
            await archive.find_post(id_, username="live_channel")


async def test_forgetting_asks_which_and_says_when_there_is_none(person: Person) -> None:
    (how,) = await person.says("/forget")
    assert "https://t.me/" in how.text
    (odd,) = await person.says("/forget this one")
    assert odd.text == how.text
    reply = {"message_id": 1, "date": 1, "chat": person.chat, "text": "no post"}
    (other,) = await person.says("/forget", reply_to_message=reply)
    assert other.text == how.text
    (unknown,) = await person.says("/forget https://t.me/live_channel/404")
    assert "없는 글" in unknown.text


async def test_only_admins_forget(foreigner: Person, channel: Channel, archive: Archive) -> None:
    await channel.posts(5, "stays")
    (said,) = await foreigner.says("/forget https://t.me/live_channel/5")
    assert "admins" in said.text
    assert await found(archive, "stays") == ["stays"]


async def test_watches_are_listed_and_stopped(person: Person) -> None:
    (none,) = await person.says("/watches")
    assert "/watch" in none.text
    (how,) = await person.says("/watch")
    assert "/watch" in how.text
    await person.says("/watch  딥  러닝")
    await person.says("/watch 딥 러닝")
    await person.says("/watch #AI")
    (listed,) = await person.says("/watches")
    assert [button["text"] for button in listed.buttons] == ["✕ 딥 러닝", "✕ #AI"]
    left, answer = await person.presses(listed.data("딥 러닝"))
    assert [button["text"] for button in left.buttons] == ["✕ #AI"]
    assert answer.method == "answerCallbackQuery"
    (stale,) = await person.presses(listed.data("딥 러닝"))
    assert stale.parameters["text"]


async def test_a_chat_watches_for_so_much_and_no_more(person: Person) -> None:
    for number in range(50):
        await person.says(f"/watch word{number}")
    (refused,) = await person.says("/watch onemore")
    assert "50" in refused.text
    (again,) = await person.says("/watch word7")
    assert "word7" in again.text


async def test_stats_say_what_is_held_and_what_is_missing(channel: Channel, person: Person) -> None:
    await channel.posts(5, "first")
    await channel.posts(100, "last")
    (stats,) = await person.says("/stats")
    assert "5–100" in stats.text
    assert "94" in stats.text
    assert "6–99" in stats.text
    assert "마지막 실시간 글" in stats.text
