"""An admin has a post forgotten, and it stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage import PostNotFound
from tests.support.broadcast import ALBUM, Channel, found

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage import Archive
    from tests.support.recording import Call, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    update = {"channels": frozenset({"@live_channel"}), "admins": frozenset({7})}
    return settings.model_copy(update=update)


async def forgets(person: Person, said: str, **more: object) -> Call:
    """Ask for a post to be removed, and say yes; returns what is said then."""
    (sure,) = await person.says(said, **more)
    removed, _ = await person.presses(sure.data("지우기"))
    return removed


async def test_forgetting_by_link_and_in_reply(
    channel: Channel, person: Person, archive: Archive
) -> None:
    for id_ in (5, 6, 7, 8):
        await channel.posts(id_, f"soon gone {id_}")
    said = await forgets(person, "/forget https://t.me/live_channel/5")
    assert "soon gone 5" in said.text
    await forgets(person, "/forget t.me/c/1500000001/6")
    forwarded = {"type": "channel", "date": 1, "chat": channel.chat, "message_id": 7}
    reply: dict[str, Any] = {"message_id": 1, "date": 1, "chat": person.chat, "text": "x"}
    await forgets(person, "/forget", reply_to_message=reply | {"forward_origin": forwarded})
    last = await archive.find_post(8, username="live_channel")
    (shown,) = await person.says(f"/start post-{last.id}")
    markup = shown.parameters["reply_markup"]
    await forgets(person, "/forget", reply_to_message=reply | {"reply_markup": markup})
    assert await found(archive, '"soon gone"') == []
    for id_ in (5, 6, 7, 8):
        with pytest.raises(PostNotFound):
            await archive.find_post(id_, username="live_channel")


async def test_what_is_forgotten_stays_out(
    channel: Channel, person: Person, archive: Archive
) -> None:
    before = (await archive.stats()).posts
    await channel.posts(5, **ALBUM)
    await channel.posts(6, **ALBUM, caption="soon gone")
    said = await forgets(person, "/forget https://t.me/live_channel/5")
    assert "galpi import --forgotten" in said.text
    await channel.edits(6, **ALBUM, caption="edited since")
    await channel.posts(5, "sent again")
    assert (await archive.stats()).posts == before


async def test_an_admin_is_asked_first_and_can_undo_it(
    channel: Channel, person: Person, archive: Archive
) -> None:
    await channel.posts(5, "soon gone")
    (sure,) = await person.says("/forget https://t.me/live_channel/5")
    kept, _ = await person.presses(sure.data("그대로"))
    assert "그대로 두었어요" in kept.text
    assert await found(archive, "soon gone") == ["soon gone"]
    removed = await forgets(person, "/forget https://t.me/live_channel/5")
    assert await found(archive, '"soon gone"') == []
    back, _ = await person.presses(removed.data("되돌리기"))
    assert back.text.startswith("soon gone")
    assert await found(archive, "soon gone") == ["soon gone"]
    (told,) = await person.presses(removed.data("되돌리기"))
    assert "오래된 버튼" in told.parameters["text"]


async def test_nobody_else_presses_an_admin_s_buttons(
    channel: Channel, person: Person, foreigner: Person, archive: Archive
) -> None:
    await channel.posts(5, "stays")
    (sure,) = await person.says("/forget https://t.me/live_channel/5")
    (told,) = await foreigner.presses(sure.data("지우기"))
    assert "admins" in told.parameters["text"]
    assert await found(archive, "stays") == ["stays"]


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


@pytest.mark.parametrize(
    "way",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Stranger"}},
        {"via_bot": {"id": 99, "is_bot": True, "first_name": "Another"}},
    ],
)
async def test_words_of_others_forget_nothing(
    channel: Channel, person: Person, archive: Archive, way: dict[str, Any]
) -> None:
    await channel.posts(5, "here to stay")
    (how,) = await person.says("/forget")
    (said,) = await person.says("/forget https://t.me/live_channel/5", **way)
    assert said.text == how.text
    assert len(await found(archive, '"here to stay"')) == 1
