"""What a handler is given besides the update: the archive, the settings, chance, the language.

`Services` is the application's bot_data. python-telegram-bot makes it without arguments when the
application is built; the archive opens only inside the event loop, so whoever starts the
application fills it there, before the first update:

    ContextTypes(context=Context, bot_data=Services)      # when building
    application.bot_data.fill(archive, settings, Random())   # in post_init

Handlers read it through `Context` alone.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ExtBot

from bot.channels import Channels
from bot.searches import Searches
from bot.texts import texts_for
from bot.views.entries import Around

if TYPE_CHECKING:
    from random import Random

    from bot.settings import Settings
    from bot.texts import Texts
    from storage import Archive


class Services:
    """What the handlers work with; reading it before `fill` is an AttributeError."""

    __slots__ = ("alerting", "archive", "channels", "rng", "searches", "settings", "told")

    archive: Archive
    settings: Settings
    rng: Random
    searches: Searches
    channels: Channels
    alerting: asyncio.Lock
    told: set[tuple[int, int]]

    def fill(self, archive: Archive, settings: Settings, rng: Random) -> None:
        """Hand over what the handlers work with; `rng` draws the random posts."""
        self.archive = archive
        self.searches = Searches(archive)
        self.channels = Channels(archive, settings.channels)
        self.alerting = asyncio.Lock()
        self.told = set()
        self.settings = settings
        self.rng = rng


class Context(CallbackContext[ExtBot[int], dict[Any, Any], dict[Any, Any], Services]):
    """The context of one update; all handlers of the update share it."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application, chat_id, user_id)
        #: The user's language; set by the first handler of the table, English until then.
        self.texts: Texts = texts_for(None)
        #: Who has sent the update, known from the first handler on; 0 if it was nobody.
        self.reader = 0

    @property
    def archive(self) -> Archive:
        """The open archive."""
        return self.bot_data.archive

    @property
    def searches(self) -> Searches:
        """The searches that buttons lead back to."""
        return self.bot_data.searches

    @property
    def channels(self) -> Channels:
        """The channels whose posts come in."""
        return self.bot_data.channels

    @property
    def settings(self) -> Settings:
        """The settings the program was started with."""
        return self.bot_data.settings

    @property
    def rng(self) -> Random:
        """The source of chance."""
        return self.bot_data.rng

    async def around(self) -> Around:
        """Return what lists of posts depend on."""
        several = await self.archive.count_sources() > 1
        return Around(self.bot.username, several_sources=several)

    @property
    def can_share(self) -> bool:
        """Whether @BotFather was told /setinline; Telegram refuses buttons for it otherwise."""
        return self.bot.supports_inline_queries
