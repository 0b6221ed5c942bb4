"""Methods that answer pressed buttons, inline queries, and who calls the bot as a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import BOOLEAN, INTEGER, OBJECT, TEXT, Field, Kind
from bot.playground.botapi.inline import inline_answer, inline_result
from bot.playground.botapi.methods.method import Method
from bot.playground.botapi.queries import CallbackQuery, GuestQuery, InlineQuery
from bot.playground.botapi.timeline import CallbackAnswered, InlineAnswered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.fields import Arguments, Json
    from bot.playground.botapi.state import State

# Bot API, "answerCallbackQuery": 0-200 characters.
MAX_NOTIFICATION = 200


async def _answer_callback_query(state: State, arguments: Arguments) -> Json:
    text = arguments.text("text")
    if len(text) > MAX_NOTIFICATION:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = arguments.text("callback_query_id")
    state.queries.answer(CallbackQuery, query_id)
    state.timeline.add(
        CallbackAnswered(
            query_id=query_id,
            text=text,
            alert=arguments.flag("show_alert"),
            url=arguments.text("url"),
            cache_time=arguments.integer("cache_time"),
        )
    )
    return True


async def _answer_inline_query(state: State, arguments: Arguments) -> Json:
    answer = inline_answer(arguments)
    query_id = arguments.text("inline_query_id")
    state.queries.answer(InlineQuery, query_id)
    state.timeline.add(InlineAnswered(query_id=query_id, answer=answer))
    return True


async def _answer_guest_query(state: State, arguments: Arguments) -> Json:
    result = inline_result(arguments.object("result") or {})
    asked = state.queries.answer(GuestQuery, arguments.text("guest_query_id")).message
    sent = state.chats.post(
        asked.chat,
        state.me,
        result.content,
        keyboard=result.keyboard,
        thread_id=asked.thread_id if asked.chat.is_forum else None,
        reply_to=asked,
        guest_of=asked.sender,
        link_preview=result.link_preview,
    )
    return {"inline_message_id": sent.inline_id}


METHODS: Mapping[str, Method] = {
    "answerCallbackQuery": Method(
        {
            "callback_query_id": TEXT,
            "text": TEXT,
            "show_alert": BOOLEAN,
            "url": TEXT,
            "cache_time": INTEGER,
        },
        _answer_callback_query,
    ),
    "answerGuestQuery": Method(
        {
            "guest_query_id": TEXT,
            "result": Field(Kind.OBJECT, "result isn't specified"),
        },
        _answer_guest_query,
    ),
    "answerInlineQuery": Method(
        {
            "inline_query_id": TEXT,
            "results": Field(Kind.LIST, "results is empty"),
            "cache_time": INTEGER,
            "is_personal": BOOLEAN,
            "next_offset": TEXT,
            "button": OBJECT,
        },
        _answer_inline_query,
    ),
}
