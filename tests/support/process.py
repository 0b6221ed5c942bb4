"""The bot as a process of its own: the unmodified `galpi run`, its output and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi import BotApiServer

PROGRAM = Path(sys.executable).with_name("galpi")
# Settings of whoever runs the tests must not reach the bot.
OUR_VARIABLES = ("GALPI_", "TELEGRAM_")
PATIENCE = 40.0


class BotProcess:
    """A running bot. Everything it prints is kept in `output`, line by line as it comes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._printed = asyncio.Condition()
        self._readers = [
            asyncio.create_task(self._read(stream))
            for stream in (process.stdout, process.stderr)
            if stream is not None
        ]

    @classmethod
    async def start(
        cls, server: BotApiServer, database: Path, settings: Mapping[str, str] | None = None
    ) -> BotProcess:
        """Start `galpi run` against a Bot API server, with more settings or other ones."""
        named = {
            "TELEGRAM_BOT_TOKEN": server.api.token,
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_TEST_ENVIRONMENT": "1" if server.api.test_environment else "0",
            "GALPI_MEANING": "0",  # its model takes a second of each start; asked for where tested
            **(settings or {}),
        }
        return await cls.of("run", database=database, settings=named)

    @classmethod
    async def of(
        cls, *arguments: str, database: Path, settings: Mapping[str, str] | None = None
    ) -> BotProcess:
        """Start any command with an archive and these settings alone."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(OUR_VARIABLES)
        }
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            *arguments,
            cwd=database.anchor,  # where no .env is
            env=environment | {"GALPI_DATABASE": str(database)} | dict(settings or {}),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return cls(process)

    @property
    def output(self) -> str:
        """What it printed so far, on stdout and stderr."""
        return "\n".join(self._lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines it printed so far."""
        return tuple(self._lines)

    @property
    def pid(self) -> int:
        """Its id, to be looked up in /proc."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def prints(self, *, lines: int = 1) -> tuple[str, ...]:
        """Wait until it has printed so many lines, and return them."""
        async with asyncio.timeout(PATIENCE), self._printed:
            await self._printed.wait_for(lambda: len(self._lines) >= lines)
        return self.lines

    async def says(self, words: str) -> str:
        """Wait until it prints a line with these words, and return the line."""
        async with asyncio.timeout(PATIENCE), self._printed:
            await self._printed.wait_for(lambda: words in self.output)
        return next(line for line in self._lines if words in line)

    async def ends(self) -> int:
        """Wait for its end, and return its exit status."""
        async with asyncio.timeout(PATIENCE):
            status = await self._process.wait()
            await asyncio.gather(*self._readers)
        return status

    async def stop(self) -> int:
        """Ask it to stop as a service manager does, and return its exit status."""
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)
        return await self.ends()

    async def interrupt(self) -> int:
        """Press Ctrl-C, and return its exit status."""
        self._process.send_signal(signal.SIGINT)
        return await self.ends()

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.is_running:
            self._process.kill()
        await self.ends()

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            async with self._printed:
                self._lines.append(line.decode(errors="replace").rstrip("\n"))
                self._printed.notify_all()
