"""What a test says: a person writes, presses, types; and waits for what the bot does then."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.playground.botapi import people
from bot.playground.botapi.keyboards import Action, Button
from bot.playground.botapi.timeline import (
    CallbackAnswered,
    Called,
    Deleted,
    Edited,
    Event,
    InlineAnswered,
    Sent,
)
from tests.support.faults import Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.botapi import BotApi
    from bot.playground.botapi.model import Chat, Message, User
    from bot.playground.botapi.queries import InlineAnswer, InlineQuery, InlineResult

# How long a bot on the same machine may take to do what it is asked for, in seconds.
PATIENCE = 20.0
# Of each event in the report of a test that waited in vain.
LONGEST_LINE = 300

E = TypeVar("E", bound=Event)


class Telegram:
    """Telegram as its users see it: makes the people and groups of a test."""

    def __init__(self, api: BotApi) -> None:
        self.api = api

    def person(
        self, first_name: str = "Ada", *, language: str | None = "en", username: str | None = None
    ) -> Person:
        """Return a new person, who has never written to the bot."""
        return Person(self.api, self.api.chats.add_person(first_name, language, username))

    def group(self, title: str, *people: Person, forum: bool = False, privacy: bool = True) -> Chat:
        """Return a new group of some people and the bot."""
        chat = self.api.chats.add_group(title, forum=forum, privacy=privacy)
        chat.members.update({person.user.id: person.user for person in people})
        return chat

    def refusals(self, since: int = 0) -> list[str]:
        """Return what the bot did wrong: each call that was refused, and why."""
        return [
            f"{event.method}: {event.error.description}"
            for event in self.api.timeline.events[since:]
            if isinstance(event, Called) and event.error
        ]

    async def called(self, method: str, *, since: int = 0) -> Called:
        """Wait until the bot's call of a method succeeds."""
        _, called = await _wait(
            self.api,
            Called,
            lambda call: call.method == method and call.error is None,
            since=since,
        )
        return called

    async def refused(self, method: str, *, since: int = 0) -> None:
        """Wait until the bot's call of a method is refused."""
        await _wait(
            self.api,
            Called,
            lambda call: call.method == method and call.error is not None,
            since=since,
        )

    async def fails(self, method: str, *, since: int = 0) -> None:
        """Wait until a call of a method meets a planned fault."""
        await _wait(self.api, Failed, lambda failed: failed.method == method, since=since)


