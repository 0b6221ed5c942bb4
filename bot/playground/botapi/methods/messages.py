"""Methods that send, change and delete messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import BOOLEAN, INTEGER, LIST, OBJECT, TEXT, Field, Kind, read
from bot.playground.botapi.keyboards import force_reply, keyboard
from bot.playground.botapi.methods.method import CHAT, EDITED, MESSAGE, SENDING, Method
from bot.playground.botapi.texts import REPLY_FIELDS, caption, link_preview, message_text
from bot.playground.botapi.timeline import Acted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.playground.botapi.entities import FormattedText
    from bot.playground.botapi.fields import Arguments, Json
    from bot.playground.botapi.model import Chat, Document, Message, Photo
    from bot.playground.botapi.state import State

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def _send_message(state: State, arguments: Arguments) -> Json:
    text = message_text(
        arguments.text("text"), arguments.text("parse_mode"), arguments.items("entities")
    )
    return post(state, arguments, text).json()


def post(
    state: State,
    arguments: Arguments,
    content: FormattedText,
    *,
    document: Document | None = None,
    photo: Photo | None = None,
) -> Message:
    """Let the bot's message appear in a chat. Raises ApiError if it must not."""
    thread_id = arguments.integer("message_thread_id")
    markup = arguments.object("reply_markup")
    asks = force_reply(markup)
    buttons = () if asks else keyboard(markup)
    chat = state.chats.writable(arguments.chat(), thread_id)
    reply_to = _replied(chat, arguments)
    preview = link_preview(arguments.object("link_preview_options"))
    state.floods.count(chat)
    return state.chats.post(
        chat,
        state.me,
        content,
        keyboard=buttons,
        thread_id=thread_id or (reply_to.thread_id if reply_to and reply_to.in_topic else None),
        reply_to=reply_to,
        link_preview=preview,
        document=document,
        photo=photo,
        force_reply=asks,
    )


async def _copy_message(state: State, arguments: Arguments) -> Json:
    source = state.chats.find(arguments.chat("from_chat_id"))
    original = source.messages.get(arguments.integer("message_id"))
    if original is None or not source.bot_is_member:
        raise bad_request("message to copy not found" if original is None else "chat not found")
    content = original.content
    if "caption" in arguments and (original.document or original.photo):
        entities = arguments.items("caption_entities")
        content = caption(arguments.text("caption"), arguments.text("parse_mode"), entities)
    copied = post(state, arguments, content, document=original.document, photo=original.photo)
    return {"message_id": copied.id}


def _replied(chat: Chat, arguments: Arguments) -> Message | None:
    parameters = arguments.object("reply_parameters")
    if parameters is None:
        return None
    fields = read(REPLY_FIELDS, parameters)
    message = chat.messages.get(fields.integer("message_id"))
    if message is None and not fields.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


async def _edit_message_text(state: State, arguments: Arguments) -> Json:
    text = message_text(
        arguments.text("text"), arguments.text("parse_mode"), arguments.items("entities")
    )
    message = _editable(state, arguments)
    edited = state.chats.edit(
        message,
        content=text,
        keyboard=keyboard(arguments.object("reply_markup")),
        link_preview=link_preview(arguments.object("link_preview_options")),
    )
    return _edited(edited, arguments)


async def _edit_message_reply_markup(state: State, arguments: Arguments) -> Json:
    message = _editable(state, arguments)
    edited = state.chats.edit(
        message,
        content=message.content,
        keyboard=keyboard(arguments.object("reply_markup")),
        link_preview=message.link_preview,
    )
    return _edited(edited, arguments)


def _editable(state: State, arguments: Arguments) -> Message:
    message = _named(state, arguments)
    state.floods.count(message.chat)
    return message


def _named(state: State, arguments: Arguments) -> Message:
    if "inline_message_id" in arguments:
        return state.chats.inline_message(arguments.text("inline_message_id"))
    if "message_id" not in arguments:
        raise bad_request("message identifier is not specified")
    message = state.chats.writable(arguments.chat()).messages.get(arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != state.me:
        raise bad_request("message can't be edited")
    if "text" in arguments and (message.document or message.photo):
        raise bad_request("there is no text in the message to edit")
    return message


def _edited(message: Message, arguments: Arguments) -> Json:
    """Return the message, but of an inline one only that it worked."""
    return True if "inline_message_id" in arguments else message.json()


async def _delete_message(state: State, arguments: Arguments) -> Json:
    chat = state.chats.writable(arguments.chat())
    message = chat.messages.get(arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if message.sender != state.me and chat.private_with is None:
        raise bad_request("message can't be deleted")
    state.chats.delete(message)
    return True


async def _send_chat_action(state: State, arguments: Arguments) -> Json:
    thread_id = arguments.integer("message_thread_id")
    chat = state.chats.writable(arguments.chat(), thread_id)
    action = arguments.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.timeline.add(Acted(chat=chat, thread_id=thread_id or None, action=action))
    return True


METHODS: Mapping[str, Method] = {
    "sendMessage": Method(
        {
            **SENDING,
            "text": Field(Kind.TEXT, "message text is empty"),
            "entities": LIST,
            "link_preview_options": OBJECT,
        },
        _send_message,
    ),
    "copyMessage": Method(
        {
            **SENDING,
            "from_chat_id": Field(Kind.CHAT, "chat_id is empty"),
            "message_id": MESSAGE,
            "video_start_timestamp": INTEGER,
            "caption": TEXT,
            "caption_entities": LIST,
            "show_caption_above_media": BOOLEAN,
        },
        _copy_message,
    ),
    "editMessageText": Method(
        {
            **EDITED,
            "text": Field(Kind.TEXT, "message text is empty"),
            "parse_mode": TEXT,
            "entities": LIST,
            "link_preview_options": OBJECT,
        },
        _edit_message_text,
    ),
    "editMessageReplyMarkup": Method(EDITED, _edit_message_reply_markup),
    "deleteMessage": Method({"chat_id": CHAT, "message_id": MESSAGE}, _delete_message),
    "sendChatAction": Method(
        {
            "business_connection_id": TEXT,
            "chat_id": CHAT,
            "message_thread_id": INTEGER,
            "action": Field(Kind.TEXT, "wrong parameter action in request"),
        },
        _send_chat_action,
    ),
}
