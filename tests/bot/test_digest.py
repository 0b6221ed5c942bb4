"""/digest: what was posted in the last days, by tag."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source, Topic, TopicWords
from tests.support.recording import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.settings import Settings
    from tests.support.recording import App, RecordingRequest

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOURCE = Source(title="News", username="news")


def post(
    text: str, days_ago: int | None, *, reactions: int = 0, views: int | None = None
) -> NewPost:
    date = None if days_ago is None else NOW - timedelta(days=days_ago)
    ordinal = int(date.timestamp()) if date else 0
    return NewPost(text=text, date=date, ordinal=ordinal, reactions=reactions, views=views)


@pytest.fixture
async def news(tmp_path: Path) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path / "news.db", clock=NOW.timestamp) as archive:
        investing = Topic(name="투자", names={"en": "investing"})
        await archive.use_vocabulary([TopicWords(topic=investing)])
        await archive.add(
            SOURCE,
            [
                post("Fund news one #startup #money", 0, reactions=1),
                post("Fund news two #startup", 1, reactions=5, views=1234),
                post("Fund news three #startup", 6),
                post("투자 <이야기> 하나", 2),
                post("투자 이야기 둘", 3),
                post("Nothing to file this under", 4),
                post("Eight days old #startup", 7),
                post("Whenever", None),
            ],
        )
        yield archive


def reader(
    application: App, request_: RecordingRequest, settings: Settings, archive: Archive
) -> Person:
    application.bot_data.archive = archive
    return Person(application, request_)


@pytest.fixture
def korean(
    application: App, request_: RecordingRequest, settings: Settings, news: Archive
) -> Person:
    return reader(application, request_, settings, news)


async def test_a_week_by_tag_with_the_most_noted_first(korean: Person) -> None:
    (call,) = await korean.says("/digest")
    heading, startup, investing, other = call.text.split("\n\n")
    assert heading.split("\n") == [
        "<b>🗓 2026년 2월 24일 – 2026년 3월 2일</b>",
        "글 6개",
        "<i>날짜를 모르는 글 1개는 세지 않았어요.</i>",
    ]
    titles = re.compile(r">([^<]+)</a> – (.+)")
    assert startup.startswith("<b>#startup · 3</b>\n")
    assert titles.findall(startup) == [
        ("Fund news two #startup", "3월 1일 · 반응 5개 · 👁 1,234"),
        ("Fund news one #startup #money", "3월 2일 · 반응 1개"),
        ("Fund news three #startup", "2월 24일"),
    ]
    assert investing.startswith("<b>투자 · 2</b>\n")
    assert [title for title, _ in titles.findall(investing)] == [
        "투자 &lt;이야기&gt; 하나",
        "투자 이야기 둘",
    ]
    assert other.startswith("<b>그 밖의 글</b>\n")
    assert call.buttons == []


async def test_titles_open_their_posts(korean: Person) -> None:
    (call,) = await korean.says("/digest 1")
    (parameter,) = re.findall(r'href="https://t.me/galpi_bot\?start=([^"]+)"', call.text)
    (opened,) = await korean.says(f"/start {parameter}")
    assert opened.text.startswith("Fund news one")


@pytest.mark.parametrize(
    ("asked", "days", "posts"),
    [("1", "2026년 3월 2일", 1), ("3", "2026년 2월 28일 – 2026년 3월 2일", 3)],
)
async def test_so_many_days(korean: Person, asked: str, days: str, posts: int) -> None:
    (call,) = await korean.says(f"/digest {asked}")
    assert call.text.startswith(f"<b>🗓 {days}</b>\n글 {posts}개\n")


@pytest.mark.parametrize("asked", ["7 #startup", "#STARTUP"])
async def test_of_one_tag(korean: Person, asked: str) -> None:
    (call,) = await korean.says(f"/digest {asked}")
    heading, *sections = call.text.split("\n\n")
    assert heading.startswith("<b>🗓 2026년 2월 24일 – 2026년 3월 2일 · #startup</b>\n글 3개")
    # Under the tag itself would be all of them.
    assert [section.split("\n")[0] for section in sections] == [
        "<b>#money · 1</b>",
        "<b>그 밖의 글</b>",
    ]


async def test_a_topic_and_the_hashtag_of_its_name_are_one(korean: Person, news: Archive) -> None:
    await news.add(SOURCE, [post("#투자 소식", 0), post("투자 소식", 0)])
    (call,) = await korean.says("/digest 1 #투자")
    assert call.text.startswith("<b>🗓 2026년 3월 2일 · 투자</b>\n글 2개")


@pytest.mark.parametrize("asked", ["0", "32", "-1", "7 8", "a week", "1.5", "7 #a #b", "100"])
async def test_anything_else_is_told_how(korean: Person, asked: str) -> None:
    (call,) = await korean.says(f"/digest {asked}")
    assert "/digest 3" in call.text
    assert "31" in call.text


async def test_a_tag_that_nobody_knows(korean: Person) -> None:
    (call,) = await korean.says("/digest #qqqqqqqq")
    assert "qqqqqqqq" in call.text
    assert call.data("태그")


async def test_a_quiet_week_shows_the_last_that_was_not(
    korean: Person, tmp_path: Path, application: App, request_: RecordingRequest, settings: Settings
) -> None:
    later = NOW + timedelta(days=300)
    async with Archive.open(tmp_path / "news.db", clock=later.timestamp) as archive:
        foreigner = reader(application, request_, settings, archive)
        foreigner.user = foreigner.user | {"language_code": "en"}
        (call,) = await foreigner.says("/digest")
        assert call.text.startswith("<b>🗓 February 24, 2026 – March 2, 2026</b>\n6 posts\n")
        assert "Nothing was posted in the last 7 days" in call.text
        assert "1 post has no date" in call.text
        assert "<b>investing · 2</b>" in call.text
        assert "Mar 1 · 5 reactions" in call.text


async def test_pages_keep_to_their_days_and_their_tag(
    korean: Person, tmp_path: Path, application: App, news: Archive
) -> None:
    many = [post(f"Post {number:02} #many", 1) for number in range(30)]
    await news.add(SOURCE, many)
    (first,) = await korean.says("/digest 2 #many")
    assert [button["text"] for button in first.buttons] == ["1/3", "▶"]
    tomorrow = NOW + timedelta(days=2)
    async with Archive.open(tmp_path / "news.db", clock=tomorrow.timestamp) as archive:
        application.bot_data.archive = archive
        second, _ = await korean.presses(first.data("▶"))
        third, _ = await korean.presses(second.data("▶"))
        shown = [re.findall(r"Post \d\d", call.text) for call in (first, second, third)]
        assert [len(titles) for titles in shown] == [12, 12, 6]
        assert len({title for titles in shown for title in titles}) == 30
        assert "2026년 3월 1일 – 2026년 3월 2일" in third.text
        for found in (await archive.search("Post", limit=25)).items:
            await archive.forget(found.post.id)
        (stale,) = await korean.presses(first.data("▶"))
        assert stale.method == "answerCallbackQuery"
        assert stale.parameters["text"]


async def test_posts_without_dates_cannot_be_told_apart(
    application: App, request_: RecordingRequest, settings: Settings, tmp_path: Path
) -> None:
    async with Archive.open(tmp_path / "undated.db") as archive:
        person = reader(application, request_, settings, archive)
        (empty,) = await person.says("/digest")
        assert "아직" in empty.text
        await archive.add(SOURCE, [post("Whenever", None)])
        (nothing,) = await person.says("/digest")
        assert "날짜" in nothing.text
        assert nothing.data("태그")
