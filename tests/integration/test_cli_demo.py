"""`galpi demo`, and `galpi run` without a token, as processes."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, TypeAlias

import httpx
import pytest

from bot.playground.demo import PORT
from storage import Archive, NewPost, Source
from tests.support.page import page_at
from tests.support.patience import patient
from tests.support.process import BotProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    Start: TypeAlias = Callable[..., Awaitable[BotProcess]]

SECRET_WORDS = "아무도모르는말"


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        await archive.add(Source(title="채널"), [NewPost(text="벤처투자의 시작", ordinal=1)])
    return path


@pytest.fixture
async def start(database: Path) -> AsyncIterator[Start]:
    """Starts `galpi` with some arguments and settings; whatever still runs is ended."""
    processes: list[BotProcess] = []

    async def started(*arguments: str, **settings: str) -> BotProcess:
        processes.append(await BotProcess.of(*arguments, database=database, settings=settings))
        return processes[-1]

    yield started
    for process in processes:
        await process.kill()


@pytest.fixture
async def demo(start: Start) -> BotProcess:
    return await start("demo", "--no-browser")


async def address_of(process: BotProcess) -> str:
    return (await process.says("Chat with Galpi at ")).rpartition(" ")[2]


async def test_it_says_where_the_page_is(demo: BotProcess) -> None:
    address = await address_of(demo)
    line = await demo.says("Galpi runs")
    assert line.endswith("as @galpi_demo_bot, polling; 1 posts; Ctrl-C stops it")
    async with httpx.AsyncClient() as client:
        assert "<title>Galpi" in (await client.get(address)).text


def free_port() -> int:
    """Return a port that no playground takes by itself, so that none takes it when it is free."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


async def test_ctrl_c_ends_it_within_a_second(start: Start) -> None:
    port = free_port()
    demo = await start("demo", "--no-browser", "--port", str(port))
    await address_of(demo)
    # a page that is open, and a connection that says nothing, hold nothing up
    with socket.create_connection(("127.0.0.1", port)):
        started = time.monotonic()
        assert await demo.interrupt() == 0
        assert time.monotonic() - started < patient(1.0)
    assert "Traceback" not in demo.output
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port))


async def test_a_port_that_somebody_else_has(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        process = await start("demo", "--no-browser", "--port", port)
        assert await process.ends() == 1
    (sentence,) = process.lines
    assert sentence == (
        f"Error: Another program listens on 127.0.0.1:{port}; choose a free port with --port."
    )


async def test_a_port_that_is_asked_for(start: Start) -> None:
    port = free_port()
    process = await start("demo", "--no-browser", "--port", str(port))
    assert await address_of(process) == f"http://127.0.0.1:{port}"
    await process.stop()


async def test_two_at_once_have_a_port_each(demo: BotProcess, start: Start) -> None:
    first = await address_of(demo)
    other = await start("demo", "--no-browser")
    second = await address_of(other)
    # Which is the lower one depends on what else listens there meanwhile, as other tests do.
    assert second != first
    assert min(int(one.rpartition(":")[2]) for one in (first, second)) >= PORT
    assert await other.stop() == 0


async def test_run_without_a_token_opens_the_playground(start: Start) -> None:
    process = await start("run", BROWSER="true")
    await address_of(process)
    assert "TELEGRAM_BOT_TOKEN is not set" in process.output
    assert "@BotFather" in process.output
    assert await process.stop() == 0


async def test_the_browser_is_opened(start: Start, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    settings = {"BROWSER": f"{browser} %s &"}
    process = await start("demo", **settings)
    address = await address_of(process)
    deadline = time.monotonic() + 5
    while not opened.exists() or not opened.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert opened.read_text().strip() == address
    await process.stop()


async def test_settings_of_a_real_bot_do_not_reach_it(start: Start) -> None:
    settings = {
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "TELEGRAM_TEST_ENVIRONMENT": "1",
        "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
        "GALPI_ALLOWED_CHATS": "1",
    }
    process = await start("demo", "--no-browser", **settings)
    await address_of(process)
    assert "polling" in await process.says("Galpi runs")
    assert await process.stop() == 0


async def test_what_is_said_is_not_kept(demo: BotProcess, database: Path) -> None:
    async with page_at(await address_of(demo)) as page:
        _, group = (await page.hear("state"))["chats"]
        await page.say("write", chat_id=group["chat"]["id"], text=f"/help {SECRET_WORDS}")
        await page.hear("message")
        assert "/search" in (await page.hear("message"))["message"]["text"]
    assert await demo.stop() == 0
    kept = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert "벤처투자".encode() in kept
    assert SECRET_WORDS.encode() not in kept
    assert SECRET_WORDS not in demo.output


async def test_an_archive_that_is_none(start: Start, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no archive\n" * 100)
    process = await start("demo", "--no-browser", GALPI_DATABASE=str(tmp_path / "notes.txt"))
    assert await process.ends() == 1
    assert process.lines == (f"Error: {tmp_path / 'notes.txt'} is not a Galpi archive.",)
