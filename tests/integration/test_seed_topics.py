"""The seed archive: every post tagged, and tagged anew when the vocabulary was another one."""

from pathlib import Path

from bot.opening import opened
from storage import Archive, Post, Topic, TopicWords

EVERY = 99
OLD = (TopicWords(topic=Topic(name="돈", names={"en": "money"}), aliases=("투자",)),)


async def posts(archive: Archive) -> tuple[Post, ...]:
    return (await archive.posts(limit=EVERY)).items


async def test_a_changed_vocabulary_tags_the_archive_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with opened(path) as archive:
        before = await posts(archive)
        tags = (await archive.tags(limit=EVERY)).items
    assert all(1 <= len(post.topics) <= 6 for post in before)
    async with Archive.open(path) as archive:
        await archive.use_vocabulary(OLD)
        assert {topic.name for post in await posts(archive) for topic in post.topics} == {"돈"}
    async with opened(path) as archive:
        assert await posts(archive) == before
        assert (await archive.tags(limit=EVERY)).items == tags
        assert await archive.find_tags("돈", exactly=True) == ()


async def test_a_tag_of_the_seeds_is_found_by_its_english_word(tmp_path: Path) -> None:
    async with opened(tmp_path / "galpi.db") as archive:
        (tag,) = await archive.find_tags("startup")
        assert (tag.name, tag.names["en"]) == ("스타트업", "startups")
        found = await archive.tagged([tag.id], limit=EVERY)
        assert found.total == tag.posts > 3
        assert [related.name for related in await archive.related_tags([tag.id])]


async def test_a_link_of_two_seed_posts_leads_from_one_to_the_other(tmp_path: Path) -> None:
    async with opened(tmp_path / "galpi.db") as archive:
        shared = (await archive.links("sort:shared", limit=1)).items[0]
        assert len(shared.posts) > 1
        post = await archive.post(shared.posts[0])
        (link,) = [link for link in post.links if link.url == shared.url]
        assert [other.id for other in link.also] == list(shared.posts[1:])
