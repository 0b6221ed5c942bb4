"""Who is answered, where, and what is no question."""

from html import unescape

import pytest
from telegram import Update

from bot.settings import Settings
from bot.texts import texts_for
from storage import Archive
from tests.support.recording import App, Person, RecordingRequest

PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
STICKER = {
    "file_id": "a",
    "file_unique_id": "b",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_a_group_is_answered_in_its_topic_as_a_reply(member: Person) -> None:
    (call,) = await member.says("/search@galpi_bot 연재")
    assert call.parameters["chat_id"] == -100
    assert call.parameters["message_thread_id"] == 55
    assert call.parameters["reply_parameters"]["message_id"] == 1
    assert call.parameters["reply_parameters"]["allow_sending_without_reply"] is True


async def test_every_part_of_a_long_post_stays_in_the_topic(member: Person) -> None:
    (results,) = await member.says("/search 문단입니다")
    *parts, _ = await member.presses(results.data("1"))
    assert {call.parameters["message_thread_id"] for call in parts} == {55}


@pytest.mark.parametrize("said", ["연재", "/search@other_bot 연재", "/unknown", "@galpi_bot 연재"])
async def test_a_group_s_own_talk_is_left_alone(member: Person, said: str) -> None:
    assert await member.says(said) == []


async def test_a_group_s_pictures_are_left_alone(member: Person) -> None:
    assert await member.sends(photo=PHOTO) == []


@pytest.mark.parametrize(
    "content",
    [{"photo": PHOTO}, {"sticker": STICKER}, {"location": {"latitude": 1, "longitude": 2}}],
)
async def test_something_else_than_words_gets_one_sentence(
    person: Person, content: dict[str, object]
) -> None:
    (call,) = await person.sends(**content)
    assert "글만 읽을 수 있어요" in call.text


async def test_an_album_gets_one_sentence_in_all(person: Person) -> None:
    calls = [await person.sends(photo=PHOTO, media_group_id="1") for _ in range(3)]
    assert [len(sent) for sent in calls] == [1, 0, 0]
    assert len(await person.sends(photo=PHOTO, media_group_id="2")) == 1


async def test_what_stands_below_a_picture_is_searched_for(person: Person) -> None:
    (call,) = await person.sends(photo=PHOTO, caption="연재", media_group_id="3")
    assert "글 12개" in call.text
    # The other pictures of the album say nothing more.
    assert await person.sends(photo=PHOTO, media_group_id="3") == []


async def test_what_telegram_reports_gets_no_answer(person: Person) -> None:
    assert await person.sends(group_chat_created=True) == []


async def test_an_unknown_command_is_shown_the_way(person: Person) -> None:
    (call,) = await person.says("/unknown")
    assert "/help" in call.text


@pytest.mark.parametrize("said", ["연재", "/search 연재", "/start"])
async def test_an_edited_message_is_not_answered_again(person: Person, said: str) -> None:
    assert await person.edits(said) == []


async def test_only_allowed_chats_and_users_are_answered(
    application: App, archive: Archive, person: Person, foreigner: Person, member: Person
) -> None:
    allowed = Settings(allowed_chats=frozenset({7, -100}))
    application.bot_data.fill(archive, allowed, application.bot_data.rng)
    assert len(await person.says("/start")) == 1
    assert len(await person.asks_inline("연재")) == 1
    assert len(await member.says("/search 연재")) == 1
    assert await foreigner.says("/start") == []
    assert await foreigner.asks_inline("연재") == []
    (answered,) = await foreigner.presses("1t0")
    assert answered.method == "answerCallbackQuery"
    assert "text" not in answered.parameters


async def test_who_speaks_as_a_channel_in_a_group_is_answered_in_english(
    application: App, request_: RecordingRequest
) -> None:
    group = {"id": -100, "type": "supergroup", "title": "Readers"}
    channel = {"id": -1, "type": "channel", "title": "Notes"}
    said = {"message_id": 1, "date": 1, "chat": group, "sender_chat": channel, "text": "/help"}
    said["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    await application.process_update(
        Update.de_json({"update_id": 1, "message": said}, application.bot)
    )
    (call,) = request_.calls
    assert texts_for("en")("help.typing") in unescape(call.text)


async def test_nothing_about_anybody_is_kept(
    application: App, person: Person, member: Person
) -> None:
    await person.says("연재")
    await member.says("/search 연재")
    assert not application.user_data
    assert not application.chat_data


@pytest.mark.parametrize("said", ["/start", "/search 투자", "/tag", "/links", "/random", "/stats"])
async def test_an_empty_archive_has_an_answer_to_everything(newcomer: Person, said: str) -> None:
    (call,) = await newcomer.says(said)
    assert call.method == "sendMessage"
    assert "문제가 생겼어요" not in call.text


async def test_an_empty_archive_has_no_rows_inline(newcomer: Person) -> None:
    (call,) = await newcomer.asks_inline("")
    assert call.parameters["results"] == []


async def test_a_channel_s_own_post_is_no_question(
    application: App, request_: RecordingRequest
) -> None:
    channel = {"id": -1, "type": "channel", "title": "Notes"}
    post = {"message_id": 1, "date": 1, "chat": channel, "text": "연재"}
    update = Update.de_json({"update_id": 1, "channel_post": post}, application.bot)
    await application.process_update(update)
    assert request_.calls == []
