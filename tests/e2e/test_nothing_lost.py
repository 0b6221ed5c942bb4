"""Killed, stopped or kept from writing: what a channel posts is stored, and stored once."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections import Counter
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.texts import texts_for
from tests.e2e.test_live import NAMED, broadcast
from tests.support.client import PATIENCE
from tests.support.disk import full, locked
from tests.support.patience import patient

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.support.stage import Stage

EN = texts_for("en")
KILLS = int(os.environ.get("KILLS", "10"))
POSTS_A_KILL = 25
STOPS_WITHIN = 5.0
PEOPLE = 150  # five seconds of answers at the rate that Telegram allows
OWN = "SELECT message_id FROM posts WHERE text LIKE 'Narwhal %'"


def stored(database: Path) -> Counter[int]:
    with closing(sqlite3.connect(database)) as connection:
        return Counter(id_ for (id_,) in connection.execute(OWN))


async def until_confirmed(stage: Stage) -> None:
    async with asyncio.timeout(PATIENCE):
        while stage.api.updates.pending:
            await asyncio.sleep(0.02)


async def test_kills_lose_and_double_nothing(own_stage: Stage) -> None:
    rng = Random(16)
    ids = range(1, 1 + KILLS * POSTS_A_KILL)
    for kill in range(KILLS):
        for id_ in ids[kill * POSTS_A_KILL :][:POSTS_A_KILL]:
            broadcast(own_stage, id_, f"Narwhal {id_} has been seen")
        bot = await own_stage.start(NAMED)
        await asyncio.sleep(rng.uniform(0, 0.15))
        await bot.kill()
    bot = await own_stage.start(NAMED)
    await until_confirmed(own_stage)
    assert await bot.stop() == 0
    assert stored(own_stage.database) == Counter(ids)
    assert not any("Traceback" in process.output for process in own_stage.processes)


async def test_a_stop_under_load_loses_nothing(own_stage: Stage) -> None:
    posts = range(1, 401)
    people = [own_stage.telegram.person(f"Person {n}") for n in range(PEOPLE)]
    for somebody in people:
        somebody.sends("/help")
    for id_ in posts:
        broadcast(own_stage, id_, f"Narwhal {id_} has been seen")
    bot = await own_stage.run(NAMED)
    async with asyncio.timeout(PATIENCE):
        while len(own_stage.api.updates.pending) > len(posts) / 2:
            await asyncio.sleep(0.01)
    begun = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - begun < patient(STOPS_WITHIN)
    assert "Traceback" not in bot.output
    await own_stage.start(NAMED)
    await until_confirmed(own_stage)
    for somebody in people:
        assert EN("help.title") in (await somebody.hears()).text
    await own_stage.bot.stop()
    assert stored(own_stage.database) == Counter(posts)
    answers = Counter(len(somebody.private.messages) - 1 for somebody in people)
    assert {*answers} <= {1, 2}
    assert answers[2] < PEOPLE / 10  # on their way when the time was up, and sent once more


@pytest.mark.parametrize("unwritable", [locked, full])
async def test_posts_wait_at_telegram_while_nothing_can_be_written(
    own_stage: Stage, unwritable: Callable[[Stage], AbstractContextManager[None]]
) -> None:
    bot = await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada")
    with unwritable(own_stage):
        for id_ in (1, 2, 3):
            broadcast(own_stage, id_, f"Narwhal {id_} has been seen")
        await bot.says("archive cannot be written")
        begun = time.monotonic()
        assert EN("help.title") in (await ada.asks("/help")).text
        assert time.monotonic() - begun < patient(2.0)
        waiting = [update.kind for update in own_stage.api.updates.pending]
        assert waiting.count("channel_post") == 3
    await until_confirmed(own_stage)
    assert bot.output.count("archive cannot be written") == 1
    assert "Traceback" not in bot.output
    await bot.stop()
    assert stored(own_stage.database) == Counter([1, 2, 3])


async def test_a_stop_while_the_file_is_locked_takes_no_longer(own_stage: Stage) -> None:
    bot = await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada")
    with locked(own_stage):
        for id_ in (1, 2, 3):
            broadcast(own_stage, id_, f"Narwhal {id_} has been seen")
        await ada.asks("투자")
        begun = time.monotonic()
        assert await bot.stop() == 0
        assert time.monotonic() - begun < patient(STOPS_WITHIN)
    assert "Traceback" not in bot.output
    await own_stage.start(NAMED)
    await until_confirmed(own_stage)
    await own_stage.bot.stop()
    assert stored(own_stage.database) == Counter([1, 2, 3])


async def test_a_webhook_says_no_while_the_file_is_locked(own_stage: Stage, free_port: int) -> None:
    own_stage.api.courier.proxy = f"http://127.0.0.1:{free_port}"
    webhook = {
        "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
        "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{free_port}",
    }
    bot = await own_stage.run(NAMED | webhook)
    await bot.says("Galpi runs as")
    with locked(own_stage):
        broadcast(own_stage, 1, "Narwhal 1 has been seen")
        await bot.says("archive cannot be written")
        assert len(own_stage.api.updates.pending) == 1
    await until_confirmed(own_stage)
    await bot.stop()
    assert stored(own_stage.database) == Counter([1])


async def test_an_update_that_cannot_be_read_is_skipped_and_told_once(own_stage: Stage) -> None:
    bot = await own_stage.start(NAMED)
    own_stage.api.updates.put("channel_post", {"poll": {"question": "secret"}})
    broadcast(own_stage, 1, "Narwhal 1 has been seen")
    await until_confirmed(own_stage)
    assert EN("help.title") in (await own_stage.telegram.person("Ada").asks("/help")).text
    await bot.stop()
    assert stored(own_stage.database) == Counter([1])
    assert bot.output.count("(channel_post) is left out") == 1
    assert "secret" not in bot.output
