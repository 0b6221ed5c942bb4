"""How calls are paced: a chat that Telegram wants a pause from waits alone."""

import asyncio
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.connection import ChatPacing

# python-telegram-bot warns of its own use of what it means to change.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Server:
    """Refuses so many calls to chat 1, and notes all that it takes."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.taken: list[int] = []
        self.pacing = ChatPacing()

    async def call(self, chat_id: int) -> None:
        async def send() -> bool:
            if chat_id == 1 and self.refusals:
                self.refusals -= 1
                raise RetryAfter(0)
            self.taken.append(chat_id)
            return True

        data: dict[str, Any] = {"chat_id": chat_id}
        await self.pacing.process_request(send, (), {}, "sendMessage", data, None)


async def test_a_refused_chat_waits_alone_and_tries_again() -> None:
    server = Server(refusals=1)
    await asyncio.gather(server.call(1), server.call(2))
    assert server.taken == [2, 1]


async def test_a_refusal_for_good_is_told() -> None:
    with pytest.raises(RetryAfter):
        await Server(refusals=9).call(1)


async def test_a_busy_group_holds_up_no_other_chat() -> None:
    server = Server()
    flood = [asyncio.create_task(server.call(-1)) for _ in range(50)]
    await asyncio.sleep(0.1)
    async with asyncio.timeout(1):
        await server.call(2)
    for task in flood:
        task.cancel()
    await asyncio.gather(*flood, return_exceptions=True)
    assert server.taken.count(-1) == 20
