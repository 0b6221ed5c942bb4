"""Buttons below a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import HostList, PageNumber, RandomPost, TagList, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from telegram.constants import KeyboardButtonStyle

    from bot.callbacks import CallbackData
    from bot.texts import Texts

Row = list[InlineKeyboardButton]


def button(
    label: str, data: CallbackData, style: KeyboardButtonStyle | None = None
) -> InlineKeyboardButton:
    """Return a button that the bot itself answers."""
    return InlineKeyboardButton(label, callback_data=pack(data), style=style)


def ways_on(texts: Texts) -> Row:
    """Return buttons for whoever has come to an end: the tags, the links, a random post."""
    return [
        button(texts("button.tags"), TagList()),
        button(texts("button.links"), HostList()),
        button(texts("button.random"), RandomPost()),
    ]


def rows_of(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    """Lay buttons out in rows of at most `width`."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def keyboard(rows: Iterable[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """Return the rows that have buttons; None, as Telegram wants it, if none has."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def page_count(total: int, size: int) -> int:
    """Return how many pages of `size` hold `total` items."""
    return -(-total // size)


def pager(texts: Texts, page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """Return ◀ n/N ▶ for page `page` (from 0), without the arrows that lead nowhere."""
    if pages <= 1:
        return []
    label = f"{texts.number(page + 1)}/{texts.number(pages)}"
    return [
        *([button("◀", to(page - 1))] if page > 0 else []),
        button(label, PageNumber()),
        *([button("▶", to(page + 1))] if page + 1 < pages else []),
    ]
