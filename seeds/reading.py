"""From a file to its text (size, encoding, what is no text at all), and from there to its posts."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NoReturn

from seeds.errors import DocumentError, Problem
from seeds.formats import recognise
from seeds.mojibake import repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from seeds.formats.batches import Batch
    from storage import NewPost

LARGEST = 64 * 1024 * 1024
"""Bytes; a million posts of a channel stay below it."""
ASCII: Final = "ascii"
DAMAGED: Final = "\ufffd"
"""What stands in a text for bytes that are no character of its encoding."""
KOREAN_SHARE = 0.8
"""How many of the characters beyond ASCII must be common syllables for a text to be in CP949.

Bytes of other encodings, decoded as CP949, are rarer syllables and Hanja.
"""

_COMMON_SYLLABLES = frozenset(
    bytes((lead, trail)).decode("euc_kr")
    for lead in range(0xB0, 0xC9)
    for trail in range(0xA1, 0xFF)
)
"""The 2,350 syllables of KS X 1001, which Korean text rarely leaves."""
_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    **dict.fromkeys((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
    **dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
}
"""How a text begins that says its encoding; UTF-32 before UTF-16, whose mark is half of it."""
_UNMARKED: Final = {
    re.compile(rb"[{<]\0[^\0]\0"): "utf-16-le",
    re.compile(rb"\0[{<]\0[^\0]"): "utf-16-be",
}
"""How JSON or a page begins that is in UTF-16 without saying so."""
_FEWEST_ZEROS: Final = 4
_ZEROS: Final = 0.05
"""Of the characters; zeros in every second place say that a text is in UTF-16."""
_STRAY: Final = 20
"""A text is in UTF-8 if at most one in so many characters beyond ASCII is damaged, or ..."""
_STRAY_IN_ASCII: Final = 500
"""... one in so many characters of any kind."""
_READABLE: Final = 100
"""Where the format is known, one in so many characters of an ASCII text may be damaged."""
READ_AT_ONCE: Final = 256 * 1024
"""Bytes."""


def read_text(path: Path) -> str:
    """Return the text of a file. Raises DocumentError."""
    name = document_name(path)
    return decode(_read(path, name), name)


def document_name(path: Path) -> str:
    """Return what a document is called: its file name."""
    return path.name or str(path)


def _read(path: Path, name: str) -> bytes:
    try:
        if refuse_unless_file(path, name) > LARGEST:
            raise DocumentError(name, None, Problem.TOO_LARGE)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(name, None, Problem.UNREADABLE) from error
    if len(data) > LARGEST:
        raise DocumentError(name, None, Problem.TOO_LARGE)
    return data


def refuse_unless_file(path: Path, name: str) -> int:
    """Return a file's size in bytes. Raises DocumentError if it is none that can be read."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise DocumentError(name, None, Problem.MISSING) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise DocumentError(name, None, Problem.UNREADABLE) from error
    if stat.S_ISDIR(status.st_mode):
        raise DocumentError(name, None, Problem.FOLDER)
    if not stat.S_ISREG(status.st_mode):  # a pipe would wait, a device never end
        raise DocumentError(name, None, Problem.UNREADABLE)
    return status.st_size


def decode(data: bytes, name: str) -> str:
    """Return the text in UTF-8, UTF-16 or CP949, a few damaged characters marked as such.

    Raises DocumentError.
    """
    encoding = encoding_of(data)
    if encoding is None and b"\0" in data:
        _refuse(data, data.index(b"\0"), name, Problem.BINARY)
    if encoding is None:
        _refuse(data, _first_stray(data), name, Problem.WRONG_ENCODING)
    text = data.decode(encoding, "replace")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DocumentError(name, line, Problem.BINARY)
    if not text.strip():
        raise DocumentError(name, None, Problem.EMPTY)
    return text


