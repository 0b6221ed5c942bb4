"""How others see that the bot is alive: by the age of a file beside its archive.

Polling, the bot touches the file with each answer of Telegram's server; behind a webhook, every few
seconds. If systemd has started it, its watchdog is told at the same time. No answer, or an event
loop that hangs, and the file grows old.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from pathlib import Path

EVERY: Final = 10.0  # seconds between two beats behind a webhook; polling takes no longer either
OLDEST: Final = 60.0
"""Seconds without an answer from which on the bot is ill. Between two tries lie at most 30."""


class Pulse:
    """Tells that the bot is alive; `manager` is the socket of systemd, where it started this."""

    def __init__(self, database: Path, manager: str | None = None) -> None:
        self._file = pulse_file(database)
        self._manager = manager

    def beat(self) -> None:
        """Tell that all is well just now."""
        # What cannot be told must not keep the bot from going on.
        with suppress(OSError):
            self._file.touch(mode=0o600)
        self._notify("READY=1\nWATCHDOG=1")

    async def go_on(self) -> NoReturn:
        """Tell so until cancelled, as long as the event loop has its turns."""
        while True:
            self.beat()
            await asyncio.sleep(EVERY)

    def stop(self) -> None:
        """Tell that the bot ends as it was asked to."""
        with suppress(OSError):
            self._file.unlink()
        self._notify("STOPPING=1")

    def _notify(self, state: str) -> None:
        if self._manager is None:
            return
        # https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
        address = self._manager.replace("@", "\0", 1) if self._manager[0] == "@" else self._manager
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(state.encode(), address)


def pulse_file(database: Path) -> Path:
    """Return the file beside an archive whose age tells how long ago the bot was well."""
    return database.with_name(f"{database.name}-pulse")
