"""How people come to ask: without words, in groups, and with commands that are nearly right."""

import pytest

from bot.handlers import COMMANDS
from bot.handlers.unexpected import nearest
from bot.texts import texts_for
from tests.support.recording import BOT, Person

KO = texts_for("ko")


async def test_search_without_words_asks_and_opens_a_reply(person: Person) -> None:
    (call,) = await person.says("/search")
    assert call.text == KO("search.how")
    assert call.parameters["reply_markup"] == {
        "force_reply": True,
        "input_field_placeholder": KO("search.placeholder"),
        "selective": False,
    }


async def test_a_group_is_asked_and_its_reply_is_searched_for(member: Person) -> None:
    (call,) = await member.says("/search")
    assert call.parameters["reply_markup"]["selective"] is True
    question = {
        "message_id": 50,
        "date": 1,
        "chat": member.chat,
        "from": BOT,
        "text": texts_for("en")("search.how"),
    }
    (found,) = await member.says("연재", reply_to_message=question)
    assert "글 12개" in found.text


async def test_watch_without_words_asks_and_takes_the_reply(person: Person, member: Person) -> None:
    for somebody in (person, member):
        (asked,) = await somebody.says("/watch")
        assert asked.parameters["reply_markup"]["force_reply"] is True
        question = {
            "message_id": 50,
            "date": 1,
            "chat": somebody.chat,
            "from": BOT,
            "text": asked.text,
        }
        (added,) = await somebody.says("  고래  #바다 ", reply_to_message=question)
        assert "“고래 #바다”" in added.text
        (listed,) = await somebody.says("/watches")
        assert "고래 #바다" in listed.buttons[0]["text"]


@pytest.mark.parametrize("by", [BOT | {"id": 5}, BOT])
async def test_other_replies_in_a_group_are_left_alone(
    member: Person, by: dict[str, object]
) -> None:
    text = KO("search.how") if by["id"] != BOT["id"] else "찾은 글"
    other = {"message_id": 50, "date": 1, "chat": member.chat, "from": by, "text": text}
    assert await member.says("연재", reply_to_message=other) == []


async def test_start_in_a_group_says_how_to_ask_there(member: Person, person: Person) -> None:
    (in_group,) = await member.says("/start")
    assert KO("start.in_group", name="galpi_bot") in in_group.text
    (alone,) = await person.says("/start")
    assert KO("start.invitation") in alone.text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/tags", "태그 "),
        ("/link", "링크"),
        ("/find 연재", "글 12개"),
        ("/serach 연재", "글 12개"),
        ("/rand", "비슷한 글"),
    ],
)
async def test_a_command_that_is_nearly_right_is_understood(
    person: Person, said: str, answer: str
) -> None:
    (call,) = await person.says(said)
    assert answer in call.text + " ".join(button["text"] for button in call.buttons)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tags", "tag"),
        ("lnks", "links"),
        ("watchs", "watch"),
        ("language", "lang"),
        ("he", None),
        ("forget", None),
        ("zzz", None),
    ],
)
def test_which_command_is_meant(typed: str, meant: str | None) -> None:
    assert nearest(typed, COMMANDS) == meant


async def test_a_group_s_near_miss_is_understood_where_it_names_the_bot(member: Person) -> None:
    (call,) = await member.says("/serach@Galpi_Bot 연재")
    assert "글 12개" in call.text
    assert await member.says("/serach 연재") == []
    assert await member.says("/serach@other_bot 연재") == []
