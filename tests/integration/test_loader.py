"""The seeds come into an archive that wants them, once, in order, and whole after any break."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from seeds.loader import DECLINED, LOADING, NOTE, load_seeds
from storage import Added, Archive, NewPost, Post, Source
from tests.support.joins import GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL = "Continuous Learning_Startup & Investment"
IN_ORDER = ["002", "000", "001", "003", "004"]

KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from seeds.loader import load_seeds
from storage import Archive

def progress(document, done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        await load_seeds(archive, progress)

asyncio.run(main())
"""


async def all_posts(archive: Archive) -> list[Post]:
    """Every post, oldest first."""
    return list((await archive.posts(limit=1_000)).items)[::-1]


def place(post: Post) -> tuple[str, int]:
    assert post.origin is not None
    return post.origin.document[:3], post.origin.first_line


async def test_a_new_archive_gets_every_seed_post_once(archive: Archive) -> None:
    assert await load_seeds(archive) == Added(new=51, unchanged=1)
    posts = await all_posts(archive)
    assert len({post.text for post in posts}) == len(posts) == 51
    stats = await archive.stats()
    counts = {source.source.title: source.posts for source in stats.sources}
    assert counts == {CHANNEL: 45, "부캠 2주차 일일 후기": 6}
    assert await archive.check() == ()


async def test_what_the_heads_said_is_the_sources(archive: Archive) -> None:
    await load_seeds(archive)
    channel, diary = (stats.source for stats in (await archive.stats()).sources)
    assert channel.subscribers == 2_400
    assert (channel.photos, channel.videos, channel.files) == (513, 5, 16)
    assert channel.about is not None
    assert diary.about is None
    assert diary.subscribers is None


async def test_posts_stand_in_the_order_of_their_time(archive: Archive) -> None:
    await load_seeds(archive)
    places = [place(post) for post in await all_posts(archive)]
    assert places == sorted(places, key=lambda at: (IN_ORDER.index(at[0]), at[1]))
    assert {post.date for post in await all_posts(archive)} == {None}


async def test_the_post_of_two_documents_keeps_its_first_place(archive: Archive) -> None:
    await load_seeds(archive)
    places = [place(post) for post in await all_posts(archive)]
    assert ("000", 92) in places
    assert ("001", 12) not in places


async def test_replies_are_linked_to_the_seed_posts_they_answer(archive: Archive) -> None:
    gold = json.loads((GOLDEN / "seed-posts.json").read_text("utf-8"))
    await load_seeds(archive)
    posts = {post.id: post for post in await all_posts(archive)}
    linked = {
        (*place(post), "answers", *place(posts[post.reply_to.post_id]))
        for post in posts.values()
        if post.reply_to and post.reply_to.post_id
    }
    wanted = gold["replies_between_seed_posts"]
    assert linked == {(one[:3], line, verb, two[:3], to) for one, line, verb, two, to in wanted}
    assert sum(post.reply_to is not None for post in posts.values()) == 6


async def test_repaired_posts_say_so(archive: Archive) -> None:
    await load_seeds(archive)
    repaired = {place(post) for post in await all_posts(archive) if post.repaired}
    assert {document for document, _ in repaired} == {"002"}
    assert len(repaired) == 12


async def test_loading_again_does_nothing(archive: Archive) -> None:
    await load_seeds(archive)
    before = await all_posts(archive)
    told: list[str] = []
    assert await load_seeds(archive, lambda *step: told.append(step[0])) == Added()
    assert await load_seeds(archive, always=True) == Added()
    assert told == []
    assert await all_posts(archive) == before


async def test_progress_names_each_document_before_and_after(archive: Archive) -> None:
    told: list[tuple[str, int, int]] = []
    await load_seeds(archive, lambda name, done, total: told.append((name[:3], done, total)))
    assert told == [(name, done, 5) for at, name in enumerate(IN_ORDER) for done in (at, at + 1)]


async def test_another_channels_archive_stays_its_own(archive: Archive) -> None:
    await archive.add(Source(title="다른 채널"), [NewPost(text="글")])
    assert await load_seeds(archive) == Added()
    assert await archive.note(NOTE) is None
    assert len(await all_posts(archive)) == 1


async def test_declined_seeds_come_only_when_asked_for(archive: Archive) -> None:
    await archive.set_note(NOTE, DECLINED)
    assert await load_seeds(archive) == Added()
    assert await load_seeds(archive, always=True) == Added(new=51, unchanged=1)
    assert await load_seeds(archive, always=True) == Added()


async def test_seeds_of_an_older_version_are_taken_anew(archive: Archive) -> None:
    await load_seeds(archive)
    before = await all_posts(archive)
    await archive.set_note(NOTE, "an older digest")
    assert await load_seeds(archive) == Added(unchanged=52)
    assert await all_posts(archive) == before


async def test_a_broken_off_load_is_completed(archive: Archive) -> None:
    def stop(_: str, done: int, __: int) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await load_seeds(archive, stop)
    assert await archive.note(NOTE) == LOADING
    whole = {document for document, _ in map(place, await all_posts(archive))}
    assert whole == {"002", "000"}
    await load_seeds(archive)
    assert len(await all_posts(archive)) == 51


@pytest.mark.parametrize("done", [0, 1, 4, 5])
async def test_a_killed_load_is_completed(tmp_path: Path, done: int) -> None:
    path = tmp_path / "galpi.db"
    command = [sys.executable, "-c", KILLED, str(path), str(done)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    async with Archive.open(path) as archive:
        assert await archive.check() == ()
        documents = {document for document, _ in map(place, await all_posts(archive))}
        assert documents == set(IN_ORDER[:done])
        await load_seeds(archive)
        assert len(await all_posts(archive)) == 51
        assert await archive.check() == ()
        assert await load_seeds(archive) == Added()
