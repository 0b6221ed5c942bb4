"""Whatever is damaged of an archive: a repair keeps what can be read of it, and makes it sound."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest

from seeds.loader import load_seeds, read_vocabulary
from storage import Archive, ArchiveCorrupt, NewPost, Search, SearchKind, Source, maintenance
from storage.database.btrees import Pages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096
CHANNEL = Source(title="채널", channel_id=7, username="channel")
DERIVED = {
    *("post_tags", "post_topics", "post_links", "terms", "post_sequences"),
    *("link_hosts", "link_kinds"),
    *("meaning_parts", "meaning_vectors", "meaning_pending"),
}
ROOTS = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"
IDS = "SELECT id FROM posts"


def post(number: int) -> NewPost:
    words = f"글 {number} #투자 example.com/{number} " + f"길게 쓴 글{number} " * (number % 7) ** 3
    return NewPost(text=words, message_id=number, ordinal=number)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.use_vocabulary(read_vocabulary())
        await load_seeds(archive)
        await archive.add(CHANNEL, map(post, range(1, 300)))
        await archive.watch(5, "투자")
        await archive.remember(Search(kind=SearchKind.POSTS, query="투자"))


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    shutil.copy(sound, tmp_path / "galpi.db")
    return tmp_path / "galpi.db"


def damaged(path: Path, page: int, rng: random.Random) -> None:
    """Write noise, zeros or another page over a page."""
    content = bytearray(path.read_bytes())
    other = rng.randrange(len(content) // PAGE) * PAGE
    noise = rng.choice((rng.randbytes(PAGE), bytes(PAGE), bytes(content[other : other + PAGE])))
    content[(page - 1) * PAGE : page * PAGE] = noise
    path.write_bytes(content)


def posts_on(path: Path, page: int) -> set[int]:
    """Return the posts that a page holds, or a part of."""
    content = path.read_bytes()
    begin = content[(page - 1) * PAGE :][:PAGE]
    texts = closing_rows(path, "SELECT id, text FROM posts")
    return {id_ for id_, text in texts if any(part in begin for part in parts(text.encode()))}


def parts(text: bytes) -> list[bytes]:
    """Return the parts of a text of which a page that holds some of it has one whole."""
    return [text[start : start + 40] for start in range(0, len(text), 40)]


def closing_rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def ids(path: Path) -> set[int]:
    return {id_ for (id_,) in closing_rows(path, IDS)}


def pages_of(path: Path) -> int:
    return path.stat().st_size // PAGE


@pytest.mark.parametrize("seed", range(8))
async def test_a_damaged_page_costs_no_post_but_those_on_it(
    path: Path, sound: Path, seed: int
) -> None:
    rng = random.Random(seed)
    page = rng.randrange(2, pages_of(path) + 1)
    damaged(path, page, rng)
    Archive.repair(path)
    assert ids(path) >= ids(sound) - posts_on(sound, page)
    async with Archive.open(path) as archive:
        assert await archive.check() == ()
        assert (await archive.search("투자")).total > 0
        assert len(await archive.watches(5)) == 1
        await archive.receive(CHANNEL, NewPost(text="투자", message_id=9_999))
        assert len(await archive.alerts()) == 1


async def test_every_index_is_mended(path: Path, sound: Path) -> None:
    roots = dict(closing_rows(path, ROOTS))
    rng = random.Random(1)
    for name in roots.keys() - {"posts", "sources", "sqlite_schema"}:
        damaged(path, roots[name], rng)
    Archive.repair(path)
    assert ids(path) == ids(sound)
    async with Archive.open(path) as archive, Archive.open(sound) as before:
        assert await archive.check() == ()
        assert (await archive.links()).total == (await before.links()).total
        assert (await archive.search("투자")).total == (await before.search("투자")).total


async def test_posts_are_found_where_the_way_to_them_is_damaged(path: Path, sound: Path) -> None:
    damaged(path, dict(closing_rows(path, ROOTS))["posts"], random.Random(2))
    repaired = Archive.repair(path)
    assert (repaired.rescued, repaired.lost) == (True, 0)
    assert ids(path) == ids(sound)


async def test_posts_are_found_where_the_list_of_tables_is_damaged(path: Path, sound: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:PAGE] = random.Random(3).randbytes(PAGE - 100)
    path.write_bytes(content)
    Archive.repair(path)
    assert ids(path) == ids(sound)
    async with Archive.open(path) as archive:
        assert await archive.check() == ()


async def test_lost_posts_are_counted_and_the_damaged_file_is_kept(path: Path) -> None:
    ((lost,),) = closing_rows(path, "SELECT id FROM posts WHERE message_id = 200")
    page = path.read_bytes().index("글 200 #투자 example.com/200".encode()) // PAGE + 1
    before = ids(path)
    damaged(path, page, random.Random(4))
    content = path.read_bytes()
    repaired = Archive.repair(path)
    assert repaired.lost == len(before - ids(path)) > 0
    assert lost in before - ids(path)
    assert repaired.damaged == f"{path}.damaged"
    kept = path.with_name("galpi.db.damaged")
    assert kept.read_bytes()[PAGE:] == content[PAGE:]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert {file.name for file in path.parent.iterdir()} <= {"galpi.db", "galpi.db.damaged"}


async def test_a_forgotten_post_does_not_come_back(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.forget(100)
    damaged(path, dict(closing_rows(path, ROOTS))["posts"], random.Random(5))
    Archive.repair(path)
    assert 100 not in ids(path)
    async with Archive.open(path) as archive:
        added = await archive.add(CHANNEL, [post(n) for n in range(1, 300)])
        assert added.forgotten == 1


@pytest.mark.parametrize(
    "damaging",
    [
        "UPDATE posts SET text = CAST(x'ebc3ff20ed95' AS TEXT) WHERE id = 3",
        "UPDATE posts SET entities = '[[1' WHERE id = 3",
        "UPDATE posts SET media_kind = 'hologram' WHERE id = 3",
        "UPDATE sources SET about = CAST(x'ff' AS TEXT) WHERE id = 1",
        "INSERT INTO searches (id, kind, query, used_at) VALUES ('a', 'b', CAST(x'ff' AS TEXT), 1)",
    ],
)
async def test_values_that_make_no_sense_are_found_and_mended(path: Path, damaging: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damaging)
    async with Archive.open(path) as archive:
        assert len(await archive.check()) == 1
        with suppress(ArchiveCorrupt):
            await archive.post(3)
        await archive.search("투자")
    Archive.repair(path)
    async with Archive.open(path) as archive:
        assert await archive.check() == ()
        assert (await archive.post(3)).text


@pytest.mark.parametrize(
    "damaging",
    [
        "UPDATE links SET shares = shares + 1 WHERE id = 3",
        "UPDATE links SET newest_ordinal = 0 WHERE id = 3",
        "UPDATE link_hosts SET links = links + 1 WHERE host = 'example.com'",
        "DELETE FROM link_kinds WHERE kind = 'other'",
        "INSERT INTO link_hosts VALUES ('nowhere.com', 1)",
        "INSERT INTO link_words (link_words, rowid, url) SELECT 'delete', id, url FROM links",
        "INSERT INTO link_words (rowid, url) VALUES (999999, 'https://nowhere.com')",
    ],
)
async def test_what_links_are_counted_and_found_by_is_checked_and_mended(
    path: Path, sound: Path, damaging: str
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damaging)
    async with Archive.open(path) as archive:
        assert await archive.check()
    Archive.repair(path)
    async with Archive.open(path) as archive, Archive.open(sound) as before:
        assert await archive.check() == ()
        for query in ("", "kind:other", "example.com", "3"):
            assert await archive.links(query) == await before.links(query)
        assert await archive.hosts() == await before.hosts()


async def test_a_word_beyond_what_the_index_takes_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        long = ["a" * 50_000, "가" * 50_000, "ا" * 50_000]
        await archive.add(CHANNEL, [NewPost(text=f"투자 {word}") for word in long])
        assert await archive.check() == ()
        assert (await archive.search("투자")).total == 3
        await archive.forget(1)
        assert await archive.check() == ()


def test_every_table_is_rescued_or_made_anew(path: Path) -> None:
    """A new table must be in checks.TABLES, or follow from the posts."""
    rows = closing_rows(path, "SELECT name FROM pragma_table_list WHERE type = 'table'")
    names = {name for (name,) in rows if not name.startswith("sqlite_")}
    assert names == {*maintenance.ORIGINAL_TABLES, *DERIVED}


@pytest.mark.parametrize("size", [512, 4096, 65_536])
def test_rows_read_from_pages_are_those_that_sqlite_reads(tmp_path: Path, size: int) -> None:
    path = tmp_path / "some.db"
    rng = random.Random(size)
    values = [None, 0, 1, -1, 2**40, -(2**62), 1.5, "글", "x" * 5000, b"\x00" * 9000, b""]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE some (a, b, c)")
        connection.execute("CREATE TABLE keyed (a PRIMARY KEY, b) WITHOUT ROWID")
        for number in range(500):
            connection.execute("INSERT INTO some VALUES (?, ?, ?)", rng.choices(values, k=3))
            connection.execute("INSERT INTO keyed VALUES (?, ?)", (f"{number}" * 300, number))
        connection.execute("DELETE FROM some WHERE rowid % 7 = 0")
        connection.commit()
        some = connection.execute("SELECT rowid, * FROM some").fetchall()
        keyed = connection.execute("SELECT * FROM keyed").fetchall()
    pages = Pages(path.read_bytes())
    roots = {str(row.values[1]): row.values[3] for row in pages.rows(1)}
    assert sorted((row.rowid, *row.values) for row in pages.rows(int(str(roots["some"])))) == some
    assert sorted(row.values for row in pages.rows(int(str(roots["keyed"])))) == sorted(keyed)
    assert list(pages.lost()) == []
