"""What waits for one answer: presses of buttons, inline queries, calls of the bot as a guest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from bot.playground.botapi.entities import FormattedText, checked_url
from bot.playground.botapi.fields import Array, Fields, Object, bad_request, needed, read
from bot.playground.botapi.keyboards import Keyboard, keyboard
from bot.playground.botapi.texts import MAX_TEXT, formatted_text, link_preview

if TYPE_CHECKING:
    from bot.playground.botapi.fields import JsonObject
    from bot.playground.botapi.model import Message, User

Q = TypeVar("Q", "CallbackQuery", "InlineQuery", "GuestQuery")

FIRST_QUERY_ID = 4_000_000_000_000_001
# Bot API, "answerInlineQuery", "InlineQueryResultArticle" and "InlineQueryResultsButton".
MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_NEXT_OFFSET_BYTES = 64
DEFAULT_CACHE_TIME = 300
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class CallbackQuery:
    """A pressed button: who pressed it, under which message, and its data."""

    id: str
    user: User
    message: Message
    data: str


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody typed after the bot's name; `offset` is empty for the first results."""

    id: str
    user: User
    query: str
    offset: str


@dataclass(frozen=True, slots=True)
class GuestQuery:
    """A message that calls the bot into a chat as a guest."""

    id: str
    message: Message


class Queries:
    """The queries that wait for an answer."""

    def __init__(self) -> None:
        self._ids = count(FIRST_QUERY_ID)
        self._waiting: dict[str, CallbackQuery | InlineQuery | GuestQuery] = {}

    def press(self, user: User, message: Message, data: str) -> CallbackQuery:
        """Open a callback query."""
        query = CallbackQuery(str(next(self._ids)), user, message, data)
        self._waiting[query.id] = query
        return query

    def ask(self, user: User, words: str, offset: str) -> InlineQuery:
        """Open an inline query."""
        query = InlineQuery(str(next(self._ids)), user, words, offset)
        self._waiting[query.id] = query
        return query

    def call(self, message: Message) -> GuestQuery:
        """Open a query of a guest."""
        query = GuestQuery(str(next(self._ids)), message)
        self._waiting[query.id] = query
        return query

    def answer(self, kind: type[Q], query_id: str) -> Q:
        """Close a query. Raises ApiError if it is answered already, too old or unknown."""
        query = self._waiting.get(query_id)
        if not isinstance(query, kind):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        del self._waiting[query_id]
        return query

    def expire(self, query_id: str) -> None:
        """Let a query grow too old to be answered."""
        self._waiting.pop(query_id, None)

    @property
    def unanswered(self) -> tuple[CallbackQuery, ...]:
        """The presses that still show a clock on their button."""
        return tuple(query for query in self._waiting.values() if isinstance(query, CallbackQuery))


class InlineQueryResult(Fields):
    """A row of a list, and what a tap on it sends."""

    type: str = needed("can't parse inline query result: Can't find field \"type\"")
    id: str = needed("RESULT_ID_EMPTY")
    title: str = needed("ARTICLE_TITLE_EMPTY")
    input_message_content: Object = needed(
        "can't parse inline query result: Can't find field \"input_message_content\""
    )
    reply_markup: Object | None = None
    url: str = ""
    description: str = ""
    thumbnail_url: str = ""
    thumbnail_width: int = 0
    thumbnail_height: int = 0


class InputTextMessageContent(Fields):
    """The message that a tap sends."""

    message_text: str = needed("message text is empty")
    parse_mode: str = ""
    entities: Array | None = None
    link_preview_options: Object | None = None


class InlineQueryResultsButton(Fields):
    """The button above a list."""

    text: str = needed("can't parse InlineQueryResultsButton: Can't find field \"text\"")
    start_parameter: str = needed("START_PARAM_EMPTY")


class AnswerFields(Fields):
    """A list for an inline query."""

    results: Array = needed("results is empty")
    cache_time: int = DEFAULT_CACHE_TIME
    is_personal: bool = False
    next_offset: str = ""
    button: Object | None = None


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


def inline_answer(call: AnswerFields) -> InlineAnswer:
    """Return the checked answer to an inline query. Raises ApiError as Telegram would."""
    if len(call.results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(map(inline_result, call.results))
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(call.next_offset.encode()) > MAX_NEXT_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    return InlineAnswer(
        results=results,
        next_offset=call.next_offset,
        cache_time=call.cache_time,
        is_personal=call.is_personal,
        button=None if call.button is None else _button(call.button),
    )


def _button(raw: JsonObject) -> StartButton:
    fields = read(InlineQueryResultsButton, raw)
    if not START_PARAMETER.fullmatch(fields.start_parameter):
        raise bad_request("START_PARAM_INVALID")
    return StartButton(fields.text, fields.start_parameter)


def inline_result(raw: JsonObject) -> InlineResult:
    """Return a checked result, of an inline query or a guest's. Raises ApiError."""
    row = read(InlineQueryResult, raw)
    if row.type != "article":
        reason = f'type "{row.type}" is unsupported for the inline query result'
        raise bad_request(f"can't parse inline query result: {reason}")
    if len(row.id.encode()) > MAX_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if any(url and checked_url(url) is None for url in (row.url, row.thumbnail_url)):
        raise bad_request("Wrong HTTP URL specified")
    content = read(InputTextMessageContent, row.input_message_content)
    return InlineResult(
        id=row.id,
        title=row.title,
        description=row.description,
        url=row.url,
        content=_content(content),
        keyboard=keyboard(row.reply_markup),
        link_preview=link_preview(content.link_preview_options),
    )


def _content(content: InputTextMessageContent) -> FormattedText:
    formatted = formatted_text(content.message_text, content.parse_mode, content.entities)
    if not formatted.text:
        raise bad_request("MESSAGE_EMPTY")
    if formatted.length > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return formatted
