"""What is no text says the same from Telegram Desktop's JSON and from its HTML."""

from __future__ import annotations

from typing import Any

import pytest

from storage import Card, Media, MediaKind, NewPost, Reaction
from tests.support.exports import read_html_message, read_message

MAP = "https://maps.google.com/maps?q=37.566500,126.978000&ll=37.566500,126.978000&z=16"
POINT = {"latitude": 37.5665, "longitude": 126.978}


def generic(class_: str, *parts: tuple[str, str], href: str = "") -> str:
    tag, link = ("a", f' href="{href}"') if href else ("div", "")
    inner = "".join(f'<div class="{name}">\n{said}\n</div>' for name, said in parts)
    return (
        f'<div class="media_wrap clearfix"><{tag} class="media clearfix pull_left {class_}"{link}>'
        f'<div class="fill pull_left"></div><div class="body">{inner}</div></{tag}></div>'
    )


def options(details: str, *lines: str) -> str:
    return (
        '<div class="media_wrap clearfix"><div class="media_poll"><div class="question bold">\n'
        f'점심?\n</div><div class="details">\n{details}\n</div>'
        + "".join(f'<div class="answer">\n{line}\n</div>' for line in lines)
        + '<div class="total details	">13 votes</div></div></div>'
    )


def giveaway(*bodies: str) -> str:
    sections = "".join(
        f'<div class="section_title bold">\n{title}\n</div><div class="section_body">{body}</div>'
        for title, body in zip(("Giveaway Prizes", "with"), bodies, strict=True)
    )
    return f'<div class="media_wrap clearfix"><div class="media_giveaway">{sections}</div></div>'


THINGS: dict[str, tuple[dict[str, Any], str, str, tuple[str, ...]]] = {
    "poll": (
        {
            "poll": {
                "question": "점심?",
                "answers": [
                    {"text": "김밥", "voters": 12, "chosen": True},
                    {"text": ["라면 ", {"type": "custom_emoji", "text": "🍜"}], "voters": 1},
                ],
            }
        },
        options(
            "Anonymous poll",
            '- 김밥 <span class="details">12 votes, chosen vote</span>',
            '- 라면 <a href="">🍜</a> <span class="details">1 vote</span>',
        ),
        "점심?\n- 김밥\n- 라면 🍜",
        (),
    ),
    "checklist": (
        {"todo_list": {"title": "점심?", "answers": [{"text": "장보기", "id": 1}]}},
        options("To-do List", "- 장보기"),
        "점심?\n- 장보기",
        (),
    ),
    "place": (
        {"location_information": POINT},
        generic("media_location", ("title bold", "Location"), href=MAP),
        "37.5665, 126.978",
        ("https://maps.google.com/maps?q=37.5665,126.978",),
    ),
    "venue": (
        {"place_name": "서울시청", "address": "세종대로 110", "location_information": POINT},
        generic(
            "media_venue", ("title bold", "서울시청"), ("description", "세종대로 110"), href=MAP
        ),
        "서울시청\n세종대로 110",
        ("https://maps.google.com/maps?q=37.5665,126.978",),
    ),
    "invoice": (
        {
            "invoice_information": '{\n "title": "구독",\n "description": "한 달",\n'
            ' "amount": 990,\n "currency": "USD"}'
        },
        generic(
            "media_invoice",
            ("title bold", "구독"),
            ("description", "한 달"),
            ("status details", "$9.90"),
        ),
        "구독\n한 달\n9.90 USD",
        (),
    ),
    "game": (
        {
            "game_title": "오목",
            "game_description": "다섯 알",
            "game_link": "https://t.me/bot?game=o",
        },
        generic(
            "media_game",
            ("title bold", "오목"),
            ("description", "다섯 알"),
            ("status details", "https://t.me/bot?game=o"),
            href="https://t.me/bot?game=o",
        ),
        "오목\n다섯 알",
        ("https://t.me/bot?game=o",),
    ),
    "contact": (
        {
            "contact_information": {
                "first_name": "길동",
                "last_name": "홍",
                "phone_number": "+82 10 1234 5678",
            }
        },
        generic(
            "media_contact",
            ("title bold", "길동 홍"),
            ("status details", "+82 10 1234 5678 - vCard"),
        ),
        "길동 홍\n+821012345678",
        (),
    ),
    "giveaway of a prize": (
        {"giveaway_information": {"quantity": 3, "months": 6, "additional_prize": "책"}},
        giveaway("<b>3</b> 책", "<b>3</b> Telegram Premium Subscriptions for <b>6</b> months."),
        "3 × 책\n3 × Telegram Premium (6)",
        (),
    ),
    "giveaway of stars": (
        {"giveaway_information": {"quantity": 2, "stars": 500, "additional_prize": ""}},
        giveaway("<b>2</b> ", "<b>500 Stars</b> will be distributed among <b>2</b> winners."),
        "⭐ 500",
        (),
    ),
    "song": (
        {
            "file": "files/s.mp3",
            "file_name": "s.mp3",
            "media_type": "audio_file",
            "performer": "가람밴드",
            "title": "산책",
        },
        generic("media_audio_file", ("title bold", "가람밴드 – 산책"), href="files/s.mp3"),
        "가람밴드 – 산책",
        (),
    ),
    "song without a name": (
        {"file": "files/새벽기차.mp3", "media_type": "audio_file"},
        generic("media_audio_file", ("title bold", "Audio file"), href="files/새벽기차.mp3"),
        "새벽기차.mp3",
        (),
    ),
    "file": (
        {"file": "(File not included.)", "file_name": "보고서.pdf"},
        generic("media_file", ("title bold", "보고서.pdf"), ("description", "Not included")),
        "보고서.pdf",
        (),
    ),
}


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_says_the_same_in_both_formats(thing: str) -> None:
    fields, inner, text, links = THINGS[thing]
    from_json, from_html = read_message(**fields), read_html_message(inner)
    assert from_json == from_html
    assert (from_json.text, tuple(card.url for card in from_json.cards)) == (text, links)