def decode_page(data: bytes) -> str:
    """Return the text of a page, whatever bytes have got into it."""
    text = data.decode(encoding_of(data) or "utf-8", "replace")
    return text.rstrip("\0").replace("\0", DAMAGED)


def is_readable(text: str) -> bool:
    """Tell whether so little of a text is damaged that it makes sense."""
    damaged = text.count(DAMAGED)
    return damaged <= max(_beyond_ascii(text) - damaged, len(text) // _READABLE)


def _beyond_ascii(text: str) -> int:
    """Return how many characters of a text are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def text_chunks(stream: BinaryIO) -> Iterator[str]:
    """Return the text of a stream as decode_page does, piece by piece."""
    decoder = None
    while data := stream.read(READ_AT_ONCE):
        if decoder is None and (encoding := encoding_of(data)) != ASCII:
            decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
        text = data.decode(ASCII) if decoder is None else decoder.decode(data)
        yield text.replace("\0", DAMAGED)
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def encoding_of(data: bytes) -> str | None:
    """Return the encoding of a text, or of its beginning; None if it is not known."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    marked = marked or next((name for begun, name in _UNMARKED.items() if begun.match(data)), None)
    marked = marked or _by_zeros(data)
    if marked or data.isascii():
        return marked or ASCII
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    damaged = text.count(DAMAGED)
    beyond_ascii = _beyond_ascii(text) - damaged
    if damaged * _STRAY <= beyond_ascii or damaged * _STRAY_IN_ASCII <= len(text):
        return "utf-8"
    return "cp949" if _is_korean(data) else None


def _by_zeros(data: bytes) -> str | None:
    """Return which UTF-16 a text is in that does not say so, by where half of ASCII is zero."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if max(first, second) < max(_FEWEST_ZEROS, _ZEROS * len(data) / 2):
        return None
    if first > 4 * second:
        return "utf-16-be"
    return "utf-16-le" if second > 4 * first else None


def _is_korean(data: bytes) -> bool:
    """Tell whether a text is Korean in CP949, which many Windows editors still write."""
    text = codecs.getincrementaldecoder("cp949")("replace").decode(data)
    foreign = [character for character in text if not character.isascii()]
    common = sum(character in _COMMON_SYLLABLES for character in foreign)
    return common >= KOREAN_SHARE * len(foreign)


def _first_stray(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _refuse(data: bytes, offset: int, name: str, problem: Problem) -> NoReturn:
    raise DocumentError(name, data.count(b"\n", 0, offset) + 1, problem)


def read_document(path: Path) -> Batch:
    """Return the posts of a document, repaired where it was wrongly decoded.

    Raises DocumentError.
    """
    return document_of(read_text(path), document_name(path))


def document_of(raw: str, name: str) -> Batch:
    """Return the posts of a document's text, as read_document does. Raises DocumentError."""
    repaired = repair(raw)
    if repaired is None:
        return _parse(raw, name)
    return _with_originals(_parse(repaired, name), raw.split("\n"), repaired.split("\n"))


def _parse(text: str, name: str) -> Batch:
    parse = recognise(text)
    if parse is None:
        raise DocumentError(name, None, Problem.UNKNOWN_FORMAT)
    return parse(text, name)


def _with_originals(document: Batch, raw: Sequence[str], repaired: Sequence[str]) -> Batch:
    posts = (_with_original(post, raw, repaired) for post in document.posts)
    return replace(document, posts=tuple(posts))


def _with_original(post: NewPost, raw: Sequence[str], repaired: Sequence[str]) -> NewPost:
    """Return the post with the text its document had, if that or its snippet was repaired.

    Both have the same lines, and the snippet stands right above the text.
    """
    if post.origin is None:
        return post
    first, last = post.origin.first_line - 1, post.origin.last_line
    top = first if post.reply_snippet is None else first - 1
    if raw[top:last] == repaired[top:last]:
        return post
    return replace(post, original_text="\n".join(line.rstrip("\r") for line in raw[first:last]))
