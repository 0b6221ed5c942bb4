"""Brings any documents into an archive, batch by batch, and says what became of each."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing, closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import MOST_TOLD, Left, Skip
from seeds.importing.detection import Reader
from seeds.importing.files import find_files
from seeds.importing.naming import AS_TOLD, Naming
from seeds.importing.portions import Reading, portions_of
from seeds.loader import DECLINED, NOTE
from storage import Added

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Sequence
    from pathlib import Path

    from seeds.importing.files import File
    from seeds.importing.portions import Portion, Portions
    from storage import Archive

SWITCH = 0.0005
"""Seconds after which a thread of an import lets others go on, a tenth of what is usual."""
NO_DOCUMENTS = frozenset({Problem.UNKNOWN_FORMAT, Problem.BINARY, Problem.EMPTY})
"""What is wrong with the pictures and style sheets that lie beside a document."""


OTHERS_TURN = 0.005
"""Seconds between two batches, in which others can write: who waits for that tries every 2 ms."""

MANY = 2_000
"""Posts that come in at once after which searching is made faster again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one document: how many posts it holds and what the archive made of them.

    `skipped` counts the messages that are no posts, `left` says where the first of those are that a
    reader would miss, `cut` how many posts are not in with all of their text. A document that was
    refused has an `error`, and what came before it was met. `stayed_out` counts the messages of
    chats that may not come in, by the chats' names; `groups` names those that are in and where many
    people write.
    """

    document: str
    added: Added = field(default_factory=Added)
    skipped: Counter[Skip] = field(default_factory=Counter)
    left: tuple[Left, ...] = ()
    cut: int = 0
    stayed_out: Counter[str] = field(default_factory=Counter)
    groups: frozenset[str] = frozenset()
    error: DocumentError | None = None

    @property
    def posts(self) -> int:
        """How many posts were read."""
        return self.added.new + self.added.updated + self.added.unchanged

    @property
    def left_out(self) -> Counter[Skip]:
        """How many messages are in the archive in no way, and why."""
        return self.skipped + Counter({Skip.FORGOTTEN: self.added.forgotten})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an import has come: `done` of `total` bytes, and `posts` in all documents so far.

    `finished` tells that the document is through, `first` that none was before it.
    """

    document: str
    done: int
    total: int
    posts: int
    finished: bool = False
    first: bool = True


Progress: TypeAlias = Callable[[Step], None]


async def import_documents(
    archive: Archive,
    paths: Sequence[Path],
    *,
    naming: Naming = AS_TOLD,
    restore: bool = False,
    apart: bool = False,
    progress: Progress | None = None,
) -> tuple[Imported, ...]:
    """Add the documents that the paths mean: files, folders, zips, patterns.

    Each batch comes in whole or not at all, and one that came in before changes nothing; so what
    was broken off is just done again. Posts without a date sort by the time their document was
    last changed. With `restore`, posts that were forgotten come in again. With `apart`, every file
    is read by a process of its own, within limits of memory and time. Raises ArchiveError.
    """
    files = {path: await asyncio.to_thread(list, find_files(path)) for path in paths}
    total = sum(file.size for found in files.values() for file in found)
    run = _Run(archive, naming, progress, total, restore=restore, apart=apart)
    with _answering_meanwhile():
        results = [result for path in files for result in await run.add_all(path, files[path])]
    many = sum(result.added.new + result.added.updated for result in results) >= MANY
    await (archive.tidy() if many else archive.write_back())
    return tuple(results)


@contextmanager
def _answering_meanwhile() -> Iterator[None]:
    """Let this thread, which answers people, wait less for the threads of an import.

    Threads hand over more often, and Python collects no garbage among the objects from before the
    import: it would do so every second or two, and halt all threads meanwhile.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)


async def decline_seeds(archive: Archive) -> None:
    """Let an archive that begins with a document of one's own do without the seeds."""
    if await archive.note(NOTE) is None:
        await archive.set_note(NOTE, DECLINED)


