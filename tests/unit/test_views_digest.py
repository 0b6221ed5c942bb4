from datetime import UTC, date, datetime

import pytest

from bot.callbacks import Results, pack
from bot.texts import LANGUAGES, texts_for
from bot.views.digest import PER_PAGE, digest_view
from bot.views.markup import plain
from storage import Digest, DigestItem, Post, Tag
from tests.support.limits import assert_sendable, buttons_of, labels_of

PLACE = Results("AbCd-123", 1)
DAY = datetime(2026, 3, 2, tzinfo=UTC)
LAST = date(2026, 3, 2)


def item(id_: int, tag: Tag | None = None, title: str = "A title") -> DigestItem:
    post = Post(id=id_, source="Notes", title=title, text=title, date=DAY, views=10**9)
    return DigestItem(post=post, tag=tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_page_can_be_sent(language: str) -> None:
    items = tuple(
        item(10**15 + n, Tag(id=n, name="😀" * 300 + str(n), posts=1), "😀<&" * 300)
        for n in range(PER_PAGE)
    )
    digest = Digest(
        items=items,
        total=10**6,
        listed=10**6,
        offset=PER_PAGE,
        first=date(2026, 2, 1),
        last=LAST,
        until=date(2027, 1, 1),
        undated=10**6,
    )
    tag = Tag(id=1, name="t" * 900, posts=1)
    view = digest_view(texts_for(language), digest, PLACE, "x" * 32 + "_bot", tag)
    assert_sendable(view)
    assert labels_of(view)[0] == "◀"
    assert buttons_of(view)[0].callback_data == pack(Results("AbCd-123", 0))


def test_a_heading_that_goes_on_is_said_again() -> None:
    tag = Tag(id=1, name="AI", posts=14)
    digest = Digest(
        items=(item(1, tag), item(2)),
        total=14,
        listed=14,
        offset=12,
        first=LAST,
        last=LAST,
        until=LAST,
    )
    view = digest_view(texts_for("en"), digest, PLACE, "galpi_bot")
    heading, tagged, other = plain(view.text).split("\n\n")
    assert heading == "🗓 March 2, 2026\n14 posts"
    assert tagged.startswith("#AI · 14\n• A title – Mar 2")
    assert other.startswith("Other posts\n")


def test_where_nothing_has_a_tag_no_post_is_another() -> None:
    digest = Digest(
        items=(item(1), item(2)), total=2, listed=2, offset=0, first=LAST, last=LAST, until=LAST
    )
    view = digest_view(texts_for("en"), digest, PLACE, "galpi_bot")
    _, posts = plain(view.text).split("\n\n")
    assert posts.split("\n") == ["• A title – Mar 2 · 👁 1,000,000,000"] * 2


def test_a_digest_that_lists_only_some_says_so() -> None:
    digest = Digest(
        items=(item(1),), total=5000, listed=2000, offset=0, first=LAST, last=LAST, until=LAST
    )
    view = digest_view(texts_for("en"), digest, Results("AbCd-123", 0), "galpi_bot")
    assert "5,000 posts" in plain(view.text)
    assert "2,000 posts with the most response" in plain(view.text)
    assert any("167" in label for label in labels_of(view))
