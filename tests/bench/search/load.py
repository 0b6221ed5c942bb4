"""A hundred chats search at once: how long is everything else kept waiting?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Archive

CHATS = 100
TICK = 0.001  # seconds
POLL = 0.05  # seconds between answers to polling


@dataclass(frozen=True, slots=True)
class Load:
    """What was seen on the event loop while all chats waited for their answers.

    Milliseconds that a task had to wait at most once it was due, and that a poll had to.
    """

    seconds: float
    longest_wait: float
    longest_poll: float


async def search_at_once(archive: Archive, queries: Sequence[str]) -> Load:
    """Let each chat ask for one of the queries, all at the same moment."""
    late: dict[float, list[float]] = {TICK: [], POLL: []}
    watching = [asyncio.create_task(_watch(late[every], every)) for every in late]
    started = time.perf_counter()
    await asyncio.gather(*(archive.search(queries[chat % len(queries)]) for chat in range(CHATS)))
    seconds = time.perf_counter() - started
    for task in watching:
        task.cancel()
    waits = (1000 * max(late[every], default=seconds) for every in late)
    return Load(seconds, *waits)


async def _watch(late: list[float], every: float) -> None:
    """Wake up again and again, noting how many seconds too late."""
    while True:
        due = time.perf_counter() + every
        await asyncio.sleep(every)
        late.append(time.perf_counter() - due)
