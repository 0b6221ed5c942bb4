"""A bot whose calls are recorded instead of sent, and the updates that people cause."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram import Update
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram import Bot
    from telegram.ext import Application

    from bot.context import Context, Services

Json: TypeAlias = dict[str, Any]
App: TypeAlias = "Application[Any, Context, Any, Any, Services, Any]"

BOT: Json = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Galpi",
    "username": "galpi_bot",
    "supports_inline_queries": True,
}


@dataclass(frozen=True)
class Call:
    """A call of the Bot API, with its parameters as they would be sent."""

    method: str
    parameters: Json

    @property
    def text(self) -> str:
        text = self.parameters.get("text", self.parameters.get("caption"))
        assert isinstance(text, str)
        return text

    @property
    def buttons(self) -> list[Json]:
        rows = self.parameters.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def data(self, label: str) -> str:
        """The callback data of the first button whose label holds these words."""
        found = [button["callback_data"] for button in self.buttons if label in button["text"]]
        assert found, [button["text"] for button in self.buttons]
        data = found[0]
        assert isinstance(data, str)
        return data


class RecordingRequest(BaseRequest):
    """Answers every call as Telegram would if it liked it, or refuses as it is told to."""

    def __init__(self, bot: Json | None = None) -> None:
        self.bot = bot or BOT
        self.calls: list[Call] = []
        self._refusals: dict[str, tuple[int, Json]] = {}
        self._ids = count(1000)

    def refuse(self, method: str, status: int, description: str, **parameters: object) -> None:
        """Refuse the next call of a method."""
        answer: Json = {"ok": False, "error_code": status, "description": description}
        self._refusals[method] = (status, answer | {"parameters": parameters})

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        parameters = dict(request_data.parameters) if request_data else {}
        self.calls.append(Call(name, parameters))
        refusal = self._refusals.pop(name, None)
        if refusal:
            return refusal[0], json.dumps(refusal[1]).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, parameters)}).encode()

    def _result(self, method: str, parameters: Json) -> object:
        if method == "getMe":
            return self.bot
        if method in {"sendMessage", "editMessageText"}:
            return {
                "message_id": next(self._ids),
                "date": 1_700_000_000,
                "chat": {"id": parameters["chat_id"], "type": "private"},
                "text": "as sent",
            }
        if method == "sendPhoto":
            return {
                "message_id": next(self._ids),
                "date": 1_700_000_000,
                "chat": {"id": parameters["chat_id"], "type": "private"},
                "photo": [],
            }
        if method == "answerGuestQuery":
            return {"inline_message_id": f"inline-{next(self._ids)}"}
        if method == "copyMessage":
            return {"message_id": next(self._ids)}
        return True


@dataclass
class Person:
    """Somebody in a chat with the bot; what they do returns the calls it caused."""

    application: App
    request: RecordingRequest
    user: Json = field(default_factory=lambda: user(7, "ko"))
    chat: Json = field(default_factory=lambda: {"id": 7, "type": "private"})
    thread: int | None = None
    _ids: count[int] = field(default_factory=lambda: count(1))

    async def says(self, text: str, **more: object) -> list[Call]:
        message = self._message() | {"text": text} | more
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self._does(message=message)

    async def sends(self, **content: object) -> list[Call]:
        """Send something else than text."""
        return await self._does(message=self._message() | content)

    async def edits(self, text: str) -> list[Call]:
        return await self._does(edited_message=self._message() | {"text": text, "edit_date": 2})

    async def presses(
        self, data: str | None, below: Call | None = None, **more: object
    ) -> list[Call]:
        """Press a button of a message of the bot, all of whose buttons it has `below` it."""
        message = self._message() | {"from": BOT, "text": "with buttons"}
        if below is not None:
            message["reply_markup"] = below.parameters["reply_markup"]
        query: Json = {"id": "1", "from": self.user, "chat_instance": "1", "message": message}
        query |= {"data": data} | more
        query = {name: value for name, value in query.items() if value is not None}
        return await self._does(callback_query=query)

    async def asks_inline(self, query: str, offset: str = "") -> list[Call]:
        inline = {"id": "1", "from": self.user, "query": query, "offset": offset}
        return await self._does(inline_query=inline)

    async def calls_guest(self, text: str, **more: object) -> list[Call]:
        """Name the bot in a message, in a chat that it is no member of."""
        message = self._message() | {"text": text, "guest_query_id": "guest-1"} | more
        return await self._does(guest_message=message)

    def _message(self) -> Json:
        id_ = next(self._ids)
        message: Json = {"message_id": id_, "date": 1, "chat": self.chat, "from": self.user}
        if self.thread is not None:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        return message

    async def _does(self, **kind: object) -> list[Call]:
        bot: Bot = self.application.bot
        update = Update.de_json({"update_id": next(self._ids), **kind}, bot)
        before = len(self.request.calls)
        await self.application.process_update(update)
        return self.request.calls[before:]


def user(id_: int, language: str | None) -> Json:
    known = {"id": id_, "is_bot": False, "first_name": "A person"}
    return known | ({"language_code": language} if language else {})
