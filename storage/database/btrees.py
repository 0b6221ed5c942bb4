"""Reads rows straight from the pages of an SQLite file, where SQLite itself gives up on it.

SQLite reads a table from its root down, and one damaged page ends that. Here what cannot be read is
left out: a damaged cell, a page, or all pages below one. Leaves that no tree leads to any more are
found by looking at every page. The format: https://www.sqlite.org/fileformat.html
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

Value: TypeAlias = "int | float | str | bytes | None"

HEADER: Final = 100  # bytes of the file's header, which the first page begins with
DEFAULT_SIZE: Final = 4096
INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE = 0x02, 0x05, 0x0A, 0x0D
INTERIOR: Final = (INTERIOR_INDEX, INTERIOR_TABLE)
INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""How many bytes an integer has, by its serial type."""
FLOAT, ZERO, ONE, FIRST_BLOB = 7, 8, 9, 12
MOST_CELLS: Final = 65_536 // 4
MOST_BYTES: Final = 1 << 24  # of a record; a length beyond that is damage
UNREADABLE: Final = (IndexError, ValueError, struct.error)


class Record(NamedTuple):
    """A row: its rowid, 0 where the table has none, and its columns."""

    rowid: int
    values: tuple[Value, ...]


class Pages:
    """The pages of a file, numbered from 1."""

    def __init__(self, content: bytes | mmap) -> None:
        self._content = content
        size = int.from_bytes(content[16:18], "big")
        size = 65_536 if size == 1 else size
        self._size = size if size in {2**power for power in range(9, 17)} else DEFAULT_SIZE
        self._usable = self._size - content[20]
        self._led_to: set[int] = set()

    def rows(self, root: int) -> Iterator[Record]:
        """Yield the rows of the tree below a page, as far as it can be read."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self._led_to:
                continue
            self._led_to.add(number)
            kind, cells = self._cells(number)
            if kind in INTERIOR:
                waiting += self._children(number, cells)
            yield from self._records(number, kind, cells)

    def lost(self) -> Iterator[Record]:
        """Yield the rows on table leaves that are neither free nor part of any tree read before."""
        known = self._led_to | set(self._free())
        for number in range(1, len(self._content) // self._size + 1):
            if number not in known:
                kind, cells = self._cells(number)
                if kind == LEAF_TABLE:
                    yield from self._records(number, kind, cells)

    def _page(self, number: int) -> bytes:
        page = self._content[(number - 1) * self._size : number * self._size]
        if number < 1 or len(page) < self._size:
            raise ValueError(number)
        return page

    def _cells(self, number: int) -> tuple[int, tuple[int, ...]]:
        """Return a page's kind, 0 if it has none, and where its cells are."""
        start = HEADER if number == 1 else 0
        try:
            page = self._page(number)
            kind, count = page[start], int.from_bytes(page[start + 3 : start + 5], "big")
            if kind not in {*INTERIOR, LEAF_INDEX, LEAF_TABLE} or count > MOST_CELLS:
                raise ValueError(kind)
            head = start + (12 if kind in INTERIOR else 8)
            return kind, struct.unpack_from(f">{count}H", page, head)
        except UNREADABLE:
            return 0, ()

    def _children(self, number: int, cells: tuple[int, ...]) -> Iterator[int]:
        page = self._page(number)
        places = (*cells, (HEADER if number == 1 else 0) + 8)  # the last: the right-most child
        for place in places:
            yield int.from_bytes(page[place : place + 4], "big")

    def _records(self, number: int, kind: int, cells: tuple[int, ...]) -> Iterator[Record]:
        if kind in (0, INTERIOR_TABLE):
            return
        page = self._page(number)
        for cell in cells:
            with suppress(*UNREADABLE):
                yield self._record(page, kind, cell + (4 if kind == INTERIOR_INDEX else 0))

    def _record(self, page: bytes, kind: int, place: int) -> Record:
        length, place = varint(page, place)
        rowid = 0
        if kind == LEAF_TABLE:
            rowid, place = varint(page, place)
        return Record(rowid, values_of(self._payload(page, kind, place, length)))

    def _payload(self, page: bytes, kind: int, place: int, length: int) -> bytes:
        """Return the record of a cell, with the part of it that stands on overflow pages."""
        if length > MOST_BYTES:
            raise ValueError(length)
        most = self._usable - 35 if kind == LEAF_TABLE else (self._usable - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (self._usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (self._usable - 4)
            here = least if here > most else here
        parts, missing = [page[place : place + here]], length - here
        following = int.from_bytes(page[place + here : place + here + 4], "big")
        while missing > 0:
            more = self._page(following)
            parts.append(more[4 : self._usable][:missing])
            missing -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)

    def _free(self) -> Iterator[int]:
        """Yield the pages of the freelist, which hold nothing, as far as it can be read."""
        trunk, left = struct.unpack_from(">II", self._content, 32)
        while trunk and left > 0:
            try:
                page = self._page(trunk)
                following, count = struct.unpack_from(">II", page)
                yield trunk
                yield from struct.unpack_from(f">{min(count, self._size // 4 - 2)}I", page, 8)
            except UNREADABLE:
                return
            trunk, left = following, left - count - 1


def varint(content: bytes, place: int) -> tuple[int, int]:
    """Return the integer of one to nine bytes that stands there, and where it ends."""
    value = 0
    for end in range(place, place + 8):
        byte = content[end]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value, end + 1
    value = value << 8 | content[place + 8]
    return value - (1 << 64) if value >> 63 else value, place + 9


def values_of(record: bytes) -> tuple[Value, ...]:
    """Return the columns of a record. Raises ValueError or IndexError if it is none."""
    end, place = varint(record, 0)
    kinds = []
    while place < end:
        kind, place = varint(record, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        size = size_of(kind)
        part = record[place : place + size]
        if len(part) < size:
            raise ValueError(kind)
        values.append(_value(kind, part))
        place += size
    return tuple(values)


def size_of(kind: int) -> int:
    """Return how many bytes a value of a serial type takes."""
    if kind >= FIRST_BLOB:
        return (kind - FIRST_BLOB) // 2
    if kind > ONE or kind < 0:
        raise ValueError(kind)
    return 8 if kind == FLOAT else INTEGERS.get(kind, 0)


def _value(kind: int, part: bytes) -> Value:
    if kind >= FIRST_BLOB:
        return part if kind % 2 == 0 else part.decode("utf-8", "replace")
    if kind == FLOAT:
        value: float = struct.unpack(">d", part)[0]
        return value
    if kind in (ZERO, ONE):
        return kind - ZERO
    return int.from_bytes(part, "big", signed=True) if kind else None
