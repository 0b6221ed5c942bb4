"""A guest in a chat that it is no member of: `@galpi_bot words` is answered by one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.settings import Settings
    from tests.support.recording import Call, Json, Person, RecordingRequest

BY_SOMEBODY: Json = {"message_id": 5, "date": 1, "chat": {"id": 6, "type": "private"}}


def said(call: Call) -> str:
    assert call.method == "answerGuestQuery"
    assert call.parameters["guest_query_id"] == "guest-1"
    text: str = call.parameters["result"]["input_message_content"]["message_text"]
    return text


def buttons(call: Call) -> list[Json]:
    rows = call.parameters["result"].get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


@pytest.mark.parametrize("text", ["@galpi_bot 연재", "연재 @GALPI_bot", "  연재\n@galpi_bot "])
async def test_the_best_hits_and_a_button_to_all(person: Person, text: str) -> None:
    (call,) = await person.calls_guest(text)
    assert "“연재”" in said(call)
    assert said(call).count("?start=post-") == 3
    (opener,) = buttons(call)
    parameter = opener["url"].partition("?start=")[2]
    (opened,) = await person.says(f"/start {parameter}")
    assert "“연재”" in opened.text


async def test_every_button_is_an_address(person: Person) -> None:
    """Nothing but an address can be answered where the bot is no member."""
    (call,) = await person.calls_guest("@galpi_bot 연재물어쩌고저쩌고")
    kinds = [set(button) for button in buttons(call)]
    assert kinds
    assert all(kind == {"text", "url"} for kind in kinds)


async def test_what_is_replied_to_is_searched_for(person: Person) -> None:
    replied = BY_SOMEBODY | {"text": "연재"}
    (call,) = await person.calls_guest("@galpi_bot", reply_to_message=replied)
    assert "“연재”" in said(call)


async def test_its_name_alone_is_told_how_to_ask(person: Person) -> None:
    (call,) = await person.calls_guest("@galpi_bot")
    assert "@galpi_bot 스타트업 투자" in said(call)
    (call,) = await person.calls_guest("@galpi_bot ...")
    assert "찾을 말이 없어요" in said(call)


async def test_nothing_found_leads_to_the_bot(person: Person) -> None:
    (call,) = await person.calls_guest("@galpi_bot qzxjvwkq")
    assert "찾지 못했어요" in said(call)
    assert buttons(call)[-1]["url"] == "https://t.me/galpi_bot?start=help"


async def test_too_late_is_no_trouble(
    person: Person, request_: RecordingRequest, caplog: pytest.LogCaptureFixture
) -> None:
    request_.refuse(
        "answerGuestQuery", 400, "Bad Request: query is too old and response timeout expired"
    )
    await person.calls_guest("@galpi_bot 연재")
    assert not caplog.records


async def test_markup_is_text(person: Person) -> None:
    (call,) = await person.calls_guest("@galpi_bot <b>연재</b>")
    assert "“&lt;b&gt;연재&lt;/b&gt;”" in said(call)


async def test_the_chat_of_a_guest_does_not_count_as_allowed(
    person: Person, settings: Settings
) -> None:
    """Its id may be that of another chat, so the person has to be allowed."""
    person.application.bot_data.settings = settings.model_copy(
        update={"allowed_chats": frozenset({person.chat["id"] + 1})}
    )
    person.chat = {"id": person.chat["id"] + 1, "type": "supergroup", "title": "Elsewhere"}
    assert await person.calls_guest("@galpi_bot 연재") == []


async def test_in_its_own_chat_its_name_is_left_out(person: Person) -> None:
    (call,) = await person.says("@galpi_bot 연재")
    assert "“연재”" in call.text
