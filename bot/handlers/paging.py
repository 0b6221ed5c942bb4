"""Lists in pages, which may have become shorter since their buttons were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from bot.callbacks import StaleCallback

if TYPE_CHECKING:
    from storage import Page

P = TypeVar("P", bound="Page[Any]")


def filled(page: P) -> P:
    """Return the page. Raises StaleCallback if it lies behind the end of its list."""
    if page.total and not page.items:
        raise StaleCallback
    return page
