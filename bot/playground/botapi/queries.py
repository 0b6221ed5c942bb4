"""Presses of buttons, inline queries, calls of the bot as a guest.

Each may be answered once, and while it is young.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from bot.playground.botapi.fields import bad_request

if TYPE_CHECKING:
    from bot.playground.botapi.model import Message, User

Q = TypeVar("Q", "CallbackQuery", "InlineQuery", "GuestQuery")

FIRST_QUERY_ID = 4_000_000_000_000_001


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