class Person:
    """Somebody with a phone. Reads each chat from where they last looked."""

    def __init__(self, api: BotApi, private: Chat) -> None:
        assert private.private_with is not None
        self.user: User = private.private_with
        self.private = private
        self._api = api
        self._read: dict[tuple[int, type[Event]], int] = {}

    def sends(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        thread_id: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write to the bot, or to a chat."""
        chat = chat or self.private
        self._look_up(chat)
        return people.write(
            self._api, self.user, chat, text, thread_id=thread_id, reply_to=reply_to
        )

    def sends_file(self, name: str, content: bytes, caption: str = "") -> Message:
        """Send a document to the bot."""
        self._look_up(self.private)
        document = self._api.files.add(name, "application/octet-stream", content)
        return people.write(self._api, self.user, self.private, caption, document=document)

    async def asks(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        thread_id: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write, and return what the bot sends next to the chat."""
        self.sends(text, chat, thread_id=thread_id, reply_to=reply_to)
        return await self.hears(chat)

    async def reads(self, text: str) -> list[Message]:
        """Write to the bot, and return its messages up to the one that has buttons."""
        messages = [await self.asks(text)]
        while not messages[-1].buttons:
            messages.append(await self.hears())
        return messages

    async def hears(self, chat: Chat | None = None) -> Message:
        """Return the next message of the bot in a chat."""
        chat = chat or self.private
        sent = await self._next(
            chat,
            Sent,
            lambda event: event.message.chat is chat and event.message.sender == self._api.me,
        )
        return sent.message

    async def sees_edited(self, message: Message) -> Message:
        """Return the next new form of a message."""
        edited = await self._next(
            message.chat,
            Edited,
            lambda event: (event.message.chat, event.message.id) == (message.chat, message.id),
        )
        return edited.message

    async def sees_deleted(self, message: Message) -> None:
        """Wait until a message is gone."""
        await self._next(
            message.chat,
            Deleted,
            lambda event: (event.chat, event.message_id) == (message.chat, message.id),
        )

    async def presses(
        self,
        message: Message,
        label: str = "",
        *,
        data: str | None = None,
        old: bool = False,
    ) -> CallbackAnswered:
        """Press a button by its label, or by any data at all, and return the bot's answer."""
        self._look_up(message.chat)
        start = len(self._api.timeline.events)
        query = self.taps(message, label, data=data, old=old)
        _, answered = await _wait(
            self._api, CallbackAnswered, lambda event: event.query_id == query, since=start
        )
        return answered

    def taps(
        self, message: Message, label: str = "", *, data: str | None = None, old: bool = False
    ) -> str:
        """Press a button without waiting for anything; return the id of the callback query."""
        message = message.chat.messages.get(message.id, message)
        if data is None:
            pressed = button(message, label)
            assert pressed.action is Action.CALLBACK, pressed
            data = pressed.value
        return people.press(self._api, self.user, message, data, old=old).id

    async def turns(self, message: Message, label: str) -> Message:
        """Press a button that changes its message, and return the new form."""
        await self.presses(message, label)
        return await self.sees_edited(message)

    async def types(
        self, words: str, chat: Chat | None = None, *, offset: str = ""
    ) -> InlineSession:
        """Type words after the bot's name, and return the list of results."""
        start = len(self._api.timeline.events)
        chat = chat or self.private
        query = self.begins_to_type(words, chat, offset=offset)
        _, answered = await _wait(
            self._api, InlineAnswered, lambda event: event.query_id == query.id, since=start
        )
        return InlineSession(self, chat, query, answered.answer)

    def begins_to_type(
        self, words: str, chat: Chat | None = None, *, offset: str = ""
    ) -> InlineQuery:
        """Type words after the bot's name, and do not wait for the list."""
        chat = chat or self.private
        return people.ask(self._api, self.user, words, offset=offset, chat=chat)

    def chooses(self, session: InlineSession, result: InlineResult) -> Message:
        """Tap on a result of the list, and return the message that it sends."""
        self._look_up(session.chat)
        return people.choose(self._api, self.user, session.chat, session.query, result)

    def _look_up(self, chat: Chat) -> None:
        """Take note of everything in a chat so far: only what comes next is awaited."""
        for kind in (Sent, Edited, Deleted):
            self._read[chat.id, kind] = len(self._api.timeline.events)

    async def _next(self, chat: Chat, kind: type[E], matches: Callable[[E], bool]) -> E:
        since = self._read.get((chat.id, kind), 0)
        place, event = await _wait(self._api, kind, matches, since=since)
        self._read[chat.id, kind] = place + 1
        return event


class InlineSession:
    """A list of inline results under somebody's thumb."""

    def __init__(
        self, person: Person, chat: Chat, query: InlineQuery, answer: InlineAnswer
    ) -> None:
        self.person = person
        self.chat = chat
        self.query = query
        self.answer = answer

    @property
    def titles(self) -> list[str]:
        """The title lines of the list."""
        return [result.title for result in self.answer.results]

    async def more(self) -> InlineSession:
        """Scroll down: return the list of the next results."""
        return await self.person.types(self.query.query, self.chat, offset=self.answer.next_offset)


async def _wait(
    api: BotApi, kind: type[E], matches: Callable[[E], bool], *, since: int
) -> tuple[int, E]:
    try:
        async with asyncio.timeout(PATIENCE):
            return await api.timeline.wait(kind, matches, since=since)
    except TimeoutError:
        happened = "\n".join(str(event)[:LONGEST_LINE] for event in api.timeline.events[since:])
        raise AssertionError(f"No such {kind.__name__}, but:\n{happened}") from None


def button(message: Message, label: str) -> Button:
    """Return the button with a label, or the only one whose label has it as a part."""
    exact = [found for found in message.buttons if found.text == label]
    matching = exact or [found for found in message.buttons if label in found.text]
    labels = [found.text for found in message.buttons]
    assert len(matching) == 1, f"{label!r} is not one of {labels}"
    return matching[0]
