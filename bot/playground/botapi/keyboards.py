"""Inline keyboards: their buttons, and what Telegram does not accept in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.playground.botapi.entities import checked_url
from bot.playground.botapi.fields import Array, Fields, Object, bad_request, needed, read

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json, JsonObject

# Bot API, "InlineKeyboardButton": 1-64 bytes.
MAX_CALLBACK_DATA_BYTES = 64
# Bot API, "CopyTextButton": 1-256 characters.
MAX_COPIED_TEXT = 256
# Bot API, "ForceReply": 1-64 characters.
MAX_PLACEHOLDER = 64
# Bot API, "InlineKeyboardButton": red, green or blue; without one, an app's own.
STYLES = frozenset({"", "danger", "success", "primary"})
# Not documented: Telegram refuses more buttons in all, and clients do not show more in a row.
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8


class Action(StrEnum):
    """What a press does, named after the field that says it."""

    CALLBACK = "callback_data"
    URL = "url"
    SWITCH_INLINE = "switch_inline_query"
    SWITCH_INLINE_HERE = "switch_inline_query_current_chat"
    SWITCH_INLINE_CHOSEN = "switch_inline_query_chosen_chat"
    COPY = "copy_text"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label, what it does, and with what: callback data, an address, a query."""

    text: str
    action: Action
    value: str
    raw: JsonObject

    def json(self) -> JsonObject:
        """Return Telegram's InlineKeyboardButton."""
        return self.raw


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


class ForceReplyFields(Fields):
    """The fields of a markup that asks for a reply."""

    force_reply: bool = False
    input_field_placeholder: str = ""
    selective: bool = False


class InlineKeyboardMarkup(Fields):
    """Rows of buttons."""

    inline_keyboard: Array = needed("object expected as reply markup")


class SwitchInlineQueryChosenChat(Fields):
    """An inline query to be typed in a chat of one of these kinds."""

    query: str = ""
    allow_user_chats: bool = False
    allow_bot_chats: bool = False
    allow_group_chats: bool = False
    allow_channel_chats: bool = False


class CopyTextButton(Fields):
    """A text for the clipboard."""

    text: str = needed("COPY_TEXT_EMPTY")


class InlineKeyboardButton(Fields):
    """A button, with one field that says what it does."""

    text: str = needed("inline keyboard button text must be non-empty")
    style: str = ""
    icon_custom_emoji_id: str = ""
    url: str = ""
    callback_data: str = ""
    switch_inline_query: str = ""
    switch_inline_query_current_chat: str = ""
    switch_inline_query_chosen_chat: Object | None = None
    copy_text: Object | None = None


@dataclass(frozen=True, slots=True)
class ForceReply:
    """Opens a reply to the message for whoever reads it, or only for whom it answers."""

    placeholder: str = ""
    selective: bool = False

    def json(self) -> JsonObject:
        """Return Telegram's ForceReply."""
        return {
            "force_reply": True,
            "input_field_placeholder": self.placeholder,
            "selective": self.selective,
        }


def force_reply(markup: JsonObject | None) -> ForceReply | None:
    """Return the ForceReply that a markup is, if it is one."""
    if not markup or "force_reply" not in markup:
        return None
    fields = read(ForceReplyFields, markup)
    placeholder = fields.input_field_placeholder
    if not fields.force_reply or len(placeholder) > MAX_PLACEHOLDER:
        raise bad_request("object expected as reply markup")
    return ForceReply(placeholder, fields.selective)


def keyboard(markup: JsonObject | None) -> Keyboard:
    """Return the buttons of an InlineKeyboardMarkup; no markup is no buttons."""
    if not markup:
        return ()
    buttons = tuple(map(_row, read(InlineKeyboardMarkup, markup).inline_keyboard))
    longest = max(map(len, buttons), default=0)
    if sum(map(len, buttons)) > MAX_BUTTONS or longest > MAX_BUTTONS_IN_ROW:
        raise bad_request("reply markup is too long")
    return tuple(row for row in buttons if row)


def _row(row: Json) -> tuple[Button, ...]:
    if not isinstance(row, list):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    return tuple(map(_button, row))


def _button(raw: JsonObject) -> Button:
    fields = read(InlineKeyboardButton, raw)
    if fields.style not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    # An empty switch_inline_query is a choice of its own, so the field counts, not its value.
    actions = [action for action in Action if action in raw]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return Button(fields.text, actions[0], _value(fields, actions[0]), raw)


def _value(fields: InlineKeyboardButton, action: Action) -> str:
    if action is Action.COPY:
        return _copied_text(read(CopyTextButton, fields.copy_text or {}).text)
    if action is Action.SWITCH_INLINE_CHOSEN:
        return read(SwitchInlineQueryChosenChat, fields.switch_inline_query_chosen_chat or {}).query
    value: str = getattr(fields, action)
    if action is Action.CALLBACK and not 1 <= len(value.encode()) <= MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action is Action.URL and checked_url(value) is None:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return value


def _copied_text(text: str) -> str:
    if len(text) > MAX_COPIED_TEXT:
        raise bad_request("COPY_TEXT_TOO_LONG")
    return text
