"""The commands that run the bot: on Telegram, or in the playground."""

# ruff: noqa: PLC0415 - of the two ways to run, the other one is not imported

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import click

from bot import logs
from bot.cli.terminal import refusal
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Coroutine

logger = logging.getLogger(__name__)


def run_bot() -> None:
    """Run the bot if there is a token, else the playground."""
    settings = read_settings()
    if settings.token is None:
        logs.set_up(as_json=settings.log_as_json)
        logger.info(
            "TELEGRAM_BOT_TOKEN is not set, so Galpi opens its playground. To have it on Telegram,"
            " send /newbot to @BotFather, and set TELEGRAM_BOT_TOKEN to the token you get"
        )
        run_demo()
        return
    from bot.app import run

    logs.set_up(settings.token.get_secret_value(), as_json=settings.log_as_json)
    _complete(run(settings))


def run_demo(port: int | None = None, *, browser: bool = True) -> None:
    """Run the playground."""
    from bot.playground.demo import demo

    settings = read_settings()
    logs.set_up(as_json=settings.log_as_json)
    _complete(demo(settings, port=port, browser=browser))


def _complete(running: Coroutine[None, None, None]) -> None:
    """Run until stopped.

    An error that nobody expected is logged: the interpreter's own traceback could show the token.
    """
    try:
        asyncio.run(running)
    except Exception as error:
        if refusal(error) is None:
            logger.exception("Galpi ends on an error of its own")
            raise click.exceptions.Exit(1) from None
        raise
