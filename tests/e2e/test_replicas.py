"""Two bots behind one webhook, on one archive: either may be killed at any time."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from bot.texts import texts_for
from tests.e2e.test_live import NAMED, broadcast
from tests.e2e.test_nothing_lost import stored, until_confirmed
from tests.support.balancer import balanced

if TYPE_CHECKING:
    from tests.support.process import BotProcess
    from tests.support.stage import Stage

EN = texts_for("en")
POSTS = range(1, 201)
PEOPLE = 40
SECRET = "one_Secret_for-both"


def ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [listening.getsockname()[1] for listening in sockets]
    finally:
        for listening in sockets:
            listening.close()


async def replica(stage: Stage, port: int) -> BotProcess:
    bot = await stage.run(
        {
            **NAMED,
            "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
            "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "GALPI_WEBHOOK_SECRET": SECRET,
        }
    )
    await bot.says("Galpi runs as")
    return bot


async def test_one_is_killed_and_nothing_is_lost(own_stage: Stage) -> None:
    front, *behind = ports(3)
    own_stage.api.courier.proxy = f"http://127.0.0.1:{front}"
    async with balanced(front, behind) as balancer:
        first, second = [await replica(own_stage, port) for port in behind]
        ada = own_stage.telegram.person("Ada")
        answers = [await ada.asks("투자") for _ in behind]  # each has given one of them
        assert min(balancer.connections.values()) > 0
        for answer in answers:
            for label in ("▶", "◀"):  # and each has its buttons answered by the other
                assert (await ada.turns(answer, label)).text
        people = [own_stage.telegram.person(f"Person {number}") for number in range(PEOPLE)]
        for id_ in POSTS:
            broadcast(own_stage, id_, f"Narwhal {id_} has been seen")
            if id_ % (len(POSTS) // PEOPLE) == 0:
                people[id_ // (len(POSTS) // PEOPLE) - 1].sends("/help")
        async with asyncio.timeout(20):
            while len(own_stage.api.updates.pending) > (len(POSTS) + PEOPLE) / 2:
                await asyncio.sleep(0.01)
        await first.kill()
        await until_confirmed(own_stage)
        for somebody in people:
            assert EN("help.title") in (await somebody.hears()).text
        for answer in answers:
            assert (await ada.turns(answer, "▶")).text != answer.text
        assert EN("help.title") in (await ada.asks("/help")).text
        await second.stop()
    assert sorted(stored(own_stage.database).elements()) == [*POSTS]
    assert not any("Traceback" in bot.output for bot in (first, second))
