"""The formats documents come in: one parser each, pure, with positioned errors."""

from __future__ import annotations

from seeds.formats import blog_article, channel_preview
from seeds.formats.document import Document, Parser

__all__ = ["Document", "Parser", "recognise"]


def recognise(text: str) -> Parser | None:
    """Return the parser of the format that a text is in; None if no format knows it."""
    if channel_preview.knows(text):
        return channel_preview.parse
    if blog_article.knows(text):
        return blog_article.parse
    return None
