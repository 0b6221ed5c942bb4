"""The Bot API of a single private chat, answered in this process.

An application made with a `Loopback` needs no network: what it would send to Telegram goes to a
`Screen`, and `Loopback` makes the updates that Telegram would deliver for what is typed or chosen.
"""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from telegram import MessageEntity
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from collections.abc import Sequence

Json: TypeAlias = dict[str, Any]

USERNAME: Final = "galpi"
TOKEN: Final = "1:loopback"  # noqa: S105 - python-telegram-bot wants one; it opens nothing
BOT: Final[Json] = {
    "id": 1,
    "is_bot": True,
    "first_name": "Galpi",
    "username": USERNAME,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
USER_ID: Final = 2


class Screen(Protocol):
    """Where the chat is seen."""

    def show_message(self, message: Json) -> None:
        """Show a new or changed message; its `text` is HTML."""

    def show_notice(self, text: str) -> None:
        """Show what Telegram shows for a moment above the chat."""

    def show_results(self, answer: Json) -> None:
        """Show the rows that answer an inline query, as answerInlineQuery has them."""


class Loopback(BaseRequest):
    """Carries a bot's calls to a screen instead of to Telegram."""

    def __init__(self, screen: Screen, language: str) -> None:
        self._screen = screen
        self._user = {
            "id": USER_ID,
            "is_bot": False,
            "first_name": "You",
            "language_code": language,
        }
        self._chat = {"id": USER_ID, "type": "private", "first_name": "You"}
        self._numbers = count(1)
        self._messages: dict[int, Json] = {}

    @property
    def read_timeout(self) -> float | None:
        """No answer has to be waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET or POST, alike here
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """Answer a call as the Bot API would."""
        status, answer = self._call(url.rpartition("/")[2], request_data)
        return status, json.dumps(answer).encode()

    def typed(self, text: str) -> Json:
        """Return the update for a message from the user."""
        message = self._message(self._user, text)
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entity = {"type": MessageEntity.BOT_COMMAND, "offset": 0, "length": length}
            message["entities"] = [entity]
        return self._update(message=message)

    def pressed(self, message_id: int, data: str) -> Json:
        """Return the update for a button below one of the bot's messages."""
        query = {
            "id": str(next(self._numbers)),
            "from": self._user,
            "message": self._messages[message_id],
            "chat_instance": "1",
            "data": data,
        }
        return self._update(callback_query=query)

    def asked_inline(self, query: str, offset: str = "") -> Json:
        """Return the update for `@bot query`, typed in any chat."""
        number = str(next(self._numbers))
        inline = {"id": number, "from": self._user, "query": query, "offset": offset}
        return self._update(inline_query=inline)

    def _update(self, **kinds: Json) -> Json:
        return {"update_id": next(self._numbers), **kinds}

    def _message(self, sender: Json, text: str) -> Json:
        return {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": self._chat,
            "from": sender,
            "text": text,
        }

    def _call(self, method: str, data: RequestData | None) -> tuple[int, Json]:
        parameters: Json = dict(data.parameters) if data else {}
        result: object = True
        match method:
            case "getMe":
                result = BOT
            case "sendMessage":
                result = self._put(self._message(BOT, ""), parameters)
            case "editMessageText":
                result = self._put(self._messages[parameters["message_id"]], parameters)
            case "answerCallbackQuery":
                if text := parameters.get("text"):
                    self._screen.show_notice(text)
            case "answerInlineQuery":
                self._screen.show_results(parameters)
            case _:
                return HTTPStatus.NOT_FOUND, {"ok": False, "description": "Not Found"}
        return HTTPStatus.OK, {"ok": True, "result": result}

    def _put(self, message: Json, parameters: Json) -> Json:
        """Put text and buttons into a message of the bot, and show it."""
        buttons = (parameters.get("reply_markup") or {}).get("inline_keyboard")
        message["text"] = parameters["text"]
        message["reply_markup"] = {"inline_keyboard": buttons or []}
        self._messages[message["message_id"]] = message
        self._screen.show_message(message)
        return message


def buttons_of(message: Json) -> Sequence[Sequence[Json]]:
    """Return a message's buttons, row by row."""
    rows: Sequence[Sequence[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
