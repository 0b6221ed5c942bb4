"""Methods by which a bot gets its updates, and answers those that wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.fields import Array, Object, Upload, bad_request, conflict, needed
from bot.playground.botapi.methods import Method
from bot.playground.botapi.queries import (
    AnswerFields,
    CallbackQuery,
    GuestQuery,
    InlineQuery,
    inline_answer,
    inline_result,
)
from bot.playground.botapi.timeline import CallbackAnswered, InlineAnswered
from bot.playground.botapi.updates import MAX_TIMEOUT, MAX_UPDATES, webhook

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.state import State

# Bot API, "answerCallbackQuery": 0-200 characters.
MAX_NOTIFICATION = 200


class Receiving(Method):
    """Which updates a bot wants."""

    allowed_updates: Array | None = None

    def allow(self, state: State) -> None:
        """Queue only updates of these kinds from now on."""
        kinds = self.allowed_updates
        state.updates.allow(None if kinds is None else [str(kind) for kind in kinds])


class GetUpdates(Receiving):
    """Ask for updates, and wait for them."""

    offset: int = 0
    limit: int = MAX_UPDATES
    timeout: int = 0

    async def answer(self, state: State) -> Json:
        """Return the updates."""
        if state.courier.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.allow(state)
        updates = await state.updates.poll(
            self.offset,
            min(max(self.limit, 1), MAX_UPDATES),
            min(max(self.timeout, 0), MAX_TIMEOUT),
        )
        return [update.json() for update in updates]


class DeleteWebhook(Method):
    """Have updates posted nowhere."""

    drop_pending_updates: bool = False

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        if self.drop_pending_updates:
            state.updates.pending.clear()
        await state.courier.set(None)
        return True


class SetWebhook(Receiving, DeleteWebhook):
    """Have updates posted to an address; to none at all if it is empty."""

    url: str = ""
    certificate: Upload | str = ""
    ip_address: str = ""
    max_connections: int = 0
    secret_token: str = ""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        if not self.url:
            return await DeleteWebhook.answer(self, state)
        wanted = webhook(self.url, self.secret_token)
        self.allow(state)
        if self.drop_pending_updates:
            state.updates.pending.clear()
        state.updates.interrupt("setWebhook request")
        await state.courier.set(wanted)
        return True


class GetWebhookInfo(Method):
    """Learn where updates are posted."""

    async def answer(self, state: State) -> Json:
        """Return the webhook."""
        return state.courier.json()


class AnswerCallbackQuery(Method):
    """Answer a pressed button."""

    callback_query_id: str = ""
    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        if len(self.text) > MAX_NOTIFICATION:
            raise bad_request("MESSAGE_TOO_LONG")
        state.queries.answer(CallbackQuery, self.callback_query_id)
        state.timeline.add(
            CallbackAnswered(
                query_id=self.callback_query_id,
                text=self.text,
                alert=self.show_alert,
                url=self.url,
                cache_time=self.cache_time,
            )
        )
        return True


class AnswerInlineQuery(AnswerFields, Method):
    """Answer what was typed after the bot's name."""

    inline_query_id: str = ""

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        answer = inline_answer(self)
        state.queries.answer(InlineQuery, self.inline_query_id)
        state.timeline.add(InlineAnswered(query_id=self.inline_query_id, answer=answer))
        return True


class AnswerGuestQuery(Method):
    """Answer a message that calls the bot into a chat as a guest."""

    guest_query_id: str = ""
    result: Object = needed("result isn't specified")

    async def answer(self, state: State) -> Json:
        """Return the answer's id."""
        result = inline_result(self.result)
        asked = state.queries.answer(GuestQuery, self.guest_query_id).message
        sent = state.chats.post(
            asked.chat,
            state.me,
            result.content,
            keyboard=result.keyboard,
            thread_id=asked.thread_id if asked.chat.is_forum else None,
            reply_to=asked,
            guest_of=asked.sender,
            link_preview=result.link_preview,
        )
        return {"inline_message_id": sent.inline_id}


METHODS = (
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    AnswerCallbackQuery,
    AnswerInlineQuery,
    AnswerGuestQuery,
)
