"""Whatever getUpdates brings, the bot goes on asking, and what can be read is answered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import TimedOut

from bot.connection import Connection
from bot.dispatch import Dispatcher
from bot.receiving import Receiver

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    from tests.support.recording import App, RecordingRequest

QUESTION = {
    "update_id": 7,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "hello"},
}


@pytest.mark.parametrize(
    "odd", [None, 5, "text", {"update_id": 3}, [None], [[]], [{}], [{"update_id": "x"}], [True]]
)
async def test_what_is_no_list_of_updates_is_waited_out(
    application: App, request_: RecordingRequest, monkeypatch: pytest.MonkeyPatch, odd: object
) -> None:
    asked: list[Any] = []
    answered = asyncio.Event()
    results = iter([odd, [QUESTION, {"message": {}}]])

    def result(method: str, parameters: dict[str, Any]) -> object:
        assert method == "getUpdates"
        asked.append(parameters["offset"])
        try:
            return next(results)
        except StopIteration:
            raise TimedOut from None  # as where nothing is new

    monkeypatch.setattr(request_, "_result", result)
    monkeypatch.setattr("bot.receiving.FIRST_DELAY", 0.01)
    receiver = Receiver(application, Dispatcher(answering(answered), answering(answered)))
    polling = asyncio.create_task(receiver.poll(Connection("server")))
    async with asyncio.timeout(5):
        await answered.wait()
        while len(asked) < 3:
            await asyncio.sleep(0.01)
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    assert asked[:3] == [0, 0, 8]


async def test_an_update_that_nobody_can_work_on_is_no_end(
    application: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answered = asyncio.Event()
    dispatcher = Dispatcher(answering(answered), answering(answered))
    put, results = dispatcher.put, iter([KeyError("secret")])

    def putting(update: Update) -> asyncio.Task[None] | None:
        for error in results:
            raise error
        return put(update)

    monkeypatch.setattr(dispatcher, "put", putting)
    receiver = Receiver(application, dispatcher)
    assert await receiver.take([QUESTION, {**QUESTION, "update_id": 8}])
    async with asyncio.timeout(5):
        await answered.wait()
    assert "Update 7 (message) is left out, as it cannot be read: KeyError" in caplog.text
    assert "secret" not in caplog.text


def answering(answered: asyncio.Event) -> Callable[[Update], Awaitable[None]]:
    async def answer(_: Update) -> None:
        answered.set()

    return answer
