"""Which posts a digest holds, and under which headings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from storage import Archive, NewPost, Source, Topic, TopicWords

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Digest

LAST = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = Source(title="News")


async def digest_of(
    path: Path, posts: list[NewPost], days: int = 7, words: tuple[str, ...] = ()
) -> Digest:
    async with Archive.open(path / "galpi.db") as archive:
        topics = [TopicWords(topic=Topic(name=word, names={"en": word})) for word in words]
        await archive.use_vocabulary(topics)
        await archive.add(SOURCE, posts)
        digest = await archive.digest(days, until=LAST)
        paged = [await archive.digest(days, until=LAST, limit=1, offset=n) for n in range(9)]
        # A part at a time comes to the same.
        assert [item for page in paged for item in page.items] == list(digest.items)[:9]
        return digest


def at(
    date: datetime | None, text: str, *, reactions: int = 0, views: int | None = None
) -> NewPost:
    return NewPost(text=text, date=date, reactions=reactions, views=views)


def shown(digest: Digest) -> list[tuple[str | None, int, str]]:
    return [
        (item.tag.name if item.tag else None, item.tag.posts if item.tag else 0, item.post.text)
        for item in digest.items
    ]


async def test_days_begin_and_end_at_midnight_in_utc(tmp_path: Path) -> None:
    second = timedelta(seconds=1)
    posts = [
        at(MIDNIGHT - timedelta(days=1) - second, "before"),
        at(MIDNIGHT - timedelta(days=1), "first"),
        at(MIDNIGHT + timedelta(days=1) - second, "last"),
        at(MIDNIGHT + timedelta(days=1), "after"),
    ]
    digest = await digest_of(tmp_path, posts, days=2)
    assert [item.post.text for item in digest.items] == ["last", "first"]
    assert (digest.first, digest.last, digest.days) == (date(2026, 3, 1), LAST, 2)
    assert not digest.is_earlier


async def test_the_days_of_the_last_post_stand_in_for_days_without(tmp_path: Path) -> None:
    posts = [at(MIDNIGHT - timedelta(days=days), f"post {days}") for days in (40, 41, 60)]
    digest = await digest_of(tmp_path, [*posts, at(None, "undated")], days=3)
    assert [item.post.text for item in digest.items] == ["post 40", "post 41"]
    assert (digest.last, digest.is_earlier) == (LAST - timedelta(days=40), True)
    assert digest.undated == 1


async def test_nothing_dated_is_nothing(tmp_path: Path) -> None:
    digest = await digest_of(tmp_path, [at(None, "one"), at(None, "two")])
    assert (digest.total, digest.undated, digest.is_earlier) == (0, 2, False)


async def test_each_post_stands_once_where_it_tells_most(tmp_path: Path) -> None:
    old = [at(MIDNIGHT - timedelta(days=100 + n), f"old {n} #common") for n in range(20)]
    new = [
        at(MIDNIGHT, "a #common #rare"),
        at(MIDNIGHT, "b #rare #common"),
        at(MIDNIGHT, "c #common"),
        at(MIDNIGHT, "d #common #alone"),
        at(MIDNIGHT, "e"),
    ]
    digest = await digest_of(tmp_path, [*old, *new])
    assert sorted(shown(digest), key=lambda item: item[2]) == [
        ("rare", 2, "a #common #rare"),
        ("rare", 2, "b #rare #common"),
        ("common", 2, "c #common"),
        ("common", 2, "d #common #alone"),
        (None, 0, "e"),
    ]
    assert digest.items[-1].tag is None


async def test_frequent_headings_and_noted_posts_come_first(tmp_path: Path) -> None:
    digest = await digest_of(
        tmp_path,
        [
            at(MIDNIGHT, "1 #less", reactions=99),
            at(MIDNIGHT, "2 #more"),
            at(MIDNIGHT, "3 #more", reactions=1),
            at(MIDNIGHT, "4 #more", views=10),
        ],
    )
    assert [text[0] for _, _, text in shown(digest)] == ["3", "4", "2", "1"]


async def test_a_topic_takes_the_place_of_the_hashtag_of_its_name(tmp_path: Path) -> None:
    posts = [at(MIDNIGHT, "봄의 투자"), at(MIDNIGHT, "가을 #투자")]
    digest = await digest_of(tmp_path, posts, words=("투자",))
    assert [(name, count) for name, count, _ in shown(digest)] == [("투자", 2), ("투자", 2)]
    assert all(item.tag and item.tag.is_topic for item in digest.items)
