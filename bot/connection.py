"""The connection to the Bot API server; trouble with it is logged once and waited out."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import TokenRejected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

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
