"""Things other than text get a text, the same from every format."""

import pytest

from seeds.formats.composing import (
    Composed,
    audio_name,
    button,
    contact,
    game,
    giveaway,
    invoice,
    place,
    poll,
    preview,
    venue,
    with_words,
)
from seeds.formats.rich_text import RichText, marked
from storage import Card, Entity, EntityKind


def test_a_poll_is_its_question_and_options() -> None:
    assert poll("점심 ", ["김밥", "", " 라면"]).text.text == "점심\n- 김밥\n- 라면"


def test_entities_of_options_stand_where_the_options_do() -> None:
    link = marked("라면", EntityKind.TEXT_LINK, url="https://example.org/")
    text = poll("점심?", ["김밥", link]).text
    (entity,) = text.entities
    assert text.text[entity.offset : entity.end] == "라면"


def test_a_message_s_own_words_come_first() -> None:
    caption = marked("골라 주세요", EntityKind.BOLD)
    text = with_words(caption, poll("점심?", ["김밥"]))
    assert text == RichText(
        "골라 주세요\n\n점심?\n- 김밥", (Entity(kind=EntityKind.BOLD, offset=0, length=6),)
    )
    assert with_words("", poll("점심?", [])).text == "점심?"
    assert with_words("글", Composed()).text == "글"


def test_a_place_leads_to_a_map_whatever_its_digits() -> None:
    short, long = place(37.5665, 126.978), place(37.566500, 126.97800001)
    assert short == long
    assert short.text.text == "37.5665, 126.978"
    assert [card.url for card in short.cards] == ["https://maps.google.com/maps?q=37.5665,126.978"]


def test_a_venue_has_its_name_and_address() -> None:
    found = venue("서울시청", "세종대로 110", 37.5, 127.0)
    assert found.text.text == "서울시청\n세종대로 110"
    assert found.cards == (Card(url="https://maps.google.com/maps?q=37.5,127", title="서울시청"),)
    assert venue("서울시청", "").cards == ()


def test_a_game_leads_to_where_it_is_played() -> None:
    found = game("오목", "다섯 알", "https://t.me/gamebot?game=omok")
    assert found.text.text == "오목\n다섯 알"
    assert found.cards[0].url == "https://t.me/gamebot?game=omok"
    assert game("오목", "").cards == ()


@pytest.mark.parametrize("phone", ["+82 10 1234 5678", "821012345678", "+82-10-1234-5678"])
def test_a_telephone_number_is_one_however_it_is_spaced(phone: str) -> None:
    assert contact("길동", "홍", phone).text.text == "길동 홍\n+821012345678"


def test_what_is_given_away_is_named() -> None:
    assert giveaway(3, "책 꾸러미").text.text == "3 × 책 꾸러미"
    assert giveaway(10, "", months=6).text.text == "10 × Telegram Premium (6)"
    assert giveaway(1, "책", stars=500).text.text == "책\n⭐ 500"


def test_other_things_say_what_is_told_of_them() -> None:
    assert invoice("정기 구독", "한 달").text.text == "정기 구독\n한 달"
    assert audio_name("가람밴드", "산책", "a.mp3") == "가람밴드 – 산책"
    assert audio_name(None, "산책", "a.mp3") == "산책"
    assert audio_name("가람밴드", None, "a.mp3") == "a.mp3"
    assert audio_name("", "산책", None) == "산책"
    assert audio_name(None, None, None) == ""


def test_buttons_and_previews_need_an_address() -> None:
    assert button(" 신청  하기", "https://example.org/a") == Card(
        url="https://example.org/a", title="신청 하기", button=True
    )
    assert button("좋아요", "callback data") is None
    assert preview("https://example.org/", "제목", "사이트", "설명") == Card(
        url="https://example.org/", title="제목", description="사이트\n설명"
    )
    assert preview("javascript:alert(1)") is None
