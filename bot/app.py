"""The composition root: the application with its services, and the process around it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot, JobQueue
from telegram.request import HTTPXRequest

from bot import handlers
from bot.connection import ChatPacing, Connection, WatchedRequest
from bot.context import Context, Services
from bot.dispatch import Dispatcher
from bot.errors import CannotListen, TokenRejected, WebhookRefused
from bot.handlers.digest import plan_all
from bot.handlers.start import describe, set_admin_menus, set_menus
from bot.handlers.unexpected import on_error, slow_down
from bot.health import Pulse
from bot.opening import encoder_of, making_meaning, opened
from bot.receiving import ALLOWED_UPDATES, Receiver
from bot.settings import service_manager
from bot.webhook import WebhookServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Update
    from telegram.request import BaseRequest

    from bot.settings import Settings

App: TypeAlias = Application[
    ExtBot[int], Context, dict[Any, Any], dict[Any, Any], Services, JobQueue[Any]
]

logger = logging.getLogger(__name__)

API_URL: Final = "https://api.telegram.org"
POOL_SIZE: Final = 64  # connections to the server
POOL_SECONDS: Final = 10.0  # for a connection to be free
REBUILDING_STEPS: Final = 10  # lines of the log about a rebuild
STOP_SECONDS: Final = 0.6  # for each step of stopping that needs the server
FINISH_SECONDS: Final = 1.0  # for answers under way when the program is stopped


def build_application(
    settings: Settings, request: BaseRequest | None = None, connection: Connection | None = None
) -> App:
    """Return the application, not yet initialised; its `post_init` opens the archive.

    `request` carries the calls to Telegram; `connection` is told how polling goes. Settings
    without a token make telegram.error.InvalidToken.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    request = request or HTTPXRequest(connection_pool_size=POOL_SIZE, pool_timeout=POOL_SECONDS)
    services = AsyncExitStack()

    async def open_services(application: App) -> None:
        archive = await services.enter_async_context(
            opened(settings.database, _tell_loading, _tell_rebuilding(), encoder_of(settings))
        )
        await services.enter_async_context(making_meaning(archive))
        # Chance only picks a post to show.
        application.bot_data.fill(archive, settings, Random())  # noqa: S311
        services.push_async_callback(application.bot_data.searches.close)
        await plan_all(application)

    async def close_services(_: App) -> None:
        await services.aclose()

    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(base_url(settings))
        .base_file_url(base_url(settings, "/file"))
        .request(request)
        .get_updates_request(WatchedRequest(connection) if connection else request)
        .rate_limiter(ChatPacing())
        .context_types(ContextTypes(context=Context, bot_data=Services))
        .updater(None)
        .post_init(open_services)
        .post_shutdown(close_services)
        .build()
    )
    for group, table in handlers.build().items():
        application.add_handlers(table, group)
    application.add_error_handler(on_error)
    return application


def base_url(settings: Settings, folder: str = "") -> str:
    """Return the address that every call's `/<method>` is appended to, with a place for the token.

    With the folder `/file`, it is the address that every file's `/<path>` is appended to.
    """
    test = "/test" if settings.test_environment else ""
    return f"{settings.api_url or API_URL}{folder}/bot{{token}}{test}"


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
    pulse = Pulse(settings.database, service_manager())
    connection = Connection(server, on_answer=pulse.beat)
    application = build_application(settings, connection=connection)
    async with services_of(application):
        try:
            await connection.persist(application.initialize)
            async with receiving(application, settings, connection) as way:
                await application.start()
                application.create_task(_offer_menus(application))
                await _introduce(application, way)
                if settings.webhook_url is not None:
                    await pulse.go_on()
                await connection.rejected.wait()
                raise TokenRejected(server)
        finally:
            pulse.stop()
            await _stop(application)


@asynccontextmanager
async def receiving(
    application: App, settings: Settings, connection: Connection
) -> AsyncIterator[str]:
    """Receive updates during the block, by polling or a webhook; yields which, in words."""
    dispatcher = Dispatcher(application.process_update, partial(_slow_down, application))
    receiver = Receiver(application, dispatcher)
    way = _polling if settings.webhook_url is None else _webhook
    try:
        await receiver.resume()
        async with way(application, settings, connection, receiver) as named:
            yield named
    finally:
        await receiver.close(STOP_SECONDS)
        if settings.webhook_url is None:
            await _briefly(receiver.confirm())
        await _briefly(receiver.leave(await dispatcher.close(FINISH_SECONDS)))


async def _slow_down(application: App, update: Update) -> None:
    await slow_down(update, application.context_types.context.from_update(update, application))


@asynccontextmanager
async def _polling(
    application: App, _: Settings, connection: Connection, receiver: Receiver
) -> AsyncIterator[str]:
    await connection.persist(application.bot.delete_webhook)
    polling = asyncio.create_task(receiver.poll(connection))
    try:
        yield "polling"
    finally:
        polling.cancel()
        await asyncio.wait([polling])


@asynccontextmanager
async def _webhook(
    application: App, settings: Settings, connection: Connection, receiver: Receiver
) -> AsyncIterator[str]:
    """Listen for updates; without a secret in the settings, one that only Telegram learns."""
    url = settings.webhook_url or ""
    host, _, port = settings.webhook_listen.rpartition(":")
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else secrets.token_urlsafe()
    server = WebhookServer(receiver, urlsplit(url).path, secret)
    try:
        server.listen(host.strip("[]"), int(port))
        told = partial(
            application.bot.set_webhook,
            url,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=secret,
        )
        await connection.persist(told)
        yield f"webhook at {settings.webhook_listen}"
    except BadRequest as error:
        raise WebhookRefused(url, error.message) from error
    except OSError as error:
        raise CannotListen(settings.webhook_listen, error.strerror or "") from error
    finally:
        receiver.end()
        await server.close()


async def _offer_menus(application: App) -> None:
    """Set the command menus and the descriptions; the bot works without them."""
    try:
        await set_menus(application.bot)
        await set_admin_menus(application.bot, application.bot_data.settings.admins)
        await describe(application.bot)
    except TelegramError as error:
        logger.warning("Telegram did not take the command menus or descriptions: %s", error.message)


async def _introduce(application: App, way: str) -> None:
    posts = (await application.bot_data.archive.stats()).posts
    name = application.bot.username
    logger.info("Galpi runs as @%s, %s; %d posts; Ctrl-C stops it", name, way, posts)


async def _stop(application: App) -> None:
    """Stop politely, but not for long: the server may be out of reach, a handler may wait."""
    if application.running:
        await _briefly(application.stop())
    await _briefly(application.shutdown())
    await _briefly(application.bot.shutdown())  # if it was not initialised whole


async def _briefly(step: Awaitable[None]) -> None:
    with suppress(TimeoutError, TelegramError):
        async with asyncio.timeout(STOP_SECONDS):
            await step


def _tell_loading(_: str, done: int, total: int) -> None:
    if done == 0:
        logger.info("Filling the archive from %d documents", total)


def _tell_rebuilding() -> Callable[[int, int], None]:
    """Return a callback that logs the progress of a rebuild of the search index, in a few lines."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        step = REBUILDING_STEPS * done // total
        if step > told:
            percent = 100 * step // REBUILDING_STEPS
            logger.info("Rebuilding the search index of %d posts: %d %%", total, percent)
            told = step

    return tell
