"""Faults on demand: the next calls of a method fail in a way that Telegram's do fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from bot.playground.botapi import BotApiServer
from bot.playground.botapi.fields import ApiError
from bot.playground.botapi.timeline import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tornado.web import RequestHandler

    from bot.playground.botapi import BotApi


class Silence(Enum):
    """Ways not to answer at all."""

    HANG = "no answer until the client gives up"
    DROP = "the connection is closed"


Fault: TypeAlias = ApiError | Silence

INTERNAL_ERROR = ApiError(500, "Internal Server Error")
BAD_GATEWAY = ApiError(502, "Bad Gateway")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Event):
    """The bot's call of a method met a planned fault."""

    method: str
    fault: Fault


@dataclass(slots=True)
class _Planned:
    method: str | None
    fault: Fault
    times: int


class Faults:
    """The faults to come."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(self, fault: Fault, method: str | None = None, *, times: int = 1) -> None:
        """Let the next calls of a method (None: of any) fail."""
        self._planned.append(_Planned(method.lower() if method else None, fault, times))

    def take(self, method: str) -> Fault | None:
        """Return what happens to this call, if it is to fail."""
        for planned in self._for(method):
            planned.times -= 1
            return planned.fault
        return None

    def clear(self) -> None:
        """Let everything work again."""
        self._planned.clear()

    def _for(self, method: str) -> Iterator[_Planned]:
        for planned in self._planned:
            if planned.times and planned.method in (None, method.lower()):
                yield planned


class FaultyServer(BotApiServer):
    """A Bot API server with faults planned."""

    def __init__(self, api: BotApi, port: int = 0) -> None:
        super().__init__(api, port)
        self.faults = Faults()

    async def meets_trouble(self, method: str, call: RequestHandler) -> bool:
        """Act out a planned fault."""
        fault = self.faults.take(method)
        if fault is None:
            return False
        self.api.timeline.add(Failed(method=method, fault=fault))
        if isinstance(fault, ApiError):
            raise fault
        if fault is Silence.HANG:
            await asyncio.Event().wait()
        call.detach().close()
        return True
