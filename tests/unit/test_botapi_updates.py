"""Getting updates: long polling with offsets, and webhooks."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.support.client import Person
from tests.support.raw import RawApi

SECRET = "a_Secret-1"


@pytest.fixture
def ada(raw: RawApi) -> Person:
    return raw.telegram.person("Ada", language="ko")


async def texts(raw: RawApi, **parameters: object) -> list[str]:
    answer = await raw.call("getUpdates", **parameters)
    return [update["message"]["text"] for update in answer.result]


async def test_updates_stay_until_confirmed(raw: RawApi, ada: Person) -> None:
    for text in ("a", "b", "c"):
        ada.sends(text)
    assert await texts(raw) == ["a", "b", "c"]
    assert await texts(raw, offset=0, limit=2) == ["a", "b"]
    first = (await raw.call("getUpdates", limit=1)).result[0]["update_id"]
    assert await texts(raw, offset=first + 1) == ["b", "c"]
    assert await texts(raw) == ["b", "c"]
    assert await texts(raw, offset=-1) == ["c"]
    assert await texts(raw) == ["c"]
    assert await texts(raw, offset=first + 3) == []


async def test_what_an_update_says(raw: RawApi, ada: Person) -> None:
    ada.sends("/start post-1")
    (update,) = (await raw.call("getUpdates")).result
    assert update["message"]["from"] == {
        "id": ada.user.id,
        "is_bot": False,
        "first_name": "Ada",
        "language_code": "ko",
    }
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_poll_ends_with_the_first_update(raw: RawApi, ada: Person) -> None:
    poll = asyncio.create_task(texts(raw, timeout=30))
    await raw.api.updates.waited_for.wait()
    started = time.monotonic()
    ada.sends("hello")
    assert await poll == ["hello"]
    assert time.monotonic() - started < 1


async def test_a_poll_ends_in_time(raw: RawApi) -> None:
    started = time.monotonic()
    assert await raw.api.updates.poll(0, 100, 0.03) == []
    assert 0.02 < time.monotonic() - started < 1


async def test_the_second_poll_ends_the_first(raw: RawApi, ada: Person) -> None:
    first = asyncio.create_task(raw.call("getUpdates", timeout=30))
    await raw.api.updates.waited_for.wait()
    second = asyncio.create_task(texts(raw, timeout=30))
    assert (await first).refusal == (
        409,
        (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        ),
    )
    await raw.api.updates.waited_for.wait()
    ada.sends("hello")
    assert await second == ["hello"]


async def test_a_second_poll_that_does_not_wait_ends_the_first(raw: RawApi) -> None:
    first = asyncio.create_task(raw.call("getUpdates", timeout=30))
    await raw.api.updates.waited_for.wait()
    assert await texts(raw) == []
    assert (await first).status == 409


async def test_a_bot_that_was_killed_gets_the_same_updates_again(raw: RawApi, ada: Person) -> None:
    first = asyncio.create_task(texts(raw, timeout=30))
    await raw.api.updates.waited_for.wait()
    ada.sends("a")
    assert await first == ["a"]
    ada.sends("b")
    assert await texts(raw, timeout=30) == ["a", "b"]


async def test_a_poll_of_a_client_that_left(raw: RawApi, ada: Person) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await raw.client.post(raw.address("getUpdates"), json={"timeout": 30}, timeout=0.05)
    ada.sends("hello")
    assert await texts(raw, timeout=30) == ["hello"]


async def test_only_wanted_kinds(raw: RawApi, ada: Person) -> None:
    await raw.call("getUpdates", allowed_updates=["callback_query"])
    message = ada.sends("hello")
    ada.taps(message, data="x")
    (update,) = (await raw.call("getUpdates")).result
    assert "callback_query" in update
    await raw.call("getUpdates", allowed_updates=[], offset=update["update_id"] + 1)
    ada.sends("hello")
    assert await texts(raw) == ["hello"]


class Bot:
    """A webhook of a bot: answers with one status after the other, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.requests: list[tuple[str, str | None, bytes]] = []
        self.reached = asyncio.Event()
        self.http = HTTPServer(Application([(r"/.*", Posted, {"bot": self})]))
        (listening,) = bind_sockets(0, "127.0.0.1")
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.http.add_socket(listening)


