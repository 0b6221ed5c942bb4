"""Users, chats, messages and updates, and how Telegram writes them in JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.botapi.entities import FormattedText
    from bot.playground.botapi.fields import Json, JsonObject
    from bot.playground.botapi.keyboards import Button, ForceReply, Keyboard


class ChatType(StrEnum):
    """The kinds of chats that a bot is in."""

    PRIVATE = "private"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def json(self) -> dict[str, Json]:
        """Return Telegram's User."""
        return _present(
            {
                "id": self.id,
                "is_bot": self.is_bot,
                "first_name": self.first_name,
                "username": self.username,
                "language_code": self.language_code,
            }
        )


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A conversation and its messages by number.

    `private_with` is the person of a private chat. In a group the bot sees everything if
    `privacy` is off, else only what concerns it. `topics` are the threads of a forum by number. A
    channel speaks for itself: whoever sends is the channel.
    """

    id: int
    title: str
    private_with: User | None = None
    username: str | None = None
    is_channel: bool = False
    is_forum: bool = False
    privacy: bool = True
    bot_is_member: bool = True
    bot_is_blocked: bool = False
    topics: dict[int, str] = field(default_factory=dict, repr=False)
    members: dict[int, User] = field(default_factory=dict, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    last_message_id: int = 0

    @property
    def user(self) -> User:
        """The person of a private chat; of a group, ValueError."""
        if self.private_with is None:
            raise ValueError(self.id)
        return self.private_with

    @property
    def type(self) -> ChatType:
        """What kind of chat this is."""
        if self.is_channel:
            return ChatType.CHANNEL
        return ChatType.PRIVATE if self.private_with else ChatType.SUPERGROUP

    def json(self) -> dict[str, Json]:
        """Return Telegram's Chat."""
        person = self.private_with
        return _present(
            {
                "id": self.id,
                "type": self.type,
                "title": None if person else self.title,
                "first_name": person.first_name if person else None,
                "username": person.username if person else self.username,
                "is_forum": self.is_forum or None,
            }
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a chat, without its bytes; `path` is where they can be downloaded."""

    file_id: str
    name: str
    mime_type: str
    size: int
    path: str

    @property
    def unique_id(self) -> str:
        """The id that is the same for every bot, and of no use in a call."""
        return f"unique-{self.file_id}"

    def json(self) -> dict[str, Json]:
        """Return Telegram's Document."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": self.size,
        }


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in a chat, in the one size that it has here."""

    file: Document
    width: int
    height: int

    def json(self) -> list[Json]:
        """Return Telegram's list of PhotoSize."""
        return [
            {
                "file_id": self.file.file_id,
                "file_unique_id": self.file.unique_id,
                "width": self.width,
                "height": self.height,
                "file_size": self.file.size,
            }
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stands now; an edit makes a new one with the same id.

    `content` is the text, or the caption of the document or photo. `inline_id` names a message
    that came from an inline result with a keyboard, or from the bot as a guest of who called it
    (`guest_of`): only so can the bot edit it.
    """

    id: int
    chat: Chat
    sender: User
    date: int
    content: FormattedText
    keyboard: Keyboard = ()
    thread_id: int | None = None
    reply_to: Message | None = None
    via_bot: User | None = None
    guest_of: User | None = None
    edit_date: int | None = None
    link_preview: JsonObject | None = None
    document: Document | None = None
    photo: Photo | None = None
    force_reply: ForceReply | None = None
    inline_id: str | None = None

    @property
    def text(self) -> str:
        """The words, without their formatting."""
        return self.content.text

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons under the message, row after row."""
        return tuple(button for row in self.keyboard for button in row)

    @property
    def in_topic(self) -> bool:
        """Whether the message stands in a topic of a forum, not just in a thread of replies."""
        return self.thread_id is not None and self.chat.is_forum

    def json(self, *, nested: bool = False) -> dict[str, Json]:
        """Return Telegram's Message; a nested one does not say what it replies to."""
        has_file = self.document or self.photo
        words, entities = ("caption", "caption_entities") if has_file else ("text", "entities")
        speaks_itself = self.chat.is_channel
        return _present(
            {
                "message_id": self.id,
                "from": None if speaks_itself else self.sender.json(),
                "sender_chat": self.chat.json() if speaks_itself else None,
                "chat": self.chat.json(),
                "date": self.date,
                "edit_date": self.edit_date,
                "message_thread_id": self.thread_id,
                "is_topic_message": self.in_topic or None,
                "reply_to_message": self._reply_json() if not nested else None,
                "via_bot": self.via_bot.json() if self.via_bot else None,
                "guest_bot_caller_user": self.guest_of.json() if self.guest_of else None,
                "document": self.document.json() if self.document else None,
                "photo": self.photo.json() if self.photo else None,
                words: self.text or None,
                entities: [entity.json() for entity in self.content.entities] or None,
                "link_preview_options": self.link_preview,
                "reply_markup": self._markup_json(),
            }
        )

    def _reply_json(self) -> Json:
        return self.reply_to.json(nested=True) if self.reply_to else None

    def _markup_json(self) -> Json:
        rows = [[button.json() for button in row] for row in self.keyboard]
        return {"inline_keyboard": rows} if rows else None


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its number, its kind and what it says."""

    id: int
    kind: str
    body: JsonObject

    def json(self) -> dict[str, Json]:
        """Return Telegram's Update."""
        return {"update_id": self.id, self.kind: self.body}


def _present(values: JsonObject) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}
