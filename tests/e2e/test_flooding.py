"""One chat floods the bot: it is told so once, and nobody else notices."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.texts import texts_for
from tests.e2e.test_live import NAMED, broadcast
from tests.support.client import PATIENCE, Person
from tests.support.patience import patient

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.botapi.model import Chat
    from tests.support.stage import Stage

EN = texts_for("en")
ANSWERED_WITHIN = 2.0
STORED_WITHIN = 1.0
STORED = "SELECT count(*) FROM posts WHERE text = 'A narwhal'"


def commands(ada: Person, group: Chat) -> None:
    for _ in range(100):
        ada.sends("/help", group)


def messages(ada: Person, _: Chat) -> None:
    for number in range(300):
        ada.sends(f"/help {number}")


def searches(ada: Person, _: Chat) -> None:
    for number in range(600):
        ada.sends(f"투자 {number} 스타트업 enginering")


def inline_queries(ada: Person, _: Chat) -> None:
    for number in range(200):
        ada.begins_to_type(f"투자 {number}")


async def storing(stage: Stage, begun: float) -> float:
    """Wait until the post is stored; returns after how many seconds that was."""
    with closing(sqlite3.connect(stage.database)) as connection:
        async with asyncio.timeout(PATIENCE):
            while not connection.execute(STORED).fetchone()[0]:
                await asyncio.sleep(0.01)
    return time.monotonic() - begun


@pytest.mark.parametrize("limited", [False, True], ids=["free", "limited"])
@pytest.mark.parametrize("flood", [commands, messages, searches, inline_queries])
async def test_others_are_answered_and_posts_stored(
    own_stage: Stage, flood: Callable[[Person, Chat], None], *, limited: bool
) -> None:
    """On a server that refuses what is too much for Telegram as well as on one that does not."""
    own_stage.api.floods.limited = limited
    own_stage.forgive("Too Many Requests")
    await own_stage.start(NAMED)
    ada, bob = own_stage.telegram.person("Ada"), own_stage.telegram.person("Bob")
    group = own_stage.telegram.group("Readers", ada)
    flood(ada, group)
    begun = time.monotonic()
    broadcast(own_stage, 1, "A narwhal")
    answered, stored_after = await asyncio.gather(bob.asks("/help"), storing(own_stage, begun))
    assert EN("help.title") in answered.text
    assert time.monotonic() - begun < patient(ANSWERED_WITHIN)
    assert stored_after < patient(STORED_WITHIN)


async def test_who_floods_is_told_once_and_the_newest_is_answered(own_stage: Stage) -> None:
    await own_stage.start()
    ada = own_stage.telegram.person("Ada")
    for number in range(60):
        ada.sends(f"/search qqzzxxqq{number}")
    texts: list[str] = []
    async with asyncio.timeout(2 * PATIENCE):
        while not texts or "qqzzxxqq59" not in texts[-1]:
            texts.append((await ada.hears()).text)
    assert texts.count(EN("flood.slowly")) == 1
    assert len(texts) < 60
