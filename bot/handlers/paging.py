"""Lists in pages, which may have become shorter since their buttons were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.callbacks import StaleCallback

if TYPE_CHECKING:
    from storage import Page

T = TypeVar("T")


def filled(page: Page[T]) -> Page[T]:
    """Return the page. Raises StaleCallback if it lies behind the end of its list."""
    if page.total and not page.items:
        raise StaleCallback
    return page
