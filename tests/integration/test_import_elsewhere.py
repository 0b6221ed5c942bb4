"""A large file is read by a process of its own; what comes of it is the same."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import BATCH_SIZE, Skip
from seeds.importing import Imported, Naming, import_documents, portions
from seeds.importing.detection import Reader
from seeds.importing.files import find_files
from seeds.importing.portions import PORTION, PORTION_TEXT, Portions, Reading, portions_of
from storage import Archive, ArchiveBusy
from tests.support.command_line import environment, invoke

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from seeds.formats.batches import Batch
    from seeds.importing.files import File

POSTS = 5_000
LONG = "스타트업 투자와 growth 이야기 " * 18
SECONDS = 20
EXPORTS = Path(__file__).parents[1] / "golden" / "exports"
CONTENTS = (
    "SELECT message_id, text, date, reply_post_id FROM posts ORDER BY id",
    "SELECT post_id, position, raw, context FROM post_links ORDER BY 1, 2",
    "SELECT term, posts FROM terms ORDER BY term",
    "SELECT t.term, p.term FROM terms t JOIN term_piece_places p ON p.doc = t.id ORDER BY 1, 2",
)


def write_export(path: Path, *, posts: int = POSTS, words: str = LONG) -> Path:
    """Write a file that is large, with an empty message for every hundred posts."""
    messages = [
        {
            "id": number,
            "type": "message",
            "date_unixtime": str(1_600_000_000 + number),
            "text": f"글 {number} {words} #tag{number % 9} https://example.com/{number}"
            if number % 100
            else "",
            "reply_to_message_id": number - 1,
        }
        for number in range(1, posts + 1)
    ]
    details = {"name": "Big", "type": "public_channel", "id": 9, "messages": messages}
    path.write_text(json.dumps(details), encoding="utf-8")
    return path


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file read by another process."""
    monkeypatch.setattr(portions, "LARGE", 0)
    monkeypatch.setattr(portions, "_processors", lambda: 2)


def opened(path: Path) -> Portions:
    (file,) = find_files(path)
    return portions_of(Reading(file, Reader(), Naming(), ""))


async def imported(database: Path, path: Path) -> Imported:
    async with Archive.open(database) as archive:
        (result,) = await import_documents(archive, [path])
        assert await archive.check() == ()
    return result


