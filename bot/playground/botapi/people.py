"""What people do in Telegram, and the updates that the bot gets of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.entities import FormattedText, finished
from bot.playground.botapi.model import ChatType, User

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json
    from bot.playground.botapi.model import Chat, Document, Message, Photo
    from bot.playground.botapi.queries import CallbackQuery, InlineQuery, InlineResult
    from bot.playground.botapi.state import State

# Bot API, "InlineQuery": up to 256 characters.
MAX_INLINE_QUERY = 256


def write(
    state: State,
    user: User,
    chat: Chat,
    text: str,
    *,
    thread_id: int | None = None,
    reply_to: Message | None = None,
    document: Document | None = None,
) -> Message:
    """Send a text to a chat, or a document with a text that may be empty.

    The bot may write to a person who wrote to it.
    """
    if chat.private_with == user:
        chat.bot_is_member = True
    message = state.chats.post(
        chat,
        user,
        finished(FormattedText(text)),
        thread_id=thread_id or _reply_thread(reply_to),
        reply_to=reply_to,
        document=document,
    )
    _deliver(state, message)
    return message


def broadcast(state: State, channel: Chat, text: str, photo: Photo | None = None) -> Message:
    """Let a channel post a text, or a photo with a caption; its administrators' bots hear of it."""
    speaker = User(id=channel.id, first_name=channel.title, username=channel.username)
    content = finished(FormattedText(text))
    message = state.chats.post(channel, speaker, content, photo=photo)
    if channel.bot_is_member:
        state.updates.put("channel_post", message.json())
    return message


def press(state: State, user: User, message: Message, data: str, *, old: bool) -> CallbackQuery:
    """Press a button that has callback data; of an `old` message the bot gets no content."""
    query = state.queries.press(user, message, data)
    update: dict[str, Json] = {
        "id": query.id,
        "from": user.json(),
        "chat_instance": str(message.chat.id),
        "data": data,
    }
    if message.inline_id:
        update["inline_message_id"] = message.inline_id
    elif old:
        update["message"] = {"chat": message.chat.json(), "message_id": message.id, "date": 0}
    else:
        update["message"] = message.json()
    state.updates.put("callback_query", update)
    return query


def ask(state: State, user: User, words: str, *, offset: str, chat: Chat) -> InlineQuery:
    """Type words after the bot's name in a chat, or scroll to the results from `offset` on."""
    query = state.queries.ask(user, words[:MAX_INLINE_QUERY], offset)
    with_bot = chat.private_with == user
    state.updates.put(
        "inline_query",
        {
            "id": query.id,
            "from": user.json(),
            "query": query.query,
            "offset": offset,
            "chat_type": "sender" if with_bot else chat.type,
        },
    )
    return query


def choose(
    state: State,
    user: User,
    chat: Chat,
    query: InlineQuery,
    result: InlineResult,
    *,
    thread_id: int | None = None,
) -> Message:
    """Tap on an inline result: its message appears in the chat, sent by the person."""
    message = state.chats.post(
        chat,
        user,
        result.content,
        keyboard=result.keyboard,
        thread_id=thread_id,
        via_bot=state.me,
        link_preview=result.link_preview,
    )
    chosen: dict[str, Json] = {
        "result_id": result.id,
        "from": user.json(),
        "query": query.query,
    }
    if message.inline_id:
        chosen["inline_message_id"] = message.inline_id
    state.updates.put("chosen_inline_result", chosen)
    _deliver(state, message)
    return message


def concerns_bot(state: State, message: Message) -> bool:
    """Whether the bot gets to see a message.

    In a group with privacy mode that is (Bot API, "Privacy mode"): commands unless meant for
    another bot, replies to the bot, and what was sent by way of it.
    """
    chat = message.chat
    if chat.type is ChatType.PRIVATE:
        return True
    if not chat.privacy or not chat.bot_is_member:
        return chat.bot_is_member
    replied = message.reply_to is not None and message.reply_to.sender == state.me
    return replied or message.via_bot == state.me or _is_command_for(state.me, message)


def _is_command_for(bot: User, message: Message) -> bool:
    first = message.content.entities[0] if message.content.entities else None
    if first is None or first.type != "bot_command" or first.offset != 0:
        return False
    addressee = message.text[: first.length].partition("@")[2]
    return addressee.lower() in ("", str(bot.username).lower())


def calls_guest(state: State, message: Message) -> bool:
    """Whether a message names the bot, and so calls it as a guest."""
    name = f"@{state.me.username}".lower()
    mentions = (entity for entity in message.content.entities if entity.type == "mention")
    return message.via_bot is None and any(
        entity.words_in(message.text).lower() == name for entity in mentions
    )


def _deliver(state: State, message: Message) -> None:
    if concerns_bot(state, message):
        state.updates.put("message", message.json())
    elif calls_guest(state, message):
        query = state.queries.call(message)
        state.updates.put("guest_message", {**message.json(), "guest_query_id": query.id})


def _reply_thread(reply_to: Message | None) -> int | None:
    """Return the thread that a reply goes to.

    A reply in a group without topics has a thread number as well, that of the first message; the
    bot can't send to it.
    """
    if reply_to is None or reply_to.chat.type is ChatType.PRIVATE:
        return None
    if reply_to.chat.is_forum:
        return reply_to.thread_id
    return reply_to.thread_id or reply_to.id
