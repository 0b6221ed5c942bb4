"""The order of posts in time, where some do not tell when they were written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import NewPost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seeds.formats.batches import Item


def in_order(items: Iterable[Item]) -> Iterator[Item]:
    """Return the items of a document, posts without a date sorted behind the one before them."""
    ordinal = 0
    for item in items:
        if not isinstance(item, NewPost):
            yield item
        elif item.date is None:
            yield replace(item, ordinal=ordinal)
        else:
            ordinal = item.ordinal
            yield item
