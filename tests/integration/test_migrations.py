"""Every older archive opens, keeps what it held, and can be searched."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from storage import Archive, LinkKind, Search, SearchKind, Topic, TopicWords
from storage.database.migrate import APPLICATION_ID, migrations

# What a program of version 1 stored for one post of one source.
CONTENT = """
INSERT INTO sources (id, title, kind) VALUES (1, 'A channel', 'channel');
INSERT INTO posts (id, source_id, fingerprint, text, ordinal, reactions)
VALUES (7, 1, x'00', '벤처투자의 봄' || char(10) || 'A good read: a.com/1', 1, 3);
INSERT INTO links (id, url, host, kind, truncated) VALUES (1, 'https://a.com/1', 'a.com', 'job', 0);
INSERT INTO post_links (post_id, position, link_id, raw) VALUES (7, 0, 1, 'a.com/1');
INSERT INTO tags (id, key, name) VALUES (1, '투자', '투자');
INSERT INTO post_tags (post_id, position, tag_id) VALUES (7, 0, 1);
INSERT INTO languages VALUES (42, 'ko');
"""
# Before, triggers counted and indexed what was added.
COUNTED_BY_PROGRAM = 23
COUNTED = """
UPDATE tags SET posts = 1;
UPDATE links SET shares = 1, newest_ordinal = 1, newest_post_id = 7, newest_position = 0;
INSERT INTO link_words (link_words) VALUES ('rebuild');
"""


def make_archive(path: Path, version: int) -> None:
    """Write a file as the program of that version left it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for script in migrations()[:version]:
            connection.executescript(script)
        connection.executescript(CONTENT)
        if version >= COUNTED_BY_PROGRAM:
            connection.executescript(COUNTED)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
async def test_older_archive_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    make_archive(tmp_path / "galpi.db", version)
    async with Archive.open(tmp_path / "galpi.db") as archive:
        assert (await archive.post(7)).reactions == 3
        assert [tag.name for tag in (await archive.tags()).items] == ["투자"]
        assert await archive.language(42) == "ko"
        assert [hit.post.id for hit in (await archive.search("투자")).items] == [7]
        assert await archive.check() == ()
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations()),)


async def test_failed_migration_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "galpi.db"
    make_archive(path, 1)
    broken = (migrations()[0], "CREATE TABLE half (done);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr("storage.database.migrate.migrations", lambda: broken)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        async with Archive.open(path):
            pass
    with closing(sqlite3.connect(path)) as connection, connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "half" not in tables
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in Path("storage/database/migrations").glob("*.sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
async def test_older_archive_learns_what_its_links_and_posts_are_about(
    tmp_path: Path, version: int
) -> None:
    make_archive(tmp_path / "galpi.db", version)
    topic = Topic(name="투자", names={"en": "investing"})
    async with Archive.open(tmp_path / "galpi.db") as archive:
        (link,) = (await archive.links()).items
        assert (link.kind, link.context) == (LinkKind.OTHER, "A good read")
        await archive.use_vocabulary([TopicWords(topic=topic, aliases=("벤처투자",))])
        assert (await archive.post(7)).topics == (topic,)


async def test_a_vocabulary_in_use_is_not_used_anew_for_a_change_of_its_form(
    tmp_path: Path,
) -> None:
    path = tmp_path / "galpi.db"
    words = TopicWords(topic=Topic(name="투자", names={"en": "investing"}), aliases=('"VC"',))
    async with Archive.open(path) as archive:
        await archive.use_vocabulary([words])
        now = await archive.vocabulary()
    before = json.loads(now)
    before["topics"][0]["topic"] = {"name": "투자", "english": "investing"}
    older = tmp_path / "older.db"
    make_archive(older, 18)
    with closing(sqlite3.connect(older)) as connection, connection:
        note = ("vocabulary", json.dumps(before, ensure_ascii=False))
        connection.execute("INSERT INTO meta VALUES (?, ?)", note)
    async with Archive.open(older) as archive:
        assert await archive.vocabulary() == now


@pytest.mark.parametrize(
    ("kind", "query", "search"),
    [
        ("posts", "투자 1", Search(kind=SearchKind.POSTS, query="투자 1")),
        ("tag", "3 17", Search(kind=SearchKind.TAG, tag_ids=(3, 17))),
        (
            "digest",
            "30 2024-01-31 7",
            Search(kind=SearchKind.DIGEST, days=30, until=date(2024, 1, 31), tag_ids=(7,)),
        ),
        (
            "digest",
            "7 2024-01-31",
            Search(kind=SearchKind.DIGEST, days=7, until=date(2024, 1, 31)),
        ),
    ],
)
async def test_buttons_of_older_messages_lead_where_they_led(
    tmp_path: Path, kind: str, query: str, search: Search
) -> None:
    make_archive(tmp_path / "galpi.db", 20)
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        values = ("AAAAAAAA", kind, query, 1)
        connection.execute("INSERT INTO searches VALUES (?, ?, ?, ?)", values)
    async with Archive.open(tmp_path / "galpi.db") as archive:
        assert await archive.recall("AAAAAAAA") == search
        assert await archive.recall(await archive.remember(search)) == search


def copies_beside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}-v*"))


async def test_an_older_archive_is_copied_beside_itself_first(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "galpi.db"
    make_archive(path, 3)
    async with Archive.open(path) as archive:
        await archive.set_language(42, "en")
    (copy,) = copies_beside(path)
    assert str(copy) in caplog.text
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT language FROM languages").fetchall() == [("ko",)]


async def test_going_back_and_forth_overwrites_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    make_archive(path, 3)
    async with Archive.open(path):
        pass
    path.unlink()
    copies_beside(path)[0].rename(path)  # back to the older program, and then forward again, twice
    for _ in range(2):
        content = path.read_bytes()
        async with Archive.open(path) as archive:
            assert (await archive.post(7)).reactions == 3
        path.write_bytes(content)
    assert len(copies_beside(path)) == 2


async def test_an_archive_of_this_version_and_a_new_one_are_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    for _ in range(2):
        async with Archive.open(path):
            pass
    assert copies_beside(path) == []
    assert {file.name for file in tmp_path.iterdir()} == {"galpi.db"}
