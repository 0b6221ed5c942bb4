"""A file's posts, batch by batch, whatever its format: recognised by content, not by name."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from seeds.documents import document_of
from seeds.errors import DocumentError, Problem
from seeds.files import beside, folder_of, opened
from seeds.formats import desktop_export, desktop_export_html, preview_page
from seeds.formats.batches import Batch
from seeds.formats.chats import Chat
from seeds.formats.desktop_chats_html import (
    TO_LIST,
    is_of_account,
    kind_by_senders,
    listed_kind,
)
from seeds.reading import LARGEST, decode, refuse_unless_file

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

    from seeds.files import File

OPENING: Final = 64 * 1024
"""Bytes of a file by which its format is recognised."""
FIRST_PAGE: Final = "messages.html"
"""Of the pages of a chat in an HTML export."""
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_batches(file: File, *, private: bool = False) -> Generator[Batch, None, None]:
    """Return the posts of a file. Raises DocumentError, batches perhaps having come before.

    With `private`, those of chats that are not known to be channels or public groups as well.
    """
    if file.member is None:
        refuse_unless_file(file.path, file.name)
    with opened(file) as stream:
        opening = stream.read(OPENING)
        stream.seek(0)
        if desktop_export.knows(opening):
            batches = desktop_export.read(stream, file.name, private=private)
            yield from _with_progress(batches, stream)
        elif b"\0" in opening and not opening.startswith(_UTF_16_MARKS):
            raise DocumentError(file.name, None, Problem.BINARY)
        else:
            yield from _whole(stream, file, private=private)


def _with_progress(batches: Iterator[Batch], stream: BinaryIO) -> Iterator[Batch]:
    for batch in batches:
        yield replace(batch, read=stream.tell())


def _whole(stream: BinaryIO, file: File, *, private: bool) -> Iterator[Batch]:
    text = _text(stream, file.name)
    if is_page(text):
        yield from _page(LexborHTMLParser(text), file, private=private)
    else:
        document = document_of(text, file.name)
        yield Batch(source=document.source, posts=document.posts)


def _text(stream: BinaryIO, name: str) -> str:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(name, None, Problem.TOO_LARGE)
    return decode(data, name)


def is_page(text: str) -> bool:
    """Tell whether a text is HTML."""
    return text.lstrip("\ufeff \t\r\n")[:9].lower().startswith(("<!doctype", "<html"))


def _page(page: LexborHTMLParser, file: File, *, private: bool) -> Iterator[Batch]:
    if desktop_export_html.knows(page):
        chat = _kind(page, file)
        yield from desktop_export_html.read(page, file.name, chat, private=private)
    elif preview_page.knows(page):
        yield from preview_page.read(page, file.name).batches
    else:
        raise DocumentError(file.name, None, Problem.UNKNOWN_FORMAT)


def _kind(page: LexborHTMLParser, file: File) -> Chat:
    """Return the kind of the chat that a page of an HTML export is of.

    The list of chats tells it in an export of the whole account; without that list it is unknown.
    In an export of one chat the senders tell it, those of the chat's first page too: in a thousand
    messages of a chat between two people, one of them may be silent.
    """
    if is_of_account(page):
        chats = _parsed(file, TO_LIST)
        folder = "/".join(folder_of(file).parts[-2:])
        return Chat.UNKNOWN if chats is None else listed_kind(chats, folder)
    first = _parsed(file, FIRST_PAGE)
    return kind_by_senders([page] if first is None else [page, first])


def _parsed(file: File, relative: str) -> LexborHTMLParser | None:
    """Return a page that lies beside a file, if it does."""
    other = beside(file, relative)
    if other is None:
        return None
    with opened(other) as stream:
        return LexborHTMLParser(_text(stream, other.name))
