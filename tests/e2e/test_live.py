"""A channel posts, and the running bot finds it, tells who watches, and keeps it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.texts import texts_for

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from tests.support.stage import Stage

EN = texts_for("en")
CHANNEL: dict[str, Json] = {
    "id": -1_001_500_000_001,
    "type": "channel",
    "title": "Live Channel",
    "username": "live_channel",
}
NAMED = {"GALPI_CHANNELS": "@Live_Channel"}
SOON = 1.0
"""Seconds."""


def broadcast(stage: Stage, id_: int, text: str, *, edited: bool = False) -> None:
    now = int(time.time())
    post: dict[str, Json] = {"message_id": id_, "date": now, "chat": CHANNEL, "text": text}
    if edited:
        stage.api.updates.put("edited_channel_post", {**post, "edit_date": now})
    else:
        stage.api.updates.put("channel_post", post)


async def test_a_live_post_is_told_found_edited_and_kept(own_stage: Stage) -> None:
    await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada", language="en")
    await ada.asks("/watch narwhal")
    begun = time.monotonic()
    broadcast(own_stage, 41, "A narwhal has been seen")
    alert = await ada.hears()
    assert time.monotonic() - begun < SOON
    assert "A narwhal has been seen" in alert.text
    assert "A narwhal" in (await ada.asks("/search narwhal seen")).text
    broadcast(own_stage, 41, "A dugong has been seen", edited=True)
    await own_stage.bot.stop()
    await own_stage.start(NAMED)
    assert "A dugong" in (await ada.asks("/search dugong")).text
    whole = await ada.asks("/search dugong seen")
    assert "narwhal has" not in whole.text


async def test_a_digest_opens_what_was_posted(own_stage: Stage) -> None:
    await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada", language="en")
    await ada.asks("/watch narwhal")
    for id_ in range(40, 55):
        broadcast(own_stage, id_, f"Narwhal {id_} <&> #sea")
        await ada.hears()
    digest = await ada.asks("/digest 3")
    assert "#sea · 15\n• Narwhal 54" in digest.text
    assert EN.plural("digest.undated", 51) in digest.text
    more = await ada.turns(digest, "▶")
    assert more.text.count("• Narwhal") == 3
    assert "31" in (await ada.asks("/digest 32")).text
    own_stage.check()


async def test_a_forgotten_post_stays_out(own_stage: Stage) -> None:
    ada = own_stage.telegram.person("Ada", language="en")
    await own_stage.start(NAMED | {"GALPI_ADMINS": str(ada.user.id)})
    await ada.asks("/watch narwhal")
    broadcast(own_stage, 41, "A narwhal has been seen")
    await ada.hears()
    assert "--forgotten" in (await ada.asks("/forget https://t.me/live_channel/41")).text
    broadcast(own_stage, 41, "A narwhal has been seen again", edited=True)
    await ada.asks("/help")  # updates are worked on side by side
    assert "narwhal has" not in (await ada.asks("/search narwhal seen")).text


async def test_a_channel_that_is_not_named_is_left_out(own_stage: Stage) -> None:
    await own_stage.start()
    ada = own_stage.telegram.person("Ada", language="en")
    broadcast(own_stage, 41, "qqzzxxqq narwhal")
    assert "qqzzxxqq" not in (await ada.asks("/random")).text
    assert "narwhal" not in (await ada.asks("/stats")).text


async def test_blocking_the_bot_ends_all_watches(own_stage: Stage) -> None:
    await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada", language="en")
    await ada.asks("/watch narwhal")
    bot: dict[str, Json] = {"id": 7000001, "is_bot": True, "first_name": "Galpi"}
    update: dict[str, Json] = {
        "chat": {"id": ada.user.id, "type": "private", "first_name": "Ada"},
        "from": {"id": ada.user.id, "is_bot": False, "first_name": "Ada"},
        "date": int(time.time()),
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
    }
    own_stage.api.updates.put("my_chat_member", update)
    await ada.asks("/help")  # updates are worked on side by side
    listed = await ada.asks("/watches")
    assert EN("watch.none") in listed.text
