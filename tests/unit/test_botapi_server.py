"""The server as a whole: tokens, encodings, faults, and a real client library."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from bot.playground.botapi import BotApi, BotApiServer, people
from bot.playground.botapi.fields import too_many_requests
from tests.support.client import Person
from tests.support.faults import BAD_GATEWAY, INTERNAL_ERROR, Silence
from tests.support.raw import TOKEN, RawApi, raw_api


@pytest.fixture
async def bot(raw: RawApi) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, base_url=f"{raw.server.url}/bot", request=HTTPXRequest())
    async with bot:
        yield bot


async def test_every_encoding(raw: RawApi, ada: Person) -> None:
    chat_id = str(ada.user.id)
    markup = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]})
    form = {"chat_id": chat_id, "text": "글", "reply_markup": markup, "protect_content": "true"}
    address = raw.address("sendMessage")
    as_form = await raw.client.post(address, data=form)
    as_multipart = await raw.client.post(address, files={k: (None, v) for k, v in form.items()})
    as_json = await raw.client.post(address, json={**form, "chat_id": ada.user.id})
    as_query = await raw.client.get(address, params=form)
    for response in (as_form, as_multipart, as_json, as_query):
        assert response.headers["content-type"] == "application/json"
        message = response.json()["result"]
        assert (message["text"], message["chat"]["id"]) == ("글", ada.user.id)
        assert message["reply_markup"] == json.loads(markup)


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"'])
async def test_bodies_that_are_no_objects(raw: RawApi, body: str) -> None:
    response = await raw.client.post(
        raw.address("getMe"), content=body, headers={"Content-Type": "application/json"}
    )
    assert response.json()["description"] == "Bad Request: can't parse JSON object"


async def test_texts_that_are_no_unicode(raw: RawApi, ada: Person) -> None:
    form = f"chat_id={ada.user.id}&text=%FF".encode()
    halves = json.dumps({"chat_id": ada.user.id, "text": "\ud83d"}).encode()
    for body, kind in ((form, "application/x-www-form-urlencoded"), (halves, "application/json")):
        response = await raw.client.post(
            raw.address("sendMessage"), content=body, headers={"Content-Type": kind}
        )
        assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_files_that_no_parameter_takes(raw: RawApi) -> None:
    response = await raw.client.post(raw.address("getMe"), files={"photo": b"bytes"})
    assert response.json()["description"] == 'Bad Request: unknown field "photo"'


@pytest.mark.parametrize(
    ("token", "method", "status", "description"),
    [
        ("1:other", "getMe", 401, "Unauthorized"),
        (TOKEN, "test/getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        ("", "getMe", 404, "Not Found"),
        (TOKEN, "getEverything", 404, "Not Found"),
    ],
)
async def test_who_is_let_in(
    raw: RawApi, token: str, method: str, status: int, description: str
) -> None:
    response = await raw.client.post(raw.address(method, token))
    assert response.status_code == status
    assert response.json() == {"ok": False, "error_code": status, "description": description}


async def test_method_names_in_any_case(raw: RawApi) -> None:
    assert (await raw.call("GETME")).result["username"] == raw.api.me.username


async def test_the_test_environment() -> None:
    async with raw_api(test_environment=True) as raw:
        response = await raw.client.post(raw.address("test/getMe"))
        assert response.json()["result"]["is_bot"] is True
        assert (await raw.call("getMe")).refusal == (401, "Unauthorized")


async def test_planned_answers(raw: RawApi) -> None:
    raw.server.faults.add(too_many_requests(3), "getMe")
    raw.server.faults.add(INTERNAL_ERROR, "getme", times=2)
    raw.server.faults.add(BAD_GATEWAY)
    limited = await raw.call("getMe")
    assert limited.refusal == (429, "Too Many Requests: retry after 3")
    assert limited.json["parameters"] == {"retry_after": 3}
    assert (await raw.call("getMe")).refusal == (500, "Internal Server Error")
    assert (await raw.call("getMe")).refusal == (500, "Internal Server Error")
    assert (await raw.call("getWebhookInfo")).refusal == (502, "Bad Gateway")
    assert (await raw.call("getMe")).json["ok"] is True
    assert raw.telegram.refusals() == []


async def test_planned_silence(raw: RawApi) -> None:
    raw.server.faults.add(Silence.DROP, "getMe")
    with pytest.raises(httpx.RemoteProtocolError):
        await raw.call("getMe")
    raw.server.faults.add(Silence.HANG, "getMe")
    with pytest.raises(httpx.ReadTimeout):
        await raw.client.post(raw.address("getMe"), timeout=0.05)
    raw.server.faults.add(Silence.HANG)
    raw.server.faults.clear()
    assert (await raw.call("getMe")).json["ok"] is True


async def test_out_of_reach_for_a_while() -> None:
    server = BotApiServer(BotApi(TOKEN))
    address = f"{server.url}/bot{TOKEN}/getMe"
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(address)
        async with server:
            assert (await client.get(address)).status_code == 200
            await server.stop()
            with pytest.raises(httpx.TransportError):
                await client.get(address)
            await server.start()
            assert (await client.get(address)).status_code == 200


async def test_a_taken_port(raw: RawApi) -> None:
    port = int(raw.server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        BotApiServer(BotApi(TOKEN), port)


async def test_a_stop_ends_long_polls(raw: RawApi) -> None:
    poll = asyncio.create_task(raw.call("getUpdates", timeout=30))
    await raw.api.updates.waited_for.wait()
    started = time.monotonic()
    await raw.server.stop()
    with pytest.raises(httpx.TransportError):
        await poll
    assert time.monotonic() - started < 1


async def test_a_client_library_talks_to_it(raw: RawApi, ada: Person, bot: Bot) -> None:
    assert bot.username == raw.api.me.username
    (update,) = await bot.get_updates(timeout=1)
    assert update.effective_user is not None
    assert update.effective_user.id == ada.user.id
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
    sent = await bot.send_message(
        ada.user.id,
        "<b>a</b>",
        parse_mode="HTML",
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(update.effective_message.message_id),  # type: ignore[union-attr]
    )
    assert (sent.text_html, sent.reply_markup) == ("<b>a</b>", keyboard)
    edited = await bot.edit_message_text("c", ada.user.id, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "c"
    assert await bot.send_chat_action(ada.user.id, "typing")
    document = await bot.send_document(ada.user.id, b"bytes", filename="a.bin")
    assert document.document is not None
    assert document.document.file_size == 5
    assert await bot.delete_message(ada.user.id, sent.message_id)
    assert (await bot.get_chat(ada.user.id)).first_name == "Ada"
    assert (await bot.get_chat_member(ada.user.id, ada.user.id)).status == "member"
    assert raw.telegram.refusals() == []


async def test_a_client_library_answers_queries(raw: RawApi, ada: Person, bot: Bot) -> None:
    query = people.ask(raw.api, ada.user, "a", offset="", chat=ada.private)
    content = InputTextMessageContent("<i>x</i>", parse_mode="HTML")
    assert await bot.answer_inline_query(
        query.id, [InlineQueryResultArticle("1", "title", content)], cache_time=5
    )
    pressed = ada.taps(ada.sends("x"), data="y")
    assert await bot.answer_callback_query(pressed, "done")
    assert raw.telegram.refusals() == []


async def test_a_client_library_sets_menus(raw: RawApi, ada: Person, bot: Bot) -> None:
    commands = [BotCommand("start", "시작")]
    assert await bot.set_my_commands(
        commands, scope=BotCommandScopeChat(ada.user.id), language_code="ko"
    )
    assert (
        list(await bot.get_my_commands(scope=BotCommandScopeChat(ada.user.id), language_code="ko"))
        == commands
    )
    assert await bot.get_my_commands() == ()
    assert await bot.set_my_description("설명", language_code="ko")
    assert await bot.set_my_short_description("short")
    assert (await bot.get_my_description("ko")).description == "설명"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description("ko")).short_description == "short"
    assert (await bot.get_my_name()).name == "Galpi"
    assert await bot.set_my_name("갈피", language_code="ko")
    assert (await bot.get_my_name("ko")).name == "갈피"


# retry_after is to become another type in a later version of the library
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_client_library_sees_the_errors(raw: RawApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "a")
    raw.server.faults.add(too_many_requests(7), "sendMessage")
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "a")
    raw.server.faults.add(Silence.DROP, "sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(1, "a")
    with pytest.raises(InvalidToken):
        async with Bot("1:other", base_url=f"{raw.server.url}/bot"):
            pass
