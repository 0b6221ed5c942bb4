"""What every format makes of a text: a source and its posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from storage import NewPost, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The posts of one document, in its order, and the source they come from.

    A post's `ordinal` is the number of its first line; its place among other documents is for
    the loader to add.
    """

    source: Source
    posts: tuple[NewPost, ...]


Parser: TypeAlias = Callable[[str, str], Document]
"""Takes a text and the name of its document; raises DocumentError."""
