"""Which documents a path means: a file, the files of a folder or of a zip, those a pattern fits."""

from __future__ import annotations

import gzip
import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeVar, cast

from seeds.errors import DocumentError, Problem
from seeds.importing.cut_zips import BEGINNING, open_cut_off
from seeds.reading import document_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

HIDDEN: Final = "."
LARGE_CONTENTS: Final = 64 * 1024 * 1024
"""Bytes up to which what a zip or gzip file holds may be compressed at any ratio."""
MOST_EXPANSION: Final = 100
"""How many times larger than their file those may be beyond that; exports are 15 times larger."""
GZIP: Final = b"\x1f\x8b\x08"
"""How a file begins that is packed by itself."""
PACKED_SUFFIX: Final = ".gz"
NO_MEMBER: Final = ""
"""The member that a zip is given whose own members are refused or cannot all be listed."""
_Named = TypeVar("_Named", str, Path)
DAMAGE: Final = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(
        RecursionError,
        TypeError,
        ValueError,
        lzma.LZMAError,
        struct.error,
        zipfile.BadZipFile,
        zlib.error,
    ),
)
"""What a damaged file may raise while it is read, besides OSError, which is the system's."""
_PARTS: Final = re.compile(r"(\d+|\.)")


class Zip:
    """A zip file that is opened once, however many of its members are read.

    Where the list of its members is missing or damaged (`lacks_list`), those are read that are
    found without it.
    """

    def __init__(self, path: Path) -> None:
        self.lacks_list = False
        self._path = path
        self._archive: zipfile.ZipFile | None = None

    def __reduce__(self) -> tuple[type[Zip], tuple[Path]]:
        """Let another process open it anew."""
        return Zip, (self._path,)

    @property
    def archive(self) -> zipfile.ZipFile:
        """The open zip file. Raises what zipfile does where it is damaged."""
        if self._archive is None:
            self._archive = self._open()
            for member in self._archive.infolist():  # as some programs of Windows wrote it
                member.filename = member.filename.replace("\\", "/")
                self._archive.NameToInfo[member.filename] = member
        return self._archive

    def _open(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._path)
        except DAMAGE:
            self.lacks_list = True
            return open_cut_off(self._path, self._most)

    @property
    def is_cut_off(self) -> bool:
        """Whether its end is missing."""
        return not zipfile.is_zipfile(self._path)

    @property
    def _most(self) -> int:
        return max(LARGE_CONTENTS, MOST_EXPANSION * self._path.stat().st_size)

    @property
    def expands(self) -> bool:
        """Whether it is made to fill a disk: no texts are packed so well."""
        return sum(member.file_size for member in self.archive.infolist()) > self._most

    def close(self) -> None:
        """Close it, until it is asked for again."""
        if self._archive is not None:
            stream = self._archive.fp
            self._archive.close()
            if stream is not None:
                stream.close()
            self._archive = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file, or a member of a zip, that may be a document.

    `size` is in bytes. One that was `found`, not asked for by its name, may as well be none.
    """

    name: str
    path: Path
    member: str | None = None
    zip: Zip | None = field(default=None, compare=False)
    size: int = 0
    found: bool = False


def find_files(path: Path) -> Iterator[File]:
    """Return the files that a path or pattern means, those of a folder as a reader orders them."""
    for match in _matches(path):
        yield from _files(match)


def _matches(path: Path) -> list[Path]:
    """Return what a pattern fits, where the shell has not seen to it; else the path as it is."""
    if not has_magic(str(path)) or path.exists():
        return [path]
    return _in_order(map(Path, glob(str(path), recursive=True))) or [path]  # noqa: PTH207 - of any folder


def _files(path: Path) -> Iterator[File]:
    name = document_name(path)
    if path.is_dir():
        for file in _in_order(path.rglob("*")):
            within = file.relative_to(path)
            if file.is_file() and not any(part.startswith(HIDDEN) for part in within.parts):
                yield from _one(file, f"{name}/{within.as_posix()}", found=True)
    else:
        yield from _one(path, name, found=False)


def _one(path: Path, name: str, *, found: bool) -> Iterator[File]:
    if path.is_file() and _is_zip(path):
        yield from _members(path, name, found=found)
    else:
        size = path.stat().st_size if path.is_file() else 0
        yield File(name=name, path=path, size=size, found=found)


def _is_zip(path: Path) -> bool:
    """Tell whether a file is a zip, though perhaps cut off."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(BEGINNING)) == BEGINNING or zipfile.is_zipfile(path)
    except OSError:  # which is told when it is read
        return False


