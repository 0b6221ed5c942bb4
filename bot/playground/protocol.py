"""What the page and the server tell each other: JSON objects over a WebSocket, told by `type`.

The page says (`request` is a number of its own that comes back with the answer):

    speak    language                             the person's language, ko or en
    broadcast                                     the channel is to post something
    write    chat_id text reply_to                a message, perhaps in reply to another
    press    chat_id message_id data request      a button; answered by `answered`
    ask      chat_id query offset request         an inline query; answered by `results`
    choose   chat_id query_id result_id           a row of `results`, to be sent

a file is posted to /document, its chat_id and name in the address;

and hears, with Telegram's own User, Chat, Message, BotCommand and Update in them:

    state    bot you chats: [{chat members messages}]   everything so far; always the first
    commands chats: [{chat_id commands}]                the menus of commands
    message  message force_reply                        a message, or a new form of one
    deleted  chat_id message_id
    action   chat_id action                             the bot is typing
    answered request text alert url                     what a press brought
    results  request query_id results next_offset button
    refused  text                                       what was said makes no sense
    update   update                                     for developers: what the bot gets,
    call     method arguments result error              and what it asks for
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.playground.botapi.fields import Fields, needed
from bot.playground.botapi.timeline import (
    Acted,
    CallbackAnswered,
    Called,
    Deleted,
    Edited,
    Queued,
    Sent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.fields import ApiError, Json, JsonObject
    from bot.playground.botapi.model import Chat
    from bot.playground.botapi.queries import InlineAnswer, InlineResult, StartButton
    from bot.playground.botapi.timeline import Event
    from bot.playground.visitor import Visitor


class Speak(Fields):
    """The person has chosen a language."""

    language: str = needed("a word is missing")


class Broadcast(Fields):
    """The channel is to post something."""


class InChat(Fields):
    """Something was done in a chat."""

    chat_id: int = needed("a number is missing")


class Write(InChat):
    """A message was written, perhaps in reply to another."""

    text: str = needed("a word is missing")
    reply_to: int = 0


class Press(InChat):
    """A button was pressed."""

    message_id: int = needed("a number is missing")
    data: str = needed("a word is missing")
    request: int = needed("a number is missing")


class Ask(InChat):
    """An inline query was typed."""

    query: str = ""
    offset: str = ""
    request: int = needed("a number is missing")


class Choose(InChat):
    """A row of inline results was chosen."""

    query_id: str = needed("a word is missing")
    result_id: str = needed("a word is missing")


# What the page can say, by its type.
PAGE_MESSAGES: Final[Mapping[str, type[Fields]]] = {
    kind.__name__.lower(): kind for kind in (Speak, Broadcast, Write, Press, Ask, Choose)
}
MENU_METHODS: Final = frozenset({"setMyCommands", "deleteMyCommands"})


def state(visitor: Visitor) -> JsonObject:
    """Return everything that a page needs to begin."""
    return {
        "type": "state",
        "bot": visitor.api.me.json(),
        "you": visitor.user.json(),
        "chats": [_chat(chat) for chat in visitor.chats],
    }


def commands(visitor: Visitor) -> JsonObject:
    """Return the menu of each chat, in the person's language."""
    language = visitor.user.language_code or ""
    menus = visitor.api.menus
    offered: list[Json] = [
        {
            "chat_id": chat.id,
            "commands": [command.json() for command in menus.offered(chat, language)],
        }
        for chat in visitor.chats
    ]
    return {"type": "commands", "chats": offered}


def told(event: Event) -> JsonObject | None:
    """Return the message to every page about an event; None if pages need not know of it."""
    match event:
        case Sent(message=message) | Edited(message=message) if not message.chat.is_channel:
            asks = message.force_reply.json() if message.force_reply else None
            return {"type": "message", "message": message.json(), "force_reply": asks}
        case Deleted(chat=chat, message_id=message_id):
            return {"type": "deleted", "chat_id": chat.id, "message_id": message_id}
        case Acted(chat=chat, action=action):
            return {"type": "action", "chat_id": chat.id, "action": action}
        case Queued(update=update):
            return {"type": "update", "update": update.json()}
        case Called():
            return _called(event)
        case _:
            return None


def answered(request: int, answer: CallbackAnswered) -> JsonObject:
    """Return the message to the page that pressed the button."""
    return {
        "type": "answered",
        "request": request,
        "text": answer.text,
        "alert": answer.alert,
        "url": answer.url,
    }


def results(request: int, query_id: str, answer: InlineAnswer) -> JsonObject:
    """Return the message to the page that asked inline."""
    return {
        "type": "results",
        "request": request,
        "query_id": query_id,
        "results": [_row(result) for result in answer.results],
        "next_offset": answer.next_offset,
        "button": _button(answer.button),
    }


def refused(error: ApiError) -> JsonObject:
    """Return the message to a page whose own message made no sense."""
    return {"type": "refused", "text": error.description}


def _chat(chat: Chat) -> JsonObject:
    return {
        "chat": chat.json(),
        "members": len(chat.members) + 1,  # and the bot
        "messages": [message.json() for message in chat.messages.values()],
    }


def _row(result: InlineResult) -> JsonObject:
    return {"id": result.id, "title": result.title, "description": result.description}


def _called(call: Called) -> JsonObject:
    return {
        "type": "call",
        "method": call.method,
        "arguments": call.arguments,
        "result": call.result,
        "error": _error(call.error),
    }


def _button(button: StartButton | None) -> Json:
    if button is None:
        return None
    return {"text": button.text, "start_parameter": button.start_parameter}


def _error(error: ApiError | None) -> Json:
    return {"error_code": error.code, "description": error.description} if error else None
