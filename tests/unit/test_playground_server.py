"""The playground's server: whom it lets in, and what it tells the page."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tornado.httpclient import HTTPClientError

from bot.errors import PortTaken
from bot.playground.botapi import BotApi, BotApiServer
from bot.playground.demo import PORT, open_server
from bot.playground.server import PAGE, PlaygroundServer
from bot.playground.visitor import BOT_USERNAME, FIRST_ID, Visitor
from tests.support.page import connect, page_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground.botapi.fields import Json, JsonObject
    from tests.support.page import RawPage


@pytest.fixture
async def server() -> AsyncIterator[PlaygroundServer]:
    """The server alone; the test is the bot."""
    async with PlaygroundServer(Visitor(), 0) as server:
        yield server


@pytest.fixture
async def page(server: PlaygroundServer) -> AsyncIterator[RawPage]:
    async with page_at(server.url) as page:
        yield page


@pytest.fixture
def private(server: PlaygroundServer) -> int:
    return server.visitor.private.id


async def call(server: PlaygroundServer, method: str, **arguments: Json) -> Json:
    return await server.api.call(method, arguments, {})


def keyboard(**button: Json) -> JsonObject:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


async def get(server: PlaygroundServer, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"{server.url}{path}", headers=headers)


async def test_the_page_and_its_files(server: PlaygroundServer) -> None:
    for path in PAGE.rglob("*.*"):
        response = await get(server, f"/{path.relative_to(PAGE)}")
        assert response.status_code == 200
        assert response.content == path.read_bytes()
    index = await get(server, "/")
    assert index.headers["content-type"].startswith("text/html")
    policy = index.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    module = await get(server, "/scripts/main.js")
    assert module.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/../server.py", "/%2e%2e/server.py", "/..%2fserver.py"])
async def test_nothing_else_is_served(server: PlaygroundServer, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    host = f"127.0.0.1:{server.port}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    status = (await reader.read()).split(b"\r\n")[0]
    writer.close()
    assert status.split()[1] in {b"403", b"404"}


async def test_a_page_that_is_closed_while_it_is_told_leaves_no_traceback(
    server: PlaygroundServer, private: int
) -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    host = f"127.0.0.1:{server.port}"
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
    writer.write(
        f"GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    await reader.readline()
    server.visitor.write(private, "/start")
    for _ in range(800):  # more than the system keeps for who does not read
        await call(server, "sendMessage", chat_id=private, text="가" * 4096)
        await asyncio.sleep(0)
    writer.transport.abort()
    await asyncio.sleep(0.1)
    gc.collect()
    assert complaints == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "evil.example:{port}", "0.0.0.0"])
@pytest.mark.parametrize("path", ["/", "/scripts/main.js", "/bot{token}/getMe"])
async def test_a_request_for_another_host_is_refused(
    server: PlaygroundServer, host: str, path: str
) -> None:
    named = host.format(port=server.port)
    response = await get(server, path.format(token=server.api.token), Host=named)
    assert response.status_code == 403


async def test_localhost_is_this_machine_too(server: PlaygroundServer) -> None:
    assert (await get(server, "/", Host=f"localhost:{server.port}")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:{port}", "Host": "evil.example"},
    ],
)
async def test_a_page_from_elsewhere_gets_no_line(
    server: PlaygroundServer, headers: dict[str, str]
) -> None:
    named = {name: value.format(port=server.port) for name, value in headers.items()}
    with pytest.raises(HTTPClientError, match="403"):
        await connect(server.url, named)


async def test_only_this_machine_reaches_it(server: PlaygroundServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as reached:
        assert reached.getpeername()[0] == "127.0.0.1"
    with pytest.raises(OSError):  # noqa: PT011 - systems say it differently
        socket.create_connection(("127.0.0.2", server.port), timeout=1)


async def test_a_taken_port_is_refused_and_the_usual_one_makes_way() -> None:
    other = BotApiServer(BotApi("1:a"), 0)
    await other.start()
    with pytest.raises(PortTaken) as raised:
        open_server(Visitor(), other.port)
    assert raised.value.subject == f"127.0.0.1:{other.port}"
    await other.stop()
    await other.close()
    first, second = open_server(Visitor(), None), None
    await first.start()
    second = open_server(Visitor(), None)
    assert PORT <= first.port < second.port
    await second.close()
    await first.stop()
    await first.close()


async def test_the_state_comes_first(page: RawPage, server: PlaygroundServer) -> None:
    state = await page.hear("state")
    assert state["bot"]["username"] == BOT_USERNAME
    assert state["you"]["id"] >= FIRST_ID
    private, group = state["chats"]
    assert (private["chat"]["type"], group["chat"]["type"]) == ("private", "supergroup")
    assert group["members"] == 4
    assert private["messages"] == group["messages"] == []
    assert server.api.token not in json.dumps(state)


async def test_what_is_written_reaches_the_bot_and_every_page(
    page: RawPage, server: PlaygroundServer, private: int
) -> None:
    async with page_at(server.url) as other:
        await page.say("write", chat_id=private, text=" /help ")
        for told in (await page.hear("message"), await other.hear("message")):
            assert told["message"]["text"] == "/help"
    update = (await page.hear("update"))["update"]
    assert update["message"]["text"] == "/help"
    assert server.api.updates.pending[0].json() == update


async def test_the_language_is_that_of_the_updates_and_menus(
    page: RawPage, server: PlaygroundServer
) -> None:
    commands = [{"command": "a", "description": "모두"}]
    await call(server, "setMyCommands", commands=commands)
    in_groups: JsonObject = {"type": "all_group_chats"}
    korean = [{"command": "b", "description": "그룹"}]
    await call(server, "setMyCommands", commands=korean, scope=in_groups, language_code="ko")
    await page.hear("commands")
    await page.hear("commands")
    await page.say("speak", language="ko")
    private, group = (await page.hear("commands"))["chats"]
    assert private["commands"] == commands
    assert group["commands"] == korean
    await page.say("write", chat_id=server.visitor.group.id, text="/b")
    update = (await page.hear("update"))["update"]
    assert update["message"]["from"]["language_code"] == "ko"


async def test_a_press_is_answered_to_the_page_that_pressed(
    page: RawPage, server: PlaygroundServer, private: int
) -> None:
    await page.say("write", chat_id=private, text="/start")
    await page.hear("message")
    markup = keyboard(callback_data="go")
    await call(server, "sendMessage", chat_id=private, text="?", reply_markup=markup)
    message_id = (await page.hear("message"))["message"]["message_id"]
    await page.say("press", chat_id=private, message_id=message_id, data="go", request=7)
    await page.hear("update")
    query = (await page.hear("update"))["update"]["callback_query"]
    assert query["data"] == "go"
    answer = {"callback_query_id": query["id"], "text": "안녕", "show_alert": True}
    await server.api.call("answerCallbackQuery", answer, {})
    told = await page.hear("answered")
    assert (told["request"], told["text"], told["alert"]) == (7, "안녕", True)


async def test_an_inline_query_its_rows_and_a_choice(
    page: RawPage, server: PlaygroundServer
) -> None:
    group = server.visitor.group.id
    await page.say("ask", chat_id=group, query="", offset="", request=3)
    query = (await page.hear("update"))["update"]["inline_query"]
    rows = [
        {
            "type": "article",
            "id": "1",
            "title": "글",
            "input_message_content": {"message_text": "<b>글</b>", "parse_mode": "HTML"},
        }
    ]
    button = {"text": "all", "start_parameter": "all"}
    answer = {"inline_query_id": query["id"], "results": rows, "next_offset": "1", "button": button}
    await server.api.call("answerInlineQuery", answer, {})
    told = await page.hear("results")
    assert (told["request"], told["next_offset"], told["button"]) == (3, "1", button)
    assert told["results"] == [{"id": "1", "title": "글", "description": ""}]
    await page.say("choose", chat_id=group, query_id=told["query_id"], result_id="1")
    message = (await page.hear("message"))["message"]
    assert (message["text"], message["via_bot"]["username"]) == ("글", BOT_USERNAME)
    await page.say("choose", chat_id=group, query_id=told["query_id"], result_id="2")
    assert "RESULT_ID_INVALID" in (await page.hear("refused"))["text"]


async def test_a_row_of_the_last_list_can_be_chosen_while_the_next_is_on_its_way(
    page: RawPage, server: PlaygroundServer
) -> None:
    group = server.visitor.group.id
    await page.say("ask", chat_id=group, query="a", offset="", request=1)
    query = (await page.hear("update"))["update"]["inline_query"]
    content = {"message_text": "글"}
    rows = [{"type": "article", "id": "1", "title": "글", "input_message_content": content}]
    answer = {"inline_query_id": query["id"], "results": rows}
    await server.api.call("answerInlineQuery", answer, {})
    told = await page.hear("results")
    await page.say("ask", chat_id=group, query="ab", offset="", request=2)
    await page.say("choose", chat_id=group, query_id=told["query_id"], result_id="1")
    assert (await page.hear("message"))["message"]["text"] == "글"


async def test_edits_deletions_actions_and_calls_are_told(
    page: RawPage, server: PlaygroundServer, private: int
) -> None:
    await page.say("write", chat_id=private, text="/start")
    await page.hear("message")
    await call(server, "sendChatAction", chat_id=private, action="typing")
    assert (await page.hear("action"))["action"] == "typing"
    await call(server, "sendMessage", chat_id=private, text="one")
    message_id = (await page.hear("message"))["message"]["message_id"]
    await call(server, "editMessageText", chat_id=private, message_id=message_id, text="two")
    edited = (await page.hear("message"))["message"]
    assert (edited["message_id"], edited["text"]) == (message_id, "two")
    await call(server, "deleteMessage", chat_id=private, message_id=message_id)
    assert (await page.hear("deleted"))["message_id"] == message_id
    assert [(await page.hear("call"))["method"] for _ in range(4)] == [
        "sendChatAction",
        "sendMessage",
        "editMessageText",
        "deleteMessage",
    ]


async def test_a_refused_call_is_told_with_its_reason(
    page: RawPage, server: PlaygroundServer
) -> None:
    async with httpx.AsyncClient() as client:
        await client.get(f"{server.url}/bot{server.api.token}/sendMessage")
    told = await page.hear("call")
    assert told["error"]["error_code"] == 400
    assert "empty" in told["error"]["description"]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"type": "shout"}',
        '{"type": []}',
        b"\xff",
        '{"type": "write"}',
        '{"type": "write", "chat_id": "x", "text": "y"}',
        '{"type": "write", "chat_id": 1, "text": "y"}',
        '{"type": "press", "chat_id": 1, "message_id": 1, "data": "x", "request": 1}',
        '{"type": "choose", "chat_id": 1, "query_id": "x", "result_id": "y"}',
        '{"type": "speak", "language": "ko", "more": 1}',
    ],
)
async def test_nonsense_is_refused_and_the_line_stays(page: RawPage, message: str | bytes) -> None:
    await page.say_raw(message)
    assert (await page.hear("refused"))["text"].startswith("Bad Request")
    await page.say("speak", language="en")
    assert await page.hear("commands")


@pytest.mark.parametrize("text", ["", "   ", "가" * 4097])
async def test_a_text_that_telegram_would_not_send(
    page: RawPage, server: PlaygroundServer, private: int, text: str
) -> None:
    await page.say("write", chat_id=private, text=text)
    assert await page.hear("refused")
    assert not server.visitor.private.messages


async def test_a_button_that_is_not_there(page: RawPage, private: int) -> None:
    await page.say("press", chat_id=private, message_id=1, data="x", request=1)
    assert "MESSAGE_ID_INVALID" in (await page.hear("refused"))["text"]


async def test_everybody_is_somebody_else() -> None:
    assert Visitor().user.id != Visitor().user.id
    assert Visitor().api.token != Visitor().api.token


async def send(
    server: PlaygroundServer, content: bytes, origin: str | None = None, **query: str
) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(
            f"{server.url}/document",
            params=query,
            content=content,
            headers={"Origin": origin or server.url},
        )


async def test_a_file_is_sent_to_the_bot(server: PlaygroundServer, private: int) -> None:
    sent = await send(server, b"bytes", chat_id=str(private), name="a b.json")
    assert sent.status_code == 200
    (update,) = server.api.updates.pending
    document = update.body["document"]
    assert isinstance(document, dict)
    assert (document["file_name"], document["file_size"]) == ("a b.json", 5)


@pytest.mark.parametrize(
    ("chat_id", "content", "reason"),
    [("5", b"x", "chat not found"), ("x", b"x", "chat not found"), (None, b"", "non-empty")],
)
async def test_a_file_that_makes_no_sense_is_refused(
    server: PlaygroundServer, private: int, chat_id: str | None, content: bytes, reason: str
) -> None:
    sent = await send(server, content, chat_id=chat_id or str(private), name="a.json")
    assert sent.status_code == 400
    assert reason in sent.text
    assert not server.api.updates.pending


async def test_no_other_page_sends_files(server: PlaygroundServer, private: int) -> None:
    query = {"chat_id": str(private), "name": "a.json"}
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
        assert (await send(server, b"x", origin, **query)).status_code == 403
    assert not server.api.updates.pending
