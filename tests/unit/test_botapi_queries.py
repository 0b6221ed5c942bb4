"""Pressed buttons and inline queries: answered once, within Telegram's limits."""

import asyncio
from typing import Any

import pytest

from bot.playground.botapi import people
from bot.playground.botapi.model import Message
from tests.support.client import Person
from tests.support.raw import RawApi

RESULT = "inline query result"
UNREADABLE = f"can't parse {RESULT}:"
NO_CONTENT = 'Can\'t find field "input_message_content"'
TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


@pytest.fixture
async def query(raw: RawApi, ada: Person) -> str:
    """Return the id of an inline query that waits for an answer."""
    return people.ask(raw.api, ada.user, "투자", offset="", chat=ada.private).id


async def updates(raw: RawApi, kind: str) -> list[dict[str, Any]]:
    answer = await raw.call("getUpdates")
    return [update[kind] for update in answer.result if kind in update]


def article(result_id: object = "1", **changes: object) -> dict[str, Any]:
    row: dict[str, object] = {
        "type": "article",
        "id": result_id,
        "title": "a title",
        "input_message_content": {"message_text": "<b>text</b>", "parse_mode": "HTML"},
        **changes,
    }
    return {name: value for name, value in row.items() if value is not None}


async def keyboard_message(raw: RawApi, ada: Person) -> Message:
    answer = await raw.call(
        "sendMessage",
        chat_id=ada.user.id,
        text="a",
        reply_markup={
            "inline_keyboard": [
                [{"text": "1", "callback_data": "one"}, {"text": "10", "callback_data": "ten"}]
            ]
        },
    )
    return ada.private.messages[answer.result["message_id"]]


async def test_a_press(raw: RawApi, ada: Person) -> None:
    message = await keyboard_message(raw, ada)
    pressed = asyncio.create_task(ada.presses(message, "1"))
    await asyncio.sleep(0)
    (query,) = await updates(raw, "callback_query")
    assert query["data"] == "one"
    assert query["from"]["id"] == ada.user.id
    assert query["message"]["message_id"] == message.id
    assert [waiting.data for waiting in raw.api.queries.unanswered] == ["one"]
    answer = await raw.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="done", show_alert=True
    )
    assert answer.result is True
    answered = await pressed
    assert (answered.text, answered.alert) == ("done", True)
    assert not raw.api.queries.unanswered
    twice = await raw.call("answerCallbackQuery", callback_query_id=query["id"])
    assert twice.refusal == TOO_OLD


async def test_a_guest_answers_once(raw: RawApi, ada: Person) -> None:
    group = raw.telegram.group("Team", ada)
    group.bot_is_member = False
    asked = ada.sends("@galpi_demo_bot 투자", group)
    (message,) = await updates(raw, "guest_message")
    assert message["text"] == "@galpi_demo_bot 투자"
    query = {"guest_query_id": message["guest_query_id"]}
    bad = await raw.call("answerGuestQuery", **query, result=article(title=None))
    assert bad.refusal == (400, "Bad Request: ARTICLE_TITLE_EMPTY")
    answer = await raw.call("answerGuestQuery", **query, result=article())
    sent = group.messages[asked.id + 1]
    assert answer.result == {"inline_message_id": sent.inline_id}
    assert (sent.text, sent.reply_to) == ("text", asked)
    assert sent.json()["guest_bot_caller_user"] == ada.user.json()
    twice = await raw.call("answerGuestQuery", **query, result=article())
    assert twice.refusal == TOO_OLD
    without = await raw.call("answerGuestQuery", **query)
    assert without.refusal == (400, "Bad Request: result isn't specified")


async def test_a_press_under_an_old_message(raw: RawApi, ada: Person) -> None:
    message = await keyboard_message(raw, ada)
    ada.taps(message, data="anything", old=True)
    (query,) = await updates(raw, "callback_query")
    assert query["message"] == {"chat": ada.private.json(), "message_id": message.id, "date": 0}


async def test_refused_answers_to_presses(raw: RawApi, ada: Person) -> None:
    message = await keyboard_message(raw, ada)
    query = ada.taps(message, "10")
    long = await raw.call("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert long.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")
    for unknown in ({"callback_query_id": "1"}, {}):
        assert (await raw.call("answerCallbackQuery", **unknown)).refusal == TOO_OLD
    as_inline = await raw.call("answerInlineQuery", inline_query_id=query, results=[])
    assert as_inline.refusal[0] == 400
    raw.api.queries.expire(query)
    assert (await raw.call("answerCallbackQuery", callback_query_id=query)).refusal == TOO_OLD


def test_a_button_that_is_not_there(raw: RawApi, ada: Person) -> None:
    message = ada.sends("no buttons")
    with pytest.raises(AssertionError, match="is not one of"):
        ada.taps(message, "1")


