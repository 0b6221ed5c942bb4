"""One channel, met in many ways, is one source, and each of its posts is one post."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage import (
    Added,
    Archive,
    Coverage,
    Gap,
    NewPost,
    PostNotFound,
    Received,
    Source,
)

ID = 1_500_000_001
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
    assert second == Received(post_id=first.post_id, new=False)
    assert (await archive.find_post(6, channel_id=ID)).text == "one\n\ntwo"
    await archive.receive(source, post(5, "", media_group="g"))
    assert (await archive.find_post(6, channel_id=ID)).text == "two"
    await archive.receive(source, post(6, "", media_group="g"))
    assert (await archive.stats()).posts == 0


async def test_coverage_tells_long_gaps(archive: Archive) -> None:
    numbers = [3, *range(30, 40), 100, 101, 140, 150]
    source = Source(title="A", channel_id=ID)
    await archive.add(source, [post(number, f"post {number}") for number in numbers])
    (stats,) = (await archive.stats()).sources
    gaps = (Gap(first=4, last=29), Gap(first=40, last=99), Gap(first=102, last=139))
    assert stats.coverage == Coverage(first=3, last=150, missing=148 - len(numbers), gaps=gaps)
    assert stats.live_at is None
