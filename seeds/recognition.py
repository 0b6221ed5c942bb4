"""A file's posts, batch by batch, whatever its format: recognised by content, not by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from seeds.documents import document_of
from seeds.errors import DocumentError, Problem
from seeds.files import beside, folder_of, opened
from seeds.formats import desktop_export, desktop_export_html, desktop_pages, preview_page
from seeds.formats.batches import in_batches
from seeds.formats.chats import Chat
from seeds.formats.desktop_chats_html import (
    TO_LIST,
    is_of_account,
    kind_by_senders,
    listed_kind,
)
from seeds.formats.pages import is_page, parsed
from seeds.reading import (
    LARGEST,
    UTF_16_MARKS,
    decode,
    decode_page,
    refuse_unless_file,
    text_chunks,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

    from seeds.files import File
    from seeds.formats.batches import Batch
    from seeds.formats.desktop_pages import ExportPage

OPENING: Final = 64 * 1024
"""Bytes of a file by which its format is recognised."""
ZIP: Final = b"PK\x03\x04"
"""How a zip begins; a whole one is known by its end, where its members are listed."""
FIRST_PAGE: Final = "messages.html"
"""Of the pages of a chat in an HTML export."""


def read_batches(
    file: File, *, private: bool = False, is_named: bool = False
) -> Generator[Batch, None, None]:
    """Return the posts of a file. Raises DocumentError, batches perhaps having come before.

    With `private`, those of chats that are not known to be channels or public groups as well;
    `is_named` tells that the channel's @name is known.
    """
    if file.member is None:
        refuse_unless_file(file.path, file.name)
    with opened(file) as stream:
        beginning = stream.read(OPENING)
        opening = decode_page(beginning)
        stream.seek(0)
        if desktop_export.knows(opening):
            again = partial(_again, stream)
            batches = desktop_export.read(text_chunks(stream), again, file.name, private=private)
            yield from _with_progress(batches, stream)
        elif is_page(opening):
            source = decode_page(_data(stream, file.name))
            yield from _page(source, file, private=private, is_named=is_named)
        elif b"\0" in beginning and not beginning.startswith(UTF_16_MARKS):
            half_a_zip = beginning.startswith(ZIP) and not file.found
            problem = Problem.CUT_OFF if half_a_zip else Problem.BINARY
            raise DocumentError(file.name, None, problem)
        else:
            document = document_of(decode(_data(stream, file.name), file.name), file.name)
            yield from in_batches(document.source, document.posts)


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


def _page(source: str, file: File, *, private: bool, is_named: bool) -> Iterator[Batch]:
    if desktop_pages.knows(source):
        export = desktop_pages.take_apart(source)
        chat = _kind(export, file, is_named=is_named)
        yield from desktop_export_html.read(export, file.name, chat, private=private)
        return
    page = parsed(source)
    if not preview_page.knows(page):
        raise DocumentError(file.name, None, Problem.UNKNOWN_FORMAT)
    yield from preview_page.read(page, file.name).batches


def _kind(page: ExportPage, file: File, *, is_named: bool) -> Chat:
    """Return the kind of the chat that a page of an HTML export is of.

    The list of chats tells it in an export of the whole account; without that list it is unknown.
    In an export of one chat the senders tell it, those of the chat's first page too: in a thousand
    messages of a chat between two people, one of them may be silent.
    """
    if is_of_account(page):
        chats = _source(file, TO_LIST)
        folder = "/".join(folder_of(file).parts[-2:])
        return Chat.UNKNOWN if chats is None else listed_kind(parsed(chats), folder)
    first = _source(file, FIRST_PAGE)
    pages = [page] if first is None else [page, desktop_pages.take_apart(first)]
    return kind_by_senders(pages, is_named=is_named)


def _source(file: File, relative: str) -> str | None:
    """Return the source of a page that lies beside a file, if it does."""
    other = beside(file, relative)
    if other is None:
        return None
    with opened(other) as stream:
        return decode_page(_data(stream, other.name))
