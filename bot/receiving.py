"""Where updates come in. None is confirmed to Telegram before what it brings is safe.

What channels post, edits, reactions and memberships are stored in the order they come in, before
the update is confirmed; a question only has to be in its chat's queue. While the archive cannot be
written, updates wait at Telegram, and questions behind them are answered all the same.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections import deque
from contextlib import suppress
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, get_args

from telegram import TelegramObject, Update
from telegram.error import RetryAfter, TelegramError, TimedOut

from bot.connection import seconds_of
from bot.handlers import live, watches
from storage import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from telegram.ext import Application

    from bot.connection import Connection
    from bot.context import Context
    from bot.dispatch import Dispatcher

logger = logging.getLogger(__name__)

# What the handlers are made for; Telegram keeps everything else to itself.
ALLOWED_UPDATES: Final = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.MESSAGE_REACTION_COUNT,
    Update.MY_CHAT_MEMBER,
)
LEFT: Final = "unanswered"  # the note in the archive with the questions of a program that stopped
POLL_SECONDS: Final = 10
READ_SECONDS: Final = 5.0  # beyond those, for the answer to arrive
FIRST_DELAY: Final = 1.0  # seconds before trying again, twice as many each time
LONGEST_DELAY: Final = 30.0
ANSWER_SECONDS: Final = 5.0
"""Seconds that the webhook's request with a question stays open until the answer, unless a question
of the same chat is before it: so no chat takes more than one of the connections of Telegram."""
CHECKED: Final = (int, str, bool, float, datetime, NoneType, TelegramObject)
"""Kinds of fields that are checked; what else an update has is converted, or a list."""
LARGEST: Final = 2**63 - 1  # of the numbers that the archive holds
STORE_AGAIN: Final = 1.0  # seconds until storing, or asking for more meanwhile, is tried again


class Receiver:
    """Takes updates in for an application: stores what they bring, or has them answered."""

    def __init__(
        self, application: Application[Any, Any, Any, Any, Any, Any], dispatcher: Dispatcher
    ) -> None:
        self._application = application
        self._dispatcher = dispatcher
        self._offset = 0
        self._unstored: deque[Update] = deque()
        self._seen: set[int] = set()
        self._storing: asyncio.Task[None] | None = None
        self._told = False
        self._ending = asyncio.Event()
        self._following: set[asyncio.Task[None]] = set()

    async def poll(self, connection: Connection) -> None:
        """Ask Telegram for updates until cancelled; trouble is waited out."""
        delay = FIRST_DELAY
        while True:
            try:
                bodies = await self._get_updates(0 if self._unstored else POLL_SECONDS)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except TimedOut:
                await asyncio.sleep(0)
            except TelegramError as error:
                connection.failed(error)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
            else:
                delay = FIRST_DELAY
                await self.take(bodies)

    async def confirm(self) -> None:
        """Confirm all that is safe, as the next call would have done."""
        if self._offset:
            await self._get_updates(0, limit=1)

    async def take(self, bodies: Sequence[dict[str, Any]]) -> bool:
        """Take in some updates as Telegram wrote them, oldest first; tells whether all are safe.

        Those that were not stored within a second are kept in mind, so that handing them in again
        does no harm, but the next call to Telegram does not confirm them either.
        """
        for body in bodies:
            if _number(body) not in self._seen:
                self._seen.add(_number(body))
                try:
                    self._sort(body)
                except Exception as error:  # noqa: BLE001 - nobody would hear what comes after it
                    _tell_left_out(body, error)
            self._offset = _number(body) + 1
        if self._unstored and (self._storing is None or self._storing.done()):
            self._storing = asyncio.create_task(self._store_all())
        if self._unstored and self._storing is not None:
            await asyncio.wait([self._storing], timeout=STORE_AGAIN)
        if self._unstored:
            self._offset = self._unstored[0].update_id
            return False
        self._seen.clear()
        return True

    async def store(self, body: dict[str, Any]) -> bool:
        """Take in an update that comes by itself, as to a webhook; tells whether it is safe."""
        update = self._parsed(body)
        if update is None:
            return True
        if live.is_kept(update):
            return await self._store(update)
        if work := self._dispatcher.put(update):
            await self._answered(work)
        return True

    async def _answered(self, work: asyncio.Task[None]) -> None:
        """Wait for an answer before the update is confirmed: if killed, the next bot gives it."""
        ending = asyncio.create_task(self._ending.wait())
        await asyncio.wait(
            {work, ending}, timeout=ANSWER_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        ending.cancel()

    def end(self) -> None:
        """Wait for no more answers: what is not answered is left for the next start."""
        self._ending.set()

    async def close(self, seconds: float) -> None:
        """Wait up to `seconds` for what is being stored, and for what follows from it."""
        tasks = {*self._following, *([self._storing] if self._storing else [])}
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        if self._unstored:
            self._offset = self._unstored[0].update_id  # taking them in may have been broken off
        elif self._seen:
            self._offset = max(self._seen) + 1
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def leave(self, questions: Sequence[Update]) -> None:
        """Keep questions that were not answered in the archive, for the next start."""
        # Nobody waits for the list of an inline query that long.
        bodies = [question.to_dict() for question in questions if not question.inline_query]
        if bodies and not self._told:
            with suppress(*UNWRITABLE):
                await self._application.bot_data.archive.set_note(LEFT, json.dumps(bodies))

    async def resume(self) -> None:
        """Do what the program before this one had left: questions to answer, alerts to tell."""
        archive = self._application.bot_data.archive
        with suppress(*UNWRITABLE, json.JSONDecodeError):
            if left := await archive.note(LEFT):
                await archive.set_note(LEFT, "")
                for body in json.loads(left):
                    self._sort(body)
        self._follow(None, watches.tell_watchers(self._context(None)))

    async def _get_updates(self, seconds: int, limit: int = 100) -> list[dict[str, Any]]:
        # Bot.get_updates would fail as a whole for one update that it cannot read.
        bodies = await self._application.bot._post(  # noqa: SLF001
            "getUpdates",
            {
                "offset": self._offset,
                "limit": limit,
                "timeout": seconds,
                "allowed_updates": ALLOWED_UPDATES,
            },
            read_timeout=seconds + READ_SECONDS,
        )
        numbered = _numbered(bodies) if isinstance(bodies, list) else []
        if not numbered and bodies != []:
            raise TelegramError("getUpdates brought nothing that is an update")
        return numbered

    def _parsed(self, body: dict[str, Any]) -> Update | None:
        """Return an update; None for one that cannot be read, which is skipped for good."""
        try:
            update = Update.de_json(body, self._application.bot)
            check(update)
        except Exception as error:  # noqa: BLE001 - whatever Telegram's next version brings
            _tell_left_out(body, error)
            return None
        return update

    def _sort(self, body: dict[str, Any]) -> None:
        update = self._parsed(body)
        if update is not None and live.is_kept(update):
            self._unstored.append(update)
        elif update is not None:
            self._dispatcher.put(update)

    async def _store_all(self) -> None:
        while self._unstored:
            if await self._store(self._unstored[0]):
                self._unstored.popleft()
            else:
                await asyncio.sleep(STORE_AGAIN)

    async def _store(self, update: Update) -> bool:
        try:
            rest = await live.keep(update, self._context(update))
        except UNWRITABLE as error:
            self._tell_waiting(type(error).__name__)
            return False
        except Exception as error:  # noqa: BLE001 - one bad post must not keep all others out
            await self._application.process_error(update, error)
            return True
        self._tell_stored()
        if rest is not None:
            self._follow(update, rest)
        return True

    def _tell_waiting(self, reason: str) -> None:
        if not self._told:
            logger.warning(
                "The archive cannot be written (%s); what channels post waits at Telegram", reason
            )
        self._told = True

    def _tell_stored(self) -> None:
        if self._told:
            logger.info("The archive can be written again")
        self._told = False

    def _context(self, update: Update | None) -> Context:
        context: Context
        context = self._application.context_types.context.from_update(update, self._application)
        return context

    def _follow(self, update: Update | None, rest: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._finish(update, rest))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _finish(self, update: Update | None, rest: Coroutine[Any, Any, None]) -> None:
        try:
            await rest
        except Exception as error:  # noqa: BLE001 - recorded as any handler's
            await self._application.process_error(update, error)


def _tell_left_out(body: dict[str, Any], error: Exception) -> None:
    kind = next((name for name in body if name != "update_id"), "?")
    logger.warning(
        "Update %s (%s) is left out, as it cannot be read: %s",
        _number(body),
        kind,
        type(error).__name__,
    )


def check(told: TelegramObject) -> None:
    """Raise TypeError if a field is not of its kind, ValueError if a number is beyond all range.

    python-telegram-bot takes texts and numbers as they come. All that works on updates, the queues
    too, relies on their kinds.
    """
    cls: type = type(told)
    for name, kinds in _kinds(cls).items():
        value = getattr(told, name, None)
        if not isinstance(value, kinds) and hasattr(told, name):
            raise TypeError(name)
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ValueError(name)
        if isinstance(value, TelegramObject):
            check(value)
    for name, part in told.to_dict(recursive=False).items():
        if isinstance(part, list):
            _check_all(getattr(told, name, ()))


def _check_all(told: object) -> None:
    """Check what is in a list, which may be one of lists, as rows of buttons are."""
    if isinstance(told, TelegramObject):
        check(told)
    elif isinstance(told, tuple):
        for one in told:
            _check_all(one)


@cache
def _kinds(cls: type) -> dict[str, tuple[type, ...]]:
    """Return of which kinds the fields of a class are, but for lists and what is computed."""
    kinds: dict[str, tuple[type, ...]] = {}
    for name, field in inspect.signature(cls).parameters.items():
        if isinstance(getattr(cls, name, None), property):
            continue
        said = field.annotation
        told = get_args(said) if isinstance(said, UnionType) else (said,)
        if all(isinstance(kind, type) and issubclass(kind, CHECKED) for kind in told):
            kinds[name] = (*told, *((int,) if float in told else ()))
    return kinds


def _numbered(bodies: list[object]) -> list[dict[str, Any]]:
    """Return the updates that have a number; no offset could confirm the others."""
    found = [body for body in bodies if isinstance(body, dict) and _number(body)]
    if len(found) < len(bodies):
        logger.warning("%d updates without a number are left out", len(bodies) - len(found))
    return found


def _number(body: dict[str, Any]) -> int:
    """Return the number of an update, which is positive; 0 if it has none."""
    number = body.get("update_id")
    return max(number, 0) if isinstance(number, int) else 0
