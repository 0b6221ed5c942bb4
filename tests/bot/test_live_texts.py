"""A live post says what its export and its page say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seeds.importing import import_documents
from storage import Added, Archive, Card, Entity, EntityKind, Media, MediaKind
from tests.support.broadcast import DATE, Channel, found

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings
    from storage import Post
    from tests.support.recording import Json


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"channels": frozenset({"@live_channel"})})


async def live(archive: Archive, id_: int = 5) -> Post:
    return await archive.find_post(id_, username="live_channel")


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


async def test_entities_count_characters(channel: Channel, archive: Archive) -> None:
    text = "🤖🤖 굵게 code here #태그 @name"
    entities = [
        entity("bold", 5, 2),
        entity("pre", 8, 4, language="python"),
        entity("text_link", 13, 4, url="https://example.org/a"),
        entity("hashtag", 18, 3),
        entity("mention", 22, 5),
        entity("custom_emoji", 0, 2, custom_emoji_id="5"),
    ]
    await channel.posts(5, text, entities=entities)
    assert (await live(archive)).entities == (
        Entity(kind=EntityKind.BOLD, offset=3, length=2),
        Entity(kind=EntityKind.PRE, offset=6, length=4, language="python"),
        Entity(kind=EntityKind.TEXT_LINK, offset=11, length=4, url="https://example.org/a"),
    )


async def test_an_edit_changes_the_entities(channel: Channel, archive: Archive) -> None:
    await channel.posts(5, "plain bold", entities=[entity("bold", 6, 4)])
    await channel.edits(5, "plain code", entities=[entity("code", 6, 4)])
    assert (await live(archive)).entities == (Entity(kind=EntityKind.CODE, offset=6, length=4),)
    await channel.edits(5, "plain code", edit_date=DATE + 90)
    assert (await live(archive)).entities == ()


async def test_telegram_says_what_is_a_link(channel: Channel, archive: Archive) -> None:
    text = "글은 https://blog.example.co.kr/글-제목을 보세요. not.a.link"
    await channel.posts(5, text, entities=[entity("url", 3, 31)])
    (link,) = (await live(archive)).links
    assert link.raw == "https://blog.example.co.kr/글-제목"


async def test_buttons_and_previews_are_links(channel: Channel, archive: Archive) -> None:
    keyboard = [
        [
            {"text": "신청하기", "url": "https://forms.example.org/apply"},
            {"text": "Vote", "callback_data": "1"},
        ],
        [{"text": "Log in", "login_url": {"url": "https://login.example.org/"}}],
    ]
    await channel.posts(
        5,
        "Apply now",
        reply_markup={"inline_keyboard": keyboard},
        link_preview_options={"url": "https://example.org/shown"},
    )
    await channel.posts(
        6, "No preview", link_preview_options={"is_disabled": True, "url": "https://x.example/"}
    )
    assert (await live(archive)).cards == (
        Card(url="https://example.org/shown"),
        Card(url="https://forms.example.org/apply", title="신청하기", button=True),
        Card(url="https://login.example.org/", title="Log in", button=True),
    )
    assert (await live(archive, 6)).cards == ()
    links = [link.url for link in (await live(archive)).links]
    assert links[1:] == ["https://forms.example.org/apply", "https://login.example.org/"]


SONG = {"file_id": "a", "file_unique_id": "b", "duration": 1}
OPTION = {"persistent_id": "1", "voter_count": 0}
POLL: Json = {
    "id": "1",
    "question": "어디로?",
    "options": [OPTION | {"text": "김밥 🍙"}, OPTION | {"text": "라면"}],
    "type": "regular",
    "total_voter_count": 7,
    "is_closed": False,
    "is_anonymous": True,
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
CHECKLIST = {"title": "할 일", "tasks": [{"id": 1, "text": "예약"}, {"id": 2, "text": "결제"}]}
PLACE = {"latitude": 37.5, "longitude": 127.01}
VENUE = {"location": PLACE, "title": "느린오후", "address": "합정역 7번 출구"}
INVOICE = {
    "title": "책",
    "description": "초판",
    "start_parameter": "x",
    "currency": "KRW",
    "total_amount": 15_000,
}
GAME = {"title": "Chess", "description": "Two play", "photo": []}
CONTACT = {"phone_number": "+44 20 7946", "first_name": "Ada", "last_name": "L"}
GIVEAWAY = {
    "chats": [],
    "winners_selection_date": DATE,
    "winner_count": 3,
    "prize_description": "머그컵",
}
RICH = {"blocks": [{"type": "paragraph", "text": ["분기 ", {"type": "bold", "text": "실적"}]}]}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"poll": POLL}, "어디로?\n- 김밥 🍙\n- 라면"),
        ({"poll": POLL | {"description": "점심"}}, "점심\n\n어디로?\n- 김밥 🍙\n- 라면"),
        ({"checklist": CHECKLIST}, "할 일\n- 예약\n- 결제"),
        ({"location": PLACE}, "37.5, 127.01"),
        ({"location": PLACE, "venue": VENUE}, "느린오후\n합정역 7번 출구"),
        ({"invoice": INVOICE}, "책\n초판\n15,000 KRW"),
        ({"game": GAME}, "Chess\nTwo play"),
        ({"contact": CONTACT}, "Ada L\n+44207946"),
        ({"giveaway": GIVEAWAY}, "3 × 머그컵"),
        ({"rich_message": RICH}, "분기 실적"),
        ({"audio": SONG | {"performer": "가람밴드", "title": "산책"}}, "가람밴드 – 산책"),
        ({"audio": SONG | {"title": "산책", "file_name": "track01.mp3"}}, "산책"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_what_is_no_text_says_something_too(
    channel: Channel, archive: Archive, message: Json, text: str
) -> None:
    await channel.posts(5, **message)
    assert (await live(archive)).text == text


async def test_a_song_with_a_caption_is_found_by_who_plays_it(
    channel: Channel, archive: Archive
) -> None:
    song = SONG | {"performer": "quokkaband", "title": "walk"}
    await channel.posts(5, caption="Listen", audio=song)
    assert await found(archive, "quokkaband") == ["Listen"]
    assert (await live(archive)).media == Media(kind=MediaKind.AUDIO, names=("quokkaband – walk",))


@pytest.mark.parametrize("blank", ["\u3164", "\u2800\n\u2800", "\u200b"])
async def test_a_live_post_of_nothing_visible_is_none(
    channel: Channel, archive: Archive, blank: str
) -> None:
    before = (await archive.stats()).posts
    await channel.posts(5, blank)
    assert (await archive.stats()).posts == before


async def test_odd_entities_and_halves_of_characters_do_no_harm(
    channel: Channel, archive: Archive
) -> None:
    entities = [
        entity("bold", 0, 999),
        entity("italic", 50, 3),
        entity("code", 1, 1),
        entity("text_link", 0, 2, url="javascript:alert(1)"),
    ]
    await channel.posts(5, "🤖half \ud800", entities=entities)
    post = await live(archive)
    assert post.text == "🤖half \ufffd"
    assert all(0 <= one.offset < one.end <= len(post.text) for one in post.entities)


def exported(message: Json) -> Json:
    return {"id": 5, "type": "message", "date_unixtime": str(DATE + 5), **message}


@pytest.mark.parametrize(
    ("message", "export"),
    [
        (
            {
                "text": "🤖 굵게 https://example.org/글",
                "entities": [entity("bold", 3, 2), entity("url", 6, 21)],
            },
            {
                "text_entities": [
                    {"type": "plain", "text": "🤖 "},
                    {"type": "bold", "text": "굵게"},
                    {"type": "plain", "text": " "},
                    {"type": "link", "text": "https://example.org/글"},
                ]
            },
        ),
        (
            {"poll": POLL},
            {
                "text_entities": [],
                "poll": {
                    "question": "어디로?",
                    "closed": False,
                    "total_voters": 7,
                    "answers": [
                        {"text": "김밥 🍙", "voters": 3, "chosen": False},
                        {"text": "라면", "voters": 4, "chosen": True},
                    ],
                },
            },
        ),
        (
            {"location": PLACE, "venue": VENUE},
            {
                "text_entities": [],
                "place_name": "느린오후",
                "address": "합정역 7번 출구",
                "location_information": PLACE,
            },
        ),
        (
            {
                "text": "Apply",
                "forward_origin": {
                    "type": "hidden_user",
                    "date": 1,
                    "sender_user_name": "Somebody",
                },
                "reply_markup": {
                    "inline_keyboard": [[{"text": "Go", "url": "https://example.org/apply"}]]
                },
            },
            {
                "text_entities": [{"type": "plain", "text": "Apply"}],
                "forwarded_from": "Somebody",
                "inline_bot_buttons": [
                    [{"type": "url", "text": "Go", "data": "https://example.org/apply"}]
                ],
            },
        ),
    ],
    ids=["text", "poll", "venue", "button"],
)
async def test_a_live_post_and_its_export_are_the_same(
    channel: Channel, archive: Archive, tmp_path: Path, message: Json, export: Json
) -> None:
    await channel.posts(5, **message)
    before = await live(archive)
    chat = {"name": channel.title, "type": "public_channel", "id": 1_500_000_001}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat | {"messages": [exported(export)]}))
    (imported,) = await import_documents(archive, [path])
    assert imported.added == Added(unchanged=1)
    assert await live(archive) == before
