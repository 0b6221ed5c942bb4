"""A strict Bot API server for one bot: Telegram as the bot sees it, on this machine alone.

It refuses what Telegram refuses, in Telegram's own words, and besides that whatever Telegram would
silently ignore. The playground chats through it, and the tests drive the bot with it. HTTP is dealt
with here; the methods and the state behind them have modules of their own.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.playground.botapi.fields import (
    NOT_UNICODE,
    ApiError,
    Upload,
    bad_request,
    not_found,
    read,
    unauthorized,
)
from bot.playground.botapi.methods import about, messages, receiving
from bot.playground.botapi.model import User
from bot.playground.botapi.state import State
from bot.playground.botapi.timeline import Called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from bot.playground.botapi.fields import Json, JsonObject
    from bot.playground.botapi.methods import Method

# Method names are not case-sensitive.
METHODS: Mapping[str, type[Method]] = {
    method.__name__.lower(): method
    for method in (*messages.METHODS, *about.METHODS, *receiving.METHODS)
}
TOKEN = re.compile(r"[1-9]\d*:[A-Za-z0-9_-]+")
LOOPBACK: Final = "127.0.0.1"

Route: TypeAlias = tuple[str, type[RequestHandler], dict[str, Any]]


class BotApi(State):
    """The Bot API of one bot. `test_environment` tells which of Telegram's two worlds it is in."""

    def __init__(
        self,
        token: str,
        *,
        username: str = "galpi_demo_bot",
        name: str = "Galpi",
        test_environment: bool = False,
        limited: bool = False,
    ) -> None:
        id_ = int(token.partition(":")[0])
        me = User(id=id_, first_name=name, username=username, is_bot=True)
        super().__init__(me, limited=limited)
        self.token = token
        self.test_environment = test_environment

    def authorize(self, token: str, method: str, *, test_environment: bool) -> None:
        """Let only this bot in. Raises ApiError."""
        if token == self.token and test_environment == self.test_environment:
            return
        error = unauthorized() if TOKEN.fullmatch(token) else not_found()
        self._record(method, {}, error=error)
        raise error

    def download(self, token: str, path: str, *, test_environment: bool) -> bytes:
        """Return the bytes of a file. Raises ApiError."""
        self.authorize(token, "download", test_environment=test_environment)
        content = self.files.content(path)
        if content is None:
            raise not_found()
        return content

    async def call(self, method: str, raw: JsonObject, files: Mapping[str, Upload]) -> Json:
        """Return the result of a method. Raises ApiError as Telegram would."""
        known = METHODS.get(method.lower())
        if known is None:
            self._record(method, raw, error=not_found())
            raise not_found()
        name = known.method_name()
        try:
            call = read(known, raw, files)
            result = await call.answer(self)
        except ApiError as error:
            self._record(name, raw, error=error)
            raise
        self._record(name, call.given(), result=result)
        return result

    def _record(
        self,
        name: str,
        arguments: JsonObject,
        *,
        result: Json = None,
        error: ApiError | None = None,
    ) -> None:
        called = Called(method=name, arguments=arguments, result=result, error=error)
        self.timeline.add(called)


class BotApiServer:
    """Serves a bot's API at `url` while the block lasts.

    The port is taken at once and stays the same, but nothing listens there before `start` and
    after `stop`: so a test can let the API be out of reach for a while.
    """

    def __init__(self, api: BotApi, port: int = 0) -> None:
        self.api = api
        self._reserved = _bound(port)
        self.port: int = self._reserved.getsockname()[1]
        self._http: HTTPServer | None = None

    @property
    def url(self) -> str:
        """What the bot gets as the address of its Bot API server."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The host names by which programs on this machine can reach the server."""
        return frozenset(f"{name}:{self.port}" for name in (LOOPBACK, "localhost"))

    def routes(self) -> Sequence[Route]:
        """Return what is served: a path, who answers there, and what that one needs."""
        needs = {"server": self}
        return [
            (r"/bot(?P<token>[^/]*)/(?P<test>test/)?(?P<method>\w+)", _Call, needs),
            (r"/file/bot(?P<token>[^/]*)/(?P<test>test/)?(?P<path>.+)", _Download, needs),
        ]

    async def meets_trouble(self, method: str, call: RequestHandler) -> bool:  # noqa: ARG002
        """Return whether to leave a call unanswered; may raise ApiError to refuse it.

        Here no call meets trouble; servers of tests override this to fail as Telegram's may.
        """
        return False

    async def start(self) -> None:
        """Listen."""
        # The address holds the token, so no request is ever logged.
        application = Application(
            list(self.routes()), log_function=lambda _handler: None, hosts=self.hosts
        )
        self._http = HTTPServer(application)
        self._reserved.listen()
        self._http.add_socket(self._reserved)

    async def stop(self) -> None:
        """Close every connection and listen no more, but keep the port."""
        if self._http is not None:
            self._http.stop()
            await self._http.close_all_connections()
            self._http = None
            self._reserved = _bound(self.port)

    async def close(self) -> None:
        """Give the port back, and post no more updates to a webhook."""
        self._reserved.close()
        await self.api.courier.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
        await self.close()


