"""`galpi run` where it cannot run, or not quite as it would like to."""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.app import base_url, build_application
from bot.playground.botapi.fields import bad_request
from bot.playground.botapi.timeline import Called
from bot.settings import Settings
from storage import Archive, NewPost, Source
from tests.support.command_line import invoke
from tests.support.faults import Silence
from tests.support.stage import SECRET_PART, TOKEN, Stage, stage_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    database = tmp_path / "galpi.db"
    async with Archive.open(database) as archive:
        await archive.add(Source(title="채널"), [NewPost(text="벤처투자의 시작", ordinal=1)])
    async with stage_at(database) as stage:
        yield stage


async def test_it_says_in_one_line_what_it_does(stage: Stage) -> None:
    bot = await stage.start()
    line = await bot.says("Galpi runs")
    assert line.endswith("Galpi runs as @galpi_test_bot, polling; 1 posts; Ctrl-C stops it")
    assert bot.lines == (line,)


async def test_menus_that_telegram_does_not_take(stage: Stage) -> None:
    stage.server.faults.add(bad_request("too many commands"), "setMyCommands")
    stage.forgive("too many commands")
    bot = await stage.start()
    assert "too many commands" in (await bot.says("command menus")).lower()
    ada = stage.telegram.person()
    assert "벤처투자" in (await ada.asks("투자")).text


async def test_it_describes_itself_once_in_both_languages_where_nobody_else_has(
    stage: Stage,
) -> None:
    told = stage.api.menus.descriptions.texts
    stage.api.menus.short_descriptions.set("", "The owner's words")
    await stage.start()
    async with asyncio.timeout(20):
        while "" not in told:
            await asyncio.sleep(0.05)
    assert "오타" in told["ko"]
    assert "Korean or English" in told["en"] == told[""]
    await stage.bot.stop()
    assert stage.api.menus.short_descriptions.texts == {"": "The owner's words"}


def calls(stage: Stage, method: str) -> int:
    events = stage.api.timeline.events
    return sum(isinstance(event, Called) and event.method == method for event in events)


async def test_it_tells_its_profile_nothing_twice(stage: Stage) -> None:
    short = stage.api.menus.short_descriptions.texts
    await stage.start()
    async with asyncio.timeout(20):
        while "" not in short:
            await asyncio.sleep(0.05)
    await stage.bot.stop()
    short["en"] = "What somebody has told @BotFather since"
    stage.server.faults.add(bad_request("flood"), "setMyDescription", times=9)
    await stage.start()
    async with asyncio.timeout(20):
        while calls(stage, "getMyShortDescription") < 6:
            await asyncio.sleep(0.05)
    await stage.bot.stop()
    assert short["en"].startswith("What somebody")
    assert "did not take" not in stage.bot.output


async def test_a_webhook_that_telegram_refuses(stage: Stage, free_port: int) -> None:
    stage.server.faults.add(bad_request("bad webhook: HTTPS url must be provided"), "setWebhook")
    stage.forgive("bad webhook")
    bot = await stage.run(
        {
            "GALPI_WEBHOOK_URL": "http://bot.example/galpi",
            "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{free_port}",
        }
    )
    assert await bot.ends() == 1
    (sentence,) = bot.lines
    assert "http://bot.example/galpi (GALPI_WEBHOOK_URL)" in sentence


async def test_a_port_that_somebody_else_listens_on(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"127.0.0.1:{listening.getsockname()[1]}"
        bot = await stage.run(
            {
                "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
                "GALPI_WEBHOOK_LISTEN": address,
            }
        )
        assert await bot.ends() == 1
    (sentence,) = bot.lines
    assert sentence.startswith(f"Error: Cannot listen on {address} (GALPI_WEBHOOK_LISTEN): ")


async def test_a_webhook_always_has_a_secret(stage: Stage, free_port: int) -> None:
    stage.api.courier.proxy = f"http://127.0.0.1:{free_port}"
    bot = await stage.run(
        {
            "GALPI_WEBHOOK_URL": "https://bot.example/a.b/galpi",
            "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{free_port}",
        }
    )
    assert "webhook at" in await bot.says("Galpi runs")
    assert stage.api.courier.webhook is not None
    assert len(stage.api.courier.webhook.secret) >= 32
    assert stage.api.courier.webhook.secret not in bot.output
    assert "벤처투자" in (await stage.telegram.person().asks("투자")).text


async def test_an_archive_that_is_none_ends_it_before_any_network(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no archive\n" * 100)
    await stage.server.stop()
    bot = await stage.run({"GALPI_DATABASE": str(tmp_path / "notes.txt")})
    assert await bot.ends() == 1
    assert bot.lines == (f"Error: {tmp_path / 'notes.txt'} is not a Galpi archive.",)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_stops_though_the_server_hangs(stage: Stage, number: signal.Signals) -> None:
    bot = await stage.start()
    await bot.says("Galpi runs")
    stage.server.faults.add(Silence.HANG, times=100)
    bot._process.send_signal(number)
    assert await bot.ends() == 0
    assert "Traceback" not in bot.output


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "https://api.telegram.org/bot{token}"),
        ({"test_environment": True}, "https://api.telegram.org/bot{token}/test"),
        ({"api_url": "http://localhost:8081/api"}, "http://localhost:8081/api/bot{token}"),
    ],
)
def test_the_address_of_the_bot_api(settings: dict[str, object], address: str) -> None:
    made = Settings(token=SecretStr(TOKEN)).model_copy(update=settings)
    assert base_url(made) == address
    application = build_application(made)
    assert application.bot.base_url == address.format(token=TOKEN)
    files = address.replace("/bot", "/file/bot").format(token=TOKEN)
    assert application.bot.base_file_url == files
    assert SECRET_PART not in repr(made)


def test_an_error_that_nobody_expected_does_not_show_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(settings: Settings) -> None:
        raise RuntimeError(f"POST https://api.telegram.org/bot{TOKEN}/getMe: {settings}")

    monkeypatch.setattr("bot.app.run", fail)
    result = invoke(tmp_path / "galpi.db", "run", TELEGRAM_BOT_TOKEN=TOKEN)
    assert result.exit_code == 1
    assert "RuntimeError" in result.stderr
    assert SECRET_PART not in result.stderr
