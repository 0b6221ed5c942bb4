"""The methods of the Bot API, by what they are about; here, what a method is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.fields import Array, Fields, Name, Object, needed

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.state import State


class Method(Fields):
    """A call of the method that has the name of the class."""

    @classmethod
    def method_name(cls) -> str:
        """Return what the method is called: sendMessage."""
        return cls.__name__[0].lower() + cls.__name__[1:]

    async def answer(self, state: State) -> Json:
        """Return what the call brings. Raises ApiError as Telegram would refuse it."""
        raise NotImplementedError


class OfChat(Method):
    """A call about a chat."""

    chat_id: int | Name = needed("chat_id is empty")


class Sending(OfChat):
    """What every method that sends a message takes beside the message itself.

    What changes nothing here (effects, paid broadcasts, …) is read and kept in the record of calls.
    """

    business_connection_id: str = ""
    message_thread_id: int = 0
    direct_messages_topic_id: int = 0
    disable_notification: bool = False
    protect_content: bool = False
    allow_paid_broadcast: bool = False
    message_effect_id: str = ""
    suggested_post_parameters: Object | None = None
    reply_parameters: Object | None = None
    reply_markup: Object | None = None
    parse_mode: str = ""


class Captioned(Sending):
    """A file with a caption."""

    caption: str = ""
    caption_entities: Array | None = None


class Editing(Method):
    """What names the message that an edit is about."""

    business_connection_id: str = ""
    chat_id: int | Name = 0
    message_id: int = 0
    inline_message_id: str = ""
    reply_markup: Object | None = None