def contents(database: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        return [connection.execute(sql).fetchall() for sql in CONTENTS]


async def test_the_archive_is_as_if_its_posts_had_come_one_by_one(tmp_path: Path) -> None:
    path = write_export(tmp_path / "result.json", posts=450)
    await imported(tmp_path / "imported.db", path)
    async with Archive.open(tmp_path / "added.db") as archive:
        for portion in opened(path):
            for post in portion.posts.posts:
                await archive.add(portion.source, [post.post])
    assert contents(tmp_path / "imported.db") == contents(tmp_path / "added.db")


async def test_the_archive_is_as_if_it_had_been_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_export(tmp_path / "result.json", posts=1500)
    here = await imported(tmp_path / "here.db", path)
    monkeypatch.setattr(portions, "LARGE", 0)
    monkeypatch.setattr(portions, "_processors", lambda: 2)
    there = await imported(tmp_path / "there.db", path)
    assert here == there
    assert (here.added.new, here.skipped) == (1485, {Skip.EMPTY: 15})
    assert contents(tmp_path / "here.db") == contents(tmp_path / "there.db")
    again = await imported(tmp_path / "there.db", path)
    assert (again.added.new, again.added.unchanged) == (0, 1485)


@pytest.mark.usefixtures("elsewhere")
async def test_what_is_wrong_with_a_document_is_told_after_what_came_before(
    tmp_path: Path,
) -> None:
    path = write_export(tmp_path / "result.json", posts=BATCH_SIZE + 500, words="")
    path.write_bytes(path.read_bytes()[:-200])
    result = await imported(tmp_path / "galpi.db", path)
    assert result.error is not None
    assert (result.error.document, result.error.problem) == ("result.json", Problem.CUT_OFF)
    lost = result.skipped[Skip.DAMAGED]
    assert (result.added.new + result.skipped.total(), lost) == (BATCH_SIZE + 499, 1)


@pytest.mark.usefixtures("elsewhere")
def test_a_reader_that_is_ended_is_told_of(tmp_path: Path) -> None:
    with closing(opened(write_export(tmp_path / "result.json"))) as reader:
        next(reader)
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(DocumentError) as caught:
            list(reader)
    assert caught.value.problem is Problem.STOPPED
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("elsewhere")
async def test_an_import_that_is_cancelled_ends_its_reader(tmp_path: Path) -> None:
    path = write_export(tmp_path / "result.json")
    async with Archive.open(tmp_path / "galpi.db") as archive:
        task = asyncio.create_task(import_documents(archive, [path]))
        while not multiprocessing.active_children():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert multiprocessing.active_children() == []


async def test_what_cannot_be_stored_is_told_while_the_next_batch_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.connection.BUSY_SECONDS", 0.01)
    path = write_export(tmp_path / "result.json", posts=3 * BATCH_SIZE, words="")
    async with Archive.open(tmp_path / "galpi.db") as archive:
        with closing(sqlite3.connect(tmp_path / "galpi.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ArchiveBusy):
                await import_documents(archive, [path])
        (result,) = await import_documents(archive, [path])
    assert (result.added.new, result.skipped) == (
        297 * BATCH_SIZE // 100,
        {Skip.EMPTY: 3 * BATCH_SIZE // 100},
    )


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_killed_import_leaves_no_reader_and_is_completed_by_the_next(tmp_path: Path) -> None:
    path, database = write_export(tmp_path / "result.json"), tmp_path / "galpi.db"
    assert path.stat().st_size > portions.LARGE
    command = [sys.executable, "-m", "bot", "import", str(path)]
    with subprocess.Popen(
        command, env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_until(lambda: stored(database) > 0 or process.poll() is not None)
        readers = children(process.pid)
        assert readers
        process.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(map(runs, readers)))
    assert stored(database) in whole_batches(path)
    assert invoke(database, "import", path).exit_code == 0
    assert stored(database) == POSTS - POSTS // 100
    assert invoke(database, "check").exit_code == 0


def test_portions_are_small_and_lose_nothing(tmp_path: Path) -> None:
    path = write_export(tmp_path / "result.json", posts=1010, words="긴 글 " * 900)
    found = list(opened(path))
    posts = [post for portion in found for post in portion.posts.posts]
    assert [post.post.message_id for post in posts] == [n for n in range(1, 1011) if n % 100]
    assert sum(portion.is_last for portion in found) == len(whole_batches(path))
    for portion in found:
        lengths = [len(post.text) for post in portion.posts.posts]
        assert len(lengths) <= PORTION
        assert sum(lengths[:-1]) < PORTION_TEXT


def whole_batches(path: Path) -> list[int]:
    """How many posts there are after each batch."""
    (file,) = find_files(path)
    return list(accumulate(len(batch.posts) for batch in Reader().read(file)))


def stored(database: Path) -> int:
    """How many posts another process has stored so far."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM posts").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def children(pid: int) -> list[int]:
    """The processes that a process has started, whichever of its threads did."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for path in lists for one in path.read_text().split()]


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


class Hostile(Reader):
    """Does what a document must not make a reader do."""

    def __init__(self, harm: str) -> None:
        super().__init__()
        self._harm = harm

    def read(self, file: File, *, held: str | None = None) -> Generator[Batch, None, None]:
        if self._harm == "memory":
            bytearray(portions.MOST_MEMORY)
        os.kill(os.getpid(), signal.SIGSEGV if self._harm == "crash" else signal.SIGXCPU)
        yield from ()


@pytest.mark.parametrize("harm", ["memory", "time", "crash"])
def test_a_document_that_takes_too_much_ends_its_reader_alone(tmp_path: Path, harm: str) -> None:
    path = write_export(tmp_path / "result.json", posts=1)
    (file,) = find_files(path)
    reading = Reading(file, Hostile(harm), Naming(), "", apart=True)
    with closing(portions_of(reading)) as read, pytest.raises(DocumentError) as caught:
        next(read)
    assert caught.value.problem is Problem.STOPPED
    assert len(list(opened(path))) == 1