def check_host(handler: RequestHandler) -> None:
    """Raise HTTPError for a request that meant another server, as a page elsewhere makes them.

    Such a page has its own name point to this machine, but the name still stands in the request.
    """
    if handler.request.host not in handler.settings["hosts"]:
        raise HTTPError(HTTPStatus.FORBIDDEN)


def _bound(port: int) -> socket.socket:
    """Return a socket that has a port of the loopback interface, but does not listen yet."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setblocking(False)  # noqa: FBT003 - the standard library's signature
    try:
        bound.bind((LOOPBACK, port))
    except OSError:
        bound.close()
        raise
    return bound


def _decoded(body: bytes) -> JsonObject:
    try:
        decoded = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("can't parse JSON object")
    return decoded


class _Request(RequestHandler):
    """Anything that a bot asks for."""

    def initialize(self, server: BotApiServer) -> None:
        self._server = server

    def prepare(self) -> None:
        check_host(self)

    def refuse(self, error: ApiError) -> None:
        """Answer with a refusal."""
        refusal: dict[str, Json] = {
            "ok": False,
            "error_code": error.code,
            "description": error.description,
        }
        if error.retry_after is not None:
            refusal["parameters"] = {"retry_after": error.retry_after}
        self.set_status(error.code)
        self.reply(refusal)

    def reply(self, answer: JsonObject) -> None:
        """Answer in JSON."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, ensure_ascii=False))


class _Download(_Request):
    """One file, by the path that getFile told."""

    def get(self, token: str, test: str | None, path: str) -> None:
        try:
            content = self._server.api.download(token, path, test_environment=test is not None)
        except ApiError as error:
            self.refuse(error)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.finish(content)


class _Call(_Request):
    """One call of a method, as a form, as JSON or as multipart, by GET or POST."""

    def initialize(self, server: BotApiServer) -> None:
        super().initialize(server)
        self._answering: asyncio.Task[None] | None = None

    async def get(self, token: str, test: str | None, method: str) -> None:
        await self.post(token, test, method)

    async def post(self, token: str, test: str | None, method: str) -> None:
        answer = self._answer(token, test_environment=test is not None, method=method)
        self._answering = asyncio.create_task(answer)
        try:
            await self._answering
        except asyncio.CancelledError:  # the client left
            self._answering = None

    def on_connection_close(self) -> None:
        if self._answering is not None:
            self._answering.cancel()

    async def _answer(self, token: str, *, test_environment: bool, method: str) -> None:
        api = self._server.api
        try:
            api.authorize(token, method, test_environment=test_environment)
            if await self._server.meets_trouble(method, self):
                return
            result = await api.call(method, self._parameters(), self._uploads())
        except ApiError as error:
            self.refuse(error)
        else:
            self.reply({"ok": True, "result": result})

    def _parameters(self) -> JsonObject:
        try:
            query: dict[str, Json] = {
                name: values[-1].decode() for name, values in self.request.arguments.items()
            }
        except UnicodeDecodeError:
            raise bad_request(NOT_UNICODE) from None
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            query.update(_decoded(self.request.body))
        return query

    def _uploads(self) -> Mapping[str, Upload]:
        return {
            name: Upload(parts[-1].filename, parts[-1].content_type, parts[-1].body)
            for name, parts in self.request.files.items()
        }
