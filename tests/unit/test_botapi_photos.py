"""Pictures and channels: sent, copied, and refused as Telegram does."""

import struct

import pytest

from bot.playground.botapi import people
from bot.playground.botapi.state import PNG
from tests.support.client import Person
from tests.support.raw import RawApi


def png(width: int = 40, height: int = 30) -> bytes:
    return PNG + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"rest"


async def test_a_channel_s_photo_is_copied_with_its_caption_or_another(
    raw: RawApi, ada: Person
) -> None:
    channel = raw.api.chats.add_channel("Pictures", "pictures")
    photo = raw.api.files.add_photo(png())
    posted = people.broadcast(raw.api, channel, "A sunset", photo)
    update = raw.api.updates.pending[-1].body
    assert update["caption"] == "A sunset"
    assert update["sender_chat"] == update["chat"]
    assert "from" not in update
    where = {"chat_id": ada.user.id, "from_chat_id": "@Pictures", "message_id": posted.id}
    assert set((await raw.call("copyMessage", **where)).result) == {"message_id"}
    copy = await ada.hears()
    assert (copy.text, copy.photo) == ("A sunset", photo)
    await raw.call("copyMessage", **where, caption="<b>Mine</b>", parse_mode="HTML")
    assert (await ada.hears()).text == "Mine"
    refused = await raw.call("copyMessage", **where, caption="x" * 1025)
    assert refused.refusal == (400, "Bad Request: message caption is too long")


async def test_what_cannot_be_copied(raw: RawApi, ada: Person) -> None:
    channel = raw.api.chats.add_channel("Pictures", "pictures")
    posted = people.broadcast(raw.api, channel, "Hi")
    where = {"chat_id": ada.user.id, "from_chat_id": channel.id}
    gone = await raw.call("copyMessage", **where, message_id=99)
    assert gone.refusal == (400, "Bad Request: message to copy not found")
    channel.bot_is_member = False
    out = await raw.call("copyMessage", **where, message_id=posted.id)
    assert out.refusal == (400, "Bad Request: chat not found")
    nowhere = await raw.call(
        "copyMessage", chat_id=ada.user.id, from_chat_id="@nobody", message_id=1
    )
    assert nowhere.refusal == (400, "Bad Request: chat not found")


async def test_a_photo_is_sent_and_its_text_cannot_be_edited(raw: RawApi, ada: Person) -> None:
    files = {"photo": ("stats.png", png(), "image/png")}
    data = {"chat_id": str(ada.user.id), "caption": "Posts"}
    response = await raw.client.post(raw.address("sendPhoto"), data=data, files=files)
    sent = response.json()["result"]
    assert (sent["caption"], sent["photo"][0]["width"]) == ("Posts", 40)
    refused = await raw.call(
        "editMessageText", chat_id=ada.user.id, message_id=sent["message_id"], text="x"
    )
    assert refused.refusal == (400, "Bad Request: there is no text in the message to edit")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture at all, that is sure", "IMAGE_PROCESS_FAILED"),
        (png(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (png(100, 2), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_picture_that_telegram_does_not_take(
    raw: RawApi, ada: Person, content: bytes, reason: str
) -> None:
    response = await raw.client.post(
        raw.address("sendPhoto"),
        data={"chat_id": str(ada.user.id)},
        files={"photo": ("x.png", content, "image/png")},
    )
    assert response.json()["description"] == f"Bad Request: {reason}"
