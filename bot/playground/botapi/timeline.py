"""What happened, in order: every call of the bot and what came of it, for those who wait for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.botapi.fields import ApiError, Json, JsonObject
    from bot.playground.botapi.model import Chat, Message, Update
    from bot.playground.botapi.queries import InlineAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; each kind is a class of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Event):
    """The bot's call of a method was answered."""

    method: str
    arguments: JsonObject
    result: Json = None
    error: ApiError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued(Event):
    """Something was put into the bot's queue of updates."""

    update: Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Event):
    """A message appeared in a chat."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Event):
    """A message of the bot changed; this is its new form."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(Event):
    """A message is gone."""

    chat: Chat
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted(Event):
    """The bot shows that it is typing, or something like it."""

    chat: Chat
    thread_id: int | None
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAnswered(Event):
    """A pressed button was answered; `text` is what pops up, empty for nothing."""

    query_id: str
    text: str
    alert: bool
    url: str
    cache_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswered(Event):
    """An inline query got its list of results."""

    query_id: str
    answer: InlineAnswer


E = TypeVar("E", bound=Event)


class Timeline:
    """The events so far, and a way to wait for the next ones."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._waiters: list[asyncio.Future[None]] = []

    def add(self, event: Event) -> None:
        """Record an event and wake everyone who waits."""
        self.events.append(event)
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def find(
        self, kind: type[E], matches: Callable[[E], bool], *, since: int = 0
    ) -> tuple[int, E] | None:
        """Return the first event of a kind, from place `since` on, and its place."""
        for place, event in enumerate(self.events[since:], since):
            if isinstance(event, kind) and matches(event):
                return place, event
        return None

    async def wait(
        self, kind: type[E], matches: Callable[[E], bool], *, since: int = 0
    ) -> tuple[int, E]:
        """Return what `find` finds, as soon as there is something to find."""
        while (found := self.find(kind, matches, since=since)) is None:
            since = len(self.events)
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter
        return found
