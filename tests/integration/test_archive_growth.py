"""One channel, met in many ways, is one source, and each of its posts is one post."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import (
    Added,
    Archive,
    Card,
    Coverage,
    Entity,
    EntityKind,
    Gap,
    Media,
    MediaKind,
    NewPost,
    PostNotFound,
    Reaction,
    Received,
    Source,
)

ID = 1_500_000_001
NAMED = Media(kind=MediaKind.AUDIO, names=("a.mp3",))
EARLY, LATE = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)


def post(message_id: int, text: str = "words", **more: object) -> NewPost:
    return replace(NewPost(text=text, message_id=message_id), **more)  # type: ignore[arg-type]


async def titles(archive: Archive) -> list[str]:
    return sorted(source.source.title for source in (await archive.stats()).sources)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Source(title="A", channel_id=ID), Source(title="B", channel_id=ID)),
        (Source(title="A", username="name"), Source(title="B", username="Name", channel_id=ID)),
        (Source(title="A"), Source(title="A", username="name", channel_id=ID)),
        (Source(title="A", username="old", channel_id=ID), Source(title="A", channel_id=ID)),
    ],
)
async def test_a_channel_is_known_again(archive: Archive, first: Source, second: Source) -> None:
    await archive.add(first, [post(1)])
    assert await archive.add(second, [post(1)]) == Added(unchanged=1)
    assert await titles(archive) == ["A"]


@pytest.mark.parametrize(
    "other", [Source(title="A", channel_id=2), Source(title="A", username="other")]
)
async def test_two_channels_of_one_title_are_two(archive: Archive, other: Source) -> None:
    await archive.add(Source(title="A", username="name", channel_id=ID), [post(1, "one")])
    other = replace(other, channel_id=2)
    assert await archive.add(other, [post(1, "two")]) == Added(new=1)
    assert await titles(archive) == ["A", f"A ({other.username or 2})"]
    assert (await archive.find_post(1, channel_id=2)).text == "two"


async def test_a_live_channel_tells_its_title_unless_another_has_it(archive: Archive) -> None:
    await archive.add(Source(title="Taken"), [post(1)])
    await archive.add(Source(title="Old", channel_id=ID), [post(1)])
    await archive.receive(Source(title="New", channel_id=ID), post(2))
    assert await titles(archive) == ["New", "Taken"]
    await archive.receive(Source(title="Taken", channel_id=ID), post(3))
    assert await titles(archive) == ["New", "Taken"]


async def test_permalinks_by_name_or_for_subscribers(archive: Archive) -> None:
    await archive.add(Source(title="A", channel_id=ID), [post(5)])
    assert (await archive.find_post(5, channel_id=ID)).url == f"https://t.me/c/{ID}/5"
    await archive.add(Source(title="A", channel_id=ID, username="name"), [])
    assert (await archive.find_post(5, username="NAME")).url == "https://t.me/name/5"
    with pytest.raises(PostNotFound):
        await archive.find_post(5, username="other")
    with pytest.raises(PostNotFound):
        await archive.find_post(6, username="name")


async def test_an_older_copy_does_not_undo_an_edit(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [post(1, "as edited", edited=LATE, hidden_urls=("https://a.b/c",))])
    assert await archive.add(source, [post(1, "as first")]) == Added(unchanged=1)
    assert await archive.add(source, [post(1, "earlier", edited=EARLY)]) == Added(unchanged=1)
    later = post(1, "edited again", edited=LATE.replace(month=3))
    assert await archive.add(source, [later]) == Added(updated=1)
    found = await archive.find_post(1, channel_id=ID)
    assert (found.text, found.links) == ("edited again", ())


BOLD = Entity(kind=EntityKind.BOLD, offset=0, length=5)
CLICKABLE = Entity(kind=EntityKind.TEXT_LINK, offset=0, length=5, url="https://a.b/c")
CODE = Entity(kind=EntityKind.PRE, offset=0, length=5, language="python")


async def test_entities_are_kept_as_they_came(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [post(1, entities=(BOLD, CLICKABLE, CODE))])
    found = await archive.find_post(1, channel_id=ID)
    assert found.entities == (BOLD, CLICKABLE, CODE)
    assert [link.url for link in found.links] == ["https://a.b/c"]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (post(1), post(1, entities=(BOLD,)), (BOLD,)),
        (post(1, entities=(BOLD, CODE)), post(1, entities=(CODE,)), (BOLD, CODE)),
        (post(1, entities=(BOLD, CODE)), post(1, entities=(CODE,), edited=LATE), (CODE,)),
        (post(1, "Words\n", entities=(BOLD,)), post(1, "words"), (BOLD,)),
    ],
    ids=["told later", "the richer of two", "the newer of two", "with its own text"],
)
async def test_of_two_copies_one_set_of_entities_stays(
    archive: Archive, first: NewPost, second: NewPost, kept: tuple[Entity, ...]
) -> None:
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [first])
    await archive.add(source, [second])
    assert (await archive.find_post(1, channel_id=ID)).entities == kept
    assert await archive.add(source, [first]) == Added(unchanged=1)
    assert await archive.add(source, [second]) == Added(unchanged=1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (post(1, media=NAMED), post(1, media=Media(kind=MediaKind.AUDIO))),
        (post(1, media=NAMED), post(1, media=replace(NAMED, names=("b.mp3",)))),
        (post(1, media=NAMED), post(1, media=Media(kind=MediaKind.VIDEO))),
        (post(1, date=LATE, ordinal=int(LATE.timestamp())), post(1, ordinal=3)),
        (post(1, reactions=2513, views=99), post(1, reactions=2500, views=80)),
        (post(1, reactions=3, reacted=(Reaction(emoji="👍", count=3),)), post(1, reactions=3)),
        (post(1, thumbnail="https://cdn.example/1"), post(1, thumbnail="https://cdn.example/2")),
        (post(1, forwarded_from="A"), post(1, forwarded_from="A by name")),
    ],
    ids=[
        "no name",
        "another name",
        "another kind",
        "no date",
        "counts",
        "reactions",
        "picture",
        "forward",
    ],
)
async def test_copies_that_differ_for_ever_change_the_post_once(
    archive: Archive, first: NewPost, second: NewPost
) -> None:
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [first])
    await archive.add(source, [second])
    for copy in (first, second, second, first):
        assert await archive.add(source, [copy]) == Added(unchanged=1)


async def test_cards_of_all_copies_are_kept_each_page_once(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    bare = Card(url="http://a.b/c?utm_source=x")
    titled = Card(url="https://a.b/c", title="A quokka's year", description="The site")
    button = Card(url="https://a.b/apply", title="Apply", button=True)
    await archive.add(source, [post(1, cards=(bare,)), post(2)])
    assert await archive.add(source, [post(1, cards=(titled, button))]) == Added(updated=1)
    assert await archive.add(source, [post(1, cards=(bare,))]) == Added(unchanged=1)
    found = await archive.find_post(1, channel_id=ID)
    assert found.cards == (titled, button)
    assert [link.context for link in found.links] == ["A quokka's year", "words"]
    assert [hit.post.id for hit in (await archive.search("quokka")).items] == [found.id]
    assert await archive.check() == ()


async def test_names_of_files_are_found_beside_a_text(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    media = Media(kind=MediaKind.DOCUMENT, names=("반도체 전망.pdf",))
    await archive.add(source, [post(1, media=media), post(2)])
    found = await archive.find_post(1, channel_id=ID)
    assert found.text == "words"
    assert [hit.post.id for hit in (await archive.search("반도체 전망")).items] == [found.id]
    await archive.forget(found.id)
    assert await archive.check() == ()


async def test_entities_of_an_album_stand_where_its_captions_do(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    for id_ in (5, 6):
        await archive.receive(source, post(id_, media_group="88", entities=(BOLD,)))
    album = await archive.find_post(5, channel_id=ID)
    assert album.text == "words\n\nwords"
    assert album.entities == (BOLD, replace(BOLD, offset=7))


async def test_an_album_is_met_by_any_of_its_messages(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    album = post(5, "caption", album=(6, 7))
    await archive.add(source, [album])
    assert await archive.add(source, [album]) == Added(unchanged=1)
    assert await archive.add(source, [post(6, "caption")]) == Added(unchanged=1)
    assert await archive.add(source, [post(8, "answer", reply_to=7)]) == Added(new=1)
    answered = (await archive.find_post(8, channel_id=ID)).reply_to
    assert answered is not None
    assert answered.post_id == (await archive.find_post(5, channel_id=ID)).id


async def test_a_reply_is_linked_when_what_it_answers_comes_later(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [post(8, "answer", reply_to=7)])
    assert (await archive.find_post(8, channel_id=ID)).reply_to is None
    await archive.add(source, [post(7, "What was asked\n\nand more")])
    answered = (await archive.find_post(8, channel_id=ID)).reply_to
    assert answered is not None
    assert answered.snippet == "What was asked"


async def test_what_is_forgotten_is_gone_for_good(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    album = post(5, "gone #tag https://example.com/x", album=(6,))
    await archive.add(source, [album, post(7, "stays", reply_to=6)])
    gone = await archive.find_post(6, channel_id=ID)
    await archive.forget(gone.id)
    stats = await archive.stats()
    assert (stats.posts, stats.links, stats.tags) == (1, 0, 0)
    assert (await archive.find_post(7, channel_id=ID)).reply_to is None
    assert await archive.check() == ()
    with pytest.raises(PostNotFound):
        await archive.forget(gone.id)


async def test_two_captions_of_one_album_are_one_post(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    first = await archive.receive(source, post(5, "one", media_group="g"))
    second = await archive.receive(source, post(6, "two", media_group="g"))
    assert second == Received(post_id=first.post_id, has_news=True)
    assert (await archive.find_post(6, channel_id=ID)).text == "one\n\ntwo"
    await archive.receive(source, post(5, "", media_group="g"))
    assert (await archive.find_post(6, channel_id=ID)).text == "two"
    await archive.receive(source, post(6, "", media_group="g"))
    assert (await archive.stats()).posts == 0


async def test_only_a_new_post_is_news_and_a_sign_that_the_channel_is_live(tmp_path: Path) -> None:
    source, now = Source(title="A", channel_id=ID), 1_700_000_000.0
    async with Archive.open(tmp_path / "live.db", clock=lambda: now) as archive:
        first = await archive.receive(source, post(5, "one"))
        stored = await archive.find_post(5, channel_id=ID)
        assert first == Received(post_id=stored.id, has_news=True)
        now += 3600
        assert not (await archive.receive(source, post(5, "one"))).has_news
        again = (await archive.stats()).sources[0].live_at
        now += 3600
        edited = post(5, "two", edited=datetime.fromtimestamp(now, UTC))
        assert not (await archive.receive(source, edited)).has_news
        assert (await archive.stats()).sources[0].live_at == again


async def test_three_captions_of_an_album_keep_their_places(archive: Archive) -> None:
    source = Source(title="A", channel_id=ID)
    bold = (Entity(kind=EntityKind.BOLD, offset=0, length=5),)
    for id_, text in ((5, "first caption"), (6, "second caption"), (7, "third caption")):
        await archive.receive(source, post(id_, text, media_group="g", entities=bold))
    album = await archive.find_post(5, channel_id=ID)
    marked = [album.text[one.offset : one.end] for one in album.entities]
    assert marked == ["first", "secon", "third"]


@pytest.mark.parametrize(
    ("edited", "caption", "text"),
    [
        (5, "the first caption", "the first caption\n\nsecond caption\n\nthird caption"),
        (7, "the third caption", "first caption\n\nsecond caption\n\nthe third caption"),
    ],
)
async def test_an_edit_of_an_imported_album_leaves_its_other_captions(
    archive: Archive, edited: int, caption: str, text: str
) -> None:
    source = Source(title="A", channel_id=ID)
    media = Media(kind=MediaKind.PHOTO, names=("a.pdf",))
    known = "first caption\n\nsecond caption\n\nthird caption"
    await archive.add(source, [post(5, known, album=(6, 7), media=media)])
    now = datetime(2024, 1, 1, tzinfo=UTC)
    part = post(edited, caption, media_group="g", edited=now, media=Media(kind=MediaKind.VIDEO))
    await archive.receive(source, part)
    album = await archive.find_post(5, channel_id=ID)
    assert (album.text, album.media) == (text, media)


async def test_coverage_tells_long_gaps(archive: Archive) -> None:
    numbers = [3, *range(30, 40), 100, 101, 140, 150]
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [post(number, f"post {number}") for number in numbers])
    (stats,) = (await archive.stats()).sources
    gaps = (Gap(first=4, last=29), Gap(first=40, last=99), Gap(first=102, last=139))
    assert stats.coverage == Coverage(first=3, last=150, missing=148 - len(numbers), gaps=gaps)
    assert stats.live_at is None


async def test_messages_of_the_group_that_a_supergroup_was_leave_no_gap(archive: Archive) -> None:
    posts = [
        NewPost(text=f"글 {id_}", message_id=id_) for id_ in (-999_999_998, -999_999_990, 3, 5)
    ]
    await archive.add(Source(title="모임"), posts)
    (held,) = (await archive.stats()).sources
    assert held.coverage == Coverage(first=3, last=5, missing=1, gaps=())
