"""One port of this machine: the Bot API for the bot, the page and its WebSocket for the browser.

Nobody else is let in. The port is bound to the loopback interface; a page of another site that has
its name point here is told by the Host it names, one that connects from elsewhere by its Origin.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tornado.web import HTTPError, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from bot.playground import protocol
from bot.playground.botapi import BotApiServer, check_host
from bot.playground.botapi.fields import ApiError, Fields, bad_request, read
from bot.playground.botapi.timeline import CallbackAnswered, Called, Event, InlineAnswered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.playground.botapi import Route
    from bot.playground.botapi.fields import Fields, JsonObject
    from bot.playground.botapi.queries import InlineAnswer, InlineQuery
    from bot.playground.visitor import Visitor

PAGE: Final = Path(__file__).with_name("page")
# Inline lists that can still be chosen from: further pages add to one, and while the next one is on
# its way, the last is still to be seen.
LISTS_KEPT: Final = 100
# Systems differ in what they think these files are, and browsers are strict about it.
CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
PICTURE: Final = "image/png"
NUMBER: Final = re.compile(r"-?[0-9]{1,18}")
LONGEST_NAME: Final = 255  # characters of the name of a file
# The page gets everything from here, and nothing that is written in a chat can change that; no
# script makes markup of a text.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class PlaygroundServer(BotApiServer):
    """Serves the Bot API and the page at `url` while the block lasts.

    Port 0 is any that is free. Raises OSError if the port is taken.
    """

    def __init__(self, visitor: Visitor, port: int) -> None:
        super().__init__(visitor.api, port)
        self.visitor = visitor
        self._lines: set[_Line] = set()

    def routes(self) -> Sequence[Route]:
        """Return the Bot API's routes, the WebSocket's, and the page's."""
        return [
            *super().routes(),
            (r"/chat", _Line, {"server": self}),
            (r"/photo/(file-[0-9]+)", _Photo, {"server": self}),
            (r"/document", _Document, {"server": self}),
            (r"/(.*)", _Page, {"path": str(PAGE), "default_filename": "index.html"}),
        ]

    def add(self, line: _Line) -> None:
        """Remember an open WebSocket, to close it when the server stops."""
        self._lines.add(line)

    def remove(self, line: _Line) -> None:
        """Forget a WebSocket that was closed."""
        self._lines.discard(line)

    async def stop(self) -> None:
        """Close every connection and listen no more, but keep the port."""
        for line in self._lines:
            line.close()
        await super().stop()


def check_origin(handler: RequestHandler, server: PlaygroundServer) -> None:
    """Raise HTTPError for a request that does not come from the page."""
    if not is_of_page(handler.request.headers.get("Origin", ""), server):
        raise HTTPError(HTTPStatus.FORBIDDEN)


def is_of_page(origin: str, server: PlaygroundServer) -> bool:
    """Return whether an Origin, as browsers send it, is the page's."""
    return origin.removeprefix("http://") in server.hosts and "://" in origin


class _Page(StaticFileHandler):
    """The files of the page."""

    def prepare(self) -> None:
        check_host(self)

    def get_content_type(self) -> str:
        suffix = Path(self.absolute_path or "").suffix
        return CONTENT_TYPES.get(suffix) or super().get_content_type()

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Security-Policy", POLICY.format(host=self.request.host))
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")


class _Photo(RequestHandler):
    """A picture in a chat, for the page to show."""

    def initialize(self, server: PlaygroundServer) -> None:
        self._files = server.api.files

    def prepare(self) -> None:
        check_host(self)

    def get(self, file_id: str) -> None:
        try:
            document = self._files.find(file_id)
        except ApiError:
            raise HTTPError(HTTPStatus.NOT_FOUND) from None
        content = self._files.content(document.path)
        if content is None or document.mime_type != PICTURE:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", PICTURE)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(content)


class _Document(RequestHandler):
    """A file that the person sends; in the answer stands why it is refused."""

    def initialize(self, server: PlaygroundServer) -> None:
        self._server = server

    def prepare(self) -> None:
        check_host(self)
        check_origin(self, self._server)

    def post(self) -> None:
        chat_id = self.get_query_argument("chat_id", "")
        name = self.get_query_argument("name", "")
        try:
            self._server.visitor.send_file(
                int(chat_id) if NUMBER.fullmatch(chat_id) else 0,
                name[:LONGEST_NAME],
                self.request.body,
            )
        except ApiError as error:
            self.set_status(error.code)
            self.finish(error.description)