@pytest.mark.parametrize("thing", THINGS)
def test_a_caption_stands_before_what_the_thing_says(thing: str) -> None:
    fields, inner, text, _ = THINGS[thing]
    from_json = read_message(**fields, text="덧붙인 말")
    from_html = read_html_message(f'{inner}<div class="text">\n덧붙인 말\n</div>')
    assert from_json == from_html
    named = from_json.media is not None and text in from_json.media.names
    assert from_json.text == ("덧붙인 말" if named else f"덧붙인 말\n\n{text}")


KINDS: list[tuple[dict[str, Any], str, MediaKind]] = [
    ({"photo": "p.jpg"}, generic("media_photo", ("title bold", "Photo")), MediaKind.PHOTO),
    ({"photo": "p.jpg"}, '<a class="photo_wrap clearfix" href="p.jpg"></a>', MediaKind.PHOTO),
    (
        {"file": "s.webp", "media_type": "sticker"},
        generic("media_photo", ("title bold", "Sticker"), ("status details", "🔥")),
        MediaKind.STICKER,
    ),
    (
        {"file": "v.mp4", "media_type": "video_message"},
        generic("media_video", ("title bold", "Video message"), ("status details", "00:09")),
        MediaKind.ROUND_VIDEO,
    ),
    (
        {"file": "a.mp4", "media_type": "animation"},
        generic("media_video", ("title bold", "Animation")),
        MediaKind.ANIMATION,
    ),
    (
        {"file": "v.ogg", "media_type": "voice_message"},
        generic("media_voice_message", ("title bold", "Voice message")),
        MediaKind.VOICE,
    ),
]


@pytest.mark.parametrize(("fields", "inner", "kind"), KINDS)
def test_a_kind_of_media_is_the_same_in_both_formats(
    fields: dict[str, Any], inner: str, kind: MediaKind
) -> None:
    from_json = read_message(**fields, text="글")
    assert from_json == read_html_message(f'{inner}<div class="text">글</div>')
    assert from_json.media == Media(kind=kind)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("files/file_3@04-05-2024_10-24-32.pdf", ()),
        ("files/file_3@04-05-2024_10-24-32", ()),
        ("files/file_3@04-05-2024_10-24-32 (1).pdf", ()),
        ("files/file_3.pdf", ("file_3.pdf",)),
        ("files/새 file_3@04-05-2024_10-24-32.pdf", ("새 file_3@04-05-2024_10-24-32.pdf",)),
    ],
)
def test_what_the_exporter_called_a_file_is_not_its_name(path: str, names: tuple[str, ...]) -> None:
    told = Media(kind=MediaKind.DOCUMENT, names=names)
    assert read_message(text="설명", file=path).media == told
    shown = generic("media_file", ("title bold", "File"), href=path)
    assert read_html_message(shown + '<div class="text">설명</div>').media == told
    video = path.replace("file_3", "video_3")
    named = tuple(name.replace("file_3", "video_3") for name in names)
    media = read_message(text="설명", file=video, media_type="video_file").media
    assert media == Media(kind=MediaKind.VIDEO, names=named)


