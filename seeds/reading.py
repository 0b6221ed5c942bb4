"""From a file to its text: size, encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import stat
from typing import TYPE_CHECKING, NoReturn

from seeds.errors import DocumentError, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""Bytes; a million posts of a channel stay below it."""
KOREAN_SHARE = 0.8
"""Of the characters beyond ASCII; what was never CP949 decodes to rarer syllables and Hanja."""

_COMMON_SYLLABLES = frozenset(
    bytes((lead, trail)).decode("euc_kr")
    for lead in range(0xB0, 0xC9)
    for trail in range(0xA1, 0xFF)
)
"""The 2,350 syllables of KS X 1001, which Korean text rarely leaves."""
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    """Return the text in UTF-8, UTF-16 with its mark, or CP949. Raises DocumentError."""
    if data.startswith(_UTF_16_MARKS):
        text = _decode_marked(data, name)
    elif b"\0" in data:
        _refuse(data, data.index(b"\0"), name, Problem.BINARY)
    else:
        text = _decode_unmarked(data, name)
    if not text.strip():
        raise DocumentError(name, None, Problem.EMPTY)
    return text


def _decode_marked(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise DocumentError(name, None, Problem.WRONG_ENCODING) from error
    if "\0" in text:
        raise DocumentError(name, text.count("\n", 0, text.index("\0")) + 1, Problem.BINARY)
    return text


def _decode_unmarked(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_korean(data)
        if text is None:
            _refuse(data, error.start, name, Problem.WRONG_ENCODING)
        return text


def _decode_korean(data: bytes) -> str | None:
    """Return the text if it is Korean in CP949, which many Windows editors still write."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if not character.isascii()]
    common = sum(character in _COMMON_SYLLABLES for character in foreign)
    return text if common >= KOREAN_SHARE * len(foreign) else None


def _refuse(data: bytes, offset: int, name: str, problem: Problem) -> NoReturn:
    raise DocumentError(name, data.count(b"\n", 0, offset) + 1, problem)
