from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Anew, OpenPost, RandomPost, Results, Similar, pack
from bot.texts import texts_for
from bot.views.markup import plain
from bot.views.post import whole_post
from storage import (
    Entity,
    EntityKind,
    Link,
    Media,
    MediaKind,
    Post,
    PostTitle,
    Reaction,
    ReplyTo,
    Topic,
)
from tests.support.limits import assert_sendable, buttons_of, labels_of

TEXTS = texts_for("en")
BACK = Results("AbCd-123", 2)
POST = Post(id=7, source="Notes", title="A title", text="A title\n\nand <b>more</b> & so on")
LONG = replace(POST, text="\n\n".join(f"Paragraph {n}. " + "word " * 200 for n in range(12)))


def data_of(labelled: str, post: Post = POST, **more: object) -> object:
    buttons = buttons_of(whole_post(TEXTS, post, **more)[-1])  # type: ignore[arg-type] # any option
    return next(button.callback_data for button in buttons if labelled in button.text)


def test_a_bare_post_is_its_text_escaped_and_its_source() -> None:
    (view,) = whole_post(TEXTS, POST)
    assert view.text == "A title\n\nand &lt;b&gt;more&lt;/b&gt; &amp; so on\n\n<i>Notes</i>"
    assert view.preview is None


def test_all_that_is_known_is_shown() -> None:
    post = replace(
        POST,
        date=datetime(2023, 6, 5, tzinfo=UTC),
        forwarded_from="A & B",
        reply_to=ReplyTo(snippet="Is it\nso?"),
        reactions=1234,
        views=56789,
        media=Media(kind=MediaKind.DOCUMENT, names=("a & b.pdf",)),
        tags=("startup", "AI"),
        topics=(
            Topic(name="스타트업", names={"en": "startups"}),
            Topic(name="AI", names={"en": "AI"}),
        ),
        links=(
            Link(
                url="https://arxiv.org/abs/1?a=1&b=2",
                raw="arxiv.org/abs/1?b=2&a=1",
                host="arxiv.org",
                also=(PostTitle(id=8, title="Seen <before>"),),
            ),
        ),
        original_text="damaged",
    )
    (view,) = whole_post(TEXTS, post)
    head, *_, foot = view.text.split("\n\n")
    assert (
        head == "<i>Forwarded from A &amp; B</i>\n<blockquote>In reply to: Is it so?</blockquote>"
    )
    assert foot.split("\n") == [
        "#startup #AI",
        "🏷 startups · AI",
        # It opens as it was written, and shows where it leads.
        '🔗 <a href="https://arxiv.org/abs/1?b=2&amp;a=1">arxiv.org/abs/1?a=1&amp;b=2</a>',
        "📎 a &amp; b.pdf",
        "🔁 also shared in: “Seen &lt;before&gt;”",
        "<i>Notes · June 5, 2023 · 1,234 reactions · 👁 56,789</i>",
        "<i>This text was garbled and has been restored; a letter may differ.</i>",
    ]


@pytest.mark.parametrize(
    ("reactions", "counts", "shown"),
    [
        (12, [("👍", 12)], "👍 12"),
        (1_502, [("👍", 1_490), ("🔥", 12)], "👍 1,490 🔥 12"),
        # Of three nobody knows the emoji; a custom one only Telegram can show.
        (18, [("👍", 12), ("🔥", 3)], "👍 12 🔥 3 +3"),
        (
            21,
            [(emoji, 6 - n) for n, emoji in enumerate("👍🔥🎉❤😁🤔")],
            "👍 6 🔥 5 🎉 4 ❤ 3 😁 2 +1",
        ),
        (1, [], "1 reaction"),
        (0, [], ""),
    ],
)
def test_reactions_are_shown_as_they_were(
    reactions: int, counts: list[tuple[str, int]], shown: str
) -> None:
    reacted = tuple(Reaction(emoji=emoji, count=count) for emoji, count in counts)
    (view,) = whole_post(TEXTS, replace(POST, reactions=reactions, reacted=reacted))
    assert view.text.endswith(f"<i>Notes{f' · {shown}' if shown else ''}</i>")


@pytest.mark.parametrize(
    ("media", "text", "english", "korean"),
    [
        (Media(kind=MediaKind.PHOTO), "A title", "🖼 photo", "🖼 사진"),
        (Media(kind=MediaKind.POLL), "Where?", "📊 poll", "📊 투표"),
        # The post says the names already.
        (Media(kind=MediaKind.DOCUMENT, names=("a", "b")), "a\nb", "📎 file", "📎 파일"),
        (
            Media(kind=MediaKind.VIDEO, names=tuple("abcde")),
            "A title",
            "🎬 a, b, c, +2",
            "🎬 a, b, c, +2",
        ),
    ],
)
def test_what_a_post_carries_is_shown(media: Media, text: str, english: str, korean: str) -> None:
    post = replace(POST, text=text, media=media)
    for language, shown in (("en", english), ("ko", korean)):
        (view,) = whole_post(texts_for(language), post)
        assert f"\n{shown}\n<i>Notes</i>" in view.text


