"""The health check, asked from outside while the bot runs, is cut off, or hangs."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.health import pulse_file
from tests.support.command_line import environment, execute
from tests.support.faults import Silence
from tests.support.patience import patient

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from tests.support.stage import Stage

AN_HOUR = 3600


def settings_of(stage: Stage) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": stage.api.token, "TELEGRAM_API_URL": stage.server.url}


async def ask(stage: Stage, **settings: str) -> CompletedProcess[str]:
    return await asyncio.to_thread(
        execute, stage.database, "health", **settings_of(stage), **settings
    )


def let_an_hour_pass(database: Path) -> None:
    then = time.time() - AN_HOUR
    os.utime(pulse_file(database), (then, then))


async def test_a_bot_that_polls_is_well_and_is_not_once_it_has_ended(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await bot.says("Galpi runs")
    start = time.monotonic()
    well = await ask(own_stage)
    assert (well.returncode, well.stderr) == (0, "")
    assert re.search(r"last answered the bot \d+ s ago", well.stdout)
    assert time.monotonic() - start < patient(1.0)
    await bot.stop()
    ended = await ask(own_stage)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: No bot runs on this archive")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told in /proc")
async def test_it_takes_little_memory(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await bot.says("Galpi runs")
    program = (
        "from bot.health import check_health\ncheck_health()\n"
        "print(open('/proc/self/status').read())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        env=environment(own_stage.database, **settings_of(own_stage)),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    peak = re.search(rb"VmHWM:\s+(\d+) kB", output)
    assert peak is not None
    assert int(peak[1]) < 64 * 1024


async def test_a_server_out_of_reach_makes_it_ill_until_it_answers_again(
    own_stage: Stage,
) -> None:
    await own_stage.start()
    ada = own_stage.telegram.person()
    await ada.asks("/help")
    own_stage.server.faults.add(Silence.DROP, times=1000)
    ada.sends("wake the poll that waits")
    await own_stage.bot.says("does not answer as a Bot API server")
    let_an_hour_pass(own_stage.database)
    ill = await ask(own_stage)
    assert ill.returncode == 1
    assert re.search(r"last answered the bot 36\d\d s ago", ill.stderr)
    own_stage.server.faults.clear()
    await own_stage.bot.says("answers again")
    assert (await ask(own_stage)).returncode == 0


async def test_a_bot_that_hangs_is_ill(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await bot.says("Galpi runs")
    os.kill(bot.pid, signal.SIGSTOP)
    try:
        let_an_hour_pass(own_stage.database)
        assert (await ask(own_stage)).returncode == 1
    finally:
        os.kill(bot.pid, signal.SIGCONT)


async def test_a_write_lock_of_another_process_alarms_nobody(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await bot.says("Galpi runs")
    with closing(sqlite3.connect(own_stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ada = own_stage.telegram.person()
        await ada.asks("투자")
        assert (await ask(own_stage)).returncode == 0


async def test_behind_a_webhook_the_event_loop_answers(own_stage: Stage, free_port: int) -> None:
    settings = {
        "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
        "GALPI_WEBHOOK_LISTEN": f"0.0.0.0:{free_port}",
    }
    nobody = await ask(own_stage, **settings)
    assert nobody.returncode == 1
    assert f"127.0.0.1:{free_port}" in nobody.stderr
    own_stage.api.courier.proxy = f"http://127.0.0.1:{free_port}"
    bot = await own_stage.run(settings)
    await bot.says("Galpi runs")
    well = await ask(own_stage, **settings)
    assert (well.returncode, well.stderr) == (0, "")
    os.kill(bot.pid, signal.SIGSTOP)
    try:
        assert (await ask(own_stage, **settings)).returncode == 1
    finally:
        os.kill(bot.pid, signal.SIGCONT)


async def test_systemd_hears_of_the_start_each_answer_and_the_end(
    own_stage: Stage, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(20)
        bot = await own_stage.start({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        assert manager.recv(100) == b"READY=1\nWATCHDOG=1"
        await bot.says("Galpi runs")
        await bot.stop()
        manager.settimeout(0)
        told = [manager.recv(100)]
        while told[-1] != b"STOPPING=1":
            told.append(manager.recv(100))
