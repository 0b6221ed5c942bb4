"""The tags that a vocabulary gives: kept apart from hashtags, found by any of their words."""

from pathlib import Path

import pytest

from storage import Archive, NewPost, Source, Tag, Topic, TopicWords

CHANNEL = Source(title="A channel")
TEXTS = (
    "벤처투자의 봄 #투자 #데모데이",
    "AI 스타트업에 투자했다",
    "start-up을 위한 AI",
    "AI 반도체 이야기",
)
INVESTING = Topic(name="투자", names={"en": "investing"})
STARTUPS = Topic(name="스타트업", names={"en": "startups"})
AI = Topic(name="AI", names={"en": "AI"})
VOCABULARY = (
    TopicWords(topic=INVESTING, aliases=("벤처투자", "VC")),
    TopicWords(topic=STARTUPS, aliases=("startup", "창업")),
    TopicWords(topic=AI, aliases=("인공지능", "machine learning"), exceptions=("AI 반도체",)),
)


@pytest.fixture(autouse=True)
async def _filled(archive: Archive) -> None:
    await archive.use_vocabulary(VOCABULARY)
    await archive.add(CHANNEL, [NewPost(text=text, ordinal=n) for n, text in enumerate(TEXTS)])


async def topics(archive: Archive) -> dict[str, tuple[Topic, ...]]:
    return {post.text: post.topics for post in (await archive.posts(limit=9)).items}


async def listed(archive: Archive) -> list[tuple[str, int, bool]]:
    page = await archive.tags()
    assert page.total == len(page.items)
    return [(tag.name, tag.posts, tag.is_topic) for tag in page.items]


async def test_posts_are_tagged_as_they_are_added(archive: Archive) -> None:
    assert await topics(archive) == {
        TEXTS[0]: (INVESTING,),
        TEXTS[1]: (AI, STARTUPS, INVESTING),
        TEXTS[2]: (STARTUPS, AI),
        TEXTS[3]: (),
    }


async def test_posts_are_tagged_as_they_come_live(archive: Archive) -> None:
    await archive.receive(CHANNEL, NewPost(text="A startup", message_id=1))
    assert (await topics(archive))["A startup"] == (STARTUPS,)


async def test_they_stand_before_hashtags_used_once(archive: Archive) -> None:
    assert await listed(archive) == [
        ("AI", 2, True),
        ("스타트업", 2, True),
        ("투자", 2, True),
        ("데모데이", 1, False),
        ("투자", 1, False),
    ]
    posts = {post.text: post.tags for post in (await archive.posts(limit=9)).items}
    assert posts[TEXTS[0]] == ("투자", "데모데이")
    assert posts[TEXTS[1]] == ()
    assert (await archive.stats()).tags == 2


async def test_an_edited_post_is_tagged_anew(archive: Archive) -> None:
    post = NewPost(text="AI", message_id=1, ordinal=9)
    await archive.add(CHANNEL, [post])
    await archive.add(CHANNEL, [NewPost(text="창업 일기", message_id=1, ordinal=9)])
    assert (await topics(archive))["창업 일기"] == (STARTUPS,)


@pytest.mark.parametrize(
    ("name", "found", "is_topic"),
    [
        ("startup", "스타트업", True),
        ("Start-Up", "스타트업", True),
        ("startups", "스타트업", True),
        ("창업", "스타트업", True),
        ("machine learning", "AI", True),
        ("vc", "투자", True),
        ("투자", "투자", True),
        ("#투자", "투자", False),
        ("investing", "투자", True),
        ("xnwk", "투자", True),
        ("ㅑㅜㅍㄷㄴ샤ㅜㅎ", "투자", True),
        ("스타트없", "스타트업", True),
        ("invseting", "투자", True),
        ("#데모데이", "데모데이", False),
    ],
)
async def test_a_tag_is_found_by_every_name_it_has(
    archive: Archive, name: str, found: str, *, is_topic: bool
) -> None:
    best = (await archive.find_tags(name))[0]
    assert (best.name, best.is_topic) == (found, is_topic)


async def test_only_the_very_tag_is_found_exactly(archive: Archive) -> None:
    assert [tag.name for tag in await archive.find_tags("창업", exactly=True)] == ["스타트업"]
    assert await archive.find_tags("스타트없", exactly=True) == ()


async def tag(archive: Archive, name: str) -> Tag:
    return (await archive.find_tags(name))[0]


async def test_tags_of_both_kinds_intersect(archive: Archive) -> None:
    demo, investing = await tag(archive, "데모데이"), await tag(archive, "투자")
    both = await archive.tagged([demo.id, investing.id])
    assert [post.text for post in both.items] == [TEXTS[0]]
    assert await archive.tag(investing.id) == investing


async def test_related_tags_are_those_of_the_same_posts(archive: Archive) -> None:
    startups = await tag(archive, "스타트업")
    related = await archive.related_tags([startups.id])
    assert [(found.name, found.posts) for found in related] == [("AI", 2), ("투자", 1)]
    assert await archive.related_tags([startups.id], limit=1) == related[:1]


async def test_another_vocabulary_tags_the_archive_anew(archive: Archive) -> None:
    startups = await tag(archive, "스타트업")
    changed = (
        TopicWords(topic=STARTUPS, aliases=("startup",)),
        TopicWords(topic=Topic(name="반도체", names={"en": "chips"})),
    )
    await archive.use_vocabulary(changed)
    assert await listed(archive) == [
        ("스타트업", 2, True),
        ("반도체", 1, True),
        ("데모데이", 1, False),
        ("투자", 1, False),
    ]
    assert (await tag(archive, "스타트업")).id == startups.id
    assert await archive.find_tags("창업") == ()


async def test_the_same_vocabulary_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    before = (await archive.tags()).items
    await archive.use_vocabulary(VOCABULARY)
    assert (await archive.tags()).items == before
    async with Archive.open(tmp_path / "galpi.db") as another:
        await another.add(CHANNEL, [NewPost(text="창업", ordinal=9)])
    assert (await topics(archive))["창업"] == (STARTUPS,)


async def test_the_tag_operator_of_a_search_knows_topics(archive: Archive) -> None:
    assert {hit.post.text for hit in (await archive.search("#AI")).items} == {TEXTS[1], TEXTS[2]}
    assert {hit.post.text for hit in (await archive.search("#투자 AI")).items} == {TEXTS[1]}


async def test_a_watch_for_a_tag_knows_topics(archive: Archive) -> None:
    watch = await archive.watch(7, "#AI")
    await archive.receive(CHANNEL, NewPost(text="AI 반도체 이야기", message_id=901))
    assert await archive.alerts() == ()
    received = await archive.receive(CHANNEL, NewPost(text="AI를 배우는 법", message_id=902))
    (alert,) = await archive.alerts()
    assert (alert.post_id, alert.chat_id, alert.watches) == (received.post_id, 7, (watch,))
