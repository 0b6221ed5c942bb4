"""Methods by which a bot gets its updates: it asks for them, or names a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import conflict
from bot.playground.botapi.fields import BOOLEAN, INTEGER, TEXT, Field, Kind
from bot.playground.botapi.methods.method import ALLOWED_UPDATES, Method
from bot.playground.botapi.updates import MAX_TIMEOUT, MAX_UPDATES
from bot.playground.botapi.webhooks import webhook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.api import BotApi
    from bot.playground.botapi.fields import Arguments, Json


async def _get_updates(api: BotApi, arguments: Arguments) -> Json:
    if api.courier.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _allow(api, arguments)
    updates = await api.updates.poll(
        arguments.integer("offset"),
        min(max(arguments.integer("limit", MAX_UPDATES), 1), MAX_UPDATES),
        min(max(arguments.integer("timeout"), 0), MAX_TIMEOUT),
    )
    return [update.json() for update in updates]


async def _set_webhook(api: BotApi, arguments: Arguments) -> Json:
    url = arguments.text("url")
    if not url:
        return await _delete_webhook(api, arguments)
    wanted = webhook(url, arguments.text("secret_token"))
    _allow(api, arguments)
    _drop_pending(api, arguments)
    api.updates.interrupt("setWebhook request")
    await api.courier.set(wanted)
    return True


async def _delete_webhook(api: BotApi, arguments: Arguments) -> Json:
    _drop_pending(api, arguments)
    await api.courier.set(None)
    return True


async def _get_webhook_info(api: BotApi, _arguments: Arguments) -> Json:
    return api.courier.json()


def _allow(api: BotApi, arguments: Arguments) -> None:
    kinds = arguments.items("allowed_updates")
    api.updates.allow(None if kinds is None else [str(kind) for kind in kinds])


def _drop_pending(api: BotApi, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        api.updates.pending.clear()


METHODS: Mapping[str, Method] = {
    "getUpdates": Method(
        {**ALLOWED_UPDATES, "offset": INTEGER, "limit": INTEGER, "timeout": INTEGER}, _get_updates
    ),
    "setWebhook": Method(
        {
            **ALLOWED_UPDATES,
            "url": TEXT,
            "certificate": Field(Kind.FILE),
            "ip_address": TEXT,
            "max_connections": INTEGER,
            "drop_pending_updates": BOOLEAN,
            "secret_token": TEXT,
        },
        _set_webhook,
    ),
    "deleteWebhook": Method({"drop_pending_updates": BOOLEAN}, _delete_webhook),
    "getWebhookInfo": Method({}, _get_webhook_info),
}