class Posted(RequestHandler):
    def initialize(self, bot: Bot) -> None:
        self.bot = bot

    def post(self) -> None:
        secret = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.bot.requests.append((self.request.path, secret, self.request.body))
        if self.bot.statuses:
            self.set_status(self.bot.statuses.pop(0))
        self.bot.reached.set()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    yield bot
    bot.http.stop()
    await bot.http.close_all_connections()


async def delivered(raw: RawApi) -> None:
    async with asyncio.timeout(5):
        while raw.api.updates.pending:
            await asyncio.sleep(0.005)


async def test_webhook(raw: RawApi, ada: Person, bot: Bot) -> None:
    ada.sends("before")
    answer = await raw.call("setWebhook", url=f"{bot.url}/hook", secret_token=SECRET)
    assert answer.result is True
    ada.sends("after")
    await delivered(raw)
    assert [(path, secret) for path, secret, _ in bot.requests] == [("/hook", SECRET)] * 2
    assert [b"before" in bot.requests[0][2], b"after" in bot.requests[1][2]] == [True, True]


async def test_webhook_without_secret(raw: RawApi, ada: Person, bot: Bot) -> None:
    await raw.call("setWebhook", url=f"{bot.url}/hook")
    ada.sends("hello")
    await delivered(raw)
    assert bot.requests[0][1] is None


async def test_a_webhook_that_fails_gets_the_update_again(
    raw: RawApi, ada: Person, bot: Bot
) -> None:
    bot.statuses = [500, 403]
    await raw.call("setWebhook", url=f"{bot.url}/hook")
    ada.sends("hello")
    await delivered(raw)
    assert len(bot.requests) == 3
    info = (await raw.call("getWebhookInfo")).result
    assert "403" in info["last_error_message"]
    assert info["pending_update_count"] == 0


async def test_a_public_address_behind_a_proxy(raw: RawApi, ada: Person, bot: Bot) -> None:
    raw.api.courier.proxy = bot.url
    await raw.call("setWebhook", url="https://bot.example/hook")
    ada.sends("hello")
    await delivered(raw)
    assert bot.requests[0][0] == "/hook"


async def test_webhook_or_polling(raw: RawApi, bot: Bot) -> None:
    poll = asyncio.create_task(raw.call("getUpdates", timeout=30))
    await raw.api.updates.waited_for.wait()
    await raw.call("setWebhook", url=f"{bot.url}/hook", allowed_updates=["message"])
    assert (await poll).refusal == (409, "Conflict: terminated by setWebhook request")
    active = await raw.call("getUpdates")
    assert active.refusal == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    info = (await raw.call("getWebhookInfo")).result
    assert (info["url"], info["allowed_updates"]) == (f"{bot.url}/hook", ["message"])
    assert (await raw.call("deleteWebhook")).result is True
    assert (await raw.call("getUpdates")).result == []
    assert (await raw.call("getWebhookInfo")).result["url"] == ""


async def test_dropped_updates(raw: RawApi, ada: Person) -> None:
    ada.sends("hello")
    await raw.call("deleteWebhook")
    assert await texts(raw) == ["hello"]
    await raw.call("setWebhook", url="", drop_pending_updates=True)
    assert await texts(raw) == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "bot.example"}, "invalid webhook URL specified"),
        ({"url": "ftp://bot.example/"}, "invalid webhook URL specified"),
        (
            {"url": "https://bot.example/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_refused_webhooks(raw: RawApi, parameters: dict[str, Any], reason: str) -> None:
    answer = await raw.call("setWebhook", **parameters)
    assert answer.refusal == (400, f"Bad Request: {reason}")
