"""The playground as a whole: the server, the unmodified bot against it, and a browser."""

from __future__ import annotations

import asyncio
import errno
import logging
import webbrowser
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from bot.app import run
from bot.errors import PortTaken
from bot.playground.botapi import LOOPBACK
from bot.playground.server import PlaygroundServer
from bot.playground.visitor import CHANNEL_USERNAME, Visitor
from storage import Archive, ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

logger = logging.getLogger(__name__)

PORT: Final = 8765
PORTS_TRIED: Final = 20
TAKEN: Final = frozenset({errno.EADDRINUSE, errno.EACCES})


async def demo(settings: Settings, *, port: int | None = None, browser: bool = True) -> None:
    """Let people chat with the bot in a browser until SIGINT or SIGTERM.

    Without a port, it is the usual one or the next that is free. Raises PortTaken, or what
    bot.app.run does. Nothing of the chats is kept; the archive is the one of the settings.
    """
    visitor = Visitor()
    async with open_server(visitor, port) as server:
        announcing = asyncio.create_task(_announce(server, settings.database, browser=browser))
        try:
            await run(_settings_for(server, visitor, settings))
        finally:
            announcing.cancel()


def open_server(visitor: Visitor, port: int | None) -> PlaygroundServer:
    """Return a server that has a port, this one or any near the usual. Raises PortTaken."""
    ports = range(PORT, PORT + PORTS_TRIED) if port is None else (port,)
    for candidate in ports:
        try:
            return PlaygroundServer(visitor, candidate)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
    raise PortTaken(f"{LOOPBACK}:{ports[0]}")


def _settings_for(server: PlaygroundServer, visitor: Visitor, settings: Settings) -> Settings:
    """Return the settings of a bot that nobody but the person at the page can reach.

    They are its admin, and the channel there is its only one.
    """
    changes = {
        "token": SecretStr(server.api.token),
        "api_url": server.url,
        "test_environment": False,
        "allowed_chats": frozenset(),
        "admins": frozenset({visitor.user.id}),
        "channels": frozenset({f"@{CHANNEL_USERNAME}"}),
        "webhook_url": None,
    }
    return settings.model_copy(update=changes)


async def _announce(server: PlaygroundServer, database: Path, *, browser: bool) -> None:
    """Say where the page is once the bot is there to answer, and open it."""
    await server.api.updates.waited_for.wait()
    with suppress(ArchiveError):  # the bot tells what is wrong with its archive
        server.visitor.go_on_from(await _last_post(database))
    logger.info("Chat with Galpi at %s", server.url)
    if browser:
        # A thread that nobody waits for: some browsers return only when they are closed.
        Thread(target=_open, args=(server.url,), daemon=True).start()


async def _last_post(database: Path) -> int:
    """Return the number of the last post that an archive has of the page's channel; 0 if of none.

    The bot has just brought the archive up to date.
    """
    async with Archive.open(database) as archive:
        stats = await archive.stats()
    held = (one for one in stats.sources if one.source.username == CHANNEL_USERNAME)
    return max((one.coverage.last for one in held if one.coverage), default=0)


def _open(url: str) -> None:
    try:
        controller = webbrowser.get()
    except webbrowser.Error:
        return
    # The browsers of a terminal would take this one over.
    if type(controller) is not webbrowser.GenericBrowser:
        controller.open(url)
