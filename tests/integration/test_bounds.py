"""Answers that are given without reading all posts are the same as if all had been read."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from storage import Archive, Gap, NewPost, Source, Topic, TopicWords
from storage.links import lookup
from storage.posts import digest as digests
from tests.bench import operations
from tests.bench.search.corpus import Texts

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL = Source(title="A", channel_id=7)
DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(6))
async def test_gaps_are_those_of_all_messages(archive: Archive, seed: int) -> None:
    rng = random.Random(seed)
    density = rng.choice((0.1, 0.5, 0.8, 0.97))
    numbers = [n for n in range(5, 4000) if rng.random() < density]
    for _ in range(rng.randrange(5)):
        start, length = rng.randrange(4000), rng.randrange(15, 60)
        numbers = [n for n in numbers if not start <= n < start + length]
    posts, held = [], set[int]()
    while numbers:
        album = tuple(numbers.pop() for _ in range(min(len(numbers), rng.choice((1, 1, 1, 9)))))
        held.update(album)
        posts.append(NewPost(text=f"{album}", message_id=min(album), album=album[:-1]))
    await archive.add(CHANNEL, posts)
    (stats,) = (await archive.stats()).sources
    wanted = [Gap(first=a + 1, last=b - 1) for a, b in pairwise(sorted(held)) if b - a > 20]
    longest = sorted((gap.last - gap.first for gap in wanted), reverse=True)[:3]
    assert stats.coverage is not None
    assert (stats.coverage.first, stats.coverage.last) == (min(held), max(held))
    assert stats.coverage.missing == max(held) - min(held) + 1 - len(held)
    found = stats.coverage.gaps
    assert sorted((gap.last - gap.first for gap in found), reverse=True) == longest
    assert set(found) <= set(wanted)


@pytest.mark.parametrize("few", [0, lookup.FEW])
async def test_links_come_in_the_order_of_all_posts(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(lookup, "FEW", few)
    rng = random.Random(1)
    shared = [
        [
            f"https://host{rng.randrange(9)}.com/{rng.randrange(20)}"
            for _ in range(rng.choice((1, 3)))
        ]
        for _ in range(300)
    ]
    rows = [
        NewPost(text=f"{' '.join(urls)} {n}", ordinal=rng.randrange(99))
        for n, urls in enumerate(shared)
    ]
    await archive.add(CHANNEL, rows)
    by_time = sorted(enumerate(rows), key=lambda row: (row[1].ordinal, row[0]), reverse=True)
    newest = list(dict.fromkeys(url for _, post in by_time for url in post.text.split()[:-1]))
    counts = Counter(url for post in rows for url in dict.fromkeys(post.text.split()[:-1]))
    most = sorted(newest, key=lambda url: -counts[url])
    for query, expected in (("", newest), ("sort:shared", most)):
        for wanted in ("", "host3.com"):
            kept = [url for url in expected if wanted in url]
            pages = [
                await archive.links(f"{query} {wanted}", limit=7, offset=n) for n in (0, 7, 14)
            ]
            assert [link.url for page in pages for link in page.items] == kept[:21]
            assert pages[0].total == len(kept)


async def test_tags_are_counted_through_every_change(archive: Archive) -> None:
    await archive.use_vocabulary([TopicWords(topic=Topic(name="투자", english="investing"))])
    source = Source(title="A", channel_id=7)
    for number in range(1, 6):
        await archive.receive(source, NewPost(text=f"{number} #ai 투자 #b", message_id=number))
    await archive.receive(source, NewPost(text="1 #b", message_id=1, edited=DAY))
    await archive.forget((await archive.find_post(2, channel_id=7)).id)
    assert {tag.name: tag.posts for tag in (await archive.tags()).items} == {
        "b": 4,
        "ai": 3,
        "투자": 3,
    }
    both = [tag.id for tag in (await archive.tags()).items[:2]]
    assert (await archive.tagged(both, limit=2)).total == 3
    assert await archive.check() == ()


async def test_a_long_digest_lists_what_met_with_most_response(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_LISTED", 5)
    async with Archive.open(tmp_path / "galpi.db") as archive:
        posts = [
            NewPost(text=f"{n} #ai", date=DAY + timedelta(minutes=n), reactions=n) for n in range(9)
        ]
        await archive.add(CHANNEL, posts)
        (tag,) = await archive.find_tags("#ai")
        for tag_id in (None, tag.id):
            digest = await archive.digest(7, until=DAY.date(), tag_id=tag_id, limit=9)
            assert [item.post.reactions for item in digest.items] == [8, 7, 6, 5, 4]
            assert (digest.total, digest.listed) == (9, 5)
        assert len((await archive.digest(7, until=DAY.date())).items) == 9


@pytest.mark.parametrize("last", [date.max, date.min])
async def test_digests_at_the_ends_of_the_calendar(archive: Archive, last: date) -> None:
    at = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    await archive.add(CHANNEL, [NewPost(text="far", date=at)])
    for until in (date.min, DAY.date(), date.max):
        digest = await archive.digest(31, until=until, limit=5)
        assert [item.post.text for item in digest.items] == ["far"]
        assert (await archive.post(digest.items[0].post.id)).date == at


async def test_a_reply_finds_its_post_whichever_comes_first(archive: Archive) -> None:
    for number, answers in ((5, 3), (3, None), (7, 5), (9, 8)):
        await archive.receive(
            CHANNEL, NewPost(text=f"p{number}", message_id=number, reply_to=answers)
        )
    album = NewPost(text="album", message_id=6, album=(8,))
    await archive.add(CHANNEL, [album])
    found = {n: (await archive.find_post(n, channel_id=7)) for n in (3, 5, 6, 7, 9)}
    for number, answered in ((5, 3), (7, 5), (9, 6)):
        reply = found[number].reply_to
        assert reply is not None
        assert reply.post_id == found[answered].id


async def test_the_benchmark_asks_every_operation(tmp_path: Path) -> None:
    await operations.make(tmp_path / "small.db", 300, Texts())
    table = await operations.measured([tmp_path / "small.db"])
    assert [row[0] for row in table.rows] == list(operations.OPERATIONS)
