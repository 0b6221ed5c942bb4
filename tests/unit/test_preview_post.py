"""What a preview page shows of a post is what the archive keeps of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.formats import preview_page
from seeds.formats.batches import BATCH_TEXT, Left, Skip
from seeds.formats.preview_parts import take_apart
from storage import Card, Entity, EntityKind, Media, MediaKind, NewPost, Reaction
from tests.support.preview import page_text, part

if TYPE_CHECKING:
    from seeds.formats.preview_page import PreviewPage

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"
PREVIEW = (EXPORTS / "preview.html").read_text(encoding="utf-8")
DATE = '<a class="tgme_widget_message_date"><time datetime="2024-05-01T00:00:00+00:00"></time></a>'


def element(inside: str, *, id_: str = "trial/5", foot: str = DATE) -> str:
    return f'<div class="tgme_widget_message" data-post="{id_}">{inside}{foot}</div>'


def read(*elements: str) -> PreviewPage:
    return preview_page.read(take_apart("".join(elements)), "page.html")


def post(inside: str) -> NewPost:
    (only,) = read(element(inside)).posts
    return only


def test_formatting_is_kept_as_entities() -> None:
    read_ = post(
        page_text(
            "<b>굵게</b> <i>기울임</i> <code>x = 1</code> <tg-spoiler>비밀</tg-spoiler> "
            "<s>옛</s><br/>"
            '<pre><code class="language-python">print(1)</code></pre>'
            '<a href="https://example.org/a">여기</a> <a href="https://t.me/helper">@helper</a>'
        )
    )
    marked = [(one.kind, read_.text[one.offset : one.end]) for one in read_.entities]
    assert marked == [
        (EntityKind.BOLD, "굵게"),
        (EntityKind.ITALIC, "기울임"),
        (EntityKind.CODE, "x = 1"),
        (EntityKind.SPOILER, "비밀"),
        (EntityKind.STRIKETHROUGH, "옛"),
        (EntityKind.PRE, "print(1)"),
        (EntityKind.TEXT_LINK, "여기"),
    ]
    assert read_.text.endswith("여기 @helper")
    assert read_.entities[5].language == "python"


def test_a_preview_says_what_page_it_is_of() -> None:
    read_ = post(
        page_text("Read this")
        + '<a class="tgme_widget_message_link_preview" href="https://example.org/a">'
        '<div class="link_preview_site_name">가나일보</div>'
        '<div class="link_preview_title">양자컴퓨터\n   원년</div>'
        '<div class="link_preview_description">냉각이<br/>열쇠</div></a>'
    )
    assert read_.text == "Read this"
    assert read_.cards == (
        Card(
            url="https://example.org/a",
            title="양자컴퓨터 원년",
            description="가나일보\n냉각이\n열쇠",
        ),
    )


def test_buttons_lead_somewhere() -> None:
    read_ = post(
        page_text("Apply now")
        + '<a class="tgme_widget_message_inline_button url_button" href="https://example.org/apply">'
        '<span class="tgme_widget_message_inline_button_text">신청 하기</span></a>'
        '<a class="tgme_widget_message_inline_button" href="?q=x">no address</a>'
        '<a class="tgme_widget_message_inline_button" href="https://t.me/trial/5">👍 4.8K</a>'
    )
    assert read_.cards == (Card(url="https://example.org/apply", title="신청 하기", button=True),)


def test_addresses_that_the_page_escapes_twice_are_what_was_typed() -> None:
    read_ = post(
        page_text(
            '<a href="https://a.kr/?b=1&amp;amp;copy=2" onclick="return confirm()">여기</a> '
            '<a href="https://a.kr/?b=1&amp;amp;d=2" onclick="x">https://a.kr/?b=1&amp;d=2</a> '
            '<a href="https://a.kr/?b=1&amp;amp;d=2">거기</a>'
        )
    )
    urls = [one.url for one in read_.entities]
    assert urls == ["https://a.kr/?b=1&copy=2", None, "https://a.kr/?b=1&amp;d=2"]
    assert read_.entities[1].kind is EntityKind.URL


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<video></video>", MediaKind.ANIMATION),
        ("<video></video><div class=message_video_play></div>", MediaKind.VIDEO),
        ("<time class=message_video_duration>0:09</time>", MediaKind.VIDEO),
        ("", MediaKind.VIDEO),
    ],
)
def test_an_animation_is_a_video_that_nobody_starts(inside: str, kind: MediaKind) -> None:
    player = f'<a class="tgme_widget_message_video_player">{inside}</a>'
    assert post(player + page_text("words")).media == Media(kind=kind)


def document(title: str, extra: str, *, classes: str = "", href: str = "") -> str:
    return (
        f'<a class="tgme_widget_message_document_wrap" href="{href}">'
        f'<div class="tgme_widget_message_document_icon {classes}"></div>'
        f'<div class="tgme_widget_message_document_title">{title}</div>'
        f'<div class="tgme_widget_message_document_extra">{extra}</div></a>'
    )


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ("가람밴드", "가람밴드 – 산책"),
        ("3:25", "산책"),
        ("4.1 MB", "산책"),
        ("", "산책"),
        ("2NE1", "2NE1 – 산책"),
        ("311", "311 – 산책"),
    ],
)
def test_a_song_is_called_by_who_plays_it_too(extra: str, name: str) -> None:
    read_ = post(document("산책", extra, classes="audio"))
    assert (read_.text, read_.media) == (name, Media(kind=MediaKind.AUDIO, names=(name,)))


def test_a_file_beside_a_caption_keeps_its_name() -> None:
    read_ = post(document("report.pdf", "2 MB") + page_text("A caption"))
    assert read_.text == "A caption"
    assert read_.media == Media(kind=MediaKind.DOCUMENT, names=("report.pdf",))


def test_an_album_of_files_is_one_post() -> None:
    files = [
        document(f"{id_}.pdf", "1 MB", href=f"https://t.me/trial/{id_}?single") for id_ in (5, 6)
    ]
    quoted = page_text('as in <a href="https://t.me/trial/99?single">this one</a>')
    read_ = post("".join(files) + quoted)
    assert (read_.message_id, read_.album) == (5, (6,))
    assert read_.media == Media(kind=MediaKind.DOCUMENT, names=("5.pdf", "6.pdf"))


def place(*inside: str) -> str:
    map_ = f"{MAP}&ll=1,1"
    opening = f'<a class="tgme_widget_message_location_wrap" href="{map_}">'
    return f"{opening}{''.join(inside)}</a>"


MAP = "https://maps.google.com/maps?q=37.5,127.01"
VENUE = place(part("location_title", "카페 느린오후"), part("location_address", "합정역 7번 출구"))
CONTACT = part("contact_name", "Ada L") + part("contact_phone", "+44 20 7946")
GAME = part("game", part("game_title", "Chess"), part("game_description", "Two play"))
INVOICE = part("invoice", part("invoice_title", "책"), part("invoice_description", "초판"))
OPTION = part("poll_option_text", '김밥 <i class="emoji"><b>🍙</b></i>')
POLL = part("poll", part("poll_question", "어디?"), part("poll_option_percent", "40%"), OPTION)


@pytest.mark.parametrize(
    ("inside", "text", "url"),
    [
        (place(), "37.5, 127.01", MAP),
        (VENUE, "카페 느린오후\n합정역 7번 출구", MAP),
        (CONTACT, "Ada L\n+44207946", None),
        (GAME, "Chess\nTwo play", None),
        (INVOICE, "책\n초판", None),
        (page_text("점심?") + POLL, "점심?\n\n어디?\n- 김밥 🍙", None),
    ],
    ids=["place", "venue", "contact", "game", "invoice", "poll"],
)
def test_what_is_neither_text_nor_file_is_said(inside: str, text: str, url: str | None) -> None:
    read_ = post(inside)
    assert read_.text == text
    assert [card.url for card in read_.cards] == ([url] if url else [])


def test_the_mark_of_a_verified_channel_is_no_name() -> None:
    read_ = post(
        '<a class="tgme_widget_message_forwarded_from_name"><span dir="auto">Some Where</span>'
        '<i class="verified-icon"> ✔</i></a>' + page_text("words")
    )
    assert read_.forwarded_from == "Some Where"
    gone = '<span class="tgme_widget_message_forwarded_from_name">Deleted Account</span>'
    assert post(gone + page_text("words")).forwarded_from is None


@pytest.mark.parametrize("blank", ["\u200b", "\u3164", "\u2800 <br/> \u2800", "&nbsp;", "\u00ad"])
def test_what_nobody_sees_is_no_post(blank: str) -> None:
    page = read(element(page_text(blank)), element(page_text("words"), id_="trial/6"))
    assert [one.message_id for one in page.posts] == [6]
    assert page.skipped == Counter({Skip.EMPTY: 1})


def test_the_indentation_of_a_page_is_no_text() -> None:
    inside = page_text(
        "\n      좋은 소식이\n      있습니다\n      <b>\n  친구</b>\n      , 와요.<br>\n      "
        "둘째 줄\n    "
    )
    assert post(inside).text == "좋은 소식이 있습니다 친구, 와요.\n둘째 줄"


@pytest.mark.parametrize(
    "id_",
    [
        "trial/x",
        "trial/",
        "trial",
        "",
        "trial/0",
        "trial/-5",
        "trial/5/6",
        f"t/{2**31}",
        f"t/{'9' * 5000}",
        "trial/٥",
    ],
)
def test_a_post_without_its_id_costs_nothing_else(id_: str) -> None:
    page = read(
        element(page_text("one"), id_="trial/4"),
        element(page_text("lost"), id_=id_),
        element(page_text("three")),
    )
    assert [one.text for one in page.posts] == ["one", "three"]
    assert page.batches[0].left == (Left(Skip.DAMAGED, 4),)
    assert page.batches[0].source.username == "trial"


@pytest.mark.parametrize(
    "date", ["not a date", "", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:00", "PT9S"]
)
def test_a_date_that_is_none_costs_the_date_alone(date: str) -> None:
    (read_,) = read(element(page_text("words"), foot=f'<time datetime="{date}"></time>')).posts
    assert (read_.text, read_.date, read_.ordinal) == ("words", None, 0)


def test_figures_are_read_as_far_as_they_are_figures() -> None:
    odd = "".join(
        f'<span class="tgme_reaction">{shown}</span>'
        for shown in ("1.2.3K", "9" * 400, "²", "1.5K")
    )
    assert post(page_text("words") + odd).reactions >= 1500


def test_each_emoji_of_the_reactions_is_kept() -> None:
    read_ = post(
        page_text("words")
        + '<span class="tgme_reaction"><i class="emoji"><b>❤</b></i>1.2K</span>'
        + '<span class="tgme_reaction"><tg-emoji emoji-id="6"></tg-emoji>3</span>'
        + f'<span class="tgme_reaction"><i class="emoji"><b>{"👍" * 40}</b></i>5</span>'
    )
    assert read_.reactions == 1208
    assert read_.reacted == (Reaction(emoji="❤", count=1200),)


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        (
            (
                '<a class="tgme_widget_message_photo_wrap" style="width:1px;'
                "background-image:url('https://cdn4.example/file/a.jpg')\"></a>"
            ),
            "https://cdn4.example/file/a.jpg",
        ),
        (
            (
                '<a class="tgme_widget_message_link_preview" href="https://a.kr">'
                '<i class="link_preview_image" style="background-image:url(https://b.kr/1)"></i></a>'
            ),
            "https://b.kr/1",
        ),
        (
            (
                '<a class="tgme_widget_message_video_player">'
                '<i class="tgme_widget_message_video_thumb" '
                "style=\"background-image: url('https://b.kr/2')\"></i></a>"
            ),
            "https://b.kr/2",
        ),
        ('<i class="emoji" style="background-image:url(\'https://b.kr/3\')"></i>', None),
        (
            (
                '<a class="tgme_widget_message_photo_wrap" '
                "style=\"background-image:url('javascript:alert(1)')\"></a>"
            ),
            None,
        ),
        ('<a class="tgme_widget_message_photo_wrap"></a>', None),
    ],
)
def test_the_first_picture_is_the_thumbnail(shown: str, address: str | None) -> None:
    assert post(page_text("words") + shown).thumbnail == address


def test_a_page_cut_off_in_its_last_post_leaves_that_out() -> None:
    whole = element(page_text("whole")) + element(
        page_text("a last post that goes on"), id_="trial/6"
    )
    cut = take_apart(whole[: whole.index("that goes")])
    page = preview_page.read(cut, "page.html")
    assert [one.text for one in page.posts] == ["whole"]
    assert page.skipped == Counter({Skip.DAMAGED: 1})


def test_a_last_post_without_a_date_comes_in_from_a_whole_page() -> None:
    page = read(
        element(page_text("one")), element(page_text("two"), id_="trial/6", foot=""), "</html>"
    )
    assert [(one.text, one.date is None) for one in page.posts] == [("one", False), ("two", True)]


def test_long_pages_come_in_whole() -> None:
    text = "long " * (BATCH_TEXT // 20)
    page = read(*(element(page_text(text), id_=f"trial/{id_}") for id_ in range(1, 10)))
    assert [one.message_id for one in page.posts] == list(range(1, 10))
    assert len(page.batches) > 1


@given(st.integers(0, len(PREVIEW)))
def test_what_comes_before_a_cut_comes_in(at: int) -> None:
    whole = {one.message_id: one for one in read(PREVIEW).posts}
    cut = take_apart(PREVIEW[:at])
    posts = preview_page.read(cut, "cut.html").posts if cut.posts else ()
    for one in posts[:-1]:
        assert one == whole[one.message_id]


def wrapped(number: int) -> str:
    text = f'<b>{number}째</b> 글 &amp; 말<br/>둘째 줄 <a href="https://a.kr/{number}">여기</a>'
    inside = element(page_text(text), id_=f"trial/{number}")
    return f'<div class="tgme_widget_message_wrap js-widget_message_wrap">{inside}</div>\n'


POSTS: Final = [wrapped(number) for number in range(1, 7)]
HEAD: Final = '<html><body><section class="tgme_channel_history">'
WHOLE: Final = {one.message_id: one for one in read(HEAD, *POSTS).posts}
STRAY: Final = (
    *("", "<", ">", '"', "&", "\x00", "<b", "<b>", "<a href=", "<!--", "<!-- x", "<script>"),
    *("<style>", "<title>", "<textarea>", "<template>", "<iframe>", "<plaintext>", "<pre>"),
    *("<select>", "<svg>", "<table>", "</div>", "</div></div>", "</body></html>", "<div class='"),
)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 5), st.data())
def test_what_is_stray_in_a_post_costs_no_other(number: int, data: st.DataObject) -> None:
    post_ = POSTS[number]
    at = data.draw(st.integers(0, len(post_) - 1))
    lost = data.draw(st.integers(0, 12))
    stray = data.draw(st.sampled_from(STRAY))
    damaged = post_[:at] + stray + post_[at + lost :]
    found = read(HEAD, *POSTS[:number], damaged, *POSTS[number + 1 :], "</section></body></html>")
    touched = {number, number + 1} if at < START else {number + 1}
    left = {id_: one for id_, one in WHOLE.items() if id_ not in touched}
    assert {one.message_id: one for one in found.posts if one.message_id in left} == left


START: Final = len('<div class="tgme_widget_message_wrap js-widget_message_wrap">')
"""Characters by which a post is told from the one before it."""


@given(st.integers(0, len(PREVIEW)), st.integers(0, 80), st.text(max_size=8))
def test_no_page_is_too_odd(at: int, length: int, text: str) -> None:
    page = take_apart(PREVIEW[:at] + text + PREVIEW[at + length :])
    if page.posts:
        for one in preview_page.read(page, "odd.html").posts:
            assert all(0 <= entity.offset < entity.end <= len(one.text) for entity in one.entities)


def test_other_entities_stay_where_they_were() -> None:
    assert post(page_text("<b>a</b>\n")).entities == (
        Entity(kind=EntityKind.BOLD, offset=0, length=1),
    )


def test_dates_are_told_in_utc() -> None:
    assert post(page_text("words")).date == datetime(2024, 5, 1, tzinfo=UTC)
