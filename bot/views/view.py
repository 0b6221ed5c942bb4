"""A view: one message as the bot would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from telegram import LinkPreviewOptions

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.views.markup import Html


@dataclass(frozen=True, slots=True)
class View:
    """A text, its buttons, and the address of the page to preview below it, if any.

    A view that `asks` for an answer has the person write it as a reply; it says so in the field
    that they write in.
    """

    text: Html
    keyboard: InlineKeyboardMarkup | None = None
    preview: str | None = None
    asks: str | None = None


Views: TypeAlias = tuple[View, ...]


def link_preview(url: str | None) -> LinkPreviewOptions:
    """Preview this page, or none, though the text may hold links."""
    return LinkPreviewOptions(is_disabled=url is None, url=url)
