"""Webhooks: updates posted to the bot's own server, one after the other, until it takes them."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from bot.playground.botapi.errors import bad_request

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.model import Update
    from bot.playground.botapi.updates import Updates

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
