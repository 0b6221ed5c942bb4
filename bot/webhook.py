"""The server that Telegram posts updates to. It says 200 only once an update is safe."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

if TYPE_CHECKING:
    from bot.receiving import Receiver

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_BYTES: Final = 1 << 20
"""Bytes of an update at most; those of Telegram have a few thousand."""
LONGEST_BODY: Final = 30.0
"""Seconds in which an update has to arrive, its head and its body each."""
HEALTH: Final = "/healthz"
FLUSH_SECONDS: Final = 0.05  # for the last answers to go out


class WebhookServer:
    """Listens at an address for updates to `path` that come with the secret.

    `/healthz` is answered as long as it listens.
    """

    def __init__(self, receiver: Receiver, path: str, secret: str) -> None:
        updates = (rf"{re.escape(path)}/?", _Updates, {"receiver": receiver, "secret": secret})
        # The address may be somebody's secret: no request is ever logged.
        application = Application([updates, (HEALTH, _Health)], log_function=lambda _handler: None)
        self._http = HTTPServer(
            application,
            max_body_size=MOST_BYTES,
            max_buffer_size=MOST_BYTES,
            idle_connection_timeout=LONGEST_BODY,
            body_timeout=LONGEST_BODY,
        )

    def listen(self, host: str, port: int) -> None:
        """Start listening. Raises OSError where that cannot be done."""
        self._http.listen(port, address=host)

    async def close(self) -> None:
        """Listen no more; what was not answered, Telegram sends again."""
        self._http.stop()
        await asyncio.sleep(FLUSH_SECONDS)
        await self._http.close_all_connections()


class _Health(RequestHandler):
    """Answers as long as the event loop has its turns."""

    def get(self) -> None:
        self.finish("ok\n")


@stream_request_body
class _Updates(RequestHandler):
    """Takes one update. The secret is checked before any of the body is read."""

    def initialize(self, receiver: Receiver, secret: str) -> None:
        self._receiver = receiver
        self._secret = secret
        self._body = bytearray()

    def prepare(self) -> None:
        told = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(told.encode(), self._secret.encode()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if self.request.headers.get("Content-Type") != "application/json":
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    async def post(self) -> None:
        """Take the update in; while it cannot be stored, Telegram is to keep it."""
        try:
            body = json.loads(self._body)
        except ValueError:
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        if not isinstance(body, dict):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if not await self._receiver.store(body):
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
