"""How others see that the bot is alive: by the age of a file beside its archive, or by asking.

Polling, the bot touches the file with each answer of Telegram's server; behind a webhook, every few
seconds. If systemd has started it, its watchdog is told at the same time. No answer, or an event
loop that hangs, and the file grows old. `galpi health` looks at the file, or asks the webhook.
"""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Final, NoReturn

import click

from bot.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

EVERY: Final = 10.0  # seconds between two beats behind a webhook; polling takes no longer either
OLDEST: Final = 60.0
"""Seconds without an answer after which the bot is unwell. Between two tries lie at most 30."""
ANSWER_SECONDS: Final = 3.0  # for the bot behind a webhook to answer
LOOPBACK: Final = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where others listen


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
        """Beat every few seconds until cancelled; a blocked event loop misses its beats."""
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


class Unwell(click.ClickException):
    """The bot is not at work."""


def check_health() -> None:
    """Print that the bot runs. Raises Unwell if it does not."""
    click.echo(health_of(read_settings(), time.time()))


def health_of(settings: Settings, now: float) -> str:
    """Return the sentence that the bot runs. Raises Unwell with the reason if it does not."""
    if settings.webhook_url is not None:
        return _behind_webhook(settings.webhook_listen)
    return _polling(settings.database, now)


def _polling(database: Path, now: float) -> str:
    try:
        age = max(0.0, now - pulse_file(database).stat().st_mtime)
    except OSError:
        raise Unwell("No bot runs on this archive, or it has not reached Telegram yet.") from None
    sentence = f"Telegram's server last answered the bot {age:.0f} s ago."
    if age > OLDEST:
        raise Unwell(sentence)
    return sentence


def _behind_webhook(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    host = LOOPBACK.get(host, host)
    connection = HTTPConnection(host.strip("[]"), int(port), timeout=ANSWER_SECONDS)
    start = time.monotonic()
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise Unwell(f"The bot does not answer at {host}:{port}.") from error
    finally:
        connection.close()
    if status != HTTPStatus.OK:
        raise Unwell(f"What answers at {host}:{port} is not the bot.")
    return f"The bot answers at {host}:{port} within {time.monotonic() - start:.3f} s."
