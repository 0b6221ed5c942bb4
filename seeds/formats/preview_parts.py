"""The parts of a preview page: what is damaged in a post touches no other.

Each post is parsed alone, as far as the page's own elements part them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from seeds.formats.html_text import is_cut_off, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

POST: Final = ".tgme_widget_message[data-post]"

_BEGINS: Final = re.compile(r"<div\s[^<>]*\btgme_widget_message_wrap\b")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as a whole, for what it tells of its channel, and the elements of its posts."""

    whole: LexborHTMLParser
    posts: Sequence[LexborNode]
    is_cut_off: bool


def take_apart(source: str) -> SavedPage:
    """Return the parts of a page."""
    whole = parsed(source)
    posts = whole.css(POST)
    alone = _alone(source)
    return SavedPage(
        whole=whole,
        posts=alone if len(alone) >= len(posts) else posts,
        is_cut_off=is_cut_off(source),
    )


def _alone(source: str) -> Sequence[LexborNode]:
    starts = [found.start() for found in _BEGINS.finditer(source)]
    parts = (parsed(source[start:end]) for start, end in pairwise((*starts, len(source))))
    return [post for part in parts for post in part.css(POST)]