class _Line(WebSocketHandler):
    """The WebSocket of one page."""

    def initialize(self, server: PlaygroundServer) -> None:
        self._server = server
        self._visitor = server.visitor
        self._requests: dict[str, int] = {}
        self._asked: dict[str, tuple[InlineQuery, InlineAnswer | None]] = {}
        self._telling: asyncio.Task[None] | None = None

    def prepare(self) -> None:
        check_host(self)
        # Every browser names where the page came from; tornado lets those in who do not.
        check_origin(self, self._server)

    def check_origin(self, origin: str) -> bool:
        return is_of_page(origin, self._server)

    def open(self) -> None:
        # From here to the first wait nothing else happens, so the page misses nothing.
        timeline = self._visitor.api.timeline
        self._server.add(self)
        self._tell(protocol.state(self._visitor))
        self._telling = asyncio.create_task(self._tell_all(len(timeline.events)))

    def on_close(self) -> None:
        self._server.remove(self)
        if self._telling is not None:
            self._telling.cancel()

    def on_message(self, message: str | bytes) -> None:
        try:
            self._hear(message)
        except ApiError as error:
            self._tell(protocol.refused(error))

    def _hear(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
            kind = protocol.PAGE_MESSAGES[said.pop("type")]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise bad_request("can't parse JSON object") from None
        self._do(read(kind, said))

    def _do(self, said: Fields) -> None:
        match said:
            case protocol.Speak():
                self._visitor.speak(said.language)
                self._tell(protocol.commands(self._visitor))
            case protocol.Broadcast():
                self._visitor.broadcast()
            case protocol.Write():
                self._visitor.write(said.chat_id, said.text, said.reply_to)
            case protocol.Press():
                query = self._visitor.press(said.chat_id, said.message_id, said.data)
                self._requests[query.id] = said.request
            case protocol.Ask():
                self._ask(said)
            case protocol.Choose():
                self._choose(said)

    def _ask(self, said: protocol.Ask) -> None:
        query = self._visitor.ask(said.chat_id, said.query, said.offset)
        self._requests[query.id] = said.request
        self._asked[query.id] = query, None
        if len(self._asked) > LISTS_KEPT:
            del self._asked[next(iter(self._asked))]

    def _choose(self, said: protocol.Choose) -> None:
        query, answer = self._asked.get(said.query_id, (None, None))
        rows = answer.results if answer else ()
        chosen = [row for row in rows if row.id == said.result_id]
        if query is None or not chosen:
            raise bad_request("RESULT_ID_INVALID")
        self._visitor.choose(said.chat_id, query, chosen[0])

    async def _tell_all(self, place: int) -> None:
        """Send each event from a place of the timeline on to the page, as it comes."""
        while True:
            place, event = await self._visitor.api.timeline.wait(Event, lambda _: True, since=place)
            place += 1
            for told in self._told(event):
                self._tell(told)

    def _told(self, event: Event) -> Iterator[JsonObject]:
        if (told := protocol.told(event)) is not None:
            yield told
        match event:
            case CallbackAnswered(query_id=query_id) if query_id in self._requests:
                yield protocol.answered(self._requests.pop(query_id), event)
            case InlineAnswered(query_id=query_id, answer=answer) if query_id in self._asked:
                self._asked[query_id] = self._asked[query_id][0], answer
                yield protocol.results(self._requests.pop(query_id), query_id, answer)
            case Called(method=method, error=None) if method in protocol.MENU_METHODS:
                yield protocol.commands(self._visitor)

    def _tell(self, told: JsonObject) -> None:
        with suppress(WebSocketClosedError):
            written = self.write_message(json.dumps(told, ensure_ascii=False))
            written.add_done_callback(_seen_to)


def _seen_to(written: asyncio.Future[None]) -> None:
    """Take note that a page was closed before it was told everything, which is no error."""
    if not written.cancelled():
        written.exception()
