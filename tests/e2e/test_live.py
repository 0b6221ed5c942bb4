"""A channel posts, and the running bot finds it, tells who watches, and keeps it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot.texts import texts_for
from tests.support.client import PATIENCE
from tests.support.patience import patient

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from tests.support.client import Person
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
"""Seconds in which a post is stored and told, where nothing else keeps the machine busy."""
ATTEMPTS = 5


def broadcast(stage: Stage, id_: int, text: str, *, edited: bool = False) -> None:
    now = int(time.time())
    post: dict[str, Json] = {"message_id": id_, "date": now, "chat": CHANNEL, "text": text}
    if edited:
        stage.api.updates.put("edited_channel_post", {**post, "edit_date": now})
    else:
        stage.api.updates.put("channel_post", post)


async def gets(somebody: Person, question: str, words: str) -> str:
    """Ask until an answer has these words: updates are worked on side by side."""
    async with asyncio.timeout(PATIENCE):
        while words not in (answer := (await somebody.asks(question)).text):
            pass
    return answer


async def test_a_live_post_is_told_within_a_second(own_stage: Stage) -> None:
    await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada", language="en")
    await ada.asks("/watch narwhal")
    took = []
    for id_ in range(ATTEMPTS):
        begun = time.monotonic()
        broadcast(own_stage, 41 + id_, f"Narwhal {id_} has been seen")
        assert f"Narwhal {id_}" in (await ada.hears()).text
        took.append(time.monotonic() - begun)
    assert min(took) < patient(SOON), took


async def test_a_live_post_is_told_found_edited_and_kept(own_stage: Stage) -> None:
    await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada", language="en")
    await ada.asks("/watch narwhal")
    broadcast(own_stage, 41, "A narwhal has been seen")
    assert "A narwhal has been seen" in (await ada.hears()).text
    assert "A narwhal" in (await ada.asks("/search narwhal seen")).text
    broadcast(own_stage, 41, "A dugong has been seen", edited=True)
    await own_stage.bot.stop()
    await own_stage.start(NAMED)
    assert "narwhal" not in await gets(ada, "/search dugong seen", "A dugong")


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
    sure = await ada.asks("/forget https://t.me/live_channel/41")
    assert "--forgotten" in (await ada.turns(sure, EN("button.forget"))).text
    broadcast(own_stage, 41, "A narwhal has been seen again", edited=True)
    await ada.asks("/help")  # updates are worked on side by side
    assert "narwhal has" not in (await ada.asks("/search narwhal seen")).text


async def test_a_channel_that_is_not_named_is_left_out(own_stage: Stage) -> None:
    await own_stage.start()
    ada = own_stage.telegram.person("Ada", language="en")
    broadcast(own_stage, 41, "qqzzxxqq narwhal")
    await ada.asks("/help")  # updates are worked on side by side
    nothing = EN("search.nothing", query="qqzzxxqq")
    assert (await ada.asks("/search qqzzxxqq")).text.startswith(nothing)
    assert "Live Channel" not in (await ada.asks("/stats")).text


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
    await gets(ada, "/watches", EN("watch.none"))
