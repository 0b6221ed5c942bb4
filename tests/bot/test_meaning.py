"""What is there by meaning alone says so wherever it is shown, and alerts nobody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Archive, NewPost
from tests.support.channel import SOURCE
from tests.support.meaning import Subjects
from tests.support.recording import Person

QUESTION = "의사가 환자를 돕는 방법"
POSTS = ("Doctors of a hospital were asked.", "A paper about patients", "빵을 굽는 부엌")
CLOSE = "뜻이 가까운 글"


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path / "galpi.db", encoder=Subjects()) as opened:
        await opened.add(SOURCE, [NewPost(text=text) for text in POSTS])
        await opened.make_meaning()
        yield opened


async def test_a_list_says_of_each_post_that_it_is_close_in_meaning(person: Person) -> None:
    (call,) = await person.says(QUESTION)
    assert call.text.count(f"<i>{CLOSE}</i>") == 2
    assert "같은 말이 있는 글은 없어서" in call.text
    assert POSTS[2] not in call.text


async def test_rows_inline_say_so_too(person: Person) -> None:
    (call,) = await person.asks_inline(QUESTION)
    rows = call.parameters["results"]
    assert [row["description"].endswith(CLOSE) for row in rows] == [True, True]


async def test_similar_posts_say_what_makes_them_similar(person: Person) -> None:
    (found,) = await person.says(QUESTION)
    opened, _ = await person.presses(found.data("1"))
    similar, _ = await person.presses(opened.data("비슷한 글"))
    assert CLOSE in similar.text
    assert POSTS[2] not in similar.text


async def test_nobody_is_told_of_a_post_that_is_only_close(archive: Archive) -> None:
    await archive.watch(5, "의사가 환자를")
    received = await archive.receive(SOURCE, NewPost(text="Doctors and patients", message_id=9))
    assert received.has_news
    await archive.make_meaning()
    assert await archive.alerts() == ()


async def test_stats_say_how_far_it_is(person: Person, archive: Archive) -> None:
    (call,) = await person.says("/stats")
    assert "뜻으로" not in call.text
    await archive.add(SOURCE, [NewPost(text="새 글")])
    (call,) = await person.says("/stats")
    assert "뜻으로 찾기 준비 중: 글 4개 중 3개" in call.text
