"""The files in the chats: what is said of them in messages, and their bytes to be downloaded."""

from __future__ import annotations

from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.model import Document

if TYPE_CHECKING:
    from bot.playground.botapi.fields import JsonObject

# Bot API, "getFile": bots can download files of up to 20 MB in size.
MAX_DOWNLOAD: Final = 20 * 1024 * 1024


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