@pytest.mark.parametrize("tag", ["span", "div"])
def test_reactions_are_read_from_newer_and_older_pages(tag: str) -> None:
    """Telegram Desktop 5.6 to 5.12 wrote them as blocks."""
    shown = (
        '<div class="text">글</div><span class="reactions"><span class="reaction active">'
        '<span class="emoji">👍</span><span class="count">12</span></span><span class="reaction">'
        '<span class="emoji">🔥</span><span class="userpics"><div class="userpic"></div>'
        '</span></span><span class="reaction"><span class="emoji"><a href="stickers/1.webp">😎</a>'
        '</span><span class="count">3</span></span></span>'
    )
    post = read_html_message(shown.replace("<span", f"<{tag}").replace("</span", f"</{tag}"))
    assert (post.text, post.reactions) == ("글", 16)
    assert post.reacted == (Reaction(emoji="👍", count=12), Reaction(emoji="🔥", count=1))


def test_buttons_that_lead_to_an_address_are_kept() -> None:
    rows = [
        [{"type": "url", "text": "신청", "data": "https://example.org/a"}],
        [
            {"type": "callback", "text": "좋아요", "dataBase64": "eA", "data": ""},
            {"type": "web_view", "text": "열기", "data": "https://example.org/w"},
            {"type": "copy_text", "text": "복사", "data": "https://example.org/no"},
        ],
    ]
    inner = (
        '<div class="text">글</div><table class="bot_buttons_table"><tbody>'
        '<tr><td class="bot_button_row"><div class="bot_button"><a href="https://example.org/a">'
        '<div>\n신청\n</div></a></div></td></tr><tr><td class="bot_button_row">'
        '<div class="bot_button"><a onclick="return ShowTextCopied(\'Data:  | Type: callback\');">'
        '<div>좋아요</div></a></div><div class="bot_button">'
        "<a onclick=\"return ShowTextCopied('Data: https://example.org/w | Type: web_view');\">"
        "<div>열기</div></a></div></td></tr></tbody></table>"
    )
    post = read_message(text="글", inline_bot_buttons=rows)
    assert post.cards == (
        Card(url="https://example.org/a", title="신청", button=True),
        Card(url="https://example.org/w", title="열기", button=True),
    )
    assert post == read_html_message(inner)


def parts(*told: tuple[str, str, dict[str, str]]) -> list[dict[str, str]]:
    return [{"type": type_, "text": text, **more} for type_, text, more in told]


TEXTS: list[tuple[list[dict[str, str]], str]] = [
    (
        parts(
            ("plain", "앞 ", {}),
            ("bold", "굵게", {}),
            ("plain", "\n", {}),
            ("text_link", "보고서", {"href": "https://example.org/r?a=1&b=2"}),
            ("plain", " 와 ", {}),
            ("link", "naver.com", {}),
            ("spoiler", "비밀", {}),
        ),
        (
            '앞 <strong>굵게</strong><br><a href="https://example.org/r?a=1&amp;b=2">보고서</a> 와 '
            '<a href="naver.com">naver.com</a><span class="spoiler hidden" '
            'onclick="ShowSpoiler(this)"><span aria-hidden="true">비밀</span></span>'
        ),
    ),
    (
        parts(("plain", "앞\n", {}), ("blockquote", "인용\n둘", {}), ("plain", "\n뒤", {})),
        "앞<br><blockquote>인용<br>둘</blockquote><br>뒤",
    ),
    (
        parts(
            ("mention", "@galpi", {}),
            ("plain", " ", {}),
            ("hashtag", "#태그", {}),
            ("plain", " ", {}),
            ("custom_emoji", "🔥", {"document_id": "stickers/a.webm"}),
        ),
        (
            '<a href="https://t.me/galpi">@galpi</a> <a href="" onclick="x">#태그</a> '
            '<a href = "stickers/a.webm">🔥</a>'
        ),
    ),
]


@pytest.mark.parametrize(("told", "inner"), TEXTS)
def test_a_text_looks_the_same_in_both_formats(told: list[dict[str, str]], inner: str) -> None:
    from_json = read_message(text_entities=told)
    from_html = read_html_message(f'<div class="text">\n{inner}\n</div>')
    assert from_json.text == "".join(part["text"] for part in told)
    assert from_json == from_html


def test_who_is_forwarded_is_the_same_in_both_formats() -> None:
    def forwarded(name: str) -> NewPost:
        date = '<span class="date details" title="x"> 03.03.2024 07:00:00</span>'
        return read_html_message(
            f'<div class="forwarded body"><div class="from_name">\n{name}{date}\n</div>'
            '<div class="text">글</div></div>'
        )

    assert forwarded("다른 채널 via @bot") == read_message(text="글", forwarded_from="다른 채널")
    assert forwarded("Deleted Account") == read_message(text="글", forwarded_from=None)
