from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source
from storage.database import connection as storage_database
from tests.support.command_line import invoke

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        posts = [NewPost(text=f"글 {number} 투자", ordinal=number) for number in range(20)]
        await archive.add(Source(title="채널"), posts)


def test_a_backup_is_an_archive_of_its_own(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    result = invoke(database, "backup", copy)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Copied the archive to {copy}\n"
    assert invoke(copy, "posts", "--json").stdout == invoke(database, "posts", "--json").stdout


def test_a_backup_overwrites_nothing(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    result = invoke(database, "backup", copy)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {copy} already exists; choose another name.\n"
    assert copy.read_text() == "precious"


def test_a_backup_into_no_folder(database: Path, tmp_path: Path) -> None:
    result = invoke(database, "backup", tmp_path / "none" / "copy.db")
    assert result.exit_code == 1
    assert str(tmp_path / "none") in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_sound_archive(database: Path) -> None:
    result = invoke(database, "check")
    assert result.exit_code == 0, result.output
    assert result.stdout == "The archive is sound: 20 posts\n"


def test_an_unsound_archive(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM sources")
    result = invoke(database, "check")
    assert result.exit_code == 1
    assert result.stdout.count("\n") >= 20
    assert "sources" in result.stdout


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM terms WHERE id % 2 = 0", "dictionary 0"),
        ("UPDATE terms SET posts = posts + 1", "dictionary 2"),
        ("DELETE FROM post_terms_data WHERE id > 10", "index post_terms"),
        ("DELETE FROM term_pieces_data WHERE id > 10", "index term_pieces"),
        ("INSERT INTO term_pieces (term_pieces) VALUES ('delete-all')", "index term_pieces"),
        ("INSERT INTO post_terms (post_terms) VALUES ('delete-all')", "index 0"),
        ("UPDATE post_sequences SET terms = terms || ' more' WHERE post_id = 3", "terms of post 3"),
        ("DELETE FROM post_sequences WHERE post_id = 3", "terms of post 3"),
        ("INSERT INTO post_sequences VALUES (99, 'none')", "terms of post 99"),
    ],
)
def test_a_damaged_index_is_found_and_repaired(database: Path, damage: str, told: str) -> None:
    before = invoke(database, "search", "투자", "--json").stdout
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(damage)
    result = invoke(database, "check")
    assert result.exit_code == 1
    assert told in result.stdout
    assert "galpi check --repair" in result.stderr
    repaired = invoke(database, "check", "--repair")
    assert repaired.exit_code == 0, repaired.output
    assert repaired.stdout == "The archive is sound: 20 posts\n"
    assert repaired.stderr == "Rebuilding the search index: 20 posts\n"
    assert invoke(database, "search", "투자", "--json").stdout == before
    assert before


def test_posts_whose_channel_is_lost_are_kept(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM sources")
    result = invoke(database, "check", "--repair")
    assert result.exit_code == 0, result.output
    assert result.stdout == "The archive is sound: 20 posts\n"
    assert f"kept as {database}.damaged" in result.stderr
    assert "Source 1" in invoke(database, "search", "투자").stdout


def test_what_another_program_has_open_is_not_replaced(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_database, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        with other:
            other.execute("DELETE FROM sources")
        other.execute("SELECT count(*) FROM posts").fetchone()
        before = database.read_bytes()
        result = invoke(database, "check", "--repair")
        assert result.exit_code == 1
        assert "stop the bot" in result.stderr
        assert database.read_bytes() == before
    assert invoke(database, "check", "--repair").exit_code == 0


def test_an_archive_too_damaged_to_open_is_told_and_mended(database: Path) -> None:
    content = bytearray(database.read_bytes())
    for place in range(4096, len(content), 8192):
        content[place : place + 4096] = bytes(4096)
    database.write_bytes(content)
    result = invoke(database, "check")
    assert result.exit_code == 1
    assert "galpi check --repair" in result.stderr
    assert invoke(database, "check", "--repair").exit_code == 0
    assert invoke(database, "check").exit_code == 0


def test_a_backup_that_fails_names_the_copy_and_leaves_nothing(
    database: Path, tmp_path: Path
) -> None:
    assert database.stat().st_size > 200_000
    assert invoke(database, "check").exit_code == 0  # brings it up to date
    folder = tmp_path / "copies"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        result = invoke(database, "backup", folder / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert result.exit_code == 1
    assert result.stderr == f"Error: The disk is full; {folder / 'copy.db'} could not be written.\n"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [["posts"], ["check"], ["search", "투자"], ["digest"]])
def test_an_index_of_other_rules_is_made_anew_and_that_is_told(
    database: Path, arguments: list[str]
) -> None:
    expected = invoke(database, *arguments)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE name = 'normal_form'")
        connection.execute("DELETE FROM terms")
    result = invoke(database, *arguments)
    assert result.stderr == "Rebuilding the search index: 20 posts\n"
    assert result.stdout == expected.stdout
    assert not invoke(database, *arguments).stderr


@pytest.mark.parametrize("arguments", [["check"], ["backup", "copy.db"]])
def test_what_does_not_exist_is_neither_checked_nor_copied(
    tmp_path: Path, arguments: list[str]
) -> None:
    database = tmp_path / "none.db"
    result = invoke(database, *arguments)
    assert result.exit_code == 1
    assert str(database) in result.stderr
    assert not database.exists()
