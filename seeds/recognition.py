"""A file's posts, batch by batch, whatever its format: recognised by content, not by name."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from seeds.documents import document_of
from seeds.errors import DocumentError, Problem
from seeds.files import opened
from seeds.formats import desktop_export, desktop_export_html, preview_page
from seeds.formats.batches import Batch
from seeds.reading import LARGEST, decode, refuse_unless_file

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

    from seeds.files import File

OPENING: Final = 64 * 1024
"""Bytes of a file by which its format is recognised."""
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_batches(file: File) -> Generator[Batch, None, None]:
    """Return the posts of a file. Raises DocumentError, batches perhaps having come before."""
    if file.member is None:
        refuse_unless_file(file.path, file.name)
    with opened(file) as stream:
        opening = stream.read(OPENING)
        stream.seek(0)
        if desktop_export.knows(opening):
            yield from _with_progress(desktop_export.read(stream, file.name), stream)
        elif b"\0" in opening and not opening.startswith(_UTF_16_MARKS):
            raise DocumentError(file.name, None, Problem.BINARY)
        else:
            yield from _whole(stream, file.name)


def _with_progress(batches: Iterator[Batch], stream: BinaryIO) -> Iterator[Batch]:
    for batch in batches:
        yield replace(batch, read=stream.tell())


def _whole(stream: BinaryIO, name: str) -> Iterator[Batch]:
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(name, None, Problem.TOO_LARGE)
    text = decode(data, name)
    if is_page(text):
        yield from read_page(text, name)
    else:
        document = document_of(text, name)
        yield Batch(source=document.source, posts=document.posts)


def is_page(text: str) -> bool:
    """Tell whether a text is HTML."""
    return text.lstrip("\ufeff \t\r\n")[:9].lower().startswith(("<!doctype", "<html"))


def read_page(text: str, name: str) -> Iterator[Batch]:
    """Return the posts of an HTML page. Raises DocumentError."""
    page = LexborHTMLParser(text)
    if desktop_export_html.knows(page):
        yield from desktop_export_html.read(page, name)
    elif preview_page.knows(page):
        yield preview_page.read(page, name).batch
    else:
        raise DocumentError(name, None, Problem.UNKNOWN_FORMAT)