async def test_inline_results(raw: RawApi, ada: Person) -> None:
    group = raw.telegram.group("Team", ada)
    typed = asyncio.create_task(ada.types("투자", group, offset="50"))
    await asyncio.sleep(0)
    (query,) = await updates(raw, "inline_query")
    assert (query["query"], query["offset"], query["chat_type"]) == ("투자", "50", "supergroup")
    answer = await raw.call(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[article("1"), article("2", description="d", url="https://a.example")],
        next_offset="52",
        cache_time=10,
        is_personal=True,
        button={"text": "open", "start_parameter": "search-Ab_1"},
    )
    assert answer.result is True
    session = await typed
    assert session.titles == ["a title", "a title"]
    assert (session.answer.next_offset, session.answer.cache_time) == ("52", 10)
    assert session.answer.is_personal
    assert session.answer.button is not None
    assert session.answer.button.start_parameter == "search-Ab_1"


async def test_a_chosen_result(raw: RawApi, ada: Person) -> None:
    group = raw.telegram.group("Team", ada)
    typed = asyncio.create_task(ada.types("투자", group))
    await asyncio.sleep(0)
    (query,) = await updates(raw, "inline_query")
    rows = [
        article(
            "1",
            reply_markup={"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]},
        )
    ]
    await raw.call("answerInlineQuery", inline_query_id=query["id"], results=rows)
    session = await typed
    message = ada.chooses(session, session.answer.results[0])
    assert (message.text, message.sender, message.via_bot) == ("text", ada.user, raw.api.me)
    (chosen,) = await updates(raw, "chosen_inline_result")
    assert (chosen["result_id"], chosen["query"]) == ("1", "투자")
    ada.taps(message, "more")
    (pressed,) = await updates(raw, "callback_query")
    assert pressed["inline_message_id"] == chosen["inline_message_id"]
    assert "message" not in pressed
    place = {"inline_message_id": chosen["inline_message_id"]}
    edited = await raw.call("editMessageText", **place, text="other")
    assert edited.result is True
    assert (await ada.sees_edited(message)).text == "other"
    again = await raw.call("editMessageText", **place, text="other")
    assert again.refusal[1].startswith("Bad Request: message is not modified")


def results(**changes: object) -> dict[str, Any]:
    return {"results": [article(**changes)]}


def content(text: str, **more: str) -> dict[str, Any]:
    return results(input_message_content={"message_text": text, **more})


def start_button(**more: str) -> dict[str, Any]:
    return {"results": [], "button": {"text": "open", **more}}


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "results is empty"),
        ({"results": "x"}, 'field "results" must be of type Array'),
        ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        (results(result_id=""), "RESULT_ID_EMPTY"),
        (results(result_id="x" * 65), "RESULT_ID_INVALID"),
        (results(result_id="가" * 22), "RESULT_ID_INVALID"),
        (results(title=""), "ARTICLE_TITLE_EMPTY"),
        (results(type="photo"), f'{UNREADABLE} type "photo" is unsupported for the {RESULT}'),
        (results(input_message_content=None), f"{UNREADABLE} {NO_CONTENT}"),
        (content(""), "message text is empty"),
        (content(" "), "MESSAGE_EMPTY"),
        (content("x" * 4097), "MESSAGE_TOO_LONG"),
        (
            content("<x>", parse_mode="HTML"),
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        (results(hide_url=True), 'unknown field "hide_url"'),
        (results(url="nothing"), "Wrong HTTP URL specified"),
        (
            results(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}),
            "BUTTON_DATA_INVALID",
        ),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        (start_button(start_parameter="no space"), "START_PARAM_INVALID"),
        (start_button(start_parameter="x" * 65), "START_PARAM_INVALID"),
        (start_button(), "START_PARAM_EMPTY"),
    ],
)
async def test_refused_results(
    raw: RawApi, query: str, parameters: dict[str, Any], reason: str
) -> None:
    answer = await raw.call("answerInlineQuery", inline_query_id=query, **parameters)
    assert answer.refusal == (400, f"Bad Request: {reason}")
    # a refused answer is none: the query can still get a right one
    right = await raw.call("answerInlineQuery", inline_query_id=query, results=[])
    assert right.result is True


async def test_the_most_that_is_accepted(raw: RawApi, query: str) -> None:
    answer = await raw.call(
        "answerInlineQuery",
        inline_query_id=query,
        results=[article(f"{n:064}") for n in range(50)],
        next_offset="x" * 64,
        button={"text": "a", "start_parameter": "x" * 64},
    )
    assert answer.result is True
    twice = await raw.call("answerInlineQuery", inline_query_id=query, results=[])
    assert twice.refusal == TOO_OLD
