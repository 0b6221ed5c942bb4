"""The composition root: the application with its services, and the process around it."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import signal
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot import handlers
from bot.connection import Connection, WatchedRequest
from bot.context import Context, Services
from bot.errors import CannotListen, TokenRejected, WebhookRefused
from bot.handlers.errors import on_error
from bot.handlers.menus import set_menus
from bot.opening import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram.ext import Updater
    from telegram.request import BaseRequest

    from bot.settings import Settings

App: TypeAlias = Application[ExtBot[int], Context, dict[Any, Any], dict[Any, Any], Services, None]

logger = logging.getLogger(__name__)

API_URL: Final = "https://api.telegram.org"
# What the handlers are made for; Telegram keeps everything else to itself.
ALLOWED_UPDATES: Final = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.MESSAGE_REACTION_COUNT,
    Update.MY_CHAT_MEMBER,
)
POOL_SIZE: Final = 64  # connections to the server, and so answers under way at once
FLOOD_RETRIES: Final = 2
REBUILDING_STEPS: Final = 10
STOP_SECONDS: Final = 0.6  # for each step of stopping that needs the server


def build_application(
    settings: Settings, request: BaseRequest | None = None, connection: Connection | None = None
) -> App:
    """Return the application, not yet initialised; its `post_init` opens the archive.

    `request` carries the calls to Telegram; `connection` is told how polling goes. Settings
    without a token make telegram.error.InvalidToken.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    request = request or HTTPXRequest(connection_pool_size=POOL_SIZE)
    services = AsyncExitStack()

    async def open_services(application: App) -> None:
        archive = await services.enter_async_context(
            opened(settings.database, _tell_loading, _tell_rebuilding())
        )
        # Chance only picks a post to show.
        application.bot_data.fill(archive, settings, Random())  # noqa: S311

    async def close_services(_: App) -> None:
        await services.aclose()

    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(base_url(settings))
        .request(request)
        .get_updates_request(WatchedRequest(connection) if connection else request)
        .rate_limiter(AIORateLimiter(max_retries=FLOOD_RETRIES))
        .context_types(ContextTypes(context=Context, bot_data=Services))
        .concurrent_updates(POOL_SIZE)
        .job_queue(None)
        .post_init(open_services)
        .post_shutdown(close_services)
        .build()
    )
    for group, table in handlers.build().items():
        application.add_handlers(table, group)
    application.add_error_handler(on_error)
    return application


def base_url(settings: Settings) -> str:
    """Return what stands before `/<method>` in the address of every call, but for the token."""
    test = "/test" if settings.test_environment else ""
    return f"{settings.api_url or API_URL}/bot{{token}}{test}"


@asynccontextmanager
async def services_of(application: App) -> AsyncIterator[None]:
    """Have the application's services open for the block, as run_polling would."""
    hooks = (application.post_init, application.post_shutdown)
    open_services, close_services = (hook for hook in hooks if hook is not None)
    await open_services(application)
    try:
        yield
    finally:
        await close_services(application)


async def run(settings: Settings) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises TokenRejected, WebhookRefused, CannotListen or an ArchiveError where it cannot; a server
    out of reach is waited for.
    """
    serving = asyncio.create_task(_serve(settings))
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has none; there, asyncio.run cancels at Ctrl-C.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(settings: Settings) -> None:
    """Bring everything up, the archive first: if it is bad, nobody waits for the network."""
    server = urlsplit(settings.api_url or API_URL).netloc.rpartition("@")[2]
    connection = Connection(server)
    application = build_application(settings, connection=connection)
    async with services_of(application):
        try:
            await connection.persist(application.initialize)
            way = await _receive(application, settings, connection)
            await application.start()
            application.create_task(_offer_menus(application))
            await _introduce(application, way)
            await connection.rejected.wait()
            raise TokenRejected(server)
        finally:
            await _stop(application)


async def _receive(application: App, settings: Settings, connection: Connection) -> str:
    """Let updates come, by polling or to a webhook; returns which, in words."""
    if settings.webhook_url is None:
        polling = partial(
            _updater(application).start_polling,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=connection.failed,
        )
        await connection.persist(polling)
        return "polling"
    webhook = partial(_start_webhook, _updater(application), settings, settings.webhook_url)
    try:
        await connection.persist(webhook)
    except BadRequest as error:
        raise WebhookRefused(settings.webhook_url, error.message) from error
    except OSError as error:
        raise CannotListen(settings.webhook_listen, error.strerror or "") from error
    return f"webhook at {settings.webhook_listen}"


async def _start_webhook(updater: Updater, settings: Settings, url: str) -> None:
    """Listen for updates; without a secret in the settings, one that only Telegram learns."""
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret
    await updater.start_webhook(
        listen=host.strip("[]"),
        port=int(port),
        url_path=re.escape(urlsplit(url).path),  # it becomes part of a pattern
        webhook_url=url,
        allowed_updates=ALLOWED_UPDATES,
        secret_token=secret.get_secret_value() if secret else secrets.token_urlsafe(),
    )


async def _offer_menus(application: App) -> None:
    """Set the command menus; the bot works without them."""
    try:
        await set_menus(application.bot)
    except TelegramError as error:
        logger.warning("Telegram did not take the command menus: %s", error.message)


async def _introduce(application: App, way: str) -> None:
    posts = (await application.bot_data.archive.stats()).posts
    name = application.bot.username
    logger.info("Galpi runs as @%s, %s; %d posts; Ctrl-C stops it", name, way, posts)


async def _stop(application: App) -> None:
    """Stop politely, but not for long: the server may be out of reach, a handler may wait."""
    updater = _updater(application)
    if updater.running:
        await _briefly(updater.stop())
    if application.running:
        await _briefly(application.stop())
    await _briefly(application.shutdown())
    await _briefly(application.bot.shutdown())  # if it was not initialised whole


async def _briefly(step: Awaitable[None]) -> None:
    with suppress(TimeoutError, TelegramError):
        async with asyncio.timeout(STOP_SECONDS):
            await step


def _updater(application: App) -> Updater:
    """Return the updater, which an application that build_application made always has."""
    if application.updater is None:
        raise ValueError
    return application.updater


def _tell_loading(_: str, done: int, total: int) -> None:
    if done == 0:
        logger.info("Filling the archive from %d documents", total)


def _tell_rebuilding() -> Callable[[int, int], None]:
    """Return what logs how far the search index is, in a few steps however long it takes."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        step = REBUILDING_STEPS * done // total
        if step > told:
            percent = 100 * step // REBUILDING_STEPS
            logger.info("Making the search index of %d posts anew: %d %%", total, percent)
            told = step

    return tell
