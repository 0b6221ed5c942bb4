"""Posts go in once, come out whole, and are updated without losing anything."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from storage import (
    Added,
    Archive,
    ArchiveMissing,
    FileInTheWay,
    NewPost,
    Origin,
    PostNotFound,
    Search,
    SearchKind,
    SearchNotFound,
    Source,
    SourceKind,
    TagNotFound,
)

CHANNEL = Source(title="A channel", username="a_channel", subscribers=2400)
MAY = datetime(2023, 5, 1, 9, 30, tzinfo=UTC)


def post(text: str, ordinal: int = 0, **fields: object) -> NewPost:
    return replace(NewPost(text=text, ordinal=ordinal), **fields)  # type: ignore[arg-type]


def origin(document: str, line: int) -> Origin:
    return Origin(document=document, first_line=line, last_line=line)


async def only_post(archive: Archive) -> int:
    page = await archive.posts()
    assert page.total == 1
    return page.items[0].id


async def test_post_comes_out_as_it_went_in(archive: Archive) -> None:
    text = "첫 줄\r\n\n  https://example.org/a?b=1 #투자 "
    given = NewPost(
        text=text,
        message_id=519,
        date=MAY,
        ordinal=int(MAY.timestamp()),
        forwarded_from="BZCF | 비즈까페",
        reply_snippet="어느 글의 앞부분이 여기에…",
        reactions=5,
        origin=Origin(document="a.txt", first_line=3, last_line=5),
        original_text="damaged",
    )
    assert await archive.add(CHANNEL, [given]) == Added(new=1)
    stored = (await archive.posts()).items[0]
    assert stored.text == text
    assert stored.title == "첫 줄"
    assert stored.source == "A channel"
    assert stored.date == MAY
    assert stored.url == "https://t.me/a_channel/519"
    assert stored.forwarded_from == "BZCF | 비즈까페"
    assert stored.reply_to is not None
    assert stored.reply_to.post_id is None
    assert stored.reactions == 5
    assert stored.origin == given.origin
    assert stored.repaired
    assert stored.original_text == "damaged"
    assert stored.tags == ("투자",)
    assert [link.raw for link in stored.links] == ["https://example.org/a?b=1"]
    assert await archive.post(stored.id) == stored


async def test_post_without_a_username_has_no_permalink(archive: Archive) -> None:
    await archive.add(Source(title="private"), [post("a", message_id=1)])
    await archive.add(Source(title="public", username="public"), [post("b", message_id=-999)])
    assert [one.url for one in (await archive.posts()).items] == [None, None]


async def test_adding_again_changes_nothing(archive: Archive) -> None:
    posts = [post("하나"), post("둘"), post("셋", message_id=3)]
    assert await archive.add(CHANNEL, posts) == Added(new=3)
    assert await archive.add(CHANNEL, posts) == Added(unchanged=3)
    assert (await archive.stats()).posts == 3


async def test_post_met_in_two_documents_is_one_and_stays_where_it_was(archive: Archive) -> None:
    first = post("같은 글", 5, origin=origin("a", 9), reactions=2)
    second = post("같은  글 ", 90, origin=origin("b", 1), reactions=1)
    await archive.add(CHANNEL, [first])
    assert await archive.add(CHANNEL, [second]) == Added(unchanged=1)
    assert await archive.add(CHANNEL, [first]) == Added(unchanged=1)
    stored = await archive.post(await only_post(archive))
    assert (stored.origin, stored.reactions, stored.text) == (first.origin, 2, "같은 글")


async def test_imported_post_met_live_is_the_same_post(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("같은 글", origin=origin("a", 9))])
    live = post("같은 글", int(MAY.timestamp()), message_id=7, date=MAY)
    assert await archive.add(CHANNEL, [live]) == Added(updated=1)
    stored = await archive.post(await only_post(archive))
    assert (stored.message_id, stored.date, stored.origin) == (7, MAY, origin("a", 9))


async def test_equal_texts_of_different_messages_are_different_posts(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("👍", message_id=1), post("👍", message_id=2)])
    assert (await archive.stats()).posts == 2


async def test_posts_without_text_are_told_apart_by_their_ids(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("", message_id=1), post("", message_id=2)])
    assert (await archive.stats()).posts == 2


async def test_equal_texts_of_different_sources_are_different_posts(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("a text")])
    assert await archive.add(Source(title="B"), [post("a text")]) == Added(new=1)


async def test_edited_post_is_searched_tagged_and_linked_anew(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("스타트업 #하나 https://a.example.org/1", message_id=1)])
    await archive.add(CHANNEL, [post("반도체 #둘 https://b.example.org/2", message_id=1)])
    assert (await archive.search("스타트업")).total == 0
    assert (await archive.search("반도체")).total == 1
    assert [tag.name for tag in (await archive.tags()).items] == ["둘"]
    assert [host.name for host in (await archive.hosts()).items] == ["b.example.org"]
    assert await archive.check() == ()


async def test_better_repair_of_a_damaged_text_updates_its_post(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("투쟈", original_text="damaged")])
    assert await archive.add(CHANNEL, [post("투자", original_text="damaged")]) == Added(updated=1)
    assert (await archive.post(await only_post(archive))).text == "투자"


async def test_failing_batch_adds_nothing(archive: Archive) -> None:
    class Fault(Exception): ...

    def posts() -> object:
        yield post("하나")
        raise Fault

    with pytest.raises(Fault):
        await archive.add(CHANNEL, posts())  # type: ignore[arg-type]
    stats = await archive.stats()
    assert (stats.posts, stats.sources) == (0, ())


@pytest.mark.parametrize("answered_first", [True, False])
async def test_reply_finds_its_post_whichever_comes_first(
    archive: Archive, *, answered_first: bool
) -> None:
    text = "혹시 이번주 금요일에 진행되는 오프라인 밋업에 후원해주실 분?\n\n기업, VC 중에서"
    snippet = "혹시 이번주 금요일에 진행되는 오프라인 밋업에 후원해주실 분? 기업…"
    posts = [post(text, 1), post("LOVO 팀에서", 2, reply_snippet=snippet)]
    for each in posts if answered_first else reversed(posts):
        await archive.add(CHANNEL, [each])
    newest, oldest = (await archive.posts()).items
    assert newest.reply_to is not None
    assert newest.reply_to.post_id == oldest.id


async def test_reply_is_not_linked_to_a_post_that_only_quotes_its_snippet(archive: Archive) -> None:
    snippet = "https://blog.example.org/posts/#fn-5"
    quoting = post(f"{snippet} 그리고 다른 이야기가 길게 이어집니다. 길게 길게", 1)
    await archive.add(CHANNEL, [quoting, post("답글", 2, reply_snippet=snippet)])
    newest = (await archive.posts()).items[0]
    assert newest.reply_to is not None
    assert newest.reply_to.post_id is None


async def test_posts_are_listed_newest_first_in_pages(archive: Archive) -> None:
    await archive.add(CHANNEL, [post(f"글 {n}", n) for n in range(7)])
    page = await archive.posts(limit=3, offset=3)
    assert [item.text for item in page.items] == ["글 3", "글 2", "글 1"]
    assert (page.total, page.offset) == (7, 3)


async def test_unknown_ids_have_their_errors(archive: Archive) -> None:
    with pytest.raises(PostNotFound):
        await archive.post(99)
    with pytest.raises(PostNotFound):
        await archive.similar(99)
    with pytest.raises(TagNotFound):
        await archive.tag(99)
    with pytest.raises(SearchNotFound):
        await archive.recall("abcdefgh")


async def test_random_draws_every_post_and_keeps_to_a_tag(archive: Archive) -> None:
    assert await archive.random(Random(1)) is None
    await archive.add(CHANNEL, [post(f"글 {n} {'#홀' if n % 2 else ''}") for n in range(6)])
    rng = Random(1)
    drawn = {(await archive.random(rng)).id for _ in range(100)}  # type: ignore[union-attr]
    assert drawn == {1, 2, 3, 4, 5, 6}
    (tag,) = await archive.find_tags("홀")
    tagged = {(await archive.random(rng, tag_ids=[tag.id])).id for _ in range(60)}  # type: ignore[union-attr]
    assert tagged == {2, 4, 6}


async def test_searches_are_remembered_once_and_pruned_by_age(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    wanted = Search(kind=SearchKind.POSTS, query="투자 OR 1")
    async with Archive.open(path) as archive:
        id_ = await archive.remember(wanted)
        assert await archive.remember(wanted) == id_
        assert await archive.remember(Search(kind=SearchKind.TAG, query="투자 OR 1")) != id_
    async with Archive.open(path) as archive:
        assert await archive.recall(id_) == wanted
    assert len(id_) == 8


async def test_language_is_remembered_by_user(archive: Archive) -> None:
    assert await archive.language(1) is None
    await archive.set_language(1, "ko")
    await archive.set_language(1, "en")
    assert await archive.language(1) == "en"
    assert await archive.language(2) is None


async def test_stats_tell_what_each_source_holds(archive: Archive) -> None:
    dated = post("글", int(MAY.timestamp()), date=MAY, message_id=1)
    await archive.add(CHANNEL, [dated, post("둘", original_text="x")])
    await archive.add(Source(title="Blog", kind=SourceKind.BLOG), [post("https://a.example.org")])
    await archive.add(Source(title="A channel", about="words"), [])
    stats = await archive.stats()
    channel, blog = stats.sources
    assert (channel.posts, channel.repaired, channel.first_date) == (2, 1, MAY)
    assert (channel.source.subscribers, channel.source.about) == (2400, "words")
    assert (blog.source.kind, blog.first_date) == (SourceKind.BLOG, None)
    assert (stats.posts, stats.links, stats.tags) == (3, 1, 0)
    assert stats.bytes > 50_000  # what the write-ahead log still holds included


async def test_marks_are_kept(archive: Archive) -> None:
    assert await archive.note("seeds") is None
    await archive.set_note("seeds", "declined")
    assert await archive.note("seeds") == "declined"


async def test_backup_is_a_whole_archive(archive: Archive, tmp_path: Path) -> None:
    await archive.add(CHANNEL, [post("벤처투자의 봄", n) for n in range(3)])
    await archive.backup(tmp_path / "copy.db")
    async with Archive.open(tmp_path / "copy.db") as copy:
        assert (await copy.posts()).items == (await archive.posts()).items
        assert (await copy.search("투자")).total == (await archive.search("투자")).total == 1
        assert await copy.check() == ()


async def test_backup_overwrites_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(FileInTheWay):
        await archive.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_backup_into_a_missing_folder_names_it(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing) as caught:
        await archive.backup(tmp_path / "nowhere" / "copy.db")
    assert caught.value.subject == tmp_path / "nowhere"


async def test_another_random_post_is_another(archive: Archive) -> None:
    await archive.add(CHANNEL, [post("하나 #같은"), post("둘 #같은")])
    (tag,) = await archive.find_tags("같은")
    rng = Random(1)
    for tag_ids in ((), (tag.id,)):
        drawn = [await archive.random(rng, tag_ids=tag_ids, other_than=1) for _ in range(20)]
        assert {found.id for found in drawn if found} == {2}
    await archive.forget(2)
    assert (await archive.random(rng, other_than=1)).id == 1  # type: ignore[union-attr]
