"""The health check: whether the bot of these settings is at work, asked from outside of it."""

from __future__ import annotations

import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Final

import click

from bot.pulse import OLDEST, pulse_file
from bot.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

ANSWER_SECONDS: Final = 3.0  # for the bot behind a webhook to answer
LOOPBACK: Final = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where others listen


class Unwell(click.ClickException):
    """The bot is not at work."""


def check_health() -> None:
    """Print how the bot is. Raises Unwell."""
    click.echo(health_of(read_settings(), time.time()))


def health_of(settings: Settings, now: float) -> str:
    """Return how the bot is, in a sentence, or raise it as Unwell."""
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
