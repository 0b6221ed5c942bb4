"""Sending, editing and deleting messages: Telegram's limits and its words for breaking them."""

from typing import Any

import pytest

from bot.playground.botapi.timeline import Acted
from tests.support.client import Person
from tests.support.raw import RawApi

NOT_MODIFIED = (
    400,
    (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    ),
)


@pytest.fixture
def ada(raw: RawApi) -> Person:
    ada = raw.telegram.person("Ada", language="ko", username="ada")
    ada.sends("/start")
    return ada


def markup(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def callback(data: str, text: str = "go") -> dict[str, str]:
    return {"text": text, "callback_data": data}


async def test_a_sent_message(raw: RawApi, ada: Person) -> None:
    answer = await raw.call(
        "sendMessage",
        chat_id=ada.user.id,
        text="<b>Hi</b> #ai ",
        parse_mode="HTML",
        reply_markup=markup([callback("x")]),
        link_preview_options={"is_disabled": True},
    )
    message = answer.result
    assert message["text"] == "Hi #ai"
    assert message["entities"] == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "hashtag", "offset": 3, "length": 3},
    ]
    assert message["chat"] == {
        "id": ada.user.id,
        "type": "private",
        "first_name": "Ada",
        "username": "ada",
    }
    assert message["from"]["is_bot"] is True
    assert message["reply_markup"] == markup([callback("x")])
    assert (await ada.hears()).text == "Hi #ai"


@pytest.mark.parametrize(
    ("text", "sent"),
    [("가" * 4096, True), ("가" * 4097, False), ("😀" * 2048, True), ("😀" * 2049, False)],
)
async def test_length_is_counted_in_utf16(
    raw: RawApi, ada: Person, text: str, *, sent: bool
) -> None:
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text=text)
    if sent:
        assert answer.result["text"] == text
    else:
        assert answer.refusal == (400, "Bad Request: message is too long")


async def test_length_is_counted_after_parsing(raw: RawApi, ada: Person) -> None:
    text = "&lt;" * 4096
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text=text, parse_mode="HTML")
    assert len(answer.result["text"]) == 4096


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        (
            {"text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "chat_id": 5}, "chat not found"),
        ({"text": "a", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "a", "chat_id": "x"}, 'field "chat_id" must be of type Integer or String'),
        ({"text": "a", "message_thread_id": 77}, "message thread not found"),
        (
            {"text": "a", "disable_web_page_preview": True},
            'unknown field "disable_web_page_preview"',
        ),
        (
            {"text": "a", "disable_notification": "maybe"},
            'field "disable_notification" must be of type Boolean',
        ),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "a", "reply_parameters": {}}, "message identifier is not specified"),
        ({"text": "a", "link_preview_options": {"url": "no"}}, "Wrong HTTP URL specified"),
        ({"text": "a", "entities": ["x"]}, "MessageEntity must be an Object"),
        ({"text": 5}, 'field "text" must be of type String'),
    ],
)
async def test_refused_messages(
    raw: RawApi, ada: Person, parameters: dict[str, Any], reason: str
) -> None:
    answer = await raw.call("sendMessage", **{"chat_id": ada.user.id, **parameters})
    assert answer.refusal == (400, f"Bad Request: {reason}")
    assert raw.telegram.refusals() == [f"sendMessage: Bad Request: {reason}"]


