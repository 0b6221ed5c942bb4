"""The person at the page: a chat with the bot, a group with it, and what is done there."""

from __future__ import annotations

import secrets
import time
from itertools import cycle
from typing import TYPE_CHECKING, Final

from bot.playground.botapi import people
from bot.playground.botapi.api import BotApi
from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.texts import message_text
from bot.playground.broadcasts import BROADCASTS, picture

if TYPE_CHECKING:
    from bot.playground.botapi.inline import InlineResult
    from bot.playground.botapi.model import Chat, User
    from bot.playground.botapi.queries import CallbackQuery, InlineQuery

BOT_ID: Final = 7_000_000_001
BOT_USERNAME: Final = "galpi_demo_bot"
SECRET_BYTES: Final = 26  # as many as make the 35 characters of Telegram's tokens
YOU: Final = "You"
FRIENDS: Final = ("민지", "Ada")
CHANNEL: Final = "갈피 데모 채널 · Galpi demo"
CHANNEL_USERNAME: Final = "galpi_demo_channel"
OCTETS: Final = "application/octet-stream"
GROUP: Final = "책갈피 모임 · Book club"
# The archive remembers the language that a user chose. Telegram's ids have at most 52 bits; one
# from the upper half is nobody's, and a new one each time has chosen nothing yet.
FIRST_ID: Final = 2**51


class Visitor:
    """Somebody who tries the bot; several pages are the same person, as with several phones."""

    def __init__(self) -> None:
        self.api = BotApi(f"{BOT_ID}:{secrets.token_urlsafe(SECRET_BYTES)}", username=BOT_USERNAME)
        user_id = FIRST_ID + secrets.randbelow(FIRST_ID)
        self.private = self.api.chats.add_person(YOU, None, None, user_id=user_id)
        self.group = self.api.chats.add_group(GROUP, forum=False, privacy=True)
        friends = (self.api.chats.add_person(name, None, None) for name in FRIENDS)
        self.group.members.update({chat.id: chat.user for chat in (self.private, *friends)})
        self.channel = self.api.chats.add_channel(CHANNEL, CHANNEL_USERNAME)
        # The archive knows the posts of other days: these are numbered on from them.
        self.channel.last_message_id = int(time.time())
        self._broadcasts = cycle(BROADCASTS)

    @property
    def chats(self) -> tuple[Chat, Chat]:
        """The chats to see, the private one first."""
        return self.private, self.group

    @property
    def user(self) -> User:
        """The person, as Telegram knows them now."""
        return self.private.user

    def speak(self, language: str) -> None:
        """Set the language of the person's Telegram."""
        self.api.chats.set_language(self.private, language)

    def write(self, chat_id: int, text: str, reply_to: int = 0) -> None:
        """Send a text, perhaps in reply. Raises ApiError if it is empty or too long."""
        message_text(text, "")
        chat = self._chat(chat_id)
        people.write(self.api, self.user, chat, text, reply_to=chat.messages.get(reply_to))

    def send_file(self, chat_id: int, name: str, content: bytes) -> None:
        """Send a document. Raises ApiError if it is empty."""
        if not content:
            raise bad_request("file must be non-empty")
        chat = self._chat(chat_id)
        document = self.api.files.add(name, OCTETS, content)
        people.write(self.api, self.user, chat, "", document=document)

    def broadcast(self) -> None:
        """Let the channel post something new."""
        post = next(self._broadcasts)
        photo = self.api.files.add_photo(picture(*post.colours)) if post.colours else None
        people.broadcast(self.api, self.channel, post.text, photo)

    def press(self, chat_id: int, message_id: int, data: str) -> CallbackQuery:
        """Press a button below a message. Raises ApiError if there is no such message."""
        message = self._chat(chat_id).messages.get(message_id)
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return people.press(self.api, self.user, message, data, old=False)

    def ask(self, chat_id: int, words: str, offset: str) -> InlineQuery:
        """Type words after the bot's name."""
        chat = self._chat(chat_id)
        return people.ask(self.api, self.user, words, offset=offset, chat=chat)

    def choose(self, chat_id: int, query: InlineQuery, result: InlineResult) -> None:
        """Send an inline result."""
        people.choose(self.api, self.user, self._chat(chat_id), query, result)

    def _chat(self, chat_id: int) -> Chat:
        for chat in self.chats:
            if chat.id == chat_id:
                return chat
        raise bad_request("chat not found")
