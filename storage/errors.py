"""What can go wrong with an archive. Data only: the sentences for people are made elsewhere.

ArchiveError
├── NotAnArchive      the file is something else, or damaged beyond opening
├── SchemaTooNew      a newer program wrote the file
├── ArchiveMissing    there is no such file, or no folder to make it in
├── ArchiveReadOnly   the file or its folder cannot be written
├── ArchiveBusy       another process kept it locked for too long
├── ArchiveCorrupt    SQLite found the file damaged
├── DiskFull          no room left for what was to be written
├── InvalidQuery      nothing to search for is left of the query
│   └── InvalidOperator  an operator's value says nothing, where it cannot be left out
├── PostNotFound      no post has this id
├── TagNotFound       no tag has this id
├── SearchNotFound    no stored search has this id
├── WatchNotFound     the chat has no watch of this id
├── TooManyWatches    the chat has as many as it may
├── TooManySaved      the user has saved as many posts as they may
└── FileInTheWay      the file to be written exists already
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Anything the archive refuses; `subject` is what it is about: a path, an id, a query."""

    def __init__(self, subject: object = "") -> None:
        super().__init__(subject)
        self.subject = subject


class NotAnArchive(ArchiveError):
    """The file is not an archive."""


class SchemaTooNew(ArchiveError):
    """The file was written by a newer version of the program."""


class ArchiveMissing(ArchiveError):
    """The folder to make the file in does not exist."""


class ArchiveReadOnly(ArchiveError):
    """The file or its folder cannot be written."""


class ArchiveBusy(ArchiveError):
    """Another process kept the archive locked for too long."""


class ArchiveCorrupt(ArchiveError):
    """SQLite found the file damaged."""


class DiskFull(ArchiveError):
    """There is no room left on the disk for what was to be written."""


class FileInTheWay(ArchiveError):
    """The file to be written exists already."""


class InvalidQuery(ArchiveError):
    """Nothing to search for is left of the query."""


class InvalidOperator(InvalidQuery):
    """An operator's value says nothing, where it cannot be left out."""

    def __init__(self, query: str, operator: str, value: str) -> None:
        super().__init__(query)
        self.operator = operator
        self.value = value


class PostNotFound(ArchiveError):
    """No post has this id."""


class TagNotFound(ArchiveError):
    """No tag has this id."""


class SearchNotFound(ArchiveError):
    """No stored search has this id."""


class WatchNotFound(ArchiveError):
    """The chat has no watch of this id."""


class TooManyWatches(ArchiveError):
    """The chat watches for as much as it may; `subject` is how many that are."""


class TooManySaved(ArchiveError):
    """The user has saved as many posts as they may; `subject` is how many that are."""


UNWRITABLE = (ArchiveBusy, ArchiveCorrupt, ArchiveReadOnly, DiskFull)
"""Why a file cannot be written that could be before: it passes, or the operator can mend it."""