@pytest.mark.parametrize(
    ("keyboard", "reason"),
    [
        (markup([callback("x" * 65)]), "BUTTON_DATA_INVALID"),
        (markup([callback("가" * 22)]), "BUTTON_DATA_INVALID"),
        (markup([callback("")]), "BUTTON_DATA_INVALID"),
        (markup([callback("x", text="")]), "inline keyboard button text must be non-empty"),
        (
            markup([{"text": "a"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            markup([{**callback("x"), "url": "https://a.example"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (markup([{**callback("x"), "color": "red"}]), 'unknown field "color"'),
        (
            markup([{"text": "a", "url": "localhost"}]),
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (markup(*[[callback("x")]] * 101), "reply markup is too long"),
        (markup([callback("x")] * 9), "reply markup is too long"),
        (
            {"inline_keyboard": [callback("x")]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": []}, 'unknown field "keyboard"'),
        ("[]", 'field "reply_markup" must be of type Object'),
        ("{", 'field "reply_markup" must be of type Object'),
        (markup([{"text": "a", "copy_text": {"text": "x" * 257}}]), "COPY_TEXT_TOO_LONG"),
        (markup(["a"]), "InlineKeyboardButton must be an Object"),  # type: ignore[list-item]
    ],
)
async def test_refused_keyboards(
    raw: RawApi, ada: Person, keyboard: dict[str, Any], reason: str
) -> None:
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text="a", reply_markup=keyboard)
    assert answer.refusal == (400, f"Bad Request: {reason}")


async def test_accepted_keyboards(raw: RawApi, ada: Person) -> None:
    keyboard = markup(
        [callback("x" * 64)] * 8,
        [
            {"text": "try", "switch_inline_query": ""},
            {"text": "here", "switch_inline_query_current_chat": "투자"},
            {"text": "to", "switch_inline_query_chosen_chat": {"allow_user_chats": True}},
        ],
        [{"text": "web", "url": "https://a.example"}, {"text": "copy", "copy_text": {"text": "x"}}],
        *[[callback("y")]] * 87,
    )
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text="a", reply_markup=keyboard)
    assert answer.result["reply_markup"] == keyboard


async def test_who_may_be_written_to(raw: RawApi, ada: Person) -> None:
    stranger, group = raw.telegram.person("Bob"), raw.telegram.group("Team", ada)
    group.bot_is_member = False
    ada.private.bot_is_blocked = True
    expected = {
        stranger.user.id: "Forbidden: bot can't initiate conversation with a user",
        group.id: "Forbidden: bot was kicked from the supergroup chat",
        ada.user.id: "Forbidden: bot was blocked by the user",
    }
    for chat_id, reason in expected.items():
        answer = await raw.call("sendMessage", chat_id=chat_id, text="a")
        assert answer.refusal == (403, reason)


async def test_replies(raw: RawApi, ada: Person) -> None:
    question = ada.sends("hello")
    answer = await raw.call(
        "sendMessage",
        chat_id="@ada",
        text="a",
        reply_parameters={"message_id": question.id},
    )
    assert answer.result["reply_to_message"]["text"] == "hello"
    alone = await raw.call(
        "sendMessage",
        chat_id="@ada",
        text="a",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )
    assert "reply_to_message" not in alone.result


async def test_explicit_entities(raw: RawApi, ada: Person) -> None:
    entity = {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.example/"}
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text="ab", entities=[entity])
    assert answer.result["entities"] == [entity]


async def test_topics(raw: RawApi, ada: Person) -> None:
    group = raw.telegram.group("Forum", ada, forum=True)
    topic = raw.api.chats.add_topic(group, "Papers")
    answer = await raw.call("sendMessage", chat_id=group.id, text="a", message_thread_id=topic)
    assert answer.result["message_thread_id"] == topic
    assert answer.result["is_topic_message"] is True
    assert answer.result["chat"]["is_forum"] is True
    question = ada.sends("hi", group, thread_id=topic)
    reply = await raw.call(
        "sendMessage",
        chat_id=group.id,
        text="a",
        reply_parameters={"message_id": question.id},
    )
    assert reply.result["message_thread_id"] == topic


async def test_a_thread_of_replies_is_no_topic(raw: RawApi, ada: Person) -> None:
    group = raw.telegram.group("Team", ada)
    first = ada.sends("/one", group)
    reply = ada.sends("/two", group, reply_to=first)
    assert reply.json()["message_thread_id"] == first.id
    assert "is_topic_message" not in reply.json()
    answer = await raw.call("sendMessage", chat_id=group.id, text="a", message_thread_id=first.id)
    assert answer.refusal == (400, "Bad Request: message thread not found")


async def test_edited_text(raw: RawApi, ada: Person) -> None:
    sent = await raw.call(
        "sendMessage", chat_id=ada.user.id, text="a", reply_markup=markup([callback("x")])
    )
    place = {"chat_id": ada.user.id, "message_id": sent.result["message_id"]}
    edited = await raw.call("editMessageText", **place, text="<i>b</i>", parse_mode="HTML")
    assert edited.result["text"] == "b"
    assert edited.result["edit_date"] >= sent.result["date"]
    assert "reply_markup" not in edited.result
    again = await raw.call("editMessageText", **place, text="<i>b</i> ", parse_mode="HTML")
    assert again.refusal == NOT_MODIFIED
    plain = await raw.call("editMessageText", **place, text="b")
    assert "entities" not in plain.result


async def test_edited_keyboard(raw: RawApi, ada: Person) -> None:
    sent = await raw.call("sendMessage", chat_id=ada.user.id, text="a")
    place = {"chat_id": ada.user.id, "message_id": sent.result["message_id"]}
    assert (await raw.call("editMessageReplyMarkup", **place)).refusal == NOT_MODIFIED
    keyboard = markup([callback("x")])
    edited = await raw.call("editMessageReplyMarkup", **place, reply_markup=keyboard)
    assert (edited.result["text"], edited.result["reply_markup"]) == ("a", keyboard)
    again = await raw.call("editMessageReplyMarkup", **place, reply_markup=keyboard)
    assert again.refusal == NOT_MODIFIED
    text_too = await raw.call("editMessageText", **place, text="a", reply_markup=keyboard)
    assert text_too.refusal == NOT_MODIFIED


async def test_what_cannot_be_edited(raw: RawApi, ada: Person) -> None:
    own = ada.sends("mine")
    refused: dict[str, dict[str, object]] = {
        "message to edit not found": {"chat_id": ada.user.id, "message_id": 99},
        "message can't be edited": {"chat_id": ada.user.id, "message_id": own.id},
        "message identifier is not specified": {"chat_id": ada.user.id},
        "MESSAGE_ID_INVALID": {"inline_message_id": "none"},
        "chat_id is empty": {"message_id": 1},
    }
    for reason, place in refused.items():
        answer = await raw.call("editMessageText", **place, text="b")
        assert answer.refusal == (400, f"Bad Request: {reason}")


async def test_deleted(raw: RawApi, ada: Person) -> None:
    sent = await raw.call("sendMessage", chat_id=ada.user.id, text="a")
    place = {"chat_id": ada.user.id, "message_id": sent.result["message_id"]}
    message = ada.private.messages[place["message_id"]]
    assert (await raw.call("deleteMessage", **place)).result is True
    await ada.sees_deleted(message)
    gone = await raw.call("deleteMessage", **place)
    assert gone.refusal == (400, "Bad Request: message to delete not found")
    group = raw.telegram.group("Team", ada)
    foreign = ada.sends("/x", group)
    answer = await raw.call("deleteMessage", chat_id=group.id, message_id=foreign.id)
    assert answer.refusal == (400, "Bad Request: message can't be deleted")


async def test_chat_actions(raw: RawApi, ada: Person) -> None:
    answer = await raw.call("sendChatAction", chat_id=ada.user.id, action="typing")
    assert answer.result is True
    found = raw.api.timeline.find(Acted, lambda event: event.action == "typing")
    assert found is not None
    wrong = await raw.call("sendChatAction", chat_id=ada.user.id, action="dancing")
    assert wrong.refusal == (400, "Bad Request: wrong parameter action in request")


async def test_documents(raw: RawApi, ada: Person) -> None:
    response = await raw.client.post(
        raw.address("sendDocument"),
        data={"chat_id": str(ada.user.id), "caption": "<b>x</b>", "parse_mode": "HTML"},
        files={"document": ("a.txt", b"12345", "text/plain")},
    )
    message = response.json()["result"]
    assert message["document"]["file_name"] == "a.txt"
    assert message["document"]["mime_type"] == "text/plain"
    assert message["document"]["file_size"] == 5
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("x", "bold")
    again = {"chat_id": ada.user.id, "document": message["document"]["file_id"]}
    known = await raw.call("sendDocument", **again)
    assert known.result["document"] == message["document"]
    unknown = await raw.call("sendDocument", chat_id=ada.user.id, document="file-x")
    assert unknown.refusal == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    none = await raw.call("sendDocument", chat_id=ada.user.id)
    assert none.refusal == (400, "Bad Request: there is no document in the request")
    long = await raw.call("sendDocument", **again, caption="x" * 1025)
    assert long.refusal == (400, "Bad Request: message caption is too long")


async def test_a_time_is_an_entity_and_a_broken_one_is_refused(raw: RawApi, ada: Person) -> None:
    text = '<i>on <tg-time unix="1686007800" format="wD">June 5</tg-time></i>'
    answer = await raw.call("sendMessage", chat_id=ada.user.id, text=text, parse_mode="HTML")
    assert answer.result["entities"][1] == {
        "type": "date_time",
        "offset": 3,
        "length": 6,
        "unix_time": 1686007800,
        "date_time_format": "wD",
    }
    for broken in ('unix="soon" format="D"', 'unix="5" format="DD"', 'format="D"'):
        text = f"<tg-time {broken}>x</tg-time>"
        refused = await raw.call("sendMessage", chat_id=ada.user.id, text=text, parse_mode="HTML")
        assert refused.refusal == (400, "Bad Request: Invalid date-time entity specified")


async def test_a_button_has_a_style_that_telegram_knows(raw: RawApi, ada: Person) -> None:
    for style, taken in (("primary", True), ("danger", True), ("blue", False)):
        button = callback("x") | {"style": style}
        answer = await raw.call(
            "sendMessage", chat_id=ada.user.id, text="x", reply_markup=markup([button])
        )
        assert answer.json["ok"] is taken


async def test_a_reply_is_asked_for_with_a_short_placeholder(raw: RawApi, ada: Person) -> None:
    asks = {"force_reply": True, "input_field_placeholder": "words", "selective": True}
    await raw.call("sendMessage", chat_id=ada.user.id, text="What?", reply_markup=asks)
    message = await ada.hears()
    assert message.force_reply
    assert message.force_reply.json() == asks
    long = asks | {"input_field_placeholder": "x" * 65}
    refused = await raw.call("sendMessage", chat_id=ada.user.id, text="?", reply_markup=long)
    assert refused.refusal == (400, "Bad Request: object expected as reply markup")
