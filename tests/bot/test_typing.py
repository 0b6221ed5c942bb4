"""Who has to wait sees that the bot is at work."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.recording import Person, RecordingRequest

SOON = 0.05
PATIENCE = 10.0
"""Seconds; the machine may have other things to do."""


@pytest.fixture
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.sending.PATIENCE", SOON)
    monkeypatch.setattr("bot.handlers.sending.SHOWN", 2 * SOON)


@contextmanager
def held_up(path: Path) -> Iterator[sqlite3.Connection]:
    """Keep the archive from storing anything, as another process that imports does."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


async def told(request: RecordingRequest, *, times: int) -> None:
    """Wait until the chat has been shown so often that the bot is at work."""
    async with asyncio.timeout(PATIENCE):
        while [call.method for call in request.calls].count("sendChatAction") < times:
            await asyncio.sleep(SOON)


async def test_a_quick_answer_is_all_there_is(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.sending.PATIENCE", PATIENCE)
    assert [call.method for call in await person.says("스타트업")] == ["sendMessage"]
    assert [call.method for call in await person.says("/search 스타트업")] == ["sendMessage"]


@pytest.mark.usefixtures("_impatience")
@pytest.mark.parametrize("words", ["스타트업", "/search 스타트업"])
async def test_a_slow_one_is_announced_until_it_comes(
    person: Person, tmp_path: Path, request_: RecordingRequest, words: str
) -> None:
    with held_up(tmp_path / "galpi.db") as connection:
        waiting = asyncio.create_task(person.says(words))
        await told(request_, times=2)
        connection.execute("ROLLBACK")
        *actions, answer = await waiting
    assert {call.method for call in actions} == {"sendChatAction"}
    assert {call.parameters["action"] for call in actions} == {"typing"}
    assert answer.method == "sendMessage"
    await asyncio.sleep(3 * SOON)
    assert person.request.calls[-1] == answer


@pytest.mark.usefixtures("_impatience")
async def test_telegram_may_refuse_that(
    person: Person, tmp_path: Path, request_: RecordingRequest
) -> None:
    request_.refuse("sendChatAction", 400, "Bad Request: not enough rights")
    with held_up(tmp_path / "galpi.db") as connection:
        waiting = asyncio.create_task(person.says("스타트업"))
        await told(request_, times=2)
        connection.execute("ROLLBACK")
        *_, answer = await waiting
    assert "스타트업" in answer.text
