"""One post is one post: from JSON, from HTML, from its preview page, and as it comes live."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import pytest
from telegram import Message

from bot.handlers.live import post_of
from seeds.formats import preview_page
from seeds.formats.preview_parts import take_apart
from storage import NewPost, prepare
from tests.support.exports import (
    MOMENT,
    TITLE,
    html_export,
    html_message,
    message,
    read_messages,
    read_page,
)
from tests.support.preview import page_text, part

NUMBER: Final = 7
DATE: Final = datetime.fromtimestamp(MOMENT + 60 * NUMBER, UTC)
MAP: Final = "https://maps.google.com/maps?q=37.566500,126.978000&ll=37.566500,126.978000&z=16"


class Forms(NamedTuple):
    """A post as each of the four has it, and what it says."""

    json: dict[str, Any]
    html: str
    page: str
    live: dict[str, Any]
    text: str
    links: tuple[str, ...] = ()


def generic(class_: str, title: str, description: str = "", status: str = "") -> str:
    said = (("title bold", title), ("description", description), ("status details", status))
    inner = "".join(f'<div class="{name}">\n{text}\n</div>' for name, text in said if text)
    return (
        f'<div class="media_wrap clearfix"><a class="media clearfix {class_}" href="{MAP}">'
        f'<div class="fill"></div><div class="body">{inner}</div></a></div>'
    )


def entity(type_: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": type_, "offset": offset, "length": length, **more}


OPTION: Final = {"voter_count": 3, "persistent_id": "1"}
POLL: Final = {
    "id": "1",
    "question": "점심?",
    "options": [{"text": "김밥 🍙", **OPTION}, {"text": "라면", **OPTION}],
    "total_voter_count": 3,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
PLACE: Final = {"latitude": 37.5665, "longitude": 126.978}
FILE: Final = {"file_id": "a", "file_unique_id": "b"}

POSTS: Final = {
    "looks and links": Forms(
        json={
            "text_entities": [
                {"type": "bold", "text": "🔥굵게"},
                {"type": "plain", "text": " "},
                {"type": "text_link", "text": "보고서", "href": "https://example.org/r?a=1&b=2"},
                {"type": "plain", "text": "\n"},
                {"type": "link", "text": "https://example.com/글"},
                {"type": "plain", "text": " "},
                {"type": "mention", "text": "@galpi"},
                {"type": "plain", "text": " "},
                {"type": "spoiler", "text": "비밀"},
            ]
        },
        html='<div class="text">\n<strong>🔥굵게</strong> <a href="https://example.org/r?a=1&amp;b=2">'
        '보고서</a><br><a href="https://example.com/글">https://example.com/글</a> '
        '<a href="https://t.me/galpi">@galpi</a> <span class="spoiler hidden">'
        '<span aria-hidden="true">비밀</span></span>\n</div>',
        page=page_text(
            '<b><i class="emoji"><b>🔥</b></i>굵게</b> '
            '<a href="https://example.org/r?a=1&amp;b=2" target="_blank">보고서</a><br/>'
            '<a href="https://example.com/%EA%B8%80">https://example.com/글</a> '
            '<a href="https://t.me/galpi">@galpi</a> <tg-spoiler>비밀</tg-spoiler>'
        ),
        live={
            "text": "🔥굵게 보고서\nhttps://example.com/글 @galpi 비밀",
            "entities": [
                entity("bold", 0, 4),
                entity("text_link", 5, 3, url="https://example.org/r?a=1&b=2"),
                entity("url", 9, 21),
                entity("mention", 31, 6),
                entity("spoiler", 38, 2),
            ],
        },
        text="🔥굵게 보고서\nhttps://example.com/글 @galpi 비밀",
        links=("https://example.org/r?a=1&b=2", "https://example.com/%EA%B8%80"),
    ),
    "links over white space": Forms(
        json={
            "text_entities": [
                {"type": "text_link", "text": " ", "href": "https://example.org/picture"},
                {"type": "plain", "text": "첫 줄"},
                {"type": "text_link", "text": "\n", "href": "https://example.com/page"},
                {"type": "plain", "text": "둘째 줄"},
            ]
        },
        html='<div class="text">\n<a href="https://example.org/picture"> </a>첫 줄'
        '<a href="https://example.com/page"><br></a>둘째 줄\n</div>',
        page=page_text(
            '<a href="https://example.org/picture"> </a>첫 줄'
            '<a href="https://example.com/page"><br/></a>둘째 줄'
        ),
        live={
            "text": " 첫 줄\n둘째 줄",
            "entities": [
                entity("text_link", 0, 1, url="https://example.org/picture"),
                entity("text_link", 4, 1, url="https://example.com/page"),
            ],
            "link_preview_options": {"url": "https://example.org/picture"},
        },
        text="첫 줄\n둘째 줄",
        links=("https://example.org/picture", "https://example.com/page"),
    ),
    "a poll": Forms(
        json={
            "poll": {
                "question": "점심?",
                "answers": [{"text": "김밥 🍙", "voters": 3}, {"text": "라면", "chosen": True}],
            }
        },
        html='<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">'
        '\n점심?\n</div><div class="details">Anonymous poll</div><div class="answer">\n- 김밥 🍙'
        ' <span class="details">3 votes, chosen vote</span>\n</div><div class="answer">\n- 라면\n'
        '</div><div class="total details	">3 votes</div></div></div>',
        page=part(
            "poll",
            part("poll_question", "점심?"),
            part("poll_option_text", '김밥 <i class="emoji"><b>🍙</b></i>'),
            part("poll_option_text", "라면"),
        ),
        live={"poll": POLL},
        text="점심?\n- 김밥 🍙\n- 라면",
    ),
    "a venue": Forms(
        json={"place_name": "시청", "address": "세종대로 110", "location_information": PLACE},
        html=generic("media_venue", "시청", "세종대로 110"),
        page=f'<a class="tgme_widget_message_location_wrap" href="{MAP}">'
        f"{part('location_title', '시청')}{part('location_address', '세종대로 110')}</a>",
        live={
            "location": PLACE,
            "venue": {"location": PLACE, "title": "시청", "address": "세종대로 110"},
        },
        text="시청\n세종대로 110",
        links=("https://maps.google.com/maps?q=37.5665,126.978",),
    ),
    "a contact": Forms(
        json={
            "contact_information": {
                "first_name": "길동",
                "last_name": "홍",
                "phone_number": "+82 10 1234 5678",
            }
        },
        html=generic("media_contact", "길동 홍", status="+82 10 1234 5678 - vCard"),
        page=part("contact_name", "길동 홍") + part("contact_phone", "+82 10 1234 5678"),
        live={"contact": {"phone_number": "821012345678", "first_name": "길동", "last_name": "홍"}},
        text="길동 홍\n+821012345678",
    ),
    "a song": Forms(
        json={
            "file": "files/a.mp3",
            "media_type": "audio_file",
            "performer": "가람밴드",
            "title": "산책",
        },
        html=generic("media_audio_file", "가람밴드 – 산책"),
        page='<a class="tgme_widget_message_document_wrap" href="x">'
        '<div class="tgme_widget_message_document_icon audio"></div>'
        f"{part('document_title', '산책')}{part('document_extra', '가람밴드')}</a>",
        live={"audio": {**FILE, "duration": 9, "performer": "가람밴드", "title": "산책"}},
        text="가람밴드 – 산책",
    ),
    "a file with a caption": Forms(
        json={"file": "(File not included.)", "file_name": "전망.pdf", "text": "자료"},
        html=generic("media_file", "전망.pdf") + '<div class="text">\n자료\n</div>',
        page='<a class="tgme_widget_message_document_wrap" href="x">'
        f"{part('document_title', '전망.pdf')}{part('document_extra', '1 MB')}</a>"
        + page_text("자료"),
        live={"document": {**FILE, "file_name": "전망.pdf"}, "caption": "자료"},
        text="자료",
    ),
    "a button": Forms(
        json={
            "text": "신청하세요",
            "inline_bot_buttons": [
                [{"type": "url", "text": "신청", "data": "https://example.org/apply"}]
            ],
        },
        html='<div class="text">\n신청하세요\n</div><table class="bot_buttons_table"><tbody><tr>'
        '<td class="bot_button_row"><div class="bot_button"><a href="https://example.org/apply">'
        "<div>신청</div></a></div></td></tr></tbody></table>",
        page=page_text("신청하세요")
        + '<a class="tgme_widget_message_inline_button url_button" href="https://example.org/apply">'
        '<span class="tgme_widget_message_inline_button_text">신청</span></a>',
        live={
            "text": "신청하세요",
            "reply_markup": {
                "inline_keyboard": [[{"text": "신청", "url": "https://example.org/apply"}]]
            },
        },
        text="신청하세요",
        links=("https://example.org/apply",),
    ),
    "a forward": Forms(
        json={"text": "옮긴 글", "forwarded_from": "다른 채널"},
        html='<div class="forwarded body"><div class="from_name">\n다른 채널 via @some_bot'
        '<span class="date details" title="x"> 03.03.2024 07:00:00</span>\n</div>'
        '<div class="text">\n옮긴 글\n</div></div>',
        page='<div class="tgme_widget_message_forwarded_from">Forwarded from '
        '<a class="tgme_widget_message_forwarded_from_name" href="x">'
        '<span dir="auto">다른 채널</span><i class="verified-icon"> ✔</i></a></div>'
        + page_text("옮긴 글"),
        live={
            "text": "옮긴 글",
            "forward_origin": {
                "type": "channel",
                "date": 1,
                "message_id": 3,
                "chat": {"id": -1001, "type": "channel", "title": "다른 채널"},
            },
        },
        text="옮긴 글",
    ),
}


def from_json(forms: Forms) -> NewPost:
    ((post,),) = (batch.posts for batch in read_messages(message(NUMBER, **forms.json)))
    return post


def from_html(forms: Forms) -> NewPost:
    source = html_export(html_message(NUMBER, forms.html))
    ((post,),) = (batch.posts for batch in read_page(source))
    return post


def from_page(forms: Forms) -> NewPost:
    foot = f'<a class="tgme_widget_message_date"><time datetime="{DATE.isoformat()}"></time></a>'
    element = (
        f'<div class="tgme_widget_message" data-post="galpi/{NUMBER}">{forms.page}{foot}</div>'
    )
    (post,) = preview_page.read(take_apart(element), "page.html").posts
    return post


def from_live(forms: Forms) -> NewPost:
    chat = {"id": -1001234567890, "type": "channel", "title": TITLE}
    told = {"message_id": NUMBER, "date": int(DATE.timestamp()), "chat": chat, **forms.live}
    return post_of(Message.de_json(told, None))


def links_of(post: NewPost) -> tuple[str, ...]:
    (ready,) = prepare([post], "").posts
    return tuple(link.url for link in ready.links)


@pytest.mark.parametrize("form", [from_json, from_html, from_page, from_live])
@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_the_same_four_ways(name: str, form: Any) -> None:  # noqa: ANN401 - a function
    forms = POSTS[name]
    post, model = form(forms), from_json(forms)
    named = post.media.names if post.media else ()
    assert (post.text or "\n".join(named)) == forms.text  # live, the archive sees to that
    assert links_of(post) == links_of(model)
    assert len(links_of(post)) == len(forms.links)
    assert (post.message_id, post.date, post.ordinal) == (NUMBER, DATE, int(DATE.timestamp()))
    assert (post.forwarded_from, post.media) == (model.forwarded_from, model.media)
    assert (post.entities, post.cards) == (model.entities, model.cards)
