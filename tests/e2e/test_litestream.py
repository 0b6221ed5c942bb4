"""Continuous backup as docs/OPERATING.md has it: what Litestream has acknowledged is not lost."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.test_live import NAMED, broadcast
from tests.support.command_line import execute

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.support.stage import Stage

LITESTREAM = Path(sys.executable).with_name("litestream")
CONFIGURATION = Path(__file__).parents[2] / "deploy" / "litestream.yml"
POSTS = "SELECT message_id FROM posts WHERE text LIKE 'Narwhal %' ORDER BY message_id"
ROUNDS = 8


def posts(database: Path) -> list[int]:
    with closing(sqlite3.connect(database)) as connection:
        return [id_ for (id_,) in connection.execute(POSTS)]


async def litestream(*arguments: str | Path, **variables: str) -> None:
    process = await asyncio.create_subprocess_exec(
        LITESTREAM,
        *arguments,
        env=os.environ | variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


@asynccontextmanager
async def replicating(variables: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run Litestream by the configuration that is given to operators; killed in the end."""
    process = await asyncio.create_subprocess_exec(
        LITESTREAM,
        "replicate",
        "-config",
        CONFIGURATION,
        env=os.environ | dict(variables),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(20):
            while not Path(variables["LITESTREAM_SOCKET"]).exists():
                await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def speak(stage: Stage) -> None:
    """Let a channel post without end."""
    for id_ in count(1):
        broadcast(stage, id_, f"Narwhal {id_} has been seen")
        await asyncio.sleep(0.01)


def places(folder: Path) -> tuple[str, Path, Path]:
    """Return the replica's address, the archive to restore, and Litestream's socket."""
    return (
        f"file://{folder / 'replica'}",
        folder / "second" / "galpi.db",
        folder / "litestream.sock",
    )


def settings(stage: Stage, replica: str, socket: Path) -> dict[str, str]:
    return {
        "GALPI_DATABASE": str(stage.database),
        "LITESTREAM_REPLICA_URL": replica,
        "LITESTREAM_SOCKET": str(socket),
    }


async def test_both_killed_all_that_was_acknowledged_is_restored(
    own_stage: Stage, tmp_path: Path
) -> None:
    replica, restored, socket = places(tmp_path)
    variables = settings(own_stage, replica, socket)
    bot = await own_stage.start(NAMED)
    async with replicating(variables) as copying:
        speaking = asyncio.create_task(speak(own_stage))
        acknowledged: list[int] = []
        for _ in range(ROUNDS):
            await asyncio.sleep(0.2)
            stored = posts(own_stage.database)
            await litestream("sync", "-wait", "-socket", socket, own_stage.database)
            acknowledged = stored
        await asyncio.sleep(0.3)
        copying.kill()
        await bot.kill()
        speaking.cancel()
    assert len(acknowledged) > ROUNDS
    restored.parent.mkdir()
    await litestream("restore", "-o", restored, replica)
    assert set(acknowledged) <= set(posts(restored))
    checked = execute(restored, "check")
    assert checked.returncode == 0, checked.stdout


async def test_a_second_machine_goes_on_where_the_first_was_lost(
    own_stage: Stage, tmp_path: Path
) -> None:
    replica, restored, socket = places(tmp_path)
    variables = settings(own_stage, replica, socket)
    bot = await own_stage.start(NAMED)
    ada = own_stage.telegram.person("Ada")
    async with replicating(variables):
        broadcast(own_stage, 1, "Narwhal 1 has been seen")
        answer = await ada.asks("투자")
        async with asyncio.timeout(20):
            while posts(own_stage.database) != [1]:
                await asyncio.sleep(0.05)
        await litestream("sync", "-wait", "-socket", socket, own_stage.database)
    await bot.kill()
    restored.parent.mkdir()
    await litestream("restore", "-o", restored, replica)
    broadcast(own_stage, 2, "Narwhal 2 has been seen")  # meanwhile
    await own_stage.start({**NAMED, "GALPI_DATABASE": str(restored)})
    assert (await ada.turns(answer, "▶")).text != answer.text  # buttons of the first one work
    async with asyncio.timeout(20):
        while posts(restored) != [1, 2]:
            await asyncio.sleep(0.05)
