"""A saved preview page becomes posts."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import preview_page
from seeds.formats.batches import Skip
from seeds.formats.html_text import is_page
from seeds.formats.preview_parts import SavedPage, take_apart
from storage import Card, Entity, EntityKind, Media, MediaKind, NewPost, Reaction, Source

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"


def page(name: str) -> SavedPage:
    return take_apart((EXPORTS / name).read_text(encoding="utf-8"))


PAGE = preview_page.read(page("preview.html"), "preview.html")
POSTS = {post.message_id: post for post in PAGE.posts}


def test_every_message_is_a_post_or_counted() -> None:
    assert list(POSTS) == [41, 42, 43, 48, 49]
    assert PAGE.skipped == Counter({Skip.SERVICE: 1, Skip.EMPTY: 1, Skip.UNSUPPORTED: 1})
    assert PAGE.before == 40


def test_the_channel_with_its_figures() -> None:
    assert PAGE.batches[0].source == Source(
        title="Galpi Trial",
        username="galpi_trial",
        channel_id=1_500_000_002,
        about="What a trial is for.\nAsk @asker",
        subscribers=1250,
        photos=31,
        videos=1,
        links=9,
    )


def test_a_post_keeps_what_the_page_tells() -> None:
    assert POSTS[41] == NewPost(
        text="🤖 투자 소식!\n\nRead this or https://example.com/open\n#태그\nquoted\nwords\nafter",
        message_id=41,
        date=datetime(2024, 5, 1, tzinfo=UTC),
        ordinal=1_714_521_600,
        reactions=2513,
        reacted=(Reaction(emoji="⭐", count=2500), Reaction(emoji="👍", count=10)),
        views=8_670_000,
        entities=(
            Entity(kind=EntityKind.BOLD, offset=5, length=2),
            Entity(
                kind=EntityKind.TEXT_LINK, offset=15, length=4, url="https://example.org/hidden"
            ),
            Entity(kind=EntityKind.URL, offset=23, length=24),
            Entity(kind=EntityKind.BLOCKQUOTE, offset=52, length=12),
        ),
        cards=(Card(url="https://example.net/shown", title="Shown"),),
        media=Media(kind=MediaKind.VIDEO),
    )


def test_a_reply_knows_what_it_answers() -> None:
    assert (POSTS[42].text, POSTS[42].views) == ("An answer", 512)
    assert (POSTS[42].reply_to, POSTS[42].reply_snippet) == (41, "🤖 투자 소식!")


def test_a_forwarded_album_is_one_post() -> None:
    assert (POSTS[43].text, POSTS[43].album) == ("Three at once", (44, 45))
    assert POSTS[43].forwarded_from == "Some Where Else"
    assert POSTS[43].reply_to is None  # to another channel's message


def test_a_file_and_a_poll_say_what_they_are() -> None:
    assert POSTS[48].text == "deck.pdf"
    assert POSTS[49].text == "Left or right?\n- Left\n- Right"


def test_an_invitation_is_refused_with_the_reason() -> None:
    invitation = page("invitation.html")
    assert preview_page.knows(invitation)
    with pytest.raises(DocumentError) as refused:
        preview_page.read(invitation, "invitation.html")
    assert refused.value.problem is Problem.NO_PREVIEW


@pytest.mark.parametrize(
    "source",
    [
        '<section class="tgme_channel_history"></section>',
        '<div class="tgme_widget_message"><p class="tgme_widget_message_error">Not found</p></div>',
        '<div class="tgme_post_discussion"><p class="tgme_widget_message"></p></div>',
    ],
)
def test_a_page_without_posts_is_refused(source: str) -> None:
    empty = take_apart(source)
    assert preview_page.knows(empty)
    with pytest.raises(DocumentError) as refused:
        preview_page.read(empty, "empty.html")
    assert refused.value.problem is Problem.NO_POSTS


@pytest.mark.parametrize(
    ("older", "before"),
    [('<link rel="prev" href="/s/c?before=7">', 7), ('<link rel="prev" href="/s/c">', None)],
)
def test_the_way_to_older_posts(older: str, before: int | None) -> None:
    post = '<div class="tgme_widget_message" data-post="c/8"></div>'
    assert preview_page.read(take_apart(older + post), "c.html").before == before


def test_other_pages_are_not_its_own() -> None:
    assert not preview_page.knows(take_apart("<p>Telegram</p>"))
    assert not preview_page.knows(page("messages.html"))


@pytest.mark.parametrize(
    ("opening", "is_one"),
    [
        ("<!DOCTYPE html>", True),
        ("\ufeff\n<HTML lang=ko>", True),
        ("<!-- saved from url=(0014)https://t.me/s/x -->\n<html>", True),
        ('<?xml version="1.0"?>\n<!-- one --> <!-- two -->\n<!doctype html>', True),
        ("<body class=x>", True),
        ("<!DOC\ufffdYPE html>\n<html>", True),
        ('<"OCTYPE html><html lang=ko>', True),
        ('<section class="tgme_channel_history js-message_history">', True),
        ('<div\n class="tgme_widget_message_wrap">', True),
        ('<div class="page">', False),
        ("<bodyguard>", False),
        ("<!DOC\ufffdYPE html>\n<htmlx>", False),
        ("<b>words</b>\n<html>", False),
        ("<!-- a note --> and text", False),
        ("글 <html>", False),
        ("<!--" * 20_000, False),
        (" " * 60_000, False),
    ],
)
def test_what_begins_like_a_page(opening: str, *, is_one: bool) -> None:
    assert is_page(opening) is is_one
