"""A view: one message as the bot would send it, with the buttons below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.callbacks import HostList, PageNumber, RandomPost, TagList, pack
from bot.views.markup import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from telegram.constants import KeyboardButtonStyle

    from bot.callbacks import CallbackData
    from bot.texts import Texts
    from bot.views.markup import Html

Row = list[InlineKeyboardButton]


class Original(NamedTuple):
    """A message of a channel, by what the Bot API calls it."""

    chat: int | str
    message_id: int


@dataclass(frozen=True, slots=True)
class View:
    """A text, its buttons, and the address of the page to preview below it, if any.

    A view that `asks` for an answer has the person write it as a reply; it says so in the field
    that they write in. Where there is an `original`, its pictures or files are copied, with the
    text as their caption; what cannot be copied is sent as the text alone,
    and an extra view not at all.
    """

    text: Html
    keyboard: InlineKeyboardMarkup | None = None
    preview: str | None = None
    asks: str | None = None
    original: Original | None = None
    is_extra: bool = False


Views: TypeAlias = tuple[View, ...]


def link_preview(url: str | None) -> LinkPreviewOptions:
    """Preview this page, or none, though the text may hold links."""
    return LinkPreviewOptions(is_disabled=url is None, url=url)


def sentence(text: str) -> View:
    """Return a plain sentence."""
    return View(html(text))


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