def test_topics_are_named_in_the_reader_s_language() -> None:
    post = replace(POST, topics=(Topic(name="투자", names={"en": "investing"}),))
    (korean,) = whole_post(texts_for("ko"), post)
    assert "🏷 투자" in korean.text


def test_posts_that_share_a_link_can_be_opened_each_once() -> None:
    seen = PostTitle(id=8, title="Seen before")
    links = tuple(
        Link(url=f"https://a.kr/{n}", raw=f"https://a.kr/{n}", host="a.kr", also=(seen,))
        for n in range(2)
    )
    post = replace(POST, links=links)
    (view,) = whole_post(TEXTS, post, back=BACK)
    assert view.text.count("Seen before") == 1
    assert data_of("Seen before", post, back=BACK) == pack(OpenPost(8, BACK))
    long = replace(LONG, links=links)
    assert data_of("Seen before", long) == pack(Anew(OpenPost(8)))


def test_a_cut_link_is_shown_but_neither_linked_nor_previewed() -> None:
    cut = Link(url="https://a.kr/x…", raw="https://a.kr/x…", host="a.kr", truncated=True)
    whole = Link(url="https://b.kr/", raw="b.kr", host="b.kr")
    (view,) = whole_post(TEXTS, replace(POST, links=(cut, whole)))
    assert "🔗 https://a.kr/x…\n" in view.text
    assert view.text.count("<a ") == 1
    assert view.preview == "https://b.kr/"


def test_many_links_are_counted_rather_than_listed() -> None:
    links = tuple(Link(url=f"https://a.kr/{n}", raw=f"a.kr/{n}", host="a.kr") for n in range(13))
    (view,) = whole_post(TEXTS, replace(POST, links=links))
    assert view.text.count("<a ") == 10
    assert "and 3 more links" in view.text


def test_the_buttons_are_those_that_lead_somewhere() -> None:
    (bare,) = whole_post(TEXTS, POST, can_share=False)
    assert labels_of(bare) == ["Similar", "🔖"]
    post = replace(POST, url="https://t.me/a/7", reply_to=ReplyTo(snippet="x", post_id=3))
    (full,) = whole_post(TEXTS, post, back=BACK, another=RandomPost())
    assert labels_of(full) == [
        "🎲 Another",
        "💬 Original message",
        "Original ↗",
        "Similar",
        "🔖",
        "Share",
        "↩ Back to the list",
    ]
    share = next(button for button in buttons_of(full) if button.text == "Share")
    assert share.switch_inline_query == "post-7"


def test_the_way_back_is_kept_through_every_button() -> None:
    reply = replace(POST, reply_to=ReplyTo(snippet="x", post_id=3))
    assert data_of("Back", back=BACK) == pack(BACK)
    assert data_of("Similar", back=BACK) == pack(Similar(7, BACK))
    assert data_of("Original message", reply, back=BACK) == pack(OpenPost(3, BACK))
    assert data_of("Back", back=Similar(1, BACK)) == pack(Similar(1, BACK))


def test_hashtags_that_stand_in_the_text_are_not_said_again() -> None:
    post = replace(POST, text="About #AI", tags=("AI", "startup"))
    (view,) = whole_post(TEXTS, post)
    assert view.text == "About #AI\n\n#startup\n<i>Notes</i>"


def test_a_long_post_comes_in_parts_with_buttons_that_leave_them_alone() -> None:
    post = replace(LONG, links=(Link(url="https://b.kr/", raw="b.kr", host="b.kr"),))
    *earlier, last = whole_post(TEXTS, post, back=BACK)
    assert len(earlier) == 2
    assert all(view.keyboard is None and view.preview is None for view in earlier)
    assert last.preview == "https://b.kr/"
    assert earlier[0].text.startswith("<b>A title</b>\n<blockquote expandable>Paragraph 0.")
    assert all(view.text.startswith("<blockquote expandable>P") for view in (*earlier[1:], last))
    assert data_of("Back", post, back=BACK) == pack(Anew(BACK))
    assert data_of("Similar", post, back=BACK) == pack(Anew(Similar(7, BACK)))


