"""The command that runs the bot, or, where there is no token, a chat in the terminal."""

# ruff: noqa: PLC0415 - of the two ways to run, the other one is not imported

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import click

from bot import logs
from bot.cli.failures import refusal
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.settings import Settings

logger = logging.getLogger(__name__)


def run_bot() -> None:
    """Run the bot if there is a token, else the chat in the terminal."""
    settings = read_settings()
    if settings.token is None:
        from bot.playground.terminal import chat

        chat(settings)
    else:
        logs.set_up(settings.token.get_secret_value())
        _serve(settings)


def _serve(settings: Settings) -> None:
    """Run until stopped.

    An error that nobody expected is logged: the interpreter's own traceback could show the token.
    """
    from bot.app import run

    try:
        asyncio.run(run(settings))
    except Exception as error:
        if refusal(error) is None:
            logger.exception("Galpi ends on an error of its own")
            raise click.exceptions.Exit(1) from None
        raise
