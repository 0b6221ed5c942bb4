"""Methods that send, change and delete messages, files among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.fields import Array, Name, Object, Upload, bad_request, needed, read
from bot.playground.botapi.keyboards import force_reply, keyboard
from bot.playground.botapi.methods import Captioned, Editing, Method, OfChat, Sending
from bot.playground.botapi.texts import ReplyParameters, caption, link_preview, message_text
from bot.playground.botapi.timeline import Acted

if TYPE_CHECKING:
    from bot.playground.botapi.entities import FormattedText
    from bot.playground.botapi.fields import Json, JsonObject
    from bot.playground.botapi.model import Chat, Document, Message, Photo
    from bot.playground.botapi.state import State

# Bot API, "sendPhoto": the photo must be at most 10 MB in size.
MAX_PHOTO = 10 * 1024 * 1024
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


class SendMessage(Sending):
    """Send a text."""

    text: str = needed("message text is empty")
    entities: Array | None = None
    link_preview_options: Object | None = None

    async def answer(self, state: State) -> Json:
        """Return the message."""
        text = message_text(self.text, self.parse_mode, self.entities)
        return _post(state, self, text, preview=self.link_preview_options).json()


class SendDocument(Captioned):
    """Send a file of any kind: one that comes with the call, or again one that was sent before."""

    document: Upload | str = needed("there is no document in the request")
    thumbnail: Upload | str = ""
    disable_content_type_detection: bool = False

    async def answer(self, state: State) -> Json:
        """Return the message."""
        words = caption(self.caption, self.parse_mode, self.caption_entities)
        return _post(state, self, words, document=self._document(state)).json()

    def _document(self, state: State) -> Document:
        given = self.document
        if isinstance(given, str):
            return state.files.find(given)
        return state.files.add(given.name, given.mime_type, given.content)


class SendPhoto(Captioned):
    """Send a picture that comes with the call."""

    photo: Upload | str = needed("there is no photo in the request")
    show_caption_above_media: bool = False
    has_spoiler: bool = False

    async def answer(self, state: State) -> Json:
        """Return the message."""
        words = caption(self.caption, self.parse_mode, self.caption_entities)
        if isinstance(self.photo, str):
            raise bad_request("wrong file identifier/HTTP URL specified")
        if len(self.photo.content) > MAX_PHOTO:
            raise bad_request("file is too big")
        photo = state.files.add_photo(self.photo.content)
        return _post(state, self, words, photo=photo).json()


class CopyMessage(Captioned):
    """Send a message again, as one of the bot's own."""

    from_chat_id: int | Name = needed("chat_id is empty")
    message_id: int = needed("message identifier is not specified")
    video_start_timestamp: int = 0
    show_caption_above_media: bool = False

    async def answer(self, state: State) -> Json:
        """Return the copy's number."""
        source = state.chats.find(self.from_chat_id)
        original = source.messages.get(self.message_id)
        if original is None or not source.bot_is_member:
            raise bad_request("message to copy not found" if original is None else "chat not found")
        content = original.content
        if "caption" in self and (original.document or original.photo):
            content = caption(self.caption, self.parse_mode, self.caption_entities)
        copied = _post(state, self, content, document=original.document, photo=original.photo)
        return {"message_id": copied.id}


class EditMessageText(Editing):
    """Give a message another text."""

    text: str = needed("message text is empty")
    parse_mode: str = ""
    entities: Array | None = None
    link_preview_options: Object | None = None

    async def answer(self, state: State) -> Json:
        """Return the message as it is now."""
        text = message_text(self.text, self.parse_mode, self.entities)
        message = _editable(state, self)
        if message.document or message.photo:
            raise bad_request("there is no text in the message to edit")
        return _edited(state, self, message, text, link_preview(self.link_preview_options))


class EditMessageReplyMarkup(Editing):
    """Give a message other buttons."""

    async def answer(self, state: State) -> Json:
        """Return the message as it is now."""
        message = _editable(state, self)
        return _edited(state, self, message, message.content, message.link_preview)


class DeleteMessage(OfChat):
    """Take a message away."""

    message_id: int = needed("message identifier is not specified")

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        chat = state.chats.writable(self.chat_id)
        message = chat.messages.get(self.message_id)
        if message is None:
            raise bad_request("message to delete not found")
        if message.sender != state.me and chat.private_with is None:
            raise bad_request("message can't be deleted")
        state.chats.delete(message)
        return True


class SendChatAction(OfChat):
    """Show that the bot is at work."""

    business_connection_id: str = ""
    message_thread_id: int = 0
    action: str = needed("wrong parameter action in request")

    async def answer(self, state: State) -> Json:
        """Carry the call out and return True."""
        chat = state.chats.writable(self.chat_id, self.message_thread_id)
        if self.action not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        thread_id = self.message_thread_id or None
        state.timeline.add(Acted(chat=chat, thread_id=thread_id, action=self.action))
        return True


class GetFile(Method):
    """Learn where a file can be downloaded."""

    file_id: str = needed("file_id is not specified")

    async def answer(self, state: State) -> Json:
        """Return the file's path."""
        return state.files.described(self.file_id)


def _post(
    state: State,
    call: Sending,
    content: FormattedText,
    *,
    preview: JsonObject | None = None,
    document: Document | None = None,
    photo: Photo | None = None,
) -> Message:
    """Let the bot's message appear in a chat. Raises ApiError if it must not."""
    asks = force_reply(call.reply_markup)
    buttons = () if asks else keyboard(call.reply_markup)
    chat = state.chats.writable(call.chat_id, call.message_thread_id)
    reply_to = _replied(chat, call.reply_parameters)
    preview = link_preview(preview)
    state.floods.count(chat)
    followed = reply_to.thread_id if reply_to and reply_to.in_topic else None
    return state.chats.post(
        chat,
        state.me,
        content,
        keyboard=buttons,
        thread_id=call.message_thread_id or followed,
        reply_to=reply_to,
        link_preview=preview,
        document=document,
        photo=photo,
        force_reply=asks,
    )


def _replied(chat: Chat, parameters: JsonObject | None) -> Message | None:
    if parameters is None:
        return None
    wanted = read(ReplyParameters, parameters)
    message = chat.messages.get(wanted.message_id)
    if message is None and not wanted.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    return message


def _editable(state: State, call: Editing) -> Message:
    message = _named(state, call)
    state.floods.count(message.chat)
    return message


def _named(state: State, call: Editing) -> Message:
    if call.inline_message_id:
        return state.chats.inline_message(call.inline_message_id)
    if "message_id" not in call:
        raise bad_request("message identifier is not specified")
    message = state.chats.writable(call.chat_id).messages.get(call.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != state.me:
        raise bad_request("message can't be edited")
    return message


def _edited(
    state: State,
    call: Editing,
    message: Message,
    content: FormattedText,
    preview: JsonObject | None,
) -> Json:
    """Return the message as edited, but of an inline one only that it worked."""
    edited = state.chats.edit(
        message, content=content, keyboard=keyboard(call.reply_markup), link_preview=preview
    )
    return True if call.inline_message_id else edited.json()


METHODS = (
    SendMessage,
    SendDocument,
    SendPhoto,
    CopyMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    DeleteMessage,
    SendChatAction,
    GetFile,
)
