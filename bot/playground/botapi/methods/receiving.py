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

    from bot.playground.botapi.fields import Arguments, Json
    from bot.playground.botapi.state import State


async def _get_updates(state: State, arguments: Arguments) -> Json:
    if state.courier.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _allow(state, arguments)
    updates = await state.updates.poll(
        arguments.integer("offset"),
        min(max(arguments.integer("limit", MAX_UPDATES), 1), MAX_UPDATES),
        min(max(arguments.integer("timeout"), 0), MAX_TIMEOUT),
    )
    return [update.json() for update in updates]


async def _set_webhook(state: State, arguments: Arguments) -> Json:
    url = arguments.text("url")
    if not url:
        return await _delete_webhook(state, arguments)
    wanted = webhook(url, arguments.text("secret_token"))
    _allow(state, arguments)
    _drop_pending(state, arguments)
    state.updates.interrupt("setWebhook request")
    await state.courier.set(wanted)
    return True


async def _delete_webhook(state: State, arguments: Arguments) -> Json:
    _drop_pending(state, arguments)
    await state.courier.set(None)
    return True


async def _get_webhook_info(state: State, _arguments: Arguments) -> Json:
    return state.courier.json()


def _allow(state: State, arguments: Arguments) -> None:
    kinds = arguments.items("allowed_updates")
    state.updates.allow(None if kinds is None else [str(kind) for kind in kinds])


def _drop_pending(state: State, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        state.updates.pending.clear()


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