def _members(path: Path, name: str, *, found: bool) -> Iterator[File]:
    """Return the members of a zip; that it is damaged or expands is told when it is read."""
    container = Zip(path)
    try:
        members = [one for one in container.archive.infolist() if not one.is_dir()]
        refused = container.expands
    except DAMAGE:
        members, refused = [], True
    if refused and not found:
        yield File(name=name, path=path, member=NO_MEMBER, zip=container)
    if refused:
        return
    for member in sorted(members, key=lambda one: _key(one.filename)):
        yield File(
            name=f"{name}/{member.filename}",
            path=path,
            member=member.filename,
            zip=container,
            size=member.file_size,
            found=True,
        )
    if container.lacks_list:
        yield File(name=name, path=path, member=NO_MEMBER, zip=container, found=found)


def beside(file: File, relative: str) -> File | None:
    """Return the file at a path relative to another's folder, in the same zip; None if missing.

    It may be packed by gzip.
    """
    return _beside(file, relative) or _beside(file, relative + PACKED_SUFFIX)


def _beside(file: File, relative: str) -> File | None:
    if file.member is not None and file.zip is not None:
        folder = posixpath.dirname(file.member)
        member = posixpath.normpath(posixpath.join(folder, relative))
        return replace(file, member=member) if member in file.zip.archive.NameToInfo else None
    path = Path(posixpath.normpath((file.path.absolute().parent / relative).as_posix()))
    return replace(file, path=path) if path.is_file() else None


def siblings(file: File) -> Iterator[File]:
    """Return the files in the same folder, of the system or of its zip, itself among them."""
    if file.member is not None and file.zip is not None:
        folder = posixpath.dirname(file.member)
        members = file.zip.archive.namelist()
        for member in _in_order([one for one in members if posixpath.dirname(one) == folder]):
            yield replace(file, member=member)
    else:
        for path in _in_order(file.path.absolute().parent.iterdir()):
            if path.is_file():
                yield replace(file, path=path)


def folder_of(file: File) -> PurePosixPath:
    """Return the folder that a file is in, of the system or of its zip."""
    if file.member is not None:
        return PurePosixPath(file.member).parent
    return PurePosixPath(file.path.absolute().parent.as_posix())


def _in_order(paths: Iterable[_Named]) -> list[_Named]:
    return sorted(paths, key=lambda path: _key(str(path)))


def _key(name: str) -> list[tuple[int, str]]:
    """Return what sorts messages.html before messages2.html, and that before messages10.html."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _PARTS.split(name)]


@contextmanager
def opened(file: File) -> Iterator[BinaryIO]:
    """Open a file for the block. Raises DocumentError, also for whatever reading it raises."""
    try:
        with _open(file) as stream:
            yield stream
    except FileNotFoundError:
        raise DocumentError(file.name, None, Problem.MISSING) from None
    except OSError as error:
        raise DocumentError(file.name, None, Problem.UNREADABLE) from error
    except DAMAGE as error:
        raise DocumentError(file.name, None, Problem.BROKEN) from error


class _Unpacked(io.RawIOBase):
    """What a gzip file holds, up to where it is cut off. Raises DocumentError if it expands."""

    def __init__(self, file: File, stream: BinaryIO) -> None:
        self._document = file.name
        self._most = max(LARGE_CONTENTS, MOST_EXPANSION * file.size)
        self._gzip = gzip.GzipFile(fileobj=stream, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._gzip.read1(len(view))
        except (EOFError, gzip.BadGzipFile):  # cut off, or other bytes behind it
            data = b""
        if self._gzip.tell() > self._most:
            raise DocumentError(self._document, None, Problem.TOO_LARGE)
        view[: len(data)] = data
        return len(data)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._gzip.seek(offset, whence)

    def tell(self) -> int:
        return self._gzip.tell()


@contextmanager
def _open(file: File) -> Iterator[BinaryIO]:
    if file.zip is None or file.member is None:
        with file.path.open("rb") as stream:
            is_packed = stream.read(len(GZIP)) == GZIP
            stream.seek(0)
            yield io.BufferedReader(_Unpacked(file, stream)) if is_packed else stream
        return
    if file.member == NO_MEMBER and file.zip.expands:
        raise DocumentError(file.name, None, Problem.TOO_LARGE)
    if file.member == NO_MEMBER and file.zip.is_cut_off:
        raise DocumentError(file.name, None, Problem.CUT_OFF)
    try:
        member = file.zip.archive.open(file.member)
    except (RuntimeError, NotImplementedError) as error:  # a password, an odd compression
        raise DocumentError(file.name, None, Problem.UNREADABLE) from error
    with member:
        yield cast("BinaryIO", member)
