"""How fast calls go to Telegram: below its limits, and where it still refuses, chat by chat.

python-telegram-bot's own AIORateLimiter halts every call when Telegram wants a pause from one chat.
Here that chat alone waits.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

RETRIES: Final = 2
MOST_CHATS: Final = 512  # beyond which the limiters of chats at rest are dropped
# Telegram bears short bursts in a private chat, but no more than a message a second for long.
PRIVATE: Final = (20, 20)
GROUP: Final = (FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, 60)
MARGIN: Final = 0.1  # seconds added to the pause that Telegram asks for


class ChatPacing(BaseRateLimiter[int]):
    """Keeps each chat, and all of them together, below Telegram's limits."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._chats: dict[int | str, AsyncLimiter] = {}

    async def initialize(self) -> None:
        """Nothing is to be done."""

    async def shutdown(self) -> None:
        """Nothing is to be done."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - python-telegram-bot's signature
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401
        """Make a call when its turn has come, again after the pauses that Telegram asks for."""
        for _ in range(RETRIES):
            await self._turn(data.get("chat_id"))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error) + MARGIN)
        await self._turn(data.get("chat_id"))
        return await callback(*args, **kwargs)

    async def _turn(self, chat_id: int | str | None) -> None:
        if chat_id is not None:
            await self._of(chat_id).acquire()
            await self._all.acquire()

    def _of(self, chat_id: int | str) -> AsyncLimiter:
        if len(self._chats) > MOST_CHATS:
            busy = self._chats.items()
            self._chats = {key: one for key, one in busy if not one.has_capacity(one.max_rate)}
        if chat_id not in self._chats:
            is_private = isinstance(chat_id, int) and chat_id > 0
            self._chats[chat_id] = AsyncLimiter(*(PRIVATE if is_private else GROUP))
        return self._chats[chat_id]


def seconds_of(error: RetryAfter) -> float:
    """Return how long a pause Telegram asks for; the public property warns of its own change."""
    return error._retry_after.total_seconds()  # noqa: SLF001
