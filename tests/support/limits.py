"""What Telegram demands of any message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import InlineKeyboardMarkupLimit, MessageLimit

from bot.views.markup import length, plain

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton

    from bot.views.view import View


def buttons_of(view: View) -> list[InlineKeyboardButton]:
    return (
        [button for row in view.keyboard.inline_keyboard for button in row] if view.keyboard else []
    )


def labels_of(view: View) -> list[str]:
    return [button.text for button in buttons_of(view)]


def assert_sendable(*views: View) -> None:
    for view in views:
        assert plain(view.text).strip()
        assert length(view.text) <= MessageLimit.MAX_TEXT_LENGTH
        assert len(buttons_of(view)) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
        for button in buttons_of(view):
            assert button.text
            if isinstance(button.callback_data, str):
                assert len(button.callback_data.encode()) <= 64
