"""Work on updates, one queue for each chat: what one chat does holds up no other.

The updates of a chat are worked on one after another, in their order, and those of different chats
side by side. A queue is bounded, and the newest updates are kept: of inline queries, which are
superseded with each letter typed, only the last one. A chat whose queue overflows is told so once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    Work: TypeAlias = Callable[[Update], Awaitable[None]]
    Key: TypeAlias = tuple[str, int]

MOST_WAITING: Final = 20
"""Updates of a chat that wait at most: two albums' worth, or a minute of a group's answers."""


def queue_of(update: Update) -> Key:
    """Return the queue that an update waits in: its chat's, or for inline queries the user's."""
    user, chat = update.effective_user, update.effective_chat
    if update.inline_query is not None:
        return ("inline", update.inline_query.from_user.id)
    if chat is not None:
        return ("chat", chat.id)
    return ("user", user.id if user is not None else 0)


@dataclass(slots=True)
class _Queue:
    """The waiting updates of one chat; `refused` ones are only answered that they came too fast."""

    most: int
    waiting: deque[Update] = field(default_factory=deque)
    refused: deque[Update] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    told: bool = False
    current: Update | None = None
    task: asyncio.Task[None] | None = None

    def left(self) -> list[Update]:
        """Return what is not answered yet, oldest first."""
        return [*([self.current] if self.current else []), *self.waiting]

    def add(self, update: Update) -> None:
        self.waiting.append(update)
        if len(self.waiting) > self.most:
            self._refuse(self.waiting.popleft())

    def _refuse(self, update: Update) -> None:
        # Every pressed button wants an answer; a chat wants to be told once.
        if update.callback_query is not None:
            self.refused.append(update)
        elif update.message is not None and not self.told:
            self.told = True
            self.refused.append(update)


class Dispatcher:
    """Lets `answer` work on updates; `slow_down` tells the sender of one that it was left out."""

    def __init__(self, answer: Work, slow_down: Work) -> None:
        self._answer = answer
        self._slow_down = slow_down
        self._queues: dict[Key, _Queue] = {}

    def put(self, update: Update) -> asyncio.Task[None] | None:
        """Have an update worked on as soon as those of its chat before it are done.

        If none is under way, the task that works on it is returned; it also works on those updates
        of the chat that come before it ends.
        """
        key = queue_of(update)
        queue = self._queues.get(key)
        if queue is not None:
            queue.add(update)
            return None
        queue = self._queues[key] = _Queue(1 if key[0] == "inline" else MOST_WAITING)
        queue.add(update)
        queue.task = asyncio.create_task(self._work(key, queue))
        return queue.task

    async def close(self, seconds: float) -> list[Update]:
        """Wait up to `seconds` for all work to end; returns the updates that stay unanswered."""
        tasks = [queue.task for queue in self._queues.values() if queue.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        left = [update for queue in self._queues.values() for update in queue.left()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return left

    async def _work(self, key: Key, queue: _Queue) -> None:
        try:
            while queue.waiting or queue.refused:
                if queue.refused:
                    await self._slow_down(queue.refused.popleft())
                else:
                    queue.current = queue.waiting.popleft()
                    await self._answer(queue.current)
                    queue.current = None
        finally:
            del self._queues[key]
