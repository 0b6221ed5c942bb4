"""Opens a zip file without the list of its members, because its end is missing or damaged.

What stands before each member tells the same: its name, its sizes and how it is packed. Of the last
member, what is there can be read.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

BEGINNING: Final = b"PK\x03\x04"
"""How each member begins, and so the file."""
FEWEST: Final = 64
"""Bytes that must be there of a member that is cut off: fewer do not tell a text from a picture."""

_HEADER: Final = struct.Struct("<6x2H8x2I2H")
"""Flags, how it is packed, its sizes packed and unpacked, and those of its name and an addition."""
_LARGE_SIZES: Final = struct.Struct("<4x2Q")
_IS_LARGE: Final = 0xFFFFFFFF
"""Stands for a size that the addition tells."""
_SIZES_BEHIND: Final = 0x08
_IS_UTF_8: Final = 0x800
_LONGEST_SIZES: Final = 24
"""Bytes that sizes take behind a member, at most."""
_EMPTY_ZIP: Final = b"PK\x05\x06" + bytes(18)
_CHUNK: Final = 16 * 1024


def open_cut_off(path: Path, most: int) -> zipfile.ZipFile:
    """Return a zip file with the members that stand before the cut.

    None is looked for behind more than `most` bytes of members whose sizes are not told.
    """
    archive = zipfile.ZipFile(io.BytesIO(_EMPTY_ZIP))
    archive.fp = stream = path.open("rb")
    for member in _members(stream, most):
        archive.filelist.append(member)
        archive.NameToInfo[member.filename] = member
    return archive


def _members(stream: BinaryIO, most: int) -> Iterator[zipfile.ZipInfo]:
    end, at = stream.seek(0, io.SEEK_END), 0
    while most >= 0 and (member := _member_at(at, stream)) is not None:
        start = stream.tell()
        there = end - start
        is_told = not member.flag_bits & _SIZES_BEHIND
        if not is_told:
            member.compress_size, member.file_size = _inflated(stream, most)
            most -= member.file_size
        if there < min(member.compress_size, FEWEST):
            return
        member.compress_size = min(member.compress_size, there)
        yield member
        at = start + member.compress_size
        if not is_told:
            stream.seek(at)
            at += max(0, stream.read(_LONGEST_SIZES + len(BEGINNING)).find(BEGINNING))


def _member_at(at: int, stream: BinaryIO) -> zipfile.ZipInfo | None:
    """Return the member that begins there, if its header is whole and has a name for it.

    The stream is then behind the header.
    """
    stream.seek(at)
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size or not header.startswith(BEGINNING):
        return None
    flags, packing, packed, unpacked, name, more = _HEADER.unpack(header)
    told = stream.read(name + more)
    if not name or len(told) < name + more:
        return None
    encoding = "utf-8" if flags & _IS_UTF_8 else "cp437"
    member = zipfile.ZipInfo(told[:name].decode(encoding, "replace"))
    if _IS_LARGE in {packed, unpacked} and more >= _LARGE_SIZES.size:
        unpacked, packed = _LARGE_SIZES.unpack_from(told, name)
    member.header_offset, member.flag_bits, member.compress_type = at, flags, packing
    member.compress_size, member.file_size = packed, unpacked
    member.CRC = cast("int", None)  # is not checked: of a member that is cut off it would be wrong
    return member


def _inflated(stream: BinaryIO, most: int) -> tuple[int, int]:
    """Return how long packed data is from there on, too long if cut off, and as it is unpacked."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    packed = unpacked = 0
    with suppress(zlib.error):
        while not inflater.eof and unpacked <= most and (data := stream.read(_CHUNK)):
            packed += len(data)
            unpacked += len(inflater.decompress(data))
    return packed - len(inflater.unused_data) if inflater.eof else _IS_LARGE, unpacked
