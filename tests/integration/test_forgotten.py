"""What was forgotten stays out, whichever way it comes, until it is asked for by name."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import Added, Archive, Media, MediaKind, NewPost, PostNotFound, Received, Source
from tests.support.command_line import invoke

DAY = 24 * 60 * 60

if TYPE_CHECKING:
    from collections.abc import Callable

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"
CHANNEL = Source(title="Channel", username="channel", channel_id=1_500_000_001)
NUMBERED = NewPost(text="A narwhal has been seen #sea https://example.org/narwhal", message_id=5)
UNNUMBERED = replace(NUMBERED, message_id=None)
ALBUM = replace(NUMBERED, album=(6, 7), media=Media(kind=MediaKind.PHOTO))
REPAIRED = replace(UNNUMBERED, original_text="A damaged narwhal")

TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'
"""


async def forget_first(archive: Archive, *posts: NewPost) -> None:
    await archive.add(CHANNEL, posts)
    await archive.forget((await archive.search("narwhal")).items[0].post.id)


@pytest.mark.parametrize(
    ("forgotten", "again"),
    [
        (NUMBERED, NUMBERED),
        (NUMBERED, replace(NUMBERED, text="edited since")),
        (NUMBERED, UNNUMBERED),
        (UNNUMBERED, NUMBERED),
        (UNNUMBERED, replace(UNNUMBERED, text=UNNUMBERED.text.upper())),
        (ALBUM, replace(NUMBERED, message_id=7, text="one picture's caption")),
        (NUMBERED, ALBUM),
        (ALBUM, ALBUM),
        (REPAIRED, replace(REPAIRED, text="A narwal, repaired otherwise")),
        (REPAIRED, UNNUMBERED),
    ],
)
async def test_a_forgotten_post_is_left_out(
    archive: Archive, forgotten: NewPost, again: NewPost
) -> None:
    await forget_first(archive, forgotten)
    other = NewPost(text="Something else", message_id=50)
    assert await archive.add(CHANNEL, [again, other]) == Added(forgotten=1, new=1)
    assert (await archive.stats()).posts == 1
    assert await archive.check() == ()
    assert await archive.add(CHANNEL, [again, other], restore=True) == Added(new=1, unchanged=1)
    assert await archive.add(CHANNEL, [again, other]) == Added(unchanged=2)


async def test_other_posts_of_the_same_words_come_in(archive: Archive) -> None:
    await forget_first(archive, NUMBERED)
    later = replace(NUMBERED, message_id=9)
    assert await archive.add(CHANNEL, [later]) == Added(new=1)
    elsewhere = Source(title="Elsewhere", username="elsewhere")
    assert await archive.add(elsewhere, [NUMBERED]) == Added(new=1)


async def test_a_post_that_got_its_number_later_is_known_by_it(archive: Archive) -> None:
    await forget_first(archive, UNNUMBERED)
    assert await archive.add(CHANNEL, [NUMBERED]) == Added(forgotten=1)
    edited = replace(NUMBERED, text="edited since")
    assert await archive.receive(CHANNEL, edited) == Received()
    assert await archive.add(CHANNEL, [UNNUMBERED]) == Added(forgotten=1)


async def test_live_posts_edits_and_albums_stay_forgotten(archive: Archive) -> None:
    await forget_first(archive, ALBUM)
    for post in (NUMBERED, replace(NUMBERED, text="edited", message_id=6)):
        assert await archive.receive(CHANNEL, post) == Received()
        picture = replace(post, media_group="77")
        assert await archive.receive(CHANNEL, picture) == Received()
    assert (await archive.stats()).posts == 0
    with pytest.raises(PostNotFound):
        await archive.find_post(6, username="channel")


@pytest.mark.parametrize("known", [1, 2])
async def test_an_album_stays_forgotten_when_more_of_it_comes(tmp_path: Path, known: int) -> None:
    parts = [
        replace(NUMBERED, message_id=id_, text=text, media_group="77", media=ALBUM.media)
        for id_, text in ((5, "A narwhal"), (6, ""), (7, "another narwhal"))
    ]
    async with Archive.open(tmp_path / "galpi.db") as archive:
        for part in parts[:known]:
            await archive.receive(CHANNEL, part)
        post = await archive.find_post(5, username="channel")
        await archive.forget(post.id)
        for part in parts:
            assert await archive.receive(CHANNEL, part) == Received()
        other = replace(parts[2], message_id=9, media_group="78")
        assert (await archive.receive(CHANNEL, other)).has_news
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        assert connection.execute("SELECT message_id FROM album_messages").fetchall() == [(9,)]


