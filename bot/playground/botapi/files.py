"""The files in the chats: what is said of them in messages, and their bytes to be downloaded."""

from __future__ import annotations

import struct
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.playground.botapi.fields import bad_request
from bot.playground.botapi.model import Document, Photo

if TYPE_CHECKING:
    from bot.playground.botapi.fields import JsonObject

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
