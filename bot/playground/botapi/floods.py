"""Flood limits: how many messages a bot may send to one chat, and altogether.

Telegram publishes them only roughly (https://core.telegram.org/bots/faq, "My bot is hitting
limits"): one message a second in a chat, with short bursts; 20 a minute in a group; 30 a second.
"""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.playground.botapi.fields import too_many_requests
from bot.playground.botapi.model import ChatType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.playground.botapi.model import Chat


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` within any `seconds`."""

    calls: int
    seconds: float


BY_CHAT: Final[Mapping[ChatType, Rate]] = {
    ChatType.PRIVATE: Rate(5, 5.0),
    ChatType.SUPERGROUP: Rate(20, 60.0),
}
OVERALL: Final = Rate(30, 1.0)


class Floods:
    """Counts what is sent; nothing is ever refused unless `limited`."""

    def __init__(self, *, limited: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.limited = limited
        self._clock = clock
        self._overall = _Window(OVERALL)
        self._by_chat: dict[int, _Window] = {}

    def count(self, chat: Chat) -> None:
        """Count a message or an edit in a chat. Raises ApiError if it is one too many."""
        if not self.limited:
            return
        now = self._clock()
        in_chat = self._by_chat.setdefault(chat.id, _Window(BY_CHAT[chat.type]))
        wait = max(in_chat.wait(now), self._overall.wait(now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        in_chat.add(now)
        self._overall.add(now)


class _Window:
    """The latest calls, as many as the rate allows in its time."""

    def __init__(self, rate: Rate) -> None:
        self._seconds = rate.seconds
        self._calls: deque[float] = deque(maxlen=rate.calls)

    def add(self, now: float) -> None:
        self._calls.append(now)

    def wait(self, now: float) -> float:
        """Return the seconds until the next call is allowed; zero or less: it is now."""
        full = len(self._calls) == self._calls.maxlen
        return self._calls[0] + self._seconds - now if full else 0.0
