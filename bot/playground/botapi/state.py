"""What Telegram knows of one bot: the state that its methods read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.chats import Chats
from bot.playground.botapi.files import Files
from bot.playground.botapi.floods import Floods
from bot.playground.botapi.menus import Menus
from bot.playground.botapi.queries import Queries
from bot.playground.botapi.timeline import Timeline
from bot.playground.botapi.updates import Courier, Updates

if TYPE_CHECKING:
    from bot.playground.botapi.model import User


class State:
    """The bot itself, its chats and files, and what waits for it or for its answer.

    Who sends too much is refused as Telegram does only where `limited`: a test with a time limit
    of its own, or somebody who tries the bot out, has nothing of it.
    """

    def __init__(self, me: User, *, limited: bool = False) -> None:
        self.me = me
        self.timeline = Timeline()
        self.chats = Chats(self.timeline)
        self.files = Files()
        self.floods = Floods(limited=limited)
        self.queries = Queries()
        self.updates = Updates(self.timeline)
        self.courier = Courier(self.updates)
        self.menus = Menus()
