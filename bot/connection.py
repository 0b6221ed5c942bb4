"""The connection to the Bot API server.

Trouble with it is logged once and waited out. Calls are paced: they stay below Telegram's limits,
and where Telegram asks for a pause, only the chat that it is about waits. (python-telegram-bot's
own AIORateLimiter would halt the calls of all chats.)
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter
from telegram.request import HTTPXRequest

from bot.errors import TokenRejected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

logger = logging.getLogger(__name__)

# Trouble with the server.

FIRST_DELAY: Final = 1.0  # seconds before the second try
LONGEST_DELAY: Final = 30.0
# Two pollers interrupt each other in turn, so both see success and conflict alternate for ever.
QUIET_SECONDS: Final = 600.0
# Telegram answers a malformed token with 404, a revoked one with 401.
REJECTING: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


class Trouble(StrEnum):
    """What keeps updates from coming; the value is what the operator reads."""

    UNREACHABLE = "%s does not answer as a Bot API server; trying again until it does"
    CONFLICT = "Another program receives this bot's updates from %s; waiting until it stops"


class Connection:
    """The state of the connection to `server`; `rejected` is set once it refuses the token.

    `on_answer` is called after each successful request.
    """

    def __init__(
        self,
        server: str,
        clock: Callable[[], float] = time.monotonic,
        on_answer: Callable[[], None] = lambda: None,
    ) -> None:
        self.rejected = asyncio.Event()
        self._on_answer = on_answer
        self._server = server
        self._clock = clock
        self._trouble: Trouble | None = None
        self._told = False
        self._told_at: dict[Trouble, float] = {}

    def answered(self) -> None:
        """Note a successful request."""
        if self._trouble is Trouble.UNREACHABLE and self._told:
            logger.info("%s answers again", self._server)
        self._trouble = None
        self._on_answer()

    def failed(self, error: TelegramError) -> None:
        """Note a failure of the network, a fault of the server, or a conflict."""
        trouble = Trouble.CONFLICT if isinstance(error, Conflict) else Trouble.UNREACHABLE
        if trouble is self._trouble:
            return
        now = self._clock()
        self._trouble = trouble
        self._told = now - self._told_at.get(trouble, -math.inf) >= QUIET_SECONDS
        if self._told:
            self._told_at[trouble] = now
            logger.warning(trouble.value, self._server)

    def responded(self, status: int) -> None:
        """Note the HTTP status of a request for updates."""
        if status == HTTPStatus.OK:
            self.answered()
        elif status in REJECTING:
            self.rejected.set()

    async def persist(self, attempt: Callable[[], Awaitable[object]]) -> None:
        """Try until it succeeds. Raises TokenRejected, and BadRequest if the server objects."""
        delay = FIRST_DELAY
        while True:
            try:
                await attempt()
            except InvalidToken:
                # Without its cause, whose text holds the token.
                raise TokenRejected(self._server) from None
            except BadRequest:
                raise
            except TelegramError as error:
                self.failed(error)
            else:
                self.answered()
                return
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)


class WatchedRequest(HTTPXRequest):
    """Asks for updates, and notes in a `Connection` whether that succeeded."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection_pool_size=1)
        self._connection = connection

    async def do_request(
        self,
        *args: Any,  # noqa: ANN401 - whatever HTTPXRequest takes goes on to it
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Make the request, as HTTPXRequest does."""
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except TelegramError as error:
            self._connection.failed(error)
            raise
        known = self._connection.rejected.is_set()
        self._connection.responded(status)
        if self._connection.rejected.is_set() and not known:
            # The answer would end polling with an exception that nobody collects. Whoever waits
            # for `rejected` stops polling instead, and that cancels this.
            await asyncio.get_running_loop().create_future()
        return status, payload


# The pace of calls.

RETRIES: Final = 2  # of a call that Telegram refuses because too many were made
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
        """Do nothing, where python-telegram-bot expects a method."""

    async def shutdown(self) -> None:
        """Do nothing, where python-telegram-bot expects a method."""

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
