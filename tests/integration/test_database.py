"""The file itself: what is refused, what is kept, what a failure leaves behind."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from seeds.importing import import_documents
from seeds.loader import load_seeds
from storage import (
    Archive,
    ArchiveBusy,
    ArchiveCorrupt,
    ArchiveMissing,
    ArchiveReadOnly,
    NewPost,
    NotAnArchive,
    SchemaTooNew,
    Source,
)
from storage.database import connection as module
from storage.database import open_database
from storage.database.columns import json_ids
from storage.database.migrate import APPLICATION_ID, migrations

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"


async def test_new_file_is_marked_as_an_archive_in_wal_mode(tmp_path: Path) -> None:
    async with open_database(tmp_path / "galpi.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_threads_hand_on_sooner_while_an_archive_is_open(tmp_path: Path) -> None:
    before = sys.getswitchinterval()
    async with open_database(tmp_path / "galpi.db"):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before


async def test_path_with_odd_characters_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "갈피 100%?#.db"
    async with open_database(path):
        assert path.exists()


async def test_readers_cannot_write(tmp_path: Path) -> None:
    async with open_database(tmp_path / "galpi.db") as database:
        with pytest.raises(ArchiveReadOnly):
            await database.read(lambda c: c.execute("INSERT INTO meta VALUES ('a', 'b')"))


async def test_foreign_keys_are_enforced(tmp_path: Path) -> None:
    async with open_database(tmp_path / "galpi.db") as database:
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(
                lambda c: c.execute("INSERT INTO post_tags VALUES (99, 0, 99, 0)").fetchall()
            )


async def test_failed_work_leaves_nothing(tmp_path: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('half', 'written')")
        raise ZeroDivisionError

    async with open_database(tmp_path / "galpi.db") as database:
        with pytest.raises(ZeroDivisionError):
            await database.write(fail)
        rows = await database.read(
            lambda c: c.execute("SELECT * FROM meta WHERE name = 'half'").fetchall()
        )
    assert rows == []


async def test_one_read_sees_one_state_while_others_write(tmp_path: Path) -> None:
    def count(connection: sqlite3.Connection) -> int:
        return int(connection.execute("SELECT count(*) FROM meta").fetchone()[0])

    def count_twice(connection: sqlite3.Connection) -> tuple[int, int]:
        first = count(connection)
        with closing(sqlite3.connect(tmp_path / "galpi.db")) as other, other:
            other.execute("INSERT INTO meta VALUES ('between', '')")
        other.close()
        return first, count(connection)

    async with open_database(tmp_path / "galpi.db") as database:
        first, second = await database.read(count_twice)
        assert first == second
        assert await database.read(count) == first + 1


@pytest.mark.parametrize(
    "content",
    [b"Continuous Learning_Startup & Investment\n" * 40, b"\x89PNG\r\n\x1a\n" + bytes(2000)],
    ids=["text", "binary"],
)
async def test_other_file_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(NotAnArchive) as caught:
        async with Archive.open(path):
            pass
    assert caught.value.subject == path
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


async def test_database_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE posts (id)")
    before = path.read_bytes()
    with pytest.raises(NotAnArchive):
        async with Archive.open(path):
            pass
    assert path.read_bytes() == before


async def test_archive_of_a_newer_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    with pytest.raises(SchemaTooNew) as caught:
        async with Archive.open(path):
            pass
    assert caught.value.subject == path


async def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing) as caught:
        async with Archive.open(tmp_path / "nowhere" / "galpi.db"):
            pass
    assert caught.value.subject == tmp_path / "nowhere"


async def test_folder_is_not_an_archive(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive):
        async with Archive.open(tmp_path):
            pass


async def test_file_locked_by_another_process_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveBusy):
            await archive.set_note("a", "b")
        holder.close()
        await archive.set_note("a", "b")


async def test_damaged_pages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        await archive.set_note("a", "b")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises((ArchiveCorrupt, NotAnArchive)):
        async with Archive.open(path) as archive:
            await archive.note("a")


LIMITED = """
import asyncio, resource, signal, sys
from pathlib import Path
from storage import Archive, DiskFull, NewPost, Source

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        try:
            await archive.add(Source(title="s"), [NewPost(text=f"{n} " * 200) for n in range(5000)])
        except DiskFull as error:
            print("full", error.subject == Path(sys.argv[1]))

asyncio.run(main())
"""


def run(program: str, path: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


async def test_full_disk_is_told_and_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    done = run(LIMITED, str(path))
    assert done.stdout == "full True\n", done.stderr
    async with Archive.open(path) as archive:
        assert (await archive.stats()).posts == 0
        assert await archive.check() == ()


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from storage import Archive, NewPost, Source

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        await archive.add(Source(title="s"), [NewPost(text=f"{n} " * 200) for n in range(500)])
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
REOPENED = """
import asyncio, resource, signal, sys
from pathlib import Path
from storage import Archive

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

async def main():
    size = Path(sys.argv[1]).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    async with Archive.open(Path(sys.argv[1])) as archive:
        print((await archive.search("499")).total)

asyncio.run(main())
"""


async def test_what_a_full_disk_keeps_in_the_log_is_searched_there(tmp_path: Path) -> None:
    path = str(tmp_path / "galpi.db")
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    done = run(REOPENED, path)
    assert done.stdout == "1\n", done.stderr


async def seeds(archive: Archive) -> None:
    await load_seeds(archive)


async def export(archive: Archive) -> None:
    await import_documents(archive, [EXPORTS / "channel.json"])


async def tidied(archive: Archive) -> None:
    await archive.add(Source(title="A"), [NewPost(text="words")])
    await archive.tidy()


@pytest.mark.parametrize("fill", [seeds, export, tidied])
async def test_what_came_in_stands_in_the_file_and_no_longer_beside_it(
    tmp_path: Path, fill: Callable[[Archive], Awaitable[None]]
) -> None:
    copy = tmp_path / "copy.db"
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await fill(archive)
        shutil.copy(tmp_path / "galpi.db", copy)  # without its log
        total = (await archive.posts(limit=1)).total
    async with Archive.open(copy) as archive:
        assert 0 < total == (await archive.posts(limit=1)).total
        assert await archive.check() == ()


@pytest.mark.parametrize("ids", [(), (7,), (3, -1, 2**40)])
def test_statements_are_given_every_id_in_its_order(ids: tuple[int, ...]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection, connection:
        rows = connection.execute("SELECT value FROM json_each(?)", (json_ids(ids),)).fetchall()
    assert tuple(value for (value,) in rows) == ids


async def test_nobody_but_the_owner_may_read_an_archive_or_its_copy(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await archive.set_note("some", "note")
        await archive.backup(tmp_path / "copy.db")
        rights = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert rights == dict.fromkeys(("galpi.db", "galpi.db-wal", "galpi.db-shm", "copy.db"), 0o600)


@pytest.mark.parametrize(
    ("before", "after"),
    [(0o644, 0o600), (0o664, 0o600), (0o640, 0o640), (0o660, 0o660), (0o600, 0o600)],
)
async def test_an_archive_that_all_may_read_becomes_its_owners(
    tmp_path: Path, before: int, after: int
) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path):
        pass
    path.chmod(before)
    async with Archive.open(path) as archive:
        await archive.set_note("some", "note")
        rights = {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert rights == {after}
