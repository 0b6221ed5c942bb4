"""What kind of chat an export is of, and whether its messages may come in unasked."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Chat(StrEnum):
    """The kind of a chat, as far as an export tells it."""

    CHANNEL = "channel"
    """Public or private: what it holds was written for its readers."""
    PUBLIC_GROUP = "public_group"
    """Anybody can read it."""
    GROUP = "group"
    """A group that is private, or not known to be public."""
    PRIVATE = "private"
    """A chat between two people or with a bot, or somebody's notes."""
    UNKNOWN = "unknown"
    """The export does not tell."""

    @property
    def is_open(self) -> bool:
        """Whether it is known to be a channel or a public group."""
        return self in {Chat.CHANNEL, Chat.PUBLIC_GROUP}

    @property
    def is_group(self) -> bool:
        """Whether many people write in it."""
        return self in {Chat.GROUP, Chat.PUBLIC_GROUP}


JSON_TYPES: Final[Mapping[str, Chat]] = {
    "public_channel": Chat.CHANNEL,
    "private_channel": Chat.CHANNEL,
    "public_supergroup": Chat.PUBLIC_GROUP,
    "private_supergroup": Chat.GROUP,
    "private_group": Chat.GROUP,
    "personal_chat": Chat.PRIVATE,
    "bot_chat": Chat.PRIVATE,
    "saved_messages": Chat.PRIVATE,
    "replies": Chat.PRIVATE,
    "verification_codes": Chat.PRIVATE,
}
"""How result.json calls them."""
HTML_TYPES: Final[Mapping[str, Chat]] = {
    "channel": Chat.CHANNEL,
    "group": Chat.GROUP,
    "private": Chat.PRIVATE,
    "bot": Chat.PRIVATE,
}
"""How lists/chats.html calls them; it does not tell public groups from private ones."""
