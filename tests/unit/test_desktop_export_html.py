"""Telegram Desktop's HTML export becomes the same posts as its JSON."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import desktop_export_html, desktop_pages
from seeds.formats.batches import Chat, Skip
from storage import EntityKind, Media, MediaKind, NewPost, Reaction
from tests.support.exports import html_export, html_message, html_text, read_page

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"
SOURCE = (EXPORTS / "messages.html").read_text(encoding="utf-8")
PAGE = desktop_pages.take_apart(SOURCE)


@pytest.fixture(name="posts", scope="module")
def posts_by_id() -> dict[int | None, NewPost]:
    (batch,) = desktop_export_html.read(PAGE, "messages.html", Chat.CHANNEL)
    return {post.message_id: post for post in batch.posts}


def test_every_message_is_a_post_or_counted(posts: dict[int, NewPost]) -> None:
    (batch,) = desktop_export_html.read(PAGE, "messages.html", Chat.CHANNEL)
    assert list(posts) == [2, 3, 4, 6, 9]
    # The heading of a day is no message.
    assert batch.skipped == Counter({Skip.SERVICE: 1, Skip.EMPTY: 1})
    assert batch.source.title == "갈피 시험 채널"


def test_lines_dates_and_marks_of_a_text(posts: dict[int, NewPost]) -> None:
    assert posts[2].text == "첫 번째 글입니다.\n둘째 줄 & 굵게"
    assert posts[2].date == datetime(2024, 3, 2, 1, 15, 30, tzinfo=UTC)


def test_a_reply_with_a_hidden_link_and_reactions(posts: dict[int, NewPost]) -> None:
    post = posts[3]
    assert post.text == "투자 이야기: 보고서 그리고 https://example.com/plain\n#벤처투자"
    assert (post.reply_to, post.reactions) == (2, 7)
    assert post.reacted == (Reaction(emoji="👍", count=5), Reaction(emoji="🔥", count=2))
    assert [(one.kind, one.url) for one in post.entities] == [
        (EntityKind.TEXT_LINK, "https://example.org/report?id=7"),
        (EntityKind.URL, None),
    ]


def test_a_forwarded_album_is_one_post(posts: dict[int, NewPost]) -> None:
    assert (posts[4].text, posts[4].album) == ("사진 두 장의 앨범", (5,))
    assert posts[4].forwarded_from == "다른 채널"


def test_a_file_and_a_poll_say_what_they_are(posts: dict[int, NewPost]) -> None:
    assert posts[6].media == Media(kind=MediaKind.DOCUMENT, names=("연간 보고서 2023.pdf",))
    assert posts[6].text == "연간 보고서 2023.pdf"
    assert posts[6].forwarded_from is None
    assert posts[6].date == datetime.fromisoformat("2024-03-05T08:00:00").astimezone(UTC)
    assert posts[9].text == "어느 쪽인가요?\n- 왼쪽\n- 오른쪽"


def test_knows_its_own_by_content() -> None:
    assert desktop_pages.knows(SOURCE)
    assert not desktop_pages.knows("<html><div class=history></div></html>")


def test_a_page_of_no_chat_is_refused() -> None:
    page = desktop_pages.take_apart("<div class=page_wrap><div class=history></div></div></html>")
    with pytest.raises(DocumentError) as refused:
        list(desktop_export_html.read(page, "messages.html", Chat.CHANNEL))
    assert refused.value.problem is Problem.BROKEN


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("UTC", 10), ("UTC+00:00", 10), ("UTC+09:00", 1), ("UTC-0330", 13), ("UTC+05:30", 4)],
)
def test_the_zone_of_a_date(zone: str, hour: int) -> None:
    shown = html_message(1, html_text("글"))
    dated = re.sub(r'title="[^"]*"', f'title="03.03.2025 10:00:00 {zone}"', shown, count=1)
    ((post,),) = (batch.posts for batch in read_page(html_export(dated)))
    assert post.date is not None
    assert (post.date.hour, post.date_is_local) == (hour, True)


FILE = (
    '<div class="media_wrap"><div class="media media_file"><div class="title bold">{}</div></div>'
)


def with_files(first: int, *names: str) -> list[str]:
    """Return the messages of an album, all of one minute."""
    whole = [html_message(first, f"{FILE.format(name)}</div>") for name in names]
    return [
        one.replace(f'"message{first}"', f'"message{first + n}"') for n, one in enumerate(whole)
    ]


def test_an_album_across_the_end_of_a_page_comes_whole_with_the_next() -> None:
    album = with_files(7, "a.pdf", "b.pdf", "c.pdf")
    before = html_export(html_message(6, html_text("앞")), *album[:2])
    page = html_export(album[2], html_message(20, html_text("뒤")))
    (batch,) = desktop_export_html.read(
        desktop_pages.take_apart(page),
        "messages2.html",
        Chat.CHANNEL,
        before=desktop_pages.take_apart(before),
    )
    first, second = batch.posts
    assert (first.message_id, first.album) == (7, (8, 9))
    assert first.text == "a.pdf\nb.pdf\nc.pdf"
    assert second.text == "뒤"


@pytest.mark.parametrize("last", [6, 5])
def test_what_stands_before_a_page_is_no_post_of_it(last: int) -> None:
    before = html_export(*with_files(last, "a.pdf"))
    page = html_export(*with_files(7, "b.pdf"))
    (batch,) = desktop_export_html.read(
        desktop_pages.take_apart(page),
        "messages2.html",
        Chat.CHANNEL,
        before=desktop_pages.take_apart(before),
    )
    (post,) = batch.posts
    assert (post.message_id, post.album, post.text) == (7, (), "b.pdf")


def test_a_page_that_leads_to_itself_loses_nothing() -> None:
    page = desktop_pages.take_apart(html_export(*with_files(7, "a.pdf", "b.pdf")))
    (batch,) = desktop_export_html.read(page, "messages.html", Chat.CHANNEL, before=page)
    assert [(post.message_id, post.album) for post in batch.posts] == [(7, (8,))]
