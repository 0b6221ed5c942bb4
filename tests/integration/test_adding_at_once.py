"""However posts come in, together or one by one, the archive is the same."""

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from seeds.loader import read_vocabulary
from storage import Added, Archive, Media, MediaKind, NewPost, Source, prepare

SOURCE = Source(title="Channel", channel_id=9)
KOREAN = """
투자 투자를 벤처투자의 스타트업 스타트업은 창업가 채용 논문 리뷰 딥러닝 인공지능 깃허브 고객의
"""
OTHERS = """
LLM startup growth GitHub는 paper open-source ﬁne Ｆｕｌｌ 2307.01850 é ½ 中国 каталог GPU
"""
WORDS = [*KOREAN.split(), *OTHERS.split()]
LINKS = [
    "https://arxiv.org/abs/2307.01850v2",
    "arxiv.org/pdf/2307.01850.pdf",
    "[코드](https://github.com/a/b.git?utm_source=x)",
    "https://ko.wikipedia.org/wiki/투자에서",
    "보기https://www.example.com/x…",
]
TABLES = {
    "posts": "SELECT * FROM posts ORDER BY id",
    "tags": """
        SELECT post_id, position, key, name FROM post_tags JOIN tags ON id = tag_id
        ORDER BY 1, 2""",
    "topics": """
        SELECT post_id, position, key, names FROM post_topics JOIN tags ON id = tag_id
        ORDER BY 1, 2""",
    "links": """
        SELECT post_id, position, url, host, kind, truncated, raw, context
        FROM post_links JOIN links ON id = link_id ORDER BY 1, 2""",
    "albums": "SELECT * FROM album_messages ORDER BY 1, 2",
    "without vectors": "SELECT post_id FROM meaning_pending ORDER BY 1",
    "dictionary": "SELECT term, posts FROM terms ORDER BY term",
    "index": "SELECT term, doc FROM temp.post_places ORDER BY 1, 2",
    "pieces": """
        SELECT terms.term, places.term FROM term_piece_places places JOIN terms ON id = doc
        ORDER BY 1, 2""",
}
PLACES = """
CREATE VIRTUAL TABLE temp.post_places USING fts5vocab (main, post_terms, instance);
"""


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(PLACES)
        return {name: connection.execute(sql).fetchall() for name, sql in TABLES.items()}
    finally:
        connection.close()


def some_posts(count: int, seed: int) -> list[NewPost]:
    """Posts of every kind, among them some that come twice, changed or not."""
    rng = random.Random(seed)
    posts: list[NewPost] = []
    for number in range(count):
        if posts and rng.random() < 0.2:
            posts.append(again(rng.choice(posts), rng))
            continue
        words = rng.choices(WORDS, k=rng.randint(1, 30))
        words += rng.choices(LINKS, k=rng.choice((0, 0, 1, 2)))
        words += [f"#{word}" for word in rng.choices(WORDS, k=rng.choice((0, 0, 2)))]
        rng.shuffle(words)
        numbered = rng.random() < 0.8
        date = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        posts.append(
            NewPost(
                text=rng.choice((" ", "\n")).join(words),
                message_id=3 * number if numbered else None,
                album=(3 * number + 1, 3 * number + 2) if numbered and number % 7 == 0 else (),
                date=date,
                ordinal=int(date.timestamp()),
                reply_to=3 * rng.randrange(count) if rng.random() < 0.3 else None,
                hidden_urls=("https://example.org/hidden",) if number % 9 == 0 else (),
                media=Media(kind=MediaKind.DOCUMENT, names=("a.pdf",)) if number % 5 == 0 else None,
                original_text=f"damaged {number}" if number % 11 == 0 else None,
            )
        )
    return posts


def again(post: NewPost, rng: random.Random) -> NewPost:
    """The same post, perhaps edited since, or without its number."""
    changes: dict[str, object] = {
        "text": f"{post.text} {rng.choice(WORDS)}" if rng.random() < 0.4 else post.text,
        "reactions": rng.randrange(3),
        "message_id": post.message_id if rng.random() < 0.8 else None,
    }
    fields = {name: getattr(post, name) for name in NewPost.__slots__}
    return NewPost(**{**fields, **changes})


async def filled(path: Path, parts: Sequence[Sequence[NewPost]]) -> Added:
    added = Added()
    async with Archive.open(path) as archive:
        await archive.use_vocabulary(read_vocabulary())
        for part in parts:
            added += await archive.add(SOURCE, part)
        assert await archive.check() == ()
    return added


@pytest.mark.parametrize("seed", range(3))
async def test_together_is_as_one_by_one(tmp_path: Path, seed: int) -> None:
    posts = some_posts(250, seed)
    one_by_one = await filled(tmp_path / "one.db", [[post] for post in posts])
    together = await filled(tmp_path / "all.db", [posts])
    halves = await filled(tmp_path / "halves.db", [posts[:125], posts[125:]])
    assert one_by_one == together == halves
    assert min(together.new, together.updated, together.unchanged) > 0
    wanted = contents(tmp_path / "one.db")
    assert all(wanted.values())
    for name in ("all.db", "halves.db"):
        for table, rows in contents(tmp_path / name).items():
            assert rows == wanted[table], table


async def test_what_was_made_ready_comes_in_as_the_posts_do(tmp_path: Path) -> None:
    posts = some_posts(120, seed=9)
    await filled(tmp_path / "plain.db", [posts])
    async with Archive.open(tmp_path / "ready.db") as archive:
        await archive.use_vocabulary(read_vocabulary())
        vocabulary = await archive.vocabulary()
        parts = [prepare(posts[:50], vocabulary), prepare(posts[50:], vocabulary)]
        await archive.add_ready(SOURCE, parts)
    assert contents(tmp_path / "ready.db") == contents(tmp_path / "plain.db")


async def test_what_was_made_ready_for_another_vocabulary_gets_this_archives_topics(
    tmp_path: Path,
) -> None:
    posts = some_posts(60, seed=4)
    await filled(tmp_path / "plain.db", [posts])
    async with Archive.open(tmp_path / "ready.db") as archive:
        early = prepare(posts, await archive.vocabulary())
        await archive.use_vocabulary(read_vocabulary())
        await archive.add_ready(SOURCE, [early])
    assert contents(tmp_path / "ready.db") == contents(tmp_path / "plain.db")
