"""The queue of updates and long polling: an update stays until a later offset confirms it."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from bot.playground.botapi.errors import conflict
from bot.playground.botapi.model import Update
from bot.playground.botapi.timeline import Queued

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.playground.botapi.fields import JsonObject
    from bot.playground.botapi.timeline import Timeline

# Bot API, "getUpdates": how many updates at once, and (the Bot API server) how many seconds.
MAX_UPDATES = 100
MAX_TIMEOUT = 50
# Bot API, "getUpdates": what is not sent unless it is asked for by name.
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_UPDATE_ID = 500_000_001


class Updates:
    """The updates that the bot has not confirmed, oldest first.

    `arrived` is set by each new one, `waited_for` while a call waits for one.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.arrived = asyncio.Event()
        self.waited_for = asyncio.Event()
        self._last_id = FIRST_UPDATE_ID - 1
        self._poll: asyncio.Future[None] | None = None

    def put(self, kind: str, body: JsonObject) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if kind not in self.allowed if self.allowed else kind in UNASKED:
            return
        self._last_id += 1
        update = Update(self._last_id, kind, body)
        self.pending.append(update)
        self._timeline.add(Queued(update=update))
        self.arrived.set()
        self.end_poll()

    def allow(self, kinds: Collection[str] | None) -> None:
        """Set which kinds are queued from now on: none named means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget the updates before an offset; a negative one counts from the end."""
        if offset < 0:
            offset = self._last_id + 1 + offset
        while self.pending and self.pending[0].id < offset:
            self.pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Return the updates from `offset` on, waiting up to so many seconds for the first.

        Raises ApiError in the call that waits when another one comes, whether that waits or not.
        """
        self.interrupt("other getUpdates request; make sure that only one bot instance is running")
        self.confirm(offset)
        if not self.pending and seconds:
            await self._wait(seconds)
        return list(self.pending)[:limit]

    def end_poll(self) -> None:
        """Let the call that waits for updates return, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def interrupt(self, reason: str) -> None:
        """Fail the call that waits for updates, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(f"terminated by {reason}"))

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.waited_for.set()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
                self.waited_for.clear()
