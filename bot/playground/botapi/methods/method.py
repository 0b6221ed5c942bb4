"""What a method of the Bot API is: its parameters, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.playground.botapi.fields import BOOLEAN, INTEGER, LIST, OBJECT, TEXT, Field, Kind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.playground.botapi.fields import Arguments, Fields, Json
    from bot.playground.botapi.state import State

Handler: TypeAlias = "Callable[[State, Arguments], Awaitable[Json]]"

CHAT = Field(Kind.CHAT, "chat_id is empty")
MESSAGE = Field(Kind.INTEGER, "message identifier is not specified")
# What every method that sends a message takes beside the message itself. What changes nothing
# here (effects, paid broadcasts, …) is read and kept in the record of calls.
SENDING: Fields = {
    "business_connection_id": TEXT,
    "chat_id": CHAT,
    "message_thread_id": INTEGER,
    "direct_messages_topic_id": INTEGER,
    "disable_notification": BOOLEAN,
    "protect_content": BOOLEAN,
    "allow_paid_broadcast": BOOLEAN,
    "message_effect_id": TEXT,
    "suggested_post_parameters": OBJECT,
    "reply_parameters": OBJECT,
    "reply_markup": OBJECT,
    "parse_mode": TEXT,
}
# What names the message that an edit is about.
EDITED: Fields = {
    "business_connection_id": TEXT,
    "chat_id": Field(Kind.CHAT),
    "message_id": INTEGER,
    "inline_message_id": TEXT,
    "reply_markup": OBJECT,
}
ALLOWED_UPDATES: Fields = {"allowed_updates": LIST}


@dataclass(frozen=True, slots=True)
class Method:
    """A method: the parameters it takes, and the function that answers it."""

    fields: Fields
    handler: Handler
