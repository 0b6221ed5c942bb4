"""The playground's WebSocket without a browser: says what a page says, hears what it hears."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tornado.websocket import WebSocketClientConnection

Told: TypeAlias = dict[str, Any]

PATIENCE: Final = 20.0


class RawPage:
    """One line to the server; what came and was not asked for is kept."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self._line = line
        self._heard: list[Told] = []

    async def say(self, kind: str, **fields: object) -> None:
        await self.say_raw(json.dumps({"type": kind, **fields}))

    async def say_raw(self, message: str | bytes) -> None:
        await self._line.write_message(message, binary=isinstance(message, bytes))

    async def hear(self, kind: str) -> Told:
        """Return the next message of a kind."""
        while (found := self._take(kind)) is None:
            async with asyncio.timeout(PATIENCE):
                message = await self._line.read_message()
            assert message is not None, "the server hung up"
            self._heard.append(json.loads(message))
        return found

    def _take(self, kind: str) -> Told | None:
        for place, told in enumerate(self._heard):
            if told["type"] == kind:
                return self._heard.pop(place)
        return None


@asynccontextmanager
async def page_at(url: str) -> AsyncIterator[RawPage]:
    """Connect as the page from this address does, for the block."""
    line = await connect(url, {"Origin": url})
    yield RawPage(line)
    line.close()
    while await line.read_message() is not None:
        pass  # until the server has hung up as well


async def connect(url: str, headers: dict[str, str]) -> WebSocketClientConnection:
    """Connect with these headers. Raises tornado.httpclient.HTTPClientError if refused."""
    address = f"{url.replace('http', 'ws')}/chat"
    return await websocket_connect(HTTPRequest(address, headers=headers))
