"""Calls of the Bot API as plain HTTP, for tests of the server itself."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from bot.playground.botapi import BotApi
from tests.support.client import Telegram
from tests.support.faults import FaultyServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "7000001:AAH-unit-test_token"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status and the JSON."""

    status: int
    json: dict[str, Any]

    @property
    def result(self) -> Any:  # noqa: ANN401 - any JSON; a test looks into it
        """The result of a call that must have worked."""
        assert self.json["ok"] is True, self.json
        return self.json["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        """The status and description of a call that must have been refused."""
        assert self.json["ok"] is False, self.json
        assert self.json["error_code"] == self.status
        return self.status, self.json["description"]


@dataclass(frozen=True, slots=True)
class RawApi:
    """A running server and a client that speaks to it without any library for bots."""

    server: FaultyServer
    client: httpx.AsyncClient

    @property
    def api(self) -> BotApi:
        """What the server serves."""
        return self.server.api

    @property
    def telegram(self) -> Telegram:
        """The people on the other side."""
        return Telegram(self.server.api)

    def address(self, method: str, token: str = TOKEN) -> str:
        """Return the address of a method."""
        return f"{self.server.url}/bot{token}/{method}"

    async def call(self, method: str, **parameters: object) -> Answer:
        """Call a method with a JSON body."""
        response = await self.client.post(self.address(method), json=parameters)
        return Answer(response.status_code, response.json())


@asynccontextmanager
async def raw_api(**settings: Any) -> AsyncIterator[RawApi]:  # noqa: ANN401 - BotApi's own
    """Serve a new bot's API until the block ends."""
    server = FaultyServer(BotApi(TOKEN, **settings))
    async with server, httpx.AsyncClient() as client:
        yield RawApi(server, client)