@given(st.text(st.sampled_from("가a<&👍 \n"), min_size=3900, max_size=4300))
def test_a_text_around_the_limit_is_sent_whole(text: str) -> None:
    post = replace(
        POST,
        text=text,
        forwarded_from="f" * 300,
        reply_to=ReplyTo(snippet="s" * 500),
        tags=tuple("t" * 99 for _ in range(30)),
        links=tuple(Link(url="https://" + "h" * 200, raw="", host="h") for _ in range(12)),
        media=Media(kind=MediaKind.DOCUMENT, names=tuple("😀" * 300 for _ in range(9))),
        views=10**15,
    )
    views = whole_post(TEXTS, post, back=BACK)
    assert_sendable(*views)
    shown = "".join(plain(view.text) for view in views)
    assert "".join(text.split()) in "".join(shown.split())


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_post_without_text_still_has_its_source(text: str) -> None:
    (view,) = whole_post(TEXTS, replace(POST, text=text))
    assert view.text == "<i>Notes</i>"


def test_a_long_post_is_folded_up_below_its_title() -> None:
    bold = Entity(kind=EntityKind.BOLD, offset=9, length=4)
    quoted = Entity(kind=EntityKind.BLOCKQUOTE, offset=9, length=9)
    text = "A title\n\nvery well " + "word " * 200
    (view,) = whole_post(TEXTS, replace(POST, text=text, entities=(bold, quoted)))
    assert view.text.startswith(
        "<b>A title</b>\n<blockquote expandable><b><i>very</i></b><i> well</i> word"
    )
    assert view.text.endswith("word</blockquote>\n\n<i>Notes</i>")


def test_a_long_post_whose_first_line_is_long_goes_on_below_its_title() -> None:
    text = "One line that goes on and on. " * 30
    title = text[:73] + "…"
    (view,) = whole_post(TEXTS, replace(POST, text=text, title=title))
    assert view.text.startswith(f"<b>{title}</b>\n<blockquote expandable>…goes on and on. One line")
    assert plain(view.text).count("One line") == 30


@pytest.mark.parametrize(
    "text",
    ["> said before\n" * 40 + "A title", "before " * 50 + "A title\n" + "after " * 200],
    ids=["at the end", "far from the beginning"],
)
def test_a_title_that_does_not_begin_its_text_stands_above_all_of_it(text: str) -> None:
    (view,) = whole_post(TEXTS, replace(POST, text=text))
    assert view.text.startswith("<b>A title</b>\n<blockquote expandable>")
    assert plain(view.text).count("A title") == 2


def test_a_post_looks_as_its_author_formatted_it() -> None:
    link = Link(url="https://a.kr/", raw="https://a.kr/", host="a.kr")
    # Offsets count characters, and no link is listed that the text shows.
    entities = (
        Entity(kind=EntityKind.SPOILER, offset=2, length=2),
        Entity(kind=EntityKind.TEXT_LINK, offset=5, length=2, url="https://a.kr/"),
    )
    post = replace(POST, text="👍 범인 여기 [저기](https://b.kr/)", entities=entities)
    post = replace(post, links=(link, Link(url="https://b.kr/", raw="https://b.kr/", host="b.kr")))
    (view,) = whole_post(TEXTS, post)
    assert view.text == (
        '👍 <tg-spoiler>범인</tg-spoiler> <a href="https://a.kr/">여기</a> '
        '<a href="https://b.kr/">저기</a>\n\n<i>Notes</i>'
    )


def test_links_that_the_text_does_not_show_stand_below_it() -> None:
    links = tuple(Link(url=f"https://{h}/", raw=f"https://{h}/", host=h) for h in ("a.kr", "b.kr"))
    (view,) = whole_post(TEXTS, replace(POST, text="See https://a.kr/ please", links=links))
    assert view.text.count("🔗") == 1
    assert '<a href="https://b.kr/">b.kr/</a>' in view.text


def test_a_time_is_shown_in_the_reader_s_zone_and_a_mere_day_as_it_is() -> None:
    at = datetime(2023, 6, 5, 23, 30, tzinfo=UTC)
    (view,) = whole_post(TEXTS, replace(POST, date=at))
    said = '<tg-time unix="1686007800" format="D">June 5, 2023</tg-time>'
    assert view.text.endswith(f"<i>Notes · {said}</i>")
    (view,) = whole_post(TEXTS, replace(POST, date=at.replace(hour=0, minute=0)))
    assert view.text.endswith("<i>Notes · June 5, 2023</i>")


def test_the_one_link_of_a_post_can_be_copied() -> None:
    link = Link(url="https://a.kr/1", raw="a.kr/1", host="a.kr")
    (view,) = whole_post(TEXTS, replace(POST, links=(link,)))
    (copies,) = [one for one in buttons_of(view) if one.copy_text]
    assert copies.copy_text
    assert (copies.text, copies.copy_text.text) == ("📋 Copy link", "https://a.kr/1")
    for links in (
        (link, replace(link, url="https://a.kr/2")),
        (replace(link, truncated=True),),
        (replace(link, raw="a.kr/" + "x" * 256),),
    ):
        (view,) = whole_post(TEXTS, replace(POST, links=links))
        assert not [one for one in buttons_of(view) if one.copy_text]
