"""A stage for the unmodified bot: a Bot API server, the people on it, and the bot's process."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground.botapi import BotApi
from tests.support.client import Telegram
from tests.support.faults import FaultyServer
from tests.support.process import BotProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

TOKEN = "7000001:AAHe2e-test_token_0123456789abcdefgh"
SECRET_PART = TOKEN.partition(":")[2]
USERNAME = "galpi_test_bot"


class Stage:
    """Where a test plays: `start` brings the bot, `forgive` names what it may be refused for."""

    def __init__(self, server: FaultyServer, database: Path) -> None:
        self.server = server
        self.database = database
        self.api = server.api
        self.telegram = Telegram(server.api)
        self.processes: list[BotProcess] = []
        self._checked = 0
        self._forgiven: tuple[str, ...] = ()

    @property
    def bot(self) -> BotProcess:
        """The process started last."""
        return self.processes[-1]

    async def run(self, settings: Mapping[str, str] | None = None) -> BotProcess:
        """Start `galpi run`, and leave it to it."""
        process = await BotProcess.start(self.server, self.database, settings)
        self.processes.append(process)
        return process

    async def start(self, settings: Mapping[str, str] | None = None) -> BotProcess:
        """Start the bot and wait until it polls. Fails with its last words if it ends instead."""
        await self.run(settings)
        asks = asyncio.create_task(self.api.updates.waited_for.wait())
        ends = asyncio.create_task(self.bot.ends())
        await asyncio.wait({asks, ends}, return_when=asyncio.FIRST_COMPLETED)
        for task in (asks, ends):
            task.cancel()
        await asyncio.gather(asks, ends, return_exceptions=True)
        assert self.api.updates.waited_for.is_set(), self.bot.output
        return self.bot

    def forgive(self, *reasons: str) -> None:
        """Let the bot's calls be refused for these reasons until the next check."""
        self._forgiven += reasons

    def check(self) -> None:
        """Fail if the bot broke a rule of Telegram's, or left a pressed button unanswered."""
        refusals = [
            refusal
            for refusal in self.telegram.refusals(self._checked)
            if not any(reason in refusal for reason in self._forgiven)
        ]
        self._checked, self._forgiven = len(self.api.timeline.events), ()
        assert not refusals, refusals
        unanswered = [query.data for query in self.api.queries.unanswered]
        assert not unanswered, unanswered
        assert not any(SECRET_PART in process.output for process in self.processes)

    async def close(self) -> None:
        """End every process, and look at what they left behind."""
        running = [process for process in self.processes if process.is_running]
        statuses = [await process.stop() for process in running]
        assert not any(statuses), [process.output for process in running]
        self.check()


@asynccontextmanager
async def stage_at(
    database: Path, *, test_environment: bool = False, limited: bool = False
) -> AsyncIterator[Stage]:
    """Set up a stage whose server is listening; nothing runs on it yet."""
    api = BotApi(TOKEN, username=USERNAME, test_environment=test_environment, limited=limited)
    async with FaultyServer(api) as server:
        stage = Stage(server, database)
        try:
            yield stage
        finally:
            await stage.close()
