"""What Telegram knows of one bot: the state that its methods read and change, files, floods."""

from __future__ import annotations

import math
import struct
import time
from collections import deque
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.playground.botapi.chats import Chats
from bot.playground.botapi.fields import bad_request, too_many_requests
from bot.playground.botapi.menus import Menus
from bot.playground.botapi.model import ChatType, Document, Photo
from bot.playground.botapi.queries import Queries
from bot.playground.botapi.timeline import Timeline
from bot.playground.botapi.updates import Courier, Updates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.playground.botapi.fields import JsonObject
    from bot.playground.botapi.model import Chat, User

# Bot API, "getFile": bots can download files of up to 20 MB in size.
MAX_DOWNLOAD: Final = 20 * 1024 * 1024
# Bot API, "sendPhoto": width and height must not exceed 10000 in total, their ratio not 20.
MAX_SIDES: Final = 10_000
MAX_RATIO: Final = 20
PNG: Final = b"\x89PNG\r\n\x1a\n"
PNG_HEADER: Final = 24  # bytes, of which the last are width and height


class Files:
    """Every file that was sent, by its id; the bytes only of those that can be downloaded."""

    def __init__(self) -> None:
        self._ids = count()
        self._documents: dict[str, Document] = {}
        self._contents: dict[str, bytes] = {}

    def add(self, name: str, mime_type: str, content: bytes) -> Document:
        """Keep an uploaded file."""
        number = next(self._ids)
        document = Document(
            file_id=f"file-{number}",
            name=name,
            mime_type=mime_type,
            size=len(content),
            path=f"documents/file_{number}{PurePath(name).suffix}",
        )
        self._documents[document.file_id] = document
        if document.size <= MAX_DOWNLOAD:
            self._contents[document.path] = content
        return document

    def add_photo(self, content: bytes) -> Photo:
        """Keep a picture. Raises ApiError if it is none."""
        if not content.startswith(PNG) or len(content) < PNG_HEADER:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = struct.unpack(">II", content[PNG_HEADER - 8 : PNG_HEADER])
        if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return Photo(self.add("photo.png", "image/png", content), width, height)

    def find(self, file_id: str) -> Document:
        """Return a file that is to be sent again. Raises ApiError."""
        if file_id not in self._documents:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._documents[file_id]

    def described(self, file_id: str) -> JsonObject:
        """Return Telegram's File, which says where to download it. Raises ApiError."""
        document = self._documents.get(file_id)
        if document is None:
            raise bad_request("invalid file_id")
        if document.path not in self._contents:
            raise bad_request("file is too big")
        return {
            "file_id": document.file_id,
            "file_unique_id": document.unique_id,
            "file_size": document.size,
            "file_path": document.path,
        }

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if there is no such path."""
        return self._contents.get(path)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` within any `seconds`."""

    calls: int
    seconds: float


BY_CHAT: Final[Mapping[ChatType, Rate]] = {
    ChatType.PRIVATE: Rate(5, 5.0),
    ChatType.SUPERGROUP: Rate(20, 60.0),
}
OVERALL: Final = Rate(30, 1.0)


class Floods:
    """Counts what is sent; nothing is ever refused unless `limited`."""

    def __init__(self, *, limited: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.limited = limited
        self._clock = clock
        self._overall = _Window(OVERALL)
        self._by_chat: dict[int, _Window] = {}

    def count(self, chat: Chat) -> None:
        """Count a message or an edit in a chat. Raises ApiError if it is one too many."""
        if not self.limited:
            return
        now = self._clock()
        in_chat = self._by_chat.setdefault(chat.id, _Window(BY_CHAT[chat.type]))
        wait = max(in_chat.wait(now), self._overall.wait(now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        in_chat.add(now)
        self._overall.add(now)


class _Window:
    """The latest calls, as many as the rate allows in its time."""

    def __init__(self, rate: Rate) -> None:
        self._seconds = rate.seconds
        self._calls: deque[float] = deque(maxlen=rate.calls)

    def add(self, now: float) -> None:
        self._calls.append(now)

    def wait(self, now: float) -> float:
        """Return the seconds until the next call is allowed; zero or less: it is now."""
        full = len(self._calls) == self._calls.maxlen
        return self._calls[0] + self._seconds - now if full else 0.0


class State:
    """The bot itself, its chats and files, and what waits for it or for its answer.

    Too many messages are refused, as Telegram does, only where `limited`: it would slow down tests
    and whoever tries the bot out.
    """

    def __init__(self, me: User, *, limited: bool = False) -> None:
        self.me = me
        self.timeline = Timeline()
        self.chats = Chats(self.timeline)
        self.files = Files()
        self.floods = Floods(limited=limited)
        self.queries = Queries()
        self.updates = Updates(self.timeline)
        self.courier = Courier(self.updates)
        self.menus = Menus()
