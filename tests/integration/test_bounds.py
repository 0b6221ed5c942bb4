"""Answers that are given without reading all posts are the same as if all had been read."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from storage import (
    Archive,
    Gap,
    LinkKind,
    Media,
    MediaKind,
    NewPost,
    PostNotFound,
    Source,
    Topic,
    TopicWords,
)
from storage.database.migrate import migrate
from storage.posts import digest as digests
from storage.posts import ingest
from storage.search import retrieve as retrieval
from tests.bench import operations
from tests.bench.search.corpus import Texts

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL = Source(title="A", channel_id=7)
FILTERED = ("투자", "#tag", "site:site.com", "from:body", "in:other")
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


def a_post(rng: random.Random, number: int) -> NewPost:
    urls = (
        f"https://host{rng.randrange(9)}.com/{rng.choice(('red', 'blue'))}-{rng.randrange(20)}"
        for _ in range(rng.choice((1, 3)))
    )
    return NewPost(text=f"{' '.join(urls)} {number}", message_id=number, ordinal=rng.randrange(99))


async def links_after_changes(archive: Archive) -> list[NewPost]:
    """Add posts, edit and forget some; returns those that are left, newest first."""
    rng = random.Random(1)
    posts = {number: a_post(rng, number) for number in range(1, 301)}
    await archive.add(CHANNEL, posts.values())
    for number in rng.sample(sorted(posts), 90):
        if rng.random() < 0.5:
            posts[number] = a_post(rng, number)
            await archive.receive(CHANNEL, replace(posts[number], edited=DAY))
        else:
            del posts[number]
            await archive.forget((await archive.find_post(number, channel_id=7)).id)
    return sorted(posts.values(), key=lambda post: (post.ordinal, post.message_id), reverse=True)


def urls_of(post: NewPost) -> list[str]:
    return list(dict.fromkeys(post.text.split()[:-1]))


async def test_links_come_in_the_order_of_all_posts(archive: Archive) -> None:
    posts = await links_after_changes(archive)
    newest = list(dict.fromkeys(url for post in posts for url in urls_of(post)))
    counts = Counter(url for post in posts for url in urls_of(post))
    most = sorted(newest, key=lambda url: -counts[url])
    for sort, expected in (("", newest), ("sort:shared", most)):
        for asked, part in (("", ""), ("host3.com", "//host3.com")):
            kept = [url for url in expected if part in url]
            pages = [await archive.links(f"{sort} {asked}", limit=7, offset=n) for n in (0, 7, 14)]
            assert [link.url for page in pages for link in page.items] == kept[:21]
            assert {page.total for page in pages} == {len(kept)}
            assert pages[0].orders_differ == any(counts[url] > 1 for url in kept)


@pytest.mark.parametrize("few", [0, retrieval.FEW])
async def test_filters_find_the_posts_that_a_look_at_all_of_them_finds(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(retrieval, "FEW", few)
    rng = random.Random(2)
    other = Source(title="Other", channel_id=8)
    held: dict[int, set[str]] = {}
    for number in range(1, 201):
        true = {name for name in FILTERED if rng.random() < 0.3}
        post = NewPost(
            text=f"{number} {'투자 ' if '투자' in true else ''}{'#tag ' if '#tag' in true else ''}"
            f"{'https://a.site.com/' if 'site:site.com' in true else 'https://asite.com/'}{number}",
            message_id=number,
            ordinal=rng.randrange(99),
            forwarded_from=rng.choice(("Nobody", "Somebody")) if "from:body" in true else None,
            media=Media(kind=MediaKind(rng.choice(("photo", "document")))),
        )
        true |= {"has:photo"} if post.media and post.media.kind is MediaKind.PHOTO else set()
        await archive.add(other if "in:other" in true else CHANNEL, [post])
        held[number] = true
    asked = (*FILTERED, "has:photo")
    for some in (*((one,) for one in asked), *combinations(asked, 2), *combinations(asked, 3)):
        for minus in ("", "-"):
            query = " ".join((*some[:-1], minus + some[-1]))
            hits = await archive.search(query, limit=200)
            assert {hit.post.message_id for hit in hits.items} == {
                number
                for number, true in held.items()
                if true.issuperset(some[:-1]) and (some[-1] in true) is not bool(minus)
            }, query


@pytest.mark.parametrize("query", ["a " * 2000, "b-" * 2000, "#투자 " * 900, "site:a.com " * 300])
async def test_links_are_found_by_so_many_words_and_no_more(archive: Archive, query: str) -> None:
    urls = " ".join(f"https://a{n}.com/b/{n}" for n in range(3000))
    await archive.add(CHANNEL, [NewPost(text=f"투자 {urls}")])
    begun = time.process_time()
    await archive.links(query)
    assert time.process_time() - begun < 0.4


async def test_what_was_not_looked_up_is_not_said_to_be_all(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "MOST_LOOKED_UP", 5)
    monkeypatch.setattr(retrieval, "FEW", 0)
    await archive.add(CHANNEL, [NewPost(text=f"투자 {n} #{n % 2}a") for n in range(9)])
    hits = await archive.search("투자 #1a")
    assert (hits.total, hits.complete) == (2, False)
    assert (await archive.search("투자")).complete


async def test_hosts_and_kinds_are_counted_through_every_change(archive: Archive) -> None:
    posts = await links_after_changes(archive)
    links = {url for post in posts for url in urls_of(post)}
    hosts = Counter(url.split("/")[2] for url in links)
    assert {host.name: host.links for host in (await archive.hosts()).items} == hosts
    assert [(kind.kind, kind.links) for kind in await archive.link_kinds()] == [
        (LinkKind.OTHER, len(links))
    ]
    for number in range(1, 301):
        with suppress(PostNotFound):
            await archive.forget((await archive.find_post(number, channel_id=7)).id)
    assert ((await archive.hosts()).total, await archive.link_kinds()) == (0, ())
    assert await archive.check() == ()


async def test_a_word_is_the_beginning_of_one_in_an_address(archive: Archive) -> None:
    urls = ("https://a.org/start-up/email_AI/2", "https://b.ai/", "https://c.org/mail/training")
    posts = [NewPost(text=f"{n}", hidden_urls=(url,)) for n, url in enumerate(urls, 10)]
    await archive.add(CHANNEL, posts)
    found = {
        word: [link.host for link in (await archive.links(word)).items]
        for word in ("ai", "start-up", "art", "emai", "b.ai", "2", "𞤀\u0301")
    }
    assert found == {
        "ai": ["b.ai", "a.org"],
        "start-up": ["a.org"],
        "art": [],
        "emai": ["a.org"],
        "b.ai": ["b.ai"],
        "2": ["a.org"],
        "\U0001e900\u0301": [],
    }


async def test_tags_are_counted_through_every_change(archive: Archive) -> None:
    await archive.use_vocabulary([TopicWords(topic=Topic(name="투자", names={"en": "investing"}))])
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


async def test_months_are_those_of_all_dates(archive: Archive) -> None:
    texts = ["0001-01-01", "1969-12-31T23:59:59", "1970-01-01", "2024-02-29T23:59:59"]
    texts += ["2024-03-01", "2024-03-31T23:59:59", "9999-12-31T23:59:59"]
    dates = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in texts]
    await archive.add(CHANNEL, [NewPost(text=f"{n}", date=date) for n, date in enumerate(dates)])
    await archive.add(CHANNEL, [NewPost(text="without a date")])
    months = [
        (f"{month.first:%m}.{month.first.year}", month.posts) for month in await archive.months()
    ]
    assert months == [
        ("01.1", 1), ("12.1969", 1), ("01.1970", 1), ("02.2024", 1), ("03.2024", 2), ("12.9999", 1)
    ]  # fmt: skip


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


@pytest.mark.parametrize("said", ["ㅋㅋㅋ", "오늘도 새 글이 올라왔습니다"], ids=["short", "long"])
def test_a_text_that_many_messages_have_is_looked_up_as_fast_as_any(said: str) -> None:
    alike, different = ([said] * 3_000, [f"{said} {number}" for number in range(3_000)])
    assert steps_of_adding(said, alike) < 1.5 * steps_of_adding(said, different)


def steps_of_adding(said: str, texts: list[str]) -> int:
    """Return how many steps SQLite takes to add a text, with an id and without, after others."""
    steps: list[None] = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        posts = [NewPost(text=text, message_id=number) for number, text in enumerate(texts, 1)]
        ingest.add(connection, CHANNEL, posts)
        connection.set_progress_handler(lambda: steps.append(None), 1)
        ingest.add(connection, CHANNEL, [NewPost(text=said, message_id=len(texts) + 1)])
        ingest.add(connection, CHANNEL, [NewPost(text=said)])
    return len(steps)


async def test_the_benchmark_asks_every_operation(tmp_path: Path) -> None:
    await operations.make(tmp_path / "small.db", 300, Texts())
    table = await operations.measured([tmp_path / "small.db"])
    assert [row[0] for row in table.rows] == list(operations.OPERATIONS)
