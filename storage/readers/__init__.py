"""What the archive keeps for its readers: the part of the front door that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.readers import chats, users

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from storage.database.pool import Database
    from storage.models import Alert, Page, Post, Schedule, Search, Watch


class ForReaders:
    """What `Archive` keeps for readers and chats."""

    _database: Database
    _clock: Callable[[], float]

    async def remember(self, search: Search) -> str:
        """Store a search for its buttons; returns its id, 8 characters of A-Z a-z 0-9 _ -."""
        return await self._database.write(users.remember_search, search, int(self._clock()))

    async def recall(self, search_id: str) -> Search:
        """Return a stored search. Raises SearchNotFound."""
        return await self._database.read(users.recall_search, search_id)

    async def language(self, user_id: int) -> str | None:
        """Return the language code that a user chose, if any."""
        return await self._database.read(users.language_of, user_id)

    async def set_language(self, user_id: int, language: str) -> None:
        """Remember the language code that a user chose."""
        await self._database.write(users.set_language, user_id, language)

    async def turn_saved(self, user_id: int, post_id: int) -> bool:
        """Save a post for a user, or no longer; returns whether it is saved now.

        Raises PostNotFound or TooManySaved.
        """
        return await self._database.write(users.turn_saved, user_id, post_id, int(self._clock()))

    async def is_saved(self, user_id: int, post_id: int) -> bool:
        """Return whether a user has saved a post."""
        return await self._database.read(users.is_saved, user_id, post_id)

    async def saved(self, user_id: int, *, limit: int = 5, offset: int = 0) -> Page[Post]:
        """Return the posts that a user has saved, those saved last first."""
        return await self._database.read(users.saved_page, user_id, limit, offset)

    async def watch(self, chat_id: int, query: str, language: str | None = None) -> Watch:
        """Let a chat be told, in this language, of new posts that answer a query.

        Raises InvalidQuery, or TooManyWatches.
        """
        return await self._database.write(chats.add_watch, chat_id, query, language)

    async def watches(self, chat_id: int) -> tuple[Watch, ...]:
        """Return what a chat watches for, oldest first."""
        return await self._database.read(chats.watches_of, chat_id)

    async def unwatch(self, chat_id: int, watch_id: int) -> None:
        """Stop a watch of a chat. Raises WatchNotFound."""
        await self._database.write(chats.remove_watch, chat_id, watch_id)

    async def alerts(self, *, limit: int = 100) -> tuple[Alert, ...]:
        """Return some alerts that are still to be told, of the oldest posts first.

        There is one for each chat that watches for something that a post which came live answers.
        """
        return await self._database.read(chats.untold_alerts, limit)

    async def set_told(self, alert: Alert) -> None:
        """Note that an alert was told, so that it is told no more."""
        await self._database.write(chats.drop_alert, alert)

    async def schedule(self, schedule: Schedule) -> None:
        """Let a chat have digests by the clock, in place of others that it has."""
        await self._database.write(chats.set_schedule, schedule)

    async def unschedule(self, chat_id: int) -> bool:
        """Let a chat have no digests by the clock; returns whether it had any."""
        return await self._database.write(chats.remove_schedule, chat_id)

    async def claim_digest(self, schedule: Schedule, day: date) -> bool:
        """Return whether this program is to send that day's digest: True for one program, once."""
        return await self._database.write(chats.claim_digest, schedule, day)

    async def schedules(self) -> tuple[Schedule, ...]:
        """Return the digests by the clock of all chats."""
        return await self._database.read(chats.all_schedules)

    async def forget_chat(self, chat_id: int) -> None:
        """Forget all that is kept of a chat."""
        await self._database.write(chats.forget_watches, chat_id)
        await self._database.write(chats.remove_schedule, chat_id)
        await self._database.write(users.forget_saved, chat_id)

    async def move_chat(self, chat_id: int, new_id: int) -> None:
        """Keep what is kept of a group whose id has changed."""
        await self._database.write(chats.move_watches, chat_id, new_id)
        await self._database.write(chats.move_schedule, chat_id, new_id)
