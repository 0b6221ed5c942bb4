"""A channel that the bot is an administrator of; what it does returns the calls it caused."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.dispatch import Dispatcher
from bot.receiving import Receiver
from tests.support.recording import BOT

if TYPE_CHECKING:
    from telegram import Update

    from storage import Archive
    from tests.support.recording import App, Call, Json, RecordingRequest

DATE = 1_700_000_000
ALBUM: dict[str, Any] = {
    "media_group_id": "77",
    "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
}


@dataclass
class Channel:
    """A channel, by the id and name that the Bot API gives it."""

    application: App
    request: RecordingRequest
    id: int = -1_001_500_000_001
    title: str = "Live Channel"
    username: str | None = "live_channel"
    _ids: count[int] = field(default_factory=lambda: count(1))

    @property
    def chat(self) -> Json:
        chat = {"id": self.id, "type": "channel", "title": self.title, "username": self.username}
        return {name: value for name, value in chat.items() if value is not None}

    async def posts(self, id_: int, text: str | None = None, **more: object) -> list[Call]:
        return await self._does(channel_post=self._message(id_, text, more))

    async def edits(self, id_: int, text: str | None = None, **more: object) -> list[Call]:
        edited = self._message(id_, text, {"edit_date": DATE + 60, **more})
        return await self._does(edited_channel_post=edited)

    async def is_reacted_to(self, id_: int, *counts: int) -> list[Call]:
        reactions = [
            {"type": {"type": "emoji", "emoji": emoji}, "total_count": number}
            for emoji, number in zip("👍🔥🎉", counts, strict=False)
        ]
        update = {"chat": self.chat, "message_id": id_, "date": DATE, "reactions": reactions}
        return await self._does(message_reaction_count=update)

    async def removes_the_bot(self, chat: Json) -> list[Call]:
        """Block the bot, or throw it out, in some other chat."""
        member = {"user": BOT, "status": "member"}
        update = {"chat": chat, "from": BOT, "date": DATE, "old_chat_member": member}
        gone = {"user": BOT, "status": "kicked", "until_date": 0}
        return await self._does(my_chat_member=update | {"new_chat_member": gone})

    def _message(self, id_: int, text: str | None, more: dict[str, Any]) -> Json:
        message = {"message_id": id_, "date": DATE + id_, "chat": self.chat, **more}
        return message | ({"text": text} if text is not None else {})

    async def _does(self, **kind: object) -> list[Call]:
        before = len(self.request.calls)
        receiver = Receiver(self.application, Dispatcher(_unexpected, _unexpected))
        assert await receiver.take([{"update_id": next(self._ids), **kind}])
        await receiver.close(10)
        return self.request.calls[before:]


async def _unexpected(update: Update) -> None:
    raise AssertionError(update)


async def found(archive: Archive, words: str) -> list[str]:
    """Return what the posts say that are found."""
    return [hit.post.text for hit in (await archive.search(words)).items]
