"""A file's posts made ready to be stored, portion by portion; those of a large file elsewhere.

Reading texts takes longer than storing what was read, and the two together keep two processors
busy: 70,000 short posts took 12.1 s of one processor, or 7.9 s of one beside 4.5 s of the other,
which is 1.5 times as fast. So a process of its own reads a large file and hands over what it has
made ready. It writes nothing: broken off at any time, it leaves nothing behind, and it ends when
nobody listens.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Chat, Left, Skip
from seeds.loader import placed, start_of
from storage import prepare

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext

    from seeds.importing.detection import Reader
    from seeds.importing.files import File
    from seeds.importing.naming import Naming
    from storage import NewPost, Ready, Source

LARGE: Final = 4 * 1024 * 1024
"""Bytes of a file from which on another process is worth half a second of starting it."""
PORTION: Final = 200
"""Posts handed over at once: few enough that taking them in keeps nobody waiting for long."""
PORTION_TEXT: Final = 60_000
"""Characters of posts that are handed over at once, however few the posts are."""

MOST_MEMORY: Final = 2 * 1024**3
"""Bytes that reading may take: an export of 2 GB takes 50 MB, the longest page some hundred."""
LEAST_SECONDS: Final = 120
BYTES_A_SECOND: Final = 1024 * 1024
"""Reading a file may take two minutes of processor time and a second more for each of these bytes.

Usual is ten times that speed.
"""

GARBAGE: Final = 50_000
"""New objects after which Python looks for garbage: reading makes many, and hardly any waste."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Some posts of a batch, ready to be stored; what the batch tells, its last portion does."""

    source: Source
    posts: Ready
    skipped: Counter[Skip] = field(default_factory=Counter)
    left: tuple[Left, ...] = ()
    cut: int = 0
    read: int = 0
    is_last: bool = False
    chat: Chat = Chat.CHANNEL


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to be read: by which reader, under which name, for tags of which vocabulary."""

    file: File
    reader: Reader
    naming: Naming
    vocabulary: str
    apart: bool = False
    """Whether another process reads it in any case, because nobody here knows where it is from."""


class Portions(Protocol):
    """What hands out the portions of a file. Raises DocumentError, portions having come."""

    def __next__(self) -> Portion:
        """Return the next portion, or raise StopIteration."""

    def __iter__(self) -> Iterator[Portion]:
        """Return itself."""

    def close(self) -> None:
        """Stop reading."""


def portions_of(reading: Reading) -> Portions:
    """Return what reads a file, in this process or, if that is worth it, in another."""
    if reading.apart or (reading.file.size >= LARGE and _processors() > 1):
        return _Elsewhere(reading)
    return _portions(reading)


def _processors() -> int:
    """Return how many processors this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _portions(reading: Reading) -> Generator[Portion, None, None]:
    holder = reading.naming.holder
    held = None if holder is None else holder.title
    with closing(reading.reader.read(reading.file, held=held)) as batches:
        for batch in batches:
            passed_over = reading.naming.passes_over(batch)
            posts = () if passed_over else _placed(reading.file, batch.posts)
            skipped = Counter({Skip.OTHER_CHANNEL: len(batch.posts)} if passed_over else {})
            source = reading.naming.of(batch.source) if batch.posts else batch.source
            *others, last = _parts(posts)
            for part in others:
                yield Portion(source=source, posts=prepare(part, reading.vocabulary))
            yield Portion(
                source=source,
                posts=prepare(last, reading.vocabulary),
                skipped=skipped + batch.skipped,
                left=batch.left,
                cut=batch.cut,
                read=batch.read,
                is_last=True,
                chat=batch.chat,
            )


def _placed(file: File, posts: tuple[NewPost, ...]) -> tuple[NewPost, ...]:
    """Return posts with a place in time, which is their document's where they have no date."""
    if posts and posts[0].date is None and posts[0].message_id is None:
        return placed(posts, start_of(file.path))
    return posts


def _parts(posts: Sequence[NewPost]) -> list[Sequence[NewPost]]:
    """Cut a batch; of an empty one there is one empty part."""
    ends, length = [0], 0
    for number, post in enumerate(posts, 1):
        length += len(post.text)
        if number - ends[-1] == PORTION or length >= PORTION_TEXT:
            ends.append(number)
            length = 0
    if ends[-1] < len(posts) or not posts:
        ends.append(len(posts))
    return [posts[start:end] for start, end in pairwise(ends)]


_Told: TypeAlias = Portion | Exception | None
"""What goes between the processes: None after the last portion."""


def _context() -> ForkServerContext | SpawnContext:
    """Return how another process is made: never by a fork of this one.

    That would take this process's threads and connections halfway with it. Where the system can,
    one process is kept that has everything loaded, and its forks begin at once.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _limit(size: int) -> None:
    """Let this process take so much memory and time as a document of that size may need."""
    if resource is None:
        return
    seconds = LEAST_SECONDS + size // BYTES_A_SECOND
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # the system has no such limit, or a lower one
            resource.setrlimit(kind, (most, hard))


class _Elsewhere:
    """Another process that reads a file."""

    def __init__(self, reading: Reading) -> None:
        self._file = reading.file
        context = _context()
        self._connection, theirs = context.Pipe(duplex=False)
        arguments = (theirs, reading)
        self._process = context.Process(target=_hand_over, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def __iter__(self) -> Iterator[Portion]:
        return self

    def __next__(self) -> Portion:
        try:
            told: _Told = self._connection.recv()
        except (EOFError, OSError) as error:  # it was ended from outside
            raise DocumentError(self._file.name, None, Problem.STOPPED) from error
        if told is None:
            raise StopIteration
        if isinstance(told, Exception):
            raise told
        return told

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _hand_over(connection: Connection, reading: Reading) -> None:
    """Send what is told of a file, until nobody listens any more."""
    # Ctrl-C reaches every process of a terminal: the one that asked decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(reading.file.size)
    gc.freeze()
    gc.set_threshold(GARBAGE)
    with suppress(OSError):
        for told in _told(reading):
            connection.send(told)


def _told(reading: Reading) -> Iterator[_Told]:
    """Yield the portions of a file, then None, or what was raised."""
    try:
        yield from _portions(reading)
    except MemoryError:
        yield DocumentError(reading.file.name, None, Problem.STOPPED)
    except Exception as error:  # noqa: BLE001 - it is raised where the file was asked for
        yield error
    else:
        yield None
