"""The formats documents come in: one parser each, pure, with positioned errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.formats import blog_article, browser_copy, channel_preview, copied_messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from seeds.formats.batches import Batch

    Parser: TypeAlias = Callable[[str, str], Batch]


def recognise(text: str) -> Parser | None:
    """Return the parser of the format that a text is in; None if no format knows it.

    It takes the text and the name of its document, and raises DocumentError. The `ordinal` of its
    posts is the number of their first line; their place among other documents is for others to add.
    """
    if browser_copy.knows(text):
        return browser_copy.parse
    if channel_preview.knows(text):
        return channel_preview.parse
    if copied_messages.knows(text):
        return copied_messages.parse
    if blog_article.knows(text):
        return blog_article.parse
    return None
