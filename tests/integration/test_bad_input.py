"""Whatever is wrong with a document or an archive: one sentence, status 1, nothing half-written."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import seeds
from seeds.reading import LARGEST
from storage import Archive, NewPost, Source
from storage.database import connection as storage_database
from tests.support.command_line import environment, invoke

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

DIARY = Path(seeds.__file__).with_name("dumps") / "004_8b5f236504fbeee6.txt"
NOBODY = 65534
READERS = ["search", "posts", "links", "tags", "stats"]


def assert_refused(result: Result, *words: str) -> None:
    """One sentence on stderr, status 1, and no traceback."""
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr


def reading(command: str) -> list[str]:
    return [command, "투자"] if command == "search" else [command]


async def _fill(path: Path, posts: int) -> None:
    async with Archive.open(path) as archive:
        await archive.set_note("seeds", "declined")
        new = [NewPost(text=f"글 {number} 투자 " * 20, ordinal=number) for number in range(posts)]
        await archive.add(Source(title="채널"), new)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "galpi.db"
    asyncio.run(_fill(path, 50))
    return path


# Documents


def _documents(folder: Path) -> dict[str, bytes]:
    noise = random.Random(1).randbytes(4000)
    diary = DIARY.read_text(encoding="utf-8")
    return {
        "empty.txt": b"",
        "blank.txt": b" \n\n\t\n",
        "binary.txt": b"\x89PNG\r\n\x1a\n" + noise,
        "executable.txt": b"\x7fELF\x02\x01\x01\0\0\0" + noise,
        "latin1.txt": "Ünïcödé wörds, ñot Koreañ\n".encode("latin-1") * 20,
        "utf32.txt": diary.encode("utf-32-le"),
        "prose.txt": b"Only a line that nobody posted anywhere.\n",
    }


@pytest.mark.parametrize("name", sorted(_documents(Path())))
def test_a_document_that_is_none(tmp_path: Path, archive: Path, name: str) -> None:
    document = tmp_path / name
    document.write_bytes(_documents(tmp_path)[name])
    before = invoke(archive, "posts", "--json").stdout
    assert_refused(invoke(archive, "import", document), name)
    assert invoke(archive, "posts", "--json").stdout == before


def test_a_text_that_was_cut_off_within_a_character_comes_in(tmp_path: Path) -> None:
    document = tmp_path / "cut-off.txt"
    document.write_bytes(DIARY.read_bytes()[:-1000] + b"\xea\xb0")
    assert invoke(tmp_path / "new.db", "import", document).exit_code == 0
    posts = invoke(tmp_path / "new.db", "posts", "--json").stdout
    assert posts.count('"id"') >= 5


def test_a_huge_document(tmp_path: Path, archive: Path) -> None:
    document = tmp_path / "huge.txt"
    with document.open("wb") as file:
        file.truncate(LARGEST + 1)  # takes no room on the disk
    assert_refused(invoke(archive, "import", document), "huge.txt")


def test_a_folder_without_documents(archive: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / ".hidden").mkdir(parents=True)
    (empty / "style.css").write_text("body { color: red }", encoding="utf-8")
    (empty / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0")
    assert_refused(invoke(archive, "import", empty), "folder")


@pytest.mark.parametrize("path", ["none.txt", "/dev/zero", "none/none.txt", "a\nb\x1b[31m"])
def test_a_path_that_is_no_document(archive: Path, path: str) -> None:
    result = invoke(archive, "import", path)
    assert_refused(result)
    assert "\x1b" not in result.stderr


def test_a_pipe_is_not_waited_for(tmp_path: Path, archive: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert_refused(invoke(archive, "import", tmp_path / "pipe"), "pipe")


# Archives


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_database, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("command", ["import", "posts"])
def test_a_locked_archive(archive: Path, command: str) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        arguments = [command, str(DIARY)] if command == "import" else [command]
        assert_refused(invoke(archive, *arguments), str(archive), "Another program")
    assert invoke(archive, "check").exit_code == 0


@pytest.mark.parametrize("command", [*READERS, "check"])
def test_a_file_that_is_no_archive(tmp_path: Path, command: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Milk, bread, and a good book.\n" * 100)
    assert_refused(invoke(path, *reading(command)), str(path), "not a Galpi archive")
    assert path.read_text() == "Milk, bread, and a good book.\n" * 100
    assert list(tmp_path.iterdir()) == [path]


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")
    before = path.read_bytes()
    assert_refused(invoke(path, "stats"), str(path), "not a Galpi archive")
    assert_refused(invoke(path, "import", DIARY), str(path), "not a Galpi archive")
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["stats", "import"])
def test_a_folder_in_the_place_of_the_archive(tmp_path: Path, command: str) -> None:
    arguments = [command, str(DIARY)] if command == "import" else [command]
    assert_refused(invoke(tmp_path, *arguments), str(tmp_path))


@pytest.mark.parametrize("command", ["stats", "import"])
def test_a_missing_folder_is_not_made(tmp_path: Path, command: str) -> None:
    arguments = [command, str(DIARY)] if command == "import" else [command]
    result = invoke(tmp_path / "none" / "galpi.db", *arguments)
    assert_refused(result, str(tmp_path / "none"))
    assert not list(tmp_path.iterdir())


def test_a_default_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = str(tmp_path / "file")
    result = invoke(Path(), "stats", GALPI_DATABASE="", HOME=home, XDG_DATA_HOME=home)
    assert_refused(result, home, "Cannot write")


def test_an_archive_of_a_newer_program(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = archive.read_bytes()
    assert_refused(invoke(archive, "posts"), str(archive), "newer version")
    assert_refused(invoke(archive, "import", DIARY), str(archive), "newer version")
    assert archive.read_bytes() == before


@pytest.mark.parametrize("command", ["posts", "check", "import", "backup"])
def test_a_corrupt_archive(archive: Path, tmp_path: Path, command: str) -> None:
    damaged = bytearray(archive.read_bytes())
    damaged[4096:] = random.Random(2).randbytes(len(damaged) - 4096)
    archive.write_bytes(damaged)
    more = {"import": [str(DIARY)], "backup": [str(tmp_path / "copy.db")]}
    result = invoke(archive, command, *more.get(command, []))
    assert_refused(result, str(archive), "damaged")
    assert not (tmp_path / "copy.db").exists()


def test_damage_that_opening_does_not_meet_is_found_by_check(archive: Path) -> None:
    damaged = bytearray(archive.read_bytes())
    last_page = len(damaged) - 4096
    damaged[last_page:] = bytes(4096)
    archive.write_bytes(damaged)
    result = invoke(archive, "check")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.output


@contextmanager
def unprivileged() -> Iterator[None]:
    """Do without root's right to write everything."""
    if os.geteuid() != 0:
        yield
        return
    invoke(Path("/nonexistent/galpi.db"), "stats")  # whatever is imported then is readable now
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive that may be read by anyone and written by nobody, in such a folder."""
    folder = Path(tempfile.mkdtemp(prefix="galpi-"))  # the parents of tmp_path are private
    monkeypatch.setattr("bot.settings.ENV_FILE", folder / "no.env")
    copy = folder / "galpi.db"
    shutil.copy(archive, copy)
    copy.chmod(0o444)
    folder.chmod(0o555)
    yield copy
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_archive(read_only: Path) -> None:
    before = read_only.read_bytes()
    with unprivileged():
        result = invoke(read_only, "import", DIARY)
    assert_refused(result, str(read_only), "Cannot write")
    assert read_only.read_bytes() == before


def test_a_read_only_folder(read_only: Path) -> None:
    database = read_only.with_name("new.db")
    with unprivileged():
        result = invoke(database, "stats")
    assert_refused(result, str(database), "Cannot write")
    assert not database.exists()


def test_a_document_that_may_not_be_read(read_only: Path, archive: Path) -> None:
    document = read_only.with_name("galpi.db")
    document.chmod(0o000)
    if os.geteuid() != 0:
        assert_refused(invoke(archive, "import", document), "galpi.db", "read")
        return
    archive.chmod(0o666)
    with unprivileged():
        result = invoke(read_only.with_name("other.db"), "import", document, "--dry-run")
    assert_refused(result, "galpi.db", "read")


def _unmeasured(variables: dict[str, str]) -> dict[str, str]:
    """Leave coverage out of it, which has a file of its own to write."""
    return {name: value for name, value in variables.items() if not name.startswith("COVERAGE_")}


def _limited(database: Path, kilobytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file beyond a size, as if the disk were full there."""
    command = f'ulimit -f {kilobytes * 2}; exec "$@"'  # in blocks of 512 bytes
    return subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "bot", *arguments],
        env=_unmeasured(environment(database)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("kilobytes", [0, 8, 100, 170, 240])
def test_a_full_disk_leaves_whole_documents_or_nothing(tmp_path: Path, kilobytes: int) -> None:
    database = tmp_path / "galpi.db"
    result = _limited(database, kilobytes, "import", str(DIARY))
    if result.returncode == 0:
        pytest.skip("the archive now fits into so little")
    assert result.returncode == 1
    assert result.stderr == f"Error: The disk is full; {database} could not be written.\n"
    after = invoke(database, "import", DIARY)
    assert after.exit_code == 0, after.output
    assert invoke(database, "posts").stdout.count("\n") == 6
    assert invoke(database, "check").exit_code == 0


def test_a_full_disk_at_a_backup_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    result = _limited(archive, 16, "backup", str(copy))
    assert result.returncode == 1
    assert result.stderr.startswith("Error: The disk is full")
    assert result.stderr.count("\n") == 1
    assert not copy.exists()
    assert not list(tmp_path.glob("copy.db*"))


@pytest.mark.parametrize("arguments", [["posts", "--json"], ["stats"], ["check"], ["--version"]])
def test_output_that_cannot_be_written(archive: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env=environment(archive),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == "Error: Cannot write the output: No space left on device.\n"


# Arguments that are no UTF-8


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "\udcff투자"],
        ["search", "\udcff"],
        ["links", "\udcff"],
        ["digest", "\udcff"],
        ["import", "\udcff.json"],
        ["import", "--source", "\udcff", str(DIARY)],
        ["import", "--username", "\udcff", str(DIARY)],
        ["backup", "\udcff.db"],
        ["export", "--links", "\udcff.csv", "\udcff"],
    ],
)
def test_arguments_that_are_no_text(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke(archive, *arguments)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
