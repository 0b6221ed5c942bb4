"""How updates reach the bot: by long polling, or posted to a webhook.

An update stays in the queue until a later offset confirms it, or the webhook has taken it.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from bot.playground.botapi.fields import bad_request, conflict
from bot.playground.botapi.model import Update
from bot.playground.botapi.timeline import Queued

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.playground.botapi.fields import Json, JsonObject
    from bot.playground.botapi.timeline import Timeline

# Bot API, "getUpdates": how many updates at once, and (the Bot API server) how many seconds.
MAX_UPDATES = 100
MAX_TIMEOUT = 50
# Bot API, "getUpdates": what is not sent unless it is asked for by name.
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_UPDATE_ID = 500_000_001


class Updates:
    """The updates that the bot has not confirmed, oldest first.

    `arrived` is set by each new one, `waited_for` while a call waits for one.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.arrived = asyncio.Event()
        self.waited_for = asyncio.Event()
        self._last_id = FIRST_UPDATE_ID - 1
        self._poll: asyncio.Future[None] | None = None

    def put(self, kind: str, body: JsonObject) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if kind not in self.allowed if self.allowed else kind in UNASKED:
            return
        self._last_id += 1
        update = Update(self._last_id, kind, body)
        self.pending.append(update)
        self._timeline.add(Queued(update=update))
        self.arrived.set()
        self.end_poll()

    def allow(self, kinds: Collection[str] | None) -> None:
        """Set which kinds are queued from now on: none named means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget the updates before an offset; a negative one counts from the end."""
        if offset < 0:
            offset = self._last_id + 1 + offset
        while self.pending and self.pending[0].id < offset:
            self.pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Return the updates from `offset` on, waiting up to `seconds` for the first.

        Raises ApiError in the call that waits when another one comes, whether that waits or not.
        """
        self.interrupt("other getUpdates request; make sure that only one bot instance is running")
        self.confirm(offset)
        if not self.pending and seconds:
            await self._wait(seconds)
        return list(self.pending)[:limit]

    def end_poll(self) -> None:
        """Let the call that waits for updates return, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def interrupt(self, reason: str) -> None:
        """Fail the call that waits for updates, if there is one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(f"terminated by {reason}"))

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.waited_for.set()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
                self.waited_for.clear()


SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
# Bot API, "setWebhook": 1-256 characters.
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
MAX_CONNECTIONS = 40
# Telegram waits longer and longer; on one machine there is nothing to spare.
RETRY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the bot wants its updates, and the secret that proves who sends them."""

    url: str
    secret: str


def webhook(url: str, secret: str) -> Webhook:
    """Return a checked webhook. Raises ApiError as Telegram would.

    As with Telegram's own server on one's own machine, HTTP and any port will do.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return Webhook(url, secret)


class Courier:
    """Posts updates to the webhook while one is set.

    `proxy` stands for the HTTPS server in front of a bot: scheme, host and port to post to instead
    of the webhook's public ones.
    """

    def __init__(self, updates: Updates) -> None:
        self.webhook: Webhook | None = None
        self.proxy: str | None = None
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._task: asyncio.Task[None] | None = None

    async def set(self, webhook: Webhook | None) -> None:
        """Start posting to a webhook, or stop."""
        await self.close()
        self.webhook = webhook
        self.last_error = None
        if webhook is not None:
            self._task = asyncio.create_task(self._post_all(webhook))

    async def close(self) -> None:
        """Stop posting."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def json(self) -> dict[str, Json]:
        """Return Telegram's WebhookInfo."""
        info: dict[str, Json] = {
            "url": self.webhook.url if self.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.webhook:
            info["max_connections"] = MAX_CONNECTIONS
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    async def _post_all(self, webhook: Webhook) -> None:
        client = AsyncHTTPClient(force_instance=True)
        try:
            while True:
                while self._updates.pending:
                    await self._post(client, webhook, self._updates.pending[0])
                self._updates.arrived.clear()
                await self._updates.arrived.wait()
        finally:
            client.close()

    async def _post(self, client: AsyncHTTPClient, webhook: Webhook, update: Update) -> None:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        try:
            await client.fetch(
                self._address(webhook.url),
                method="POST",
                headers=headers,
                body=json.dumps(update.json()),
            )
        except (OSError, HTTPClientError) as error:
            self.last_error = int(time.time()), f"Wrong response from the webhook: {error}"
            await asyncio.sleep(RETRY_SECONDS)
        else:
            self._updates.confirm(update.id + 1)

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        return f"{self.proxy}{parts.path}" if self.proxy else url
