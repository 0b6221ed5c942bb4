"""A view: one message as the bot would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from telegram import LinkPreviewOptions

from bot.views.markup import html

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.views.markup import Html


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
