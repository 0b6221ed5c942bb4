"""Inline results: what a bot offers for `@bot words`, and Telegram's limits on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.botapi.entities import FormattedText, checked_url
from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import (
    INTEGER,
    LIST,
    OBJECT,
    TEXT,
    Arguments,
    Field,
    Kind,
    as_object,
    read,
)
from bot.playground.botapi.keyboards import Keyboard, keyboard
from bot.playground.botapi.texts import MAX_TEXT, formatted_text, link_preview

if TYPE_CHECKING:
    from bot.playground.botapi.fields import JsonObject

# Bot API, "answerInlineQuery", "InlineQueryResultArticle" and "InlineQueryResultsButton".
MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_NEXT_OFFSET_BYTES = 64
DEFAULT_CACHE_TIME = 300
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")

RESULT_FIELDS = {
    "type": Field(Kind.TEXT, "can't parse inline query result: Can't find field \"type\""),
    "id": Field(Kind.TEXT, "RESULT_ID_EMPTY"),
    "title": Field(Kind.TEXT, "ARTICLE_TITLE_EMPTY"),
    "input_message_content": Field(
        Kind.OBJECT,
        "can't parse inline query result: Can't find field \"input_message_content\"",
    ),
    "reply_markup": OBJECT,
    "url": TEXT,
    "description": TEXT,
    "thumbnail_url": TEXT,
    "thumbnail_width": INTEGER,
    "thumbnail_height": INTEGER,
}
CONTENT_FIELDS = {
    "message_text": Field(Kind.TEXT, "message text is empty"),
    "parse_mode": TEXT,
    "entities": LIST,
    "link_preview_options": OBJECT,
}
BUTTON_FIELDS = {
    "text": Field(Kind.TEXT, "can't parse InlineQueryResultsButton: Can't find field \"text\""),
    "start_parameter": Field(Kind.TEXT, "START_PARAM_EMPTY"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """One row of the list, and the message that a tap on it sends."""

    id: str
    title: str
    description: str
    url: str
    content: FormattedText
    keyboard: Keyboard
    link_preview: JsonObject | None


@dataclass(frozen=True, slots=True)
class StartButton:
    """The button above the results: it opens the chat with the bot by a deep link."""

    text: str
    start_parameter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """The list of results, and whether more can be asked for."""

    results: tuple[InlineResult, ...]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: StartButton | None


def inline_answer(arguments: Arguments) -> InlineAnswer:
    """Return the checked answer to an inline query. Raises ApiError as Telegram would."""
    rows = arguments.items("results") or ()
    if len(rows) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(inline_result(as_object(row, "inline query result")) for row in rows)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = arguments.text("next_offset")
    if len(next_offset.encode()) > MAX_NEXT_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    return InlineAnswer(
        results=results,
        next_offset=next_offset,
        cache_time=arguments.integer("cache_time", DEFAULT_CACHE_TIME),
        is_personal=arguments.flag("is_personal"),
        button=_button(arguments.object("button")),
    )


def _button(raw: JsonObject | None) -> StartButton | None:
    if raw is None:
        return None
    fields = read(BUTTON_FIELDS, raw)
    parameter = fields.text("start_parameter")
    if not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return StartButton(fields.text("text"), parameter)


def inline_result(row: JsonObject) -> InlineResult:
    """Return a checked result, of an inline query or a guest's. Raises ApiError."""
    fields = read(RESULT_FIELDS, row)
    if fields.text("type") != "article":
        kind = fields.text("type")
        reason = f'type "{kind}" is unsupported for the inline query result'
        raise bad_request(f"can't parse inline query result: {reason}")
    if len(fields.text("id").encode()) > MAX_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    for name in ("url", "thumbnail_url"):
        if fields.text(name) and checked_url(fields.text(name)) is None:
            raise bad_request("Wrong HTTP URL specified")
    content = read(CONTENT_FIELDS, fields.object("input_message_content") or {})
    return InlineResult(
        id=fields.text("id"),
        title=fields.text("title"),
        description=fields.text("description"),
        url=fields.text("url"),
        content=_content(content),
        keyboard=keyboard(fields.object("reply_markup")),
        link_preview=link_preview(content.object("link_preview_options")),
    )


def _content(fields: Arguments) -> FormattedText:
    formatted = formatted_text(
        fields.text("message_text"), fields.text("parse_mode"), fields.items("entities")
    )
    if not formatted.text:
        raise bad_request("MESSAGE_EMPTY")
    if formatted.length > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return formatted
