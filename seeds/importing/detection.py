"""A file's posts, batch by batch, whatever its format: recognised by content, not by name."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.errors import DocumentError, Problem
from seeds.formats import (
    desktop_export,
    desktop_export_html,
    desktop_pages,
    preview_page,
    recognise,
    web_archive,
)
from seeds.formats.batches import Chat, in_batches
from seeds.formats.desktop_pages import (
    TO_LIST,
    Evidence,
    evidence_of,
    is_of_account,
    kind_by_senders,
    listed_kinds,
    tells_more,
)
from seeds.formats.html_text import is_page, parsed
from seeds.formats.preview_parts import take_apart
from seeds.importing.files import beside, folder_of, opened, siblings
from seeds.reading import (
    LARGEST,
    decode,
    decode_page,
    document_of,
    encoding_of,
    is_readable,
    refuse_unless_file,
    text_chunks,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import BinaryIO

    from seeds.formats.batches import Batch
    from seeds.formats.desktop_pages import ExportPage
    from seeds.importing.files import File

OPENING: Final = 64 * 1024
"""Bytes of a file by which its format is recognised."""
_PAGE_NAME: Final = re.compile(r"\.html?(?:\.gz)?$", re.IGNORECASE)
WITH_ZEROS: Final = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32"))
"""Encodings in which a text may hold bytes that are zero."""


class Format(StrEnum):
    """What kind of file one is, as far as its beginning tells."""

    JSON_EXPORT = "json_export"
    PAGE = "page"
    WEB_ARCHIVE = "web_archive"
    TEXT = "text"
    BINARY = "binary"


def detect(beginning: bytes) -> Format:
    """Return the format of a file that begins so."""
    opening = decode_page(beginning)
    if web_archive.knows(beginning):
        return Format.WEB_ARCHIVE
    if desktop_export.knows(opening):
        return Format.JSON_EXPORT
    if is_page(opening):
        return Format.PAGE
    if b"\0" not in beginning or _is_text(opening) or encoding_of(beginning) in WITH_ZEROS:
        return Format.TEXT
    return Format.BINARY


def _is_text(opening: str) -> bool:
    """Tell whether a text is known that begins so, though stray bytes have got into it."""
    return recognise(opening) is not None and is_readable(opening)


class Reader:
    """Reads files of any format, and remembers what pages beside them tell of their chats.

    With `private`, chats come in too that are not known to be channels or public groups; `is_named`
    tells that whoever imports has told the channel's @name.
    """

    def __init__(self, *, private: bool = False, is_named: bool = False) -> None:
        self._private = private
        self._is_named = is_named
        self._held: str | None = None
        self._listed: dict[File, dict[str, Chat]] = {}
        self._beside: dict[object, dict[str, _Others]] = {}

    def read(self, file: File, *, held: str | None = None) -> Generator[Batch, None, None]:
        """Return the posts of a file. Raises DocumentError, batches perhaps having come before.

        `held` is the title of a channel that is in the archive, and that the file may be of.
        """
        self._held = held
        if file.member is None:
            refuse_unless_file(file.path, file.name)
        with opened(file) as stream:
            found = detect(stream.read(OPENING))
            stream.seek(0)
            yield from self._read_as(found, stream, file)

    def _read_as(self, found: Format, stream: BinaryIO, file: File) -> Iterator[Batch]:
        match found:
            case Format.JSON_EXPORT:
                again = partial(_again, stream)
                chunks = text_chunks(stream)
                batches = desktop_export.read(chunks, again, file.name, private=self._private)
                yield from _with_progress(batches, stream)
            case Format.PAGE:
                yield from self._page(decode_page(_data(stream, file.name)), file)
            case Format.WEB_ARCHIVE:
                page = web_archive.page_in(_data(stream, file.name))
                yield from self._page(decode_page(page), file)
            case Format.TEXT:
                yield from self._copy(_text(_data(stream, file.name), file.name), file.name)
            case _:
                raise DocumentError(file.name, None, Problem.BINARY)

    def _copy(self, text: str, name: str) -> Iterator[Batch]:
        document = document_of(text, name)
        is_told = document.chat is Chat.UNKNOWN and self._is_told(document.source.title)
        if not (self._private or document.chat.is_open or is_told):
            raise DocumentError(name, None, Problem.NOT_A_CHANNEL)
        for batch in in_batches(document.source, document.posts):
            yield replace(batch, chat=document.chat)

    def _page(self, source: str, file: File) -> Iterator[Batch]:
        if desktop_pages.knows(source):
            export = desktop_pages.take_apart(source)
            kind = self._kind(export, file)
            yield from desktop_export_html.read(
                export, file.name, kind, private=self._private, before=_before(export, file)
            )
        else:
            yield from _preview(source, file.name)

    def _kind(self, page: ExportPage, file: File) -> Chat:
        """Return the kind of the chat that a page of an HTML export is of.

        The list of chats tells it in an export of the whole account; without that list it is
        unknown. In an export of one chat the senders tell it, those of all its pages: in thousands
        of messages of a chat between two people, one of them may be silent.
        """
        chats = beside(file, TO_LIST)
        if chats is not None or is_of_account(page):
            folder = "/".join(folder_of(file).parts[-2:])
            return Chat.UNKNOWN if chats is None else self._kinds(chats).get(folder, Chat.UNKNOWN)
        others = self._others(file).get(page.title, _Others([], set()))
        names = others.neighbours.union(page.neighbours)
        return kind_by_senders(
            [evidence_of(page), *others.evidences],
            is_named=self._is_told(page.title),
            is_incomplete=any(beside(file, name) is None for name in names),
        )

    def _is_told(self, title: str) -> bool:
        """Tell whether a chat of this title is said to be a channel."""
        return self._is_named or title == self._held

    def _kinds(self, chats: File) -> dict[str, Chat]:
        if chats not in self._listed:
            self._listed = {chats: listed_kinds(parsed(_source(chats)))}
        return self._listed[chats]

    def _others(self, file: File) -> dict[str, _Others]:
        """Return what the pages beside a page tell, which are looked at for that once."""
        folder = (file.zip, folder_of(file))
        if folder not in self._beside:
            self._beside = {folder: _others_in(siblings(file))}
        return self._beside[folder]


def _before(page: ExportPage, file: File) -> ExportPage | None:
    """Return the page before a page of an HTML export, if it is there and can be read."""
    previous = None if page.previous is None else beside(file, page.previous)
    with suppress(DocumentError):
        source = "" if previous is None else _source(previous)
        return desktop_pages.take_apart(source) if desktop_pages.knows(source) else None
    return None


class _Others(NamedTuple):
    """What the pages of a chat tell of it: its first page, and those others that tell more.

    `neighbours` are the names of the pages that stand before and behind any of them.
    """

    evidences: list[Evidence]
    neighbours: set[str]


def _others_in(files: Iterable[File]) -> dict[str, _Others]:
    """Return what the pages among some files tell, by the titles of their chats."""
    found: dict[str, _Others] = {}
    for file in files:
        if not _PAGE_NAME.search(file.member or file.path.name):
            continue
        with suppress(DocumentError):  # a page that cannot be read does not come in either
            source = _source(file)
            if desktop_pages.knows(source):
                page = desktop_pages.take_apart(source)
                others = found.setdefault(page.title, _Others([], set()))
                others.neighbours.update(page.neighbours)
                if not others.evidences or tells_more(source, page.title):
                    others.evidences.append(evidence_of(page))
    return found


def _again(stream: BinaryIO) -> Iterator[str]:
    """Return the text of a stream from its beginning; it then stands where it stood."""
    place = stream.tell()
    stream.seek(0)
    yield from text_chunks(stream)
    stream.seek(place)


def _with_progress(batches: Iterator[Batch], stream: BinaryIO) -> Iterator[Batch]:
    for batch in batches:
        yield replace(batch, read=stream.tell())


def _data(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(name, None, Problem.TOO_LARGE)
    return data


def _text(data: bytes, name: str) -> str:
    """Return a text: one that is known as it is, any other if it is whole. Raises DocumentError."""
    text = decode_page(data)
    if not _is_text(text):
        text = decode(data, name)
    return text if "\n" in text else text.replace("\r", "\n")


def _preview(source: str, name: str) -> Iterator[Batch]:
    """Return the posts of a preview page; that it is cut off is told when they have come."""
    page = take_apart(source)
    if not preview_page.knows(page):
        raise DocumentError(name, None, Problem.UNKNOWN_FORMAT)
    yield from preview_page.read(page, name).batches
    if page.is_cut_off:
        raise DocumentError(name, None, Problem.CUT_OFF)


def _source(file: File) -> str:
    with opened(file) as stream:
        return decode_page(_data(stream, file.name))