async def test_a_restored_album_is_whole_again(archive: Archive) -> None:
    await forget_first(archive, ALBUM)
    assert await archive.add(CHANNEL, [NUMBERED], restore=True) == Added(new=1)
    assert await archive.add(CHANNEL, [ALBUM]) == Added(updated=1)


async def test_nothing_but_keys_is_kept_after_a_day(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    async with Archive.open(tmp_path / "galpi.db", clock=lambda: now) as archive:
        await forget_first(archive, ALBUM)
        now += DAY
        await archive.drop_removed()
        await archive.receive(CHANNEL, replace(ALBUM, text="narwhal again", media_group="7"))
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        tables = connection.execute(TABLES).fetchall()
        kept = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    values = {name: [*chain.from_iterable(rows)] for name, rows in kept.items()}
    texts = {name: [one for one in found if isinstance(one, str)] for name, found in values.items()}
    assert not [name for name, found in texts.items() if "narwhal" in " ".join(found)]
    assert [message for _, message, *_ in kept["forgotten"]] == [5, 6, 7]


async def test_what_was_removed_less_than_a_day_ago_is_not_dropped(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    async with Archive.open(tmp_path / "galpi.db", clock=lambda: now) as archive:
        await archive.add(CHANNEL, [ALBUM])
        post = await archive.find_post(6, username="channel")
        await archive.forget(post.id)
        now += DAY - 1
        await archive.drop_removed()
        restored = await archive.restore(post.id)
        for message_id in (5, 6, 7):
            assert (await archive.find_post(message_id, username="channel")).id == restored


async def test_a_removal_can_be_undone_for_a_day(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    async with Archive.open(tmp_path / "galpi.db", clock=lambda: now) as archive:
        await archive.receive(CHANNEL, ALBUM)
        before = (await archive.posts()).items[0]
        await archive.forget(before.id)
        with pytest.raises(PostNotFound):
            await archive.post(before.id)
        restored = await archive.post(await archive.restore(before.id))
        assert replace(restored, id=before.id) == before
        assert [hit.post for hit in (await archive.search("narwhal")).items] == [restored]
        with pytest.raises(PostNotFound):
            await archive.restore(before.id)
        await archive.forget(restored.id)
        now += DAY
        with pytest.raises(PostNotFound):
            await archive.restore(restored.id)


async def test_a_removal_by_an_older_version_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with Archive.open(path) as archive:
        await archive.receive(CHANNEL, ALBUM)
        before = (await archive.posts()).items[0]
        await archive.forget(before.id)
    with closing(sqlite3.connect(path)) as connection, connection:
        ((stored,),) = connection.execute("SELECT stored FROM removed_posts")
        older = json.dumps(json.loads(stored)[:-2])  # without the columns of version 14
        connection.execute("UPDATE removed_posts SET stored = ?", (older,))
    async with Archive.open(path) as archive:
        restored = await archive.post(await archive.restore(before.id))
        assert replace(restored, id=before.id) == before


@pytest.mark.parametrize(
    ("forgotten", "again"),
    [
        (NUMBERED, NUMBERED),
        (UNNUMBERED, NUMBERED),
        (ALBUM, NUMBERED),
        (ALBUM, ALBUM),
        (REPAIRED, UNNUMBERED),
    ],
)
@pytest.mark.parametrize("days", [0, 2])
async def test_a_post_let_in_again_has_its_id_and_is_saved_as_before(
    tmp_path: Path, forgotten: NewPost, again: NewPost, days: int
) -> None:
    now = 1_700_000_000.0
    later = NewPost(text="Something else", message_id=50)
    async with Archive.open(tmp_path / "galpi.db", clock=lambda: now) as archive:
        await archive.add(CHANNEL, [forgotten])
        before = (await archive.posts()).items[0]
        assert await archive.toggle_saved(7, before.id)
        await archive.forget(before.id)
        assert (await archive.saved(7)).total == 0
        with pytest.raises(PostNotFound):
            await archive.toggle_saved(7, before.id)
        await archive.add(CHANNEL, [later, again])
        now += days * DAY
        await archive.drop_removed()
        assert await archive.add(CHANNEL, [again], restore=True) == Added(new=1)
        assert [post.id for post in (await archive.saved(7)).items] == [before.id]
        assert [hit.post.id for hit in (await archive.search("narwhal")).items] == [before.id]
        assert await archive.check() == ()
        await archive.add(CHANNEL, [replace(later, text="A third", message_id=51)])
        assert (await archive.stats()).posts == 3


async def test_undoing_a_removal_keeps_who_saved_the_post(archive: Archive) -> None:
    await forget_first(archive, NUMBERED)
    await archive.add(CHANNEL, [NewPost(text="Something else", message_id=50)])
    await archive.add(CHANNEL, [NUMBERED], restore=True)
    post = await archive.find_post(5, username="channel")
    await archive.toggle_saved(7, post.id)
    await archive.forget(post.id)
    assert await archive.restore(post.id) == post.id
    assert await archive.is_saved(7, post.id)


async def test_undoing_a_removal_after_another_import_leads_to_the_same_post(
    archive: Archive,
) -> None:
    await forget_first(archive, NUMBERED)
    others = [NewPost(text="Something else", message_id=50)]
    await archive.add(CHANNEL, [NUMBERED, *others], restore=True)
    post = await archive.find_post(5, username="channel")
    assert await archive.restore(post.id) == post.id


async def test_a_chat_that_is_forgotten_has_saved_nothing_that_may_come_back(
    archive: Archive,
) -> None:
    await archive.add(CHANNEL, [NUMBERED])
    post = await archive.find_post(5, username="channel")
    await archive.toggle_saved(7, post.id)
    await archive.forget(post.id)
    await archive.forget_chat(7)
    await archive.restore(post.id)
    assert not await archive.is_saved(7, post.id)


async def test_of_a_post_that_its_channel_emptied_nobody_s_save_is_kept(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        received = await archive.receive(CHANNEL, NUMBERED)
        assert received.post_id is not None
        await archive.toggle_saved(7, received.post_id)
        await archive.receive(CHANNEL, replace(NUMBERED, text="", edited=datetime.now(UTC)))
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection, connection:
        assert connection.execute("SELECT * FROM saved_posts").fetchall() == []


def forget(database: Path, matches: Callable[[str], bool]) -> None:
    async def remove() -> None:
        async with Archive.open(database) as archive:
            posts = (await archive.posts(limit=100)).items
            await archive.forget(next(post.id for post in posts if matches(post.text)))

    asyncio.run(remove())


def test_an_import_tells_what_it_left_out(tmp_path: Path) -> None:
    database, export = tmp_path / "galpi.db", EXPORTS / "channel.json"
    invoke(database, "import", export)
    forget(database, lambda text: text.startswith("사진 두 장의 앨범"))
    result = invoke(database, "import", export)
    told = "1 empty, 1 forgotten, 1 service, 1 unsupported"
    assert result.stdout == f"0\t0\t7\t4\tchannel.json\t{told}\n"
    page = invoke(database, "import", EXPORTS / "messages.html", "--dry-run", "--json")
    assert json.loads(page.stdout)["skipped"]["forgotten"] == 1
    rehearsed = invoke(database, "import", export, "--forgotten", "--dry-run")
    assert rehearsed.stdout.startswith("1\t0\t7\t3\t")
    restored = invoke(database, "import", export, "--forgotten")
    assert restored.stdout.startswith("1\t0\t7\t3\t")
    assert invoke(database, "import", export).stdout.startswith("0\t0\t8\t3\t")
    assert invoke(database, "check").exit_code == 0


def test_a_seed_is_forgotten_and_comes_back_when_asked_for(tmp_path: Path) -> None:
    database = tmp_path / "galpi.db"
    before = len(invoke(database, "posts").stdout.splitlines())
    forget(database, lambda text: "Charlie Munger" in text or "찰리 멍거" in text)
    with (
        closing(sqlite3.connect(database)) as connection,
        connection,
    ):  # as if the seeds had changed
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'seeds'")
    connection.close()
    assert len(invoke(database, "posts").stdout.splitlines()) == before - 1
    restored = invoke(database, "import", "--seeds", "--forgotten")
    assert restored.stdout.startswith("1\t0\t")
    assert len(invoke(database, "posts").stdout.splitlines()) == before