class _Run:
    """One import, which knows how far it has come."""

    def __init__(
        self,
        archive: Archive,
        naming: Naming,
        progress: Progress | None,
        total: int,
        *,
        restore: bool,
        apart: bool,
    ) -> None:
        self._archive = archive
        self._apart = apart
        self._restore = restore
        self._naming = naming
        named = naming.username is not None and not naming.assumed
        self._reader = Reader(private=naming.private, is_named=named)
        self._progress = progress
        self._total = total
        self._done = 0
        self._posts = 0
        self._first = True

    async def add_all(self, path: Path, files: Sequence[File]) -> list[Imported]:
        """Add the documents among the files of a path, of which at least one should be one."""
        try:
            results = [await self._add(file) for file in files]
        finally:
            for container in {file.zip for file in files if file.zip is not None}:
                container.close()
        told = [result for result in results if result is not None]
        if told:
            return told
        is_folder = await asyncio.to_thread(path.is_dir)
        problem = Problem.FOLDER if is_folder else Problem.UNKNOWN_FORMAT
        return [Imported(document=path.name, error=DocumentError(path.name, None, problem))]

    async def _add(self, file: File) -> Imported | None:
        """Add the posts of a file; None if it was not asked for and is no document."""
        result = Imported(document=file.name)
        self._tell(file)
        vocabulary = await self._archive.vocabulary()
        reading = Reading(file, self._reader, await self._named(), vocabulary, self._apart)
        try:
            portions = await asyncio.to_thread(portions_of, reading)
            with closing(portions):
                async with aclosing(_batches(portions)) as batches:
                    async for batch in batches:
                        result = await self._add_batch(file, batch, result)
        except DocumentError as error:
            if file.found and error.problem in NO_DOCUMENTS:
                return None
            result = replace(result, error=_alone(error))
        finally:
            self._done += file.size
        self._tell(file, finished=True)
        self._first = False
        return result

    async def _named(self) -> Naming:
        """Return the naming of the next document: one before it may have got the assumed @name."""
        if not self._naming.assumed or self._naming.username is None:
            return self._naming
        holder = await self._archive.source_named(self._naming.username)
        return replace(self._naming, holder=holder)

    async def _add_batch(self, file: File, batch: Sequence[Portion], result: Imported) -> Imported:
        count = sum(len(portion.posts.posts) for portion in batch)
        last = batch[-1]
        added = Added()
        if count:
            await decline_seeds(self._archive)
            parts = [portion.posts for portion in batch]
            added = await self._archive.add_ready(last.source, parts, restore=self._restore)
            await asyncio.sleep(OTHERS_TURN)
        self._posts += count
        self._tell(file, read=last.read)
        result = replace(
            result,
            added=result.added + added,
            skipped=result.skipped + last.skipped,
            left=(result.left + last.left)[:MOST_TOLD],
            cut=result.cut + last.cut,
        )
        return _with_chat(result, last, came_in=count > 0)

    def _tell(self, file: File, *, read: int = 0, finished: bool = False) -> None:
        if self._progress is not None:
            step = Step(
                document=file.name,
                done=min(self._done + read, self._total),
                total=self._total,
                posts=self._posts,
                finished=finished,
                first=self._first,
            )
            self._progress(step)


async def _batches(portions: Portions) -> AsyncGenerator[list[Portion], None]:
    """Yield the batches, the next one being taken in while one is stored."""
    coming = _received(portions)
    try:
        # Cancelled, this stops waiting; the thread that takes the batch in goes on (see below).
        while batch := await asyncio.shield(coming):
            coming = _received(portions)
            yield batch
    finally:
        # Before anything is closed, the thread that uses it ends; its error is nobody's any more.
        await asyncio.wait([coming])
        coming.exception()


def _alone(error: DocumentError) -> DocumentError:
    """Return an error without the functions that raised it: they hold on to the whole document."""
    return DocumentError(error.document, error.line, error.problem)


def _with_chat(result: Imported, last: Portion, *, came_in: bool) -> Imported:
    """Name the chat that a batch is of, if it had to stay out, or is a group."""
    name = last.source.title
    if private := last.skipped[Skip.PRIVATE]:
        return replace(result, stayed_out=result.stayed_out + Counter({name: private}))
    if came_in and last.chat.is_group:
        return replace(result, groups=result.groups | {name})
    return result


def _received(portions: Portions) -> asyncio.Task[list[Portion]]:
    return asyncio.create_task(asyncio.to_thread(_next_batch, portions))


def _next_batch(portions: Portions) -> list[Portion]:
    """Return the portions of the next batch; none after the last."""
    batch: list[Portion] = []
    for portion in portions:
        batch.append(portion)
        if portion.is_last:
            break
    return batch
