"""The chats of a bot: who is in them, and the messages that appear, change and go."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.playground.botapi.fields import bad_request, forbidden
from bot.playground.botapi.model import Chat, ChatType, Message, User
from bot.playground.botapi.timeline import Deleted, Edited, Sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.botapi.entities import FormattedText
    from bot.playground.botapi.fields import JsonObject
    from bot.playground.botapi.keyboards import ForceReply, Keyboard
    from bot.playground.botapi.model import Document, Photo
    from bot.playground.botapi.timeline import Timeline

# Ids like Telegram's: people and bots are positive, supergroups are -100… .
FIRST_USER_ID = 100_000_001
FIRST_GROUP_ID = -1_001_000_000_001
FIRST_CHANNEL_ID = -1_001_500_000_001


class Chats:
    """All chats by id; `clock` gives Unix seconds."""

    def __init__(self, timeline: Timeline, clock: Callable[[], float] = time.time) -> None:
        self._timeline = timeline
        self._clock = clock
        self._chats: dict[int, Chat] = {}
        self._inline: dict[str, Message] = {}

    def add_person(
        self,
        first_name: str,
        language: str | None,
        username: str | None,
        *,
        user_id: int | None = None,
    ) -> Chat:
        """Make a person and the private chat with them, which the bot may not write to yet."""
        people = sum(chat.private_with is not None for chat in self._chats.values())
        person = User(
            id=user_id or FIRST_USER_ID + people,
            first_name=first_name,
            language_code=language,
            username=username,
        )
        chat = Chat(id=person.id, title=first_name, private_with=person, bot_is_member=False)
        chat.members[person.id] = person
        return self._chats.setdefault(chat.id, chat)

    def add_group(self, title: str, *, forum: bool, privacy: bool) -> Chat:
        """Make a group with the bot in it."""
        groups = sum(chat.type is ChatType.SUPERGROUP for chat in self._chats.values())
        chat = Chat(id=FIRST_GROUP_ID - groups, title=title, is_forum=forum, privacy=privacy)
        return self._chats.setdefault(chat.id, chat)

    def add_channel(self, title: str, username: str | None = None) -> Chat:
        """Make a channel with the bot as an administrator."""
        channels = sum(chat.is_channel for chat in self._chats.values())
        id_ = FIRST_CHANNEL_ID - channels
        chat = Chat(id=id_, title=title, username=username, is_channel=True)
        return self._chats.setdefault(chat.id, chat)

    def set_language(self, private: Chat, language: str) -> None:
        """Let the person of a private chat have Telegram in another language from now on."""
        person = replace(private.user, language_code=language)
        private.private_with = person
        for chat in self._chats.values():
            if person.id in chat.members:
                chat.members[person.id] = person

    def find(self, wanted: int | str) -> Chat:
        """Return a chat by its id, or by @name. Raises ApiError."""
        for chat in self._chats.values():
            name = chat.private_with.username if chat.private_with else chat.username
            if wanted == chat.id or (name and str(wanted).lower() == f"@{name}".lower()):
                return chat
        raise bad_request("chat not found" if wanted else "chat_id is empty")

    def writable(self, wanted: int | str, thread_id: int = 0) -> Chat:
        """Return a chat that the bot may write to, in this thread too. Raises ApiError."""
        chat = self.find(wanted)
        if chat.bot_is_blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.bot_is_member:
            raise forbidden(
                "bot can't initiate conversation with a user"
                if chat.private_with
                else "bot was kicked from the supergroup chat"
            )
        if thread_id and thread_id not in chat.topics:
            raise bad_request("message thread not found")
        return chat

    def post(  # noqa: PLR0913 - a message has so many parts
        self,
        chat: Chat,
        sender: User,
        content: FormattedText,
        *,
        keyboard: Keyboard = (),
        thread_id: int | None = None,
        reply_to: Message | None = None,
        via_bot: User | None = None,
        guest_of: User | None = None,
        link_preview: JsonObject | None = None,
        document: Document | None = None,
        photo: Photo | None = None,
        force_reply: ForceReply | None = None,
    ) -> Message:
        """Let a message appear at the end of a chat."""
        chat.last_message_id += 1
        is_inline = guest_of or (via_bot and keyboard)
        inline_id = f"inline-{chat.id}-{chat.last_message_id}" if is_inline else None
        message = Message(
            id=chat.last_message_id,
            chat=chat,
            sender=sender,
            date=int(self._clock()),
            content=content,
            keyboard=keyboard,
            thread_id=thread_id,
            reply_to=reply_to,
            via_bot=via_bot,
            guest_of=guest_of,
            link_preview=link_preview,
            document=document,
            photo=photo,
            force_reply=force_reply,
            inline_id=inline_id,
        )
        self._keep(message)
        self._timeline.add(Sent(message=message))
        return message

    def add_topic(self, chat: Chat, name: str) -> int:
        """Open a topic in a forum; its number is that of the message that opened it."""
        chat.last_message_id += 1
        chat.topics[chat.last_message_id] = name
        return chat.last_message_id

    def inline_message(self, inline_id: str) -> Message:
        """Return a message that came from an inline result. Raises ApiError."""
        if inline_id not in self._inline:
            raise bad_request("MESSAGE_ID_INVALID")
        return self._inline[inline_id]

    def edit(
        self,
        message: Message,
        *,
        content: FormattedText,
        keyboard: Keyboard,
        link_preview: JsonObject | None,
    ) -> Message:
        """Replace a message by its edited form. Raises ApiError if nothing changes."""
        edited = replace(message, content=content, keyboard=keyboard, link_preview=link_preview)
        if edited == message:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        edited = replace(edited, edit_date=int(self._clock()))
        self._keep(edited)
        self._timeline.add(Edited(message=edited))
        return edited

    def delete(self, message: Message) -> None:
        """Take a message out of its chat."""
        del message.chat.messages[message.id]
        self._timeline.add(Deleted(chat=message.chat, message_id=message.id))

    def _keep(self, message: Message) -> None:
        message.chat.messages[message.id] = message
        if message.inline_id:
            self._inline[message.inline_id] = message
